import type { TemplateNode } from '../jinja/nodes.ts';
import type { JinjaFilter } from '../jinja/values.ts';
import { LiquidParser } from './liquid-parser.ts';
import { parseTag } from './parse-tags.ts';

/**
 * Reads a Liquid template as a tree of the template engine. What Liquid does otherwise than Jinja2 stands in the tree as filters, tests and
 * functions of an environment that `createLiquidEnvironment` makes.
 * @throws PacksmithError TEMPLATE_SYNTAX with file (`name`), line and column; LIMIT_EXCEEDED for nesting beyond 100 levels.
 */
export function parseLiquid(source: string, name: string, filters: ReadonlyMap<string, JinjaFilter>): TemplateNode {
  const body = new LiquidParser({ source, name, filters, readTag: parseTag }).parseAll();
  return { kind: 'template', name, body, blocks: new Map(), line: 1, column: 1 };
}
