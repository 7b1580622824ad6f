import type { ExpressionNode, NodePosition, StatementNode } from '../nodes.ts';
import { parseExpression } from './expressions.ts';
import type { TokenStream } from './token-stream.ts';

/** The name of the function behind the statement, which no template can write. */
export const NOW_FUNCTION = ' now';

/** Reads `now` of jinja2-time after its tag name: a zone, with `+` or `-` an offset, and a format. */
export function parseNow(stream: TokenStream, { line, column }: NodePosition): StatementNode {
  const at = { line, column };
  const zone = parseExpression(stream);
  const format: ExpressionNode = stream.skip('operator', ',') ? parseExpression(stream) : { kind: 'literal', value: null, ...at };
  const isMoved = zone.kind === 'binary' && (zone.operator === '+' || zone.operator === '-');
  const nothing: ExpressionNode = { kind: 'literal', value: null, ...at };
  const parts: readonly ExpressionNode[] = isMoved
    ? [zone.left, { kind: 'literal', value: zone.operator, ...at }, zone.right, format]
    : [zone, nothing, nothing, format];
  const args = parts.map((value) => ({ kind: 'positional' as const, name: '', value }));
  const callee: ExpressionNode = { kind: 'name', name: NOW_FUNCTION, ...at };
  return { kind: 'output', expression: { kind: 'call', callee, arguments: args, ...at }, ...at };
}
