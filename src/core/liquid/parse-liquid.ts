import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { templateSyntaxError } from '../jinja/lexer/syntax-error.ts';
import type { NodePosition, StatementNode, TemplateNode } from '../jinja/nodes.ts';
import type { JinjaFilter } from '../jinja/values.ts';
import { filterNode, outputNode } from './nodes.ts';
import { type ExpressionScope, parseFilterChain } from './parse-expression.ts';
import { parseTag } from './parse-tags.ts';
import { type LiquidElement, type LiquidToken, scanLiquid } from './scan-liquid.ts';
import { TokenReader } from './token-reader.ts';

const MAX_DEPTH = 100;

export type TagElement = Extract<LiquidElement, { kind: 'tag' }>;

/**
 * Reads a Liquid template as a tree of the template engine. What Liquid does otherwise than Jinja2 stands in the tree as filters, tests and
 * functions of an environment that `createLiquidEnvironment` makes.
 * @throws PacksmithError TEMPLATE_SYNTAX with file (`name`), line and column; LIMIT_EXCEEDED for nesting beyond 100 levels.
 */
export function parseLiquid(source: string, name: string, filters: ReadonlyMap<string, JinjaFilter>): TemplateNode {
  const body = new LiquidParser(source, name, filters).parseAll();
  return { kind: 'template', name, body, blocks: new Map(), line: 1, column: 1 };
}

/** Goes through the elements of a template; tags read their own bodies with it. */
export class LiquidParser {
  readonly scope: ExpressionScope;
  private readonly source: string;
  private readonly name: string;
  private readonly elements: readonly LiquidElement[];
  private next = 0;
  private depth = 0;
  private temporaries = 0;

  constructor(source: string, name: string, filters: ReadonlyMap<string, JinjaFilter>) {
    this.source = source;
    this.name = name;
    this.elements = scanLiquid(source);
    const counted = this.elements.flatMap((element) =>
      element.kind === 'tag' && /^(?:in|de)crement$/.test(element.name) ? (element.tokens[0]?.value ?? []) : [],
    );
    this.scope = { filters, counters: new Set(counted) };
  }

  parseAll(): StatementNode[] {
    const body: StatementNode[] = [];
    for (let element = this.take(); element !== undefined; element = this.take()) body.push(...this.statements(element));
    return body;
  }

  /** Reads statements up to one of the tags of these names, which is taken and returned. */
  parseUntil(opening: TagElement, names: readonly string[]): { readonly body: StatementNode[]; readonly end: TagElement } {
    if (++this.depth > MAX_DEPTH) throw new PacksmithError('LIMIT_EXCEEDED', `${this.name} nests deeper than ${MAX_DEPTH} levels`);
    const body: StatementNode[] = [];
    for (;;) {
      const element = this.take();
      if (element === undefined) throw this.fault(`"${opening.name}" has no end`, opening.at);
      if (element.kind === 'tag' && names.includes(element.name)) {
        this.depth--;
        return { body, end: element };
      }
      body.push(...this.statements(element));
    }
  }

  /** The source up to the tag `end…` of a block whose content is no Liquid; blocks of the same name inside count where they nest. */
  skipTo(opening: TagElement, nests: boolean): { readonly text: string; readonly end: TagElement } {
    let open = 1;
    let contentEnd = opening.end;
    for (;;) {
      const element = this.take();
      if (element === undefined) throw this.fault(`"${opening.name}" has no end`, opening.at);
      const isEnd = element.kind === 'tag' && element.name === `end${opening.name}` && element.tokens.length === 0;
      if (isEnd && --open === 0) return { text: this.source.slice(opening.end, contentEnd), end: element };
      if (nests && element.kind === 'tag' && element.name === opening.name) open++;
      contentEnd = element.end;
    }
  }

  reader(tokens: readonly LiquidToken[], at: NodePosition): TokenReader {
    return new TokenReader(tokens, at, this.name);
  }

  /** A name that no template can use. */
  temporary(): string {
    return `liquid #${++this.temporaries}`;
  }

  fault(message: string, at: NodePosition): Error {
    return templateSyntaxError(this.name, at, `Liquid: ${message}`);
  }

  private take(): LiquidElement | undefined {
    return this.elements[this.next++];
  }

  private statements(element: LiquidElement): StatementNode[] {
    switch (element.kind) {
      case 'text':
        return [{ kind: 'text', text: element.text, ...element.at }];
      case 'output': {
        const reader = this.reader(element.tokens, element.at);
        const chain = parseFilterChain(reader, this.scope);
        reader.expectEnd();
        return [outputNode(filterNode(chain, 'print', [], chain), element.at)];
      }
      case 'tag':
        return parseTag(element, this);
      default:
        throw this.fault('this begins an output or a tag, and is none', element.at);
    }
  }
}
