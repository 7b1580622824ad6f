import type { RhaiNode, RhaiPosition, SwitchCase } from './nodes.ts';
import { BINDS_TIGHTER_THAN_OR, type ExpressionParser } from './parse-expression.ts';

/** Reads a `switch` behind its word. */
export function parseSwitch(parser: ExpressionParser, at: RhaiPosition): RhaiNode {
  const { reader } = parser;
  const value = parser.parseExpression();
  reader.expectSymbol('{');
  const cases: SwitchCase[] = [];
  while (!reader.acceptSymbol('}')) {
    cases.push(parseCase(parser));
    const isBlock = cases.at(-1)?.body.kind === 'block';
    if (!reader.acceptSymbol(',') && !reader.isSymbol('}') && !isBlock) throw reader.unexpected('","');
  }
  return { kind: 'switch', value, cases, ...at };
}

function parseCase(parser: ExpressionParser): SwitchCase {
  const { reader } = parser;
  const isDefault = reader.isWord('_') && (reader.isSymbol('=>', 1) || reader.isWord('if', 1));
  const values: RhaiNode[] = [];
  if (isDefault) reader.take();
  else
    do values.push(parser.parseBinary(BINDS_TIGHTER_THAN_OR));
    while (reader.acceptSymbol('|'));
  const guard = reader.acceptWord('if') ? parser.parseExpression() : undefined;
  reader.expectSymbol('=>');
  return { values: isDefault ? undefined : values, guard, body: parser.parseStatement() };
}
