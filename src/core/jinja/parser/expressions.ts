import type { Token } from '../lexer/tokens.ts';
import type { BinaryOperator, CompareOperator, ExpressionNode, NodePosition } from '../nodes.ts';
import type { ExpressionParsers } from './expression-parsers.ts';
import { parsePostfix, parseTail } from './postfix.ts';
import { parsePrimary } from './primary.ts';
import type { TokenStream } from './token-stream.ts';

/** Reads one expression, conditional expressions included. */
export function parseExpression(stream: TokenStream): ExpressionNode {
  return stream.nested(() => parseConditional(stream));
}

/** Reads one expression that may not be a conditional one, as after `for … in`. */
export function parseUnconditional(stream: TokenStream): ExpressionNode {
  return stream.nested(() => parseOr(stream));
}

const PARSERS: ExpressionParsers = {
  expression: parseExpression,
  unconditional: parseUnconditional,
  unary: (stream) => parseUnary(stream, false),
};

/** Reads an expression or, when commas follow, a tuple. `ends` names words that end it. */
export function parseTupleExpression(
  stream: TokenStream,
  options: { conditional?: boolean; ends?: readonly string[] } = {},
): ExpressionNode {
  const plain = parsePlainName(stream);
  if (plain !== undefined) return plain;
  const start = stream.current;
  const parse = options.conditional === false ? parseUnconditional : parseExpression;
  if (isTupleEnd(stream, options.ends)) throw stream.error(start, 'expected an expression');
  const first = parse(stream);
  if (!stream.isOperator(',')) return first;
  const items = [first];
  while (stream.skip('operator', ',')) {
    if (isTupleEnd(stream, options.ends)) break;
    items.push(parse(stream));
  }
  return { kind: 'tuple', items, ...at(start) };
}

/** The commonest expressions are a name, and attributes of one, for which the levels of precedence need not be gone through. */
function parsePlainName(stream: TokenStream): ExpressionNode | undefined {
  if (stream.current.type !== 'name' || stream.current.value === 'not') return undefined;
  let ahead = 1;
  while (isPoint(stream.ahead(ahead)) && stream.ahead(ahead + 1).type === 'name') ahead += 2;
  const { type } = stream.ahead(ahead);
  if (type !== 'variable-end' && type !== 'block-end') return undefined;
  return parsePostfix(stream, parsePrimary(stream, PARSERS), PARSERS);
}

function isPoint({ type, value }: Token): boolean {
  return type === 'operator' && value === '.';
}

function isTupleEnd(stream: TokenStream, ends: readonly string[] | undefined): boolean {
  const { type, value } = stream.current;
  if (type === 'variable-end' || type === 'block-end' || type === 'end') return true;
  if (type === 'operator') return value === ')' || value === '=';
  return type === 'name' && ends !== undefined && ends.includes(value);
}

function at(position: NodePosition): NodePosition {
  return { line: position.line, column: position.column };
}

function parseConditional(stream: TokenStream): ExpressionNode {
  let result = parseOr(stream);
  while (stream.isName('if')) {
    const start = stream.next();
    const test = parseOr(stream);
    const otherwise = stream.skip('name', 'else') ? parseExpression(stream) : undefined;
    result = { kind: 'conditional', test, value: result, otherwise, ...at(start) };
  }
  return result;
}

function parseOr(stream: TokenStream): ExpressionNode {
  let left = parseAnd(stream);
  while (stream.isName('or')) {
    const start = stream.next();
    left = { kind: 'logical', operator: 'or', left, right: parseAnd(stream), ...at(start) };
  }
  return left;
}

function parseAnd(stream: TokenStream): ExpressionNode {
  let left = parseNot(stream);
  while (stream.isName('and')) {
    const start = stream.next();
    left = { kind: 'logical', operator: 'and', left, right: parseNot(stream), ...at(start) };
  }
  return left;
}

function parseNot(stream: TokenStream): ExpressionNode {
  if (!stream.isName('not')) return parseCompare(stream);
  const start = stream.next();
  return { kind: 'unary', operator: 'not', operand: stream.nested(() => parseNot(stream)), ...at(start) };
}

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function parseCompare(stream: TokenStream): ExpressionNode {
  const left = parseSum(stream);
  const start = stream.current;
  const comparisons: { operator: CompareOperator; right: ExpressionNode }[] = [];
  for (let operator = takeComparison(stream); operator !== undefined; operator = takeComparison(stream)) {
    comparisons.push({ operator, right: parseSum(stream) });
  }
  return comparisons.length === 0 ? left : { kind: 'compare', left, comparisons, ...at(start) };
}

function takeComparison(stream: TokenStream): CompareOperator | undefined {
  const { type, value } = stream.current;
  if (type === 'operator' && COMPARISONS.has(value)) {
    stream.next();
    return value as CompareOperator;
  }
  if (stream.skip('name', 'in')) return 'in';
  if (stream.isName('not') && stream.following.type === 'name' && stream.following.value === 'in') {
    stream.next();
    stream.next();
    return 'not in';
  }
  return undefined;
}

function parseSum(stream: TokenStream): ExpressionNode {
  let left = parseConcat(stream);
  while (stream.isOperator('+') || stream.isOperator('-')) {
    const operator = stream.next();
    left = { kind: 'binary', operator: operator.value as BinaryOperator, left, right: parseConcat(stream), ...at(operator) };
  }
  return left;
}

function parseConcat(stream: TokenStream): ExpressionNode {
  const first = parseProduct(stream);
  if (!stream.isOperator('~')) return first;
  const start = stream.current;
  const parts = [first];
  while (stream.skip('operator', '~')) parts.push(parseProduct(stream));
  return { kind: 'concat', parts, ...at(start) };
}

const PRODUCTS: ReadonlySet<string> = new Set(['*', '/', '//', '%']);

function parseProduct(stream: TokenStream): ExpressionNode {
  let left = parsePower(stream);
  while (stream.current.type === 'operator' && PRODUCTS.has(stream.current.value)) {
    const operator = stream.next();
    left = { kind: 'binary', operator: operator.value as BinaryOperator, left, right: parsePower(stream), ...at(operator) };
  }
  return left;
}

/** As in Jinja2, `**` is left-associative and binds less tightly than a sign. */
function parsePower(stream: TokenStream): ExpressionNode {
  let left = parseUnary(stream, true);
  while (stream.isOperator('**')) {
    const operator = stream.next();
    left = { kind: 'binary', operator: '**', left, right: parseUnary(stream, true), ...at(operator) };
  }
  return left;
}

function parseUnary(stream: TokenStream, withTail: boolean): ExpressionNode {
  const start = stream.current;
  let node: ExpressionNode;
  if (stream.isOperator('-') || stream.isOperator('+')) {
    stream.next();
    const operator = start.value === '-' ? '-' : '+';
    node = { kind: 'unary', operator, operand: stream.nested(() => parseUnary(stream, false)), ...at(start) };
  } else {
    node = parsePrimary(stream, PARSERS);
  }
  node = parsePostfix(stream, node, PARSERS);
  return withTail ? parseTail(stream, node, PARSERS) : node;
}
