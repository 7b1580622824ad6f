import type { ArgumentNode, ExpressionNode, FilterNode, NodePosition } from '../nodes.ts';
import type { ExpressionParsers } from './expression-parsers.ts';
import { describeToken, type TokenStream } from './token-stream.ts';

/** Reads `.name`, `[index]` and `(arguments)` after an expression. */
export function parsePostfix(stream: TokenStream, base: ExpressionNode, parsers: ExpressionParsers): ExpressionNode {
  let node = base;
  while (stream.current.type === 'operator') {
    if (stream.isOperator('.')) node = parseAttribute(stream, node);
    else if (stream.isOperator('[')) node = parseSubscript(stream, node, parsers);
    else if (stream.isOperator('(')) node = parseCall(stream, node, parsers);
    else break;
  }
  return node;
}

/** Reads filters, tests and calls of their results after an expression. */
export function parseTail(stream: TokenStream, base: ExpressionNode, parsers: ExpressionParsers): ExpressionNode {
  let node = base;
  for (;;) {
    if (stream.isOperator('|')) {
      stream.next();
      node = parseFilterName(stream, node, parsers);
    } else if (stream.isName('is')) node = parseTest(stream, node, parsers);
    else if (stream.isOperator('(')) node = parseCall(stream, node, parsers);
    else return node;
  }
}

/** Reads a chain of filters whose input is given by what surrounds it. */
export function parseFilterChain(stream: TokenStream, parsers: ExpressionParsers): FilterNode {
  let node = parseFilterName(stream, undefined, parsers);
  while (stream.skip('operator', '|')) node = parseFilterName(stream, node, parsers);
  return node;
}

function at(position: NodePosition): NodePosition {
  return { line: position.line, column: position.column };
}

function parseAttribute(stream: TokenStream, object: ExpressionNode): ExpressionNode {
  stream.next();
  const token = stream.next();
  if (token.type === 'name') return { kind: 'attribute', object, name: token.value, ...at(token) };
  if (token.type !== 'integer') throw stream.error(token, `expected a name or a number after ".", found ${describeToken(token)}`);
  const value = Number(token.value);
  return { kind: 'subscript', object, index: { kind: 'literal', value, ...at(token) }, ...at(token) };
}

function parseSubscript(stream: TokenStream, object: ExpressionNode, parsers: ExpressionParsers): ExpressionNode {
  const start = stream.next();
  return stream.nested(() => {
    if (stream.isOperator(']')) throw stream.error(stream.current, 'expected an index or a slice');
    const first = stream.isOperator(':') ? undefined : parsers.expression(stream);
    if (stream.isOperator(':')) return parseSlice(stream, object, first, parsers, start);
    if (first === undefined) throw stream.error(start, 'expected an index or a slice');
    const items = [first];
    const isTuple = stream.isOperator(',');
    while (stream.skip('operator', ',') && !stream.isOperator(']')) items.push(parsers.expression(stream));
    stream.expect('operator', ']');
    const index: ExpressionNode = isTuple ? { kind: 'tuple', items, ...at(start) } : first;
    return { kind: 'subscript', object, index, ...at(start) };
  });
}

function parseSlice(
  stream: TokenStream,
  object: ExpressionNode,
  first: ExpressionNode | undefined,
  parsers: ExpressionParsers,
  start: NodePosition,
): ExpressionNode {
  const bounds = [first, undefined, undefined] as [ExpressionNode | undefined, ExpressionNode | undefined, ExpressionNode | undefined];
  for (let index = 1; index <= 2 && stream.skip('operator', ':'); index++) {
    if (!stream.isOperator(':') && !stream.isOperator(']')) bounds[index] = parsers.expression(stream);
  }
  stream.expect('operator', ']');
  return { kind: 'slice', object, start: bounds[0], stop: bounds[1], step: bounds[2], ...at(start) };
}

function parseCall(stream: TokenStream, callee: ExpressionNode, parsers: ExpressionParsers): ExpressionNode {
  const start = stream.current;
  return { kind: 'call', callee, arguments: parseArguments(stream, parsers), ...at(start) };
}

function parseArguments(stream: TokenStream, parsers: ExpressionParsers): ArgumentNode[] {
  stream.expect('operator', '(');
  return stream.nested(() => {
    const found: ArgumentNode[] = [];
    while (!stream.isOperator(')')) {
      const token = stream.current;
      const argument = parseArgument(stream, parsers);
      if (argument.kind === 'positional' && found.some((other) => other.kind !== 'positional' && other.kind !== 'spread')) {
        throw stream.error(token, 'a positional argument cannot follow a named one');
      }
      if (argument.kind === 'named' && found.some((other) => other.kind === 'named' && other.name === argument.name)) {
        throw stream.error(token, `the argument "${argument.name}" is given twice`);
      }
      found.push(argument);
      if (!stream.skip('operator', ',')) break;
    }
    stream.expect('operator', ')');
    return found;
  });
}

function parseArgument(stream: TokenStream, parsers: ExpressionParsers): ArgumentNode {
  if (stream.skip('operator', '*')) return { kind: 'spread', name: '', value: parsers.expression(stream) };
  if (stream.skip('operator', '**')) return { kind: 'spread-named', name: '', value: parsers.expression(stream) };
  if (stream.is('name') && stream.following.type === 'operator' && stream.following.value === '=') {
    const name = stream.next().value;
    stream.next();
    return { kind: 'named', name, value: parsers.expression(stream) };
  }
  return { kind: 'positional', name: '', value: parsers.expression(stream) };
}

function parseDottedName(stream: TokenStream): string {
  let name = stream.expect('name').value;
  while (stream.skip('operator', '.')) name += `.${stream.expect('name').value}`;
  return name;
}

function parseFilterName(stream: TokenStream, input: ExpressionNode | undefined, parsers: ExpressionParsers): FilterNode {
  const start = stream.current;
  const name = parseDottedName(stream);
  const found = stream.isOperator('(') ? parseArguments(stream, parsers) : [];
  return { kind: 'filter', input, name, arguments: found, ...at(start) };
}

const BARE_ARGUMENT_ENDS: ReadonlySet<string> = new Set(['else', 'or', 'and', 'is', 'if', 'in', 'not', 'recursive']);

function parseTest(stream: TokenStream, input: ExpressionNode, parsers: ExpressionParsers): ExpressionNode {
  stream.next();
  const negated = stream.skip('name', 'not');
  const start = stream.current;
  const name = parseDottedName(stream);
  const found = stream.isOperator('(') ? parseArguments(stream, parsers) : parseBareArgument(stream, parsers);
  return { kind: 'test', input, name, negated, arguments: found, ...at(start) };
}

/** A test may take one argument without parentheses: `x is divisibleby 3`. */
function parseBareArgument(stream: TokenStream, parsers: ExpressionParsers): ArgumentNode[] {
  const { type, value } = stream.current;
  if (type === 'name' && value === 'is')
    throw stream.error(stream.current, 'tests cannot be chained with "is"', { hint: 'join them with "and"' });
  const isArgument =
    type === 'string' ||
    type === 'integer' ||
    type === 'float' ||
    (type === 'name' && !BARE_ARGUMENT_ENDS.has(value)) ||
    (type === 'operator' && (value === '[' || value === '{'));
  return isArgument ? [{ kind: 'positional', name: '', value: parsers.unary(stream) }] : [];
}
