import type { ExpressionNode } from '../nodes.ts';
import type { ExpressionParsers } from './expression-parsers.ts';
import { describeToken, type TokenStream } from './token-stream.ts';

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

/** Longer integers than this cannot be written in a template. */
const MAX_DIGITS = 4300;

/** Reads a literal, a name, or something in brackets. */
export function parsePrimary(stream: TokenStream, parsers: ExpressionParsers): ExpressionNode {
  const token = stream.current;
  const { line, column } = token;
  switch (token.type) {
    case 'name': {
      stream.next();
      const constant = CONSTANTS.get(token.value);
      if (constant !== undefined) return { kind: 'literal', value: constant, line, column };
      stream.noteName(token.value);
      return { kind: 'name', name: token.value, line, column };
    }
    case 'string':
      return { kind: 'literal', value: parseStrings(stream), line, column };
    case 'integer':
      stream.next();
      if (token.value.length > MAX_DIGITS) throw stream.error(token, `an integer has at most ${MAX_DIGITS} digits`);
      return { kind: 'literal', value: toInteger(token.value), line, column };
    case 'float':
      stream.next();
      return { kind: 'float', value: Number(token.value), line, column };
    case 'operator':
      return parseBracketed(stream, parsers);
    default:
      throw stream.error(token, `expected an expression, found ${describeToken(token)}`);
  }
}

function parseStrings(stream: TokenStream): string {
  let value = stream.next().value;
  while (stream.is('string')) value += stream.next().value;
  return value;
}

function toInteger(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

function parseBracketed(stream: TokenStream, parsers: ExpressionParsers): ExpressionNode {
  const open = stream.current;
  switch (open.value) {
    case '(':
      return stream.nested(() => parseParenthesized(stream, parsers));
    case '[':
      return stream.nested(() => ({ kind: 'list', items: parseItems(stream, parsers), line: open.line, column: open.column }));
    case '{':
      return stream.nested(() => parseDict(stream, parsers));
    default:
      throw stream.error(open, `expected an expression, found ${describeToken(open)}`);
  }
}

function parseParenthesized(stream: TokenStream, parsers: ExpressionParsers): ExpressionNode {
  const { line, column } = stream.next();
  const items: ExpressionNode[] = [];
  let isTuple = stream.isOperator(')');
  while (!stream.isOperator(')')) {
    items.push(parsers.expression(stream));
    if (!stream.skip('operator', ',')) break;
    isTuple = true;
  }
  stream.expect('operator', ')');
  const [first] = items;
  return isTuple || first === undefined ? { kind: 'tuple', items, line, column } : first;
}

function parseItems(stream: TokenStream, parsers: ExpressionParsers): ExpressionNode[] {
  stream.expect('operator', '[');
  const items: ExpressionNode[] = [];
  while (!stream.isOperator(']')) {
    items.push(parsers.expression(stream));
    if (!stream.skip('operator', ',')) break;
  }
  stream.expect('operator', ']');
  return items;
}

function parseDict(stream: TokenStream, parsers: ExpressionParsers): ExpressionNode {
  const { line, column } = stream.expect('operator', '{');
  const entries: { key: ExpressionNode; value: ExpressionNode }[] = [];
  while (!stream.isOperator('}')) {
    const key = parsers.expression(stream);
    stream.expect('operator', ':');
    entries.push({ key, value: parsers.expression(stream) });
    if (!stream.skip('operator', ',')) break;
  }
  stream.expect('operator', '}');
  return { kind: 'dict', entries, line, column };
}
