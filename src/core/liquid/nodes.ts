import type { ArgumentNode, ExpressionNode, NodePosition, StatementNode } from '../jinja/nodes.ts';

/** What filters, tests and functions of Liquid are called in the tree, where no template can name them by itself. */
export const LIQUID = 'liquid ';

export function literal(value: string | number | bigint | boolean | null, { line, column }: NodePosition): ExpressionNode {
  return { kind: 'literal', value, line, column };
}

export function nameNode(name: string, { line, column }: NodePosition): ExpressionNode & { readonly kind: 'name' } {
  return { kind: 'name', name, line, column };
}

export function filterNode(
  input: ExpressionNode,
  name: string,
  args: readonly (ExpressionNode | ArgumentNode)[],
  at: NodePosition,
): ExpressionNode {
  return { kind: 'filter', input, name: LIQUID + name, arguments: args.map(toArgument), line: at.line, column: at.column };
}

export function testNode(input: ExpressionNode, name: string, args: readonly ExpressionNode[], at: NodePosition): ExpressionNode {
  return { kind: 'test', input, name: LIQUID + name, negated: false, arguments: args.map(toArgument), line: at.line, column: at.column };
}

export function callNode(name: string, args: readonly ExpressionNode[], at: NodePosition): ExpressionNode {
  const { line, column } = at;
  return { kind: 'call', callee: nameNode(LIQUID + name, at), arguments: args.map(toArgument), line, column };
}

export function outputNode(expression: ExpressionNode, { line, column }: NodePosition): StatementNode {
  return { kind: 'output', expression, line, column };
}

function toArgument(node: ExpressionNode | ArgumentNode): ArgumentNode {
  return isArgument(node) ? node : { kind: 'positional', name: '', value: node };
}

function isArgument(node: ExpressionNode | ArgumentNode): node is ArgumentNode {
  return node.kind === 'named' || node.kind === 'positional' || node.kind === 'spread' || node.kind === 'spread-named';
}
