import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { ArgumentNode, ExpressionNode, NodePosition } from '../jinja/nodes.ts';
import type { JinjaFilter } from '../jinja/values.ts';
import { filterNode, LIQUID, literal, nameNode, testNode } from './nodes.ts';
import type { TokenReader } from './token-reader.ts';

/** What expressions of one template are read with. */
export interface ExpressionScope {
  readonly filters: ReadonlyMap<string, JinjaFilter>;
  /** The names that `increment` and `decrement` count in. */
  readonly counters: ReadonlySet<string>;
}

const MAX_DEPTH = 100;

/** A value, without filters. `isLenient`: what is not there is nil, as a condition has it. */
export function parseValue(reader: TokenReader, scope: ExpressionScope, isLenient = false, depth = 0): ExpressionNode {
  const { at } = reader;
  if (depth > MAX_DEPTH) throw new PacksmithError('LIMIT_EXCEEDED', `an expression nests deeper than ${MAX_DEPTH} levels`);
  const token = reader.take();
  switch (token?.type) {
    case 'string':
      return literal(token.value, at);
    case 'integer':
      return literal(integerOf(token.value), at);
    case 'float':
      return { kind: 'float', value: Number(token.value), ...at };
    case 'name':
      return parseNamed(token.value, { reader, scope, isLenient, depth, at });
    default:
      throw token === undefined ? reader.error('expected a value') : reader.fault(`${JSON.stringify(token.value)} is no value`, at);
  }
}

function integerOf(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text.replace('+', ''));
}

interface Place {
  readonly reader: TokenReader;
  readonly scope: ExpressionScope;
  readonly isLenient: boolean;
  readonly depth: number;
  readonly at: NodePosition;
}

function parseNamed(name: string, place: Place): ExpressionNode {
  const { reader, scope, isLenient, depth, at } = place;
  const word = WORDS.get(name);
  if (word !== undefined && !reader.isSymbol('.') && !reader.isSymbol('[')) return word(at);
  let node: ExpressionNode = nameNode(name, at);
  if (scope.counters.has(name)) node = filterNode(node, 'counted', [literal(name, at), nameNode(`${LIQUID}counters`, at)], at);
  const step = isLenient ? 'find' : 'index';
  for (;;) {
    if (reader.acceptSymbol('.')) node = filterNode(node, step, [literal(reader.expectName('a name behind "."'), at)], at);
    else if (reader.acceptSymbol('[')) {
      node = filterNode(node, step, [parseValue(reader, scope, isLenient, depth + 1)], at);
      reader.expectSymbol(']');
    } else return node;
  }
}

const WORDS: ReadonlyMap<string, (at: NodePosition) => ExpressionNode> = new Map([
  ['nil', (at) => literal(null, at)],
  ['null', (at) => literal(null, at)],
  ['true', (at) => literal(true, at)],
  ['false', (at) => literal(false, at)],
  ['empty', (at) => nameNode(`${LIQUID}empty`, at)],
  ['blank', (at) => nameNode(`${LIQUID}blank`, at)],
]);

/** A value and the filters behind it. */
export function parseFilterChain(reader: TokenReader, scope: ExpressionScope): ExpressionNode {
  let node = parseValue(reader, scope);
  while (reader.acceptSymbol('|')) {
    const { at } = reader;
    const name = reader.expectName('the name of a filter');
    const filter = scope.filters.get(LIQUID + name);
    if (filter === undefined) throw reader.fault(`there is no filter named ${JSON.stringify(name)}`, at);
    const args = reader.acceptSymbol(':') ? parseArguments(reader, scope) : [];
    checkArguments(name, filter, args, () => reader.fault(`the filter ${JSON.stringify(name)} is given other arguments than it takes`, at));
    node = filterNode(node, name, args, at);
  }
  return node;
}

function parseArguments(reader: TokenReader, scope: ExpressionScope): ArgumentNode[] {
  const args: ArgumentNode[] = [];
  do {
    if (reader.current?.type === 'name' && reader.isFollowedBy(':')) {
      const name = reader.expectName('a name');
      reader.expectSymbol(':');
      args.push({ kind: 'named', name, value: parseValue(reader, scope) });
    } else args.push({ kind: 'positional', name: '', value: parseValue(reader, scope) });
  } while (reader.acceptSymbol(','));
  return args;
}

/** liquid-rust refuses a template for arguments that do not fit. */
function checkArguments(name: string, { parameters, required = 0 }: JinjaFilter, args: readonly ArgumentNode[], fault: () => Error): void {
  const positional = args.filter(({ kind }) => kind === 'positional').length;
  const hasNamed = args.length > positional;
  if (positional < required || positional > parameters.length || (hasNamed && name !== '')) throw fault();
}

/** A condition: `and` binds more tightly than `or`. */
export function parseCondition(reader: TokenReader, scope: ExpressionScope): ExpressionNode {
  let left = parseConjunction(reader, scope);
  while (reader.current !== undefined) {
    const { at } = reader;
    if (!reader.acceptName('or')) throw reader.error('expected "and" or "or"');
    left = { kind: 'logical', operator: 'or', left, right: parseConjunction(reader, scope), ...at };
  }
  return left;
}

function parseConjunction(reader: TokenReader, scope: ExpressionScope): ExpressionNode {
  let left = parseComparison(reader, scope);
  for (;;) {
    const { at } = reader;
    if (!reader.acceptName('and')) return left;
    left = { kind: 'logical', operator: 'and', left, right: parseComparison(reader, scope), ...at };
  }
}

const OPERATORS = new Set(['==', '!=', '<>', '<', '>', '<=', '>=']);

function parseComparison(reader: TokenReader, scope: ExpressionScope): ExpressionNode {
  const { at } = reader;
  const start = reader.mark();
  const value = parseValue(reader, scope, true);
  const operator = reader.current?.value ?? '';
  const isComparison = reader.current?.type === 'symbol' ? OPERATORS.has(operator) : reader.isName('contains');
  if (!isComparison) return testNode(value, 'truthy', [], at);
  // Both sides of a comparison must be there, so that the left one is read again.
  reader.reset(start);
  const left = parseValue(reader, scope);
  reader.take();
  const right = parseValue(reader, scope);
  if (operator === '!=' || operator === '<>') return { kind: 'unary', operator: 'not', operand: testNode(left, '==', [right], at), ...at };
  return testNode(left, operator, [right], at);
}
