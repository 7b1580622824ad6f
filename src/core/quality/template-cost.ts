import type { ExpressionNode, StatementNode, TemplateNode } from '../jinja/nodes.ts';
import { bodiesOf, expressionsOf, listExpressions } from '../jinja/walk-template.ts';
import type { PackText } from './pack-texts.ts';

/** How often a loop is taken to run whose length is not written in the template. */
const ASSUMED_ROWS = 20;
const MAX_COST = 1e12;
/** Deeper chains of includes are a recursion, which the engine itself ends. */
const MAX_INCLUDES = 8;

export interface TemplateCost {
  /** In nodes of the syntax tree that are evaluated; conditions count all their branches. */
  readonly cost: number;
  /** The outermost loop that costs most. */
  readonly costliest: StatementNode | undefined;
}

/** Estimates without rendering what a template costs: nodes, times the rows of the loops that they stand in, and what is included. */
export function measureCost(template: TemplateNode, partials: ReadonlyMap<string, PackText>): TemplateCost {
  let cost = 0;
  let costliest: { readonly node: StatementNode; readonly cost: number } | undefined;
  for (const node of template.body) {
    const own = costOf(node, partials, 0);
    cost = Math.min(MAX_COST, cost + own);
    if (own > (costliest?.cost ?? 0)) costliest = { node, cost: own };
  }
  return { cost, costliest: costliest?.node };
}

function costOf(node: StatementNode, partials: ReadonlyMap<string, PackText>, depth: number): number {
  const expressions = expressionsOf(node).reduce((sum, expression) => sum + listExpressions(expression).length, 0);
  const included = 'template' in node ? includedCost(node.template, partials, depth) : 0;
  const inner = bodiesOf(node).reduce((sum, body) => sum + bodyCost(body, partials, depth), 0);
  const rows = node.kind === 'for' ? rowsOf(node.iterable) : 1;
  return Math.min(MAX_COST, 1 + expressions + included + inner * rows);
}

function bodyCost(body: readonly StatementNode[], partials: ReadonlyMap<string, PackText>, depth: number): number {
  return body.reduce((sum, node) => sum + costOf(node, partials, depth), 0);
}

function includedCost(template: ExpressionNode, partials: ReadonlyMap<string, PackText>, depth: number): number {
  const name = template.kind === 'literal' ? template.value : undefined;
  const tree = typeof name === 'string' ? partials.get(name)?.tree : undefined;
  return tree === undefined || depth >= MAX_INCLUDES ? 0 : bodyCost(tree.body, partials, depth + 1);
}

/** Written lists and ranges say their length. */
function rowsOf(iterable: ExpressionNode): number {
  if (iterable.kind === 'list' || iterable.kind === 'tuple') return iterable.items.length;
  if (iterable.kind !== 'call' || iterable.callee.kind !== 'name' || iterable.callee.name !== 'range') return ASSUMED_ROWS;
  const numbers = iterable.arguments.map(({ value }) => (value.kind === 'literal' ? Number(value.value) : Number.NaN));
  const [first = Number.NaN, second, step = 1] = numbers;
  const length = second === undefined ? first : (second - first) / step;
  return Number.isFinite(length) ? Math.max(0, Math.ceil(length)) : ASSUMED_ROWS;
}
