import type { ArgumentNode, ExpressionNode, StatementNode } from '../jinja/nodes.ts';
import type { LiquidParser, TagElement } from './liquid-parser.ts';
import { filterNode, literal, nameNode } from './nodes.ts';
import { parseValue } from './parse-expression.ts';
import type { TokenReader } from './token-reader.ts';

/** Reads a `for` with its body. `forloop` is made of the engine's `loop`, and knows the one around it. */
export function parseFor(tag: TagElement, parser: LiquidParser): StatementNode[] {
  const reader = parser.reader(tag.tokens, tag.at);
  const name = reader.expectName('a name');
  if (!reader.acceptName('in')) throw reader.error('expected "in"');
  const iterable = parseRange(reader, parser);
  const options = parseOptions(reader, parser);
  const part = parser.parseUntil(tag, ['else', 'endfor']);
  const otherwise = part.end.name === 'else' ? parser.parseUntil(tag, ['endfor']).body : [];
  const forloop: StatementNode = {
    kind: 'set',
    target: nameNode('forloop', tag.at),
    value: filterNode(nameNode('loop', tag.at), 'forloop', [nameNode('forloop', tag.at)], tag.at),
    ...tag.at,
  };
  return [
    {
      kind: 'for',
      target: nameNode(name, tag.at),
      iterable: filterNode(iterable, 'items', options, tag.at),
      filter: undefined,
      recursive: false,
      body: [forloop, ...part.body],
      otherwise,
      ...tag.at,
    },
  ];
}

function parseRange(reader: TokenReader, parser: LiquidParser): ExpressionNode {
  const { at } = reader;
  if (!reader.acceptSymbol('(')) return parseValue(reader, parser.scope);
  const start = parseValue(reader, parser.scope);
  reader.expectSymbol('..');
  const stop = parseValue(reader, parser.scope);
  reader.expectSymbol(')');
  return filterNode(start, 'range', [stop], at);
}

function parseOptions(reader: TokenReader, parser: LiquidParser): ArgumentNode[] {
  const options = new Map<string, ExpressionNode>();
  while (reader.current !== undefined) {
    const { at } = reader;
    if (reader.acceptSymbol(',')) continue;
    const option = reader.expectName('"limit", "offset" or "reversed"');
    if (option === 'reversed') options.set(option, literal(true, at));
    else if (option === 'limit' || option === 'offset') {
      reader.expectSymbol(':');
      options.set(option, parseValue(reader, parser.scope));
    } else throw reader.fault(`expected "limit", "offset" or "reversed", not ${JSON.stringify(option)}`, at);
  }
  return [...options].map(([name, value]) => ({ kind: 'named', name, value }));
}
