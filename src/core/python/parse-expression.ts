import type { BinaryOperator } from '../jinja/nodes.ts';
import type { Clause, CompareSign, PythonArgument, PythonExpression } from './nodes.ts';
import { readNumber, readStrings } from './parse-literal.ts';
import { parseParameters } from './parse-parameters.ts';
import type { TokenReader } from './token-reader.ts';

const CONSTANTS: ReadonlyMap<string, null | boolean> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
]);

const KEYWORDS = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** `a, *b, c`: one expression, or a tuple of several. */
export function parseExpressions(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const first = parseStarred(tokens);
  if (!tokens.is(',')) return first;
  const items = [first];
  while (tokens.accept(',') !== undefined && startsExpression(tokens)) items.push(parseStarred(tokens));
  return { kind: 'tuple', items, line };
}

function startsExpression(tokens: TokenReader): boolean {
  const { kind, text } = tokens.next;
  if (kind === 'name') return !KEYWORDS.has(text) || ['not', 'lambda', 'await', 'yield'].includes(text);
  return kind === 'number' || kind === 'string' || (kind === 'symbol' && ['(', '[', '{', '-', '+', '~', '*', '...'].includes(text));
}

function parseStarred(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  return tokens.accept('*') === undefined ? parseNamed(tokens) : { kind: 'star', value: parseBitwise(tokens), line };
}

function parseNamed(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  if (tokens.next.kind === 'name' && tokens.isBehind(':=')) {
    const name = tokens.take().text;
    tokens.expect(':=');
    return { kind: 'walrus', name, value: parseExpression(tokens), line };
  }
  return parseExpression(tokens);
}

/** A single expression. */
export function parseExpression(tokens: TokenReader): PythonExpression {
  return tokens.within(() => {
    const { line } = tokens;
    if (tokens.is('lambda')) return parseLambda(tokens);
    if (tokens.is('yield')) return parseYield(tokens);
    const value = parseLogical(tokens, 'or');
    if (tokens.accept('if') === undefined) return value;
    const test = parseLogical(tokens, 'or');
    tokens.expect('else');
    return { kind: 'choice', test, yes: value, no: parseExpression(tokens), line };
  });
}

function parseYield(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  tokens.expect('yield');
  tokens.noteYield();
  const isFrom = tokens.accept('from') !== undefined;
  const value: PythonExpression = startsExpression(tokens) ? parseExpressions(tokens) : { kind: 'constant', value: null, line };
  return { kind: 'yield', value, isFrom, line };
}

function parseLambda(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  tokens.expect('lambda');
  const parameters = parseParameters(tokens, { end: ':', read: parseExpression });
  tokens.expect(':');
  const [body, yields] = tokens.withYields(() => parseExpression(tokens));
  return yields ? tokens.refuse('a lambda that yields is not read', line) : { kind: 'lambda', parameters, body, line };
}

function parseLogical(tokens: TokenReader, operator: 'and' | 'or'): PythonExpression {
  const { line } = tokens;
  const parse = (): PythonExpression => (operator === 'or' ? parseLogical(tokens, 'and') : parseNot(tokens));
  let left = parse();
  while (tokens.accept(operator) !== undefined) left = { kind: 'logical', operator, left, right: parse(), line };
  return left;
}

function parseNot(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  if (tokens.accept('not') !== undefined) return tokens.within(() => ({ kind: 'not', operand: parseNot(tokens), line }));
  const left = parseBitwise(tokens);
  const rest: (readonly [CompareSign, PythonExpression])[] = [];
  for (let sign = takeSign(tokens); sign !== undefined; sign = takeSign(tokens)) rest.push([sign, parseBitwise(tokens)]);
  return rest.length === 0 ? left : { kind: 'compare', left, rest, line };
}

function takeSign(tokens: TokenReader): CompareSign | undefined {
  if (tokens.is('not') && tokens.isBehind('in')) {
    tokens.take();
    tokens.take();
    return 'not in';
  }
  if (tokens.accept('is') !== undefined) return tokens.accept('not') === undefined ? 'is' : 'is not';
  return tokens.accept('==', '!=', '<', '<=', '>', '>=', 'in') as CompareSign | undefined;
}

/** Of the operators on bits only `|`, which lays dicts over each other. */
function parseBitwise(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  let left = parseSum(tokens);
  while (tokens.accept('|') !== undefined) left = { kind: 'merge', left, right: parseSum(tokens), line };
  if (tokens.is('&', '^', '<<', '>>')) tokens.refuse(`the operator ${tokens.shown()} is not read`);
  return left;
}

function parseSum(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  let left = parseProduct(tokens);
  for (let operator = tokens.accept('+', '-'); operator !== undefined; operator = tokens.accept('+', '-'))
    left = { kind: 'binary', operator: operator as BinaryOperator, left, right: parseProduct(tokens), line };
  return left;
}

function parseProduct(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const accept = (): string | undefined => tokens.accept('*', '/', '//', '%');
  let left = parseSign(tokens);
  for (let operator = accept(); operator !== undefined; operator = accept())
    left = { kind: 'binary', operator: operator as BinaryOperator, left, right: parseSign(tokens), line };
  return left;
}

function parseSign(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const operator = tokens.accept('-', '+') as '-' | '+' | undefined;
  if (operator !== undefined) return tokens.within(() => ({ kind: 'sign', operator, operand: parseSign(tokens), line }));
  const left = parsePostfix(tokens);
  return tokens.accept('**') === undefined
    ? left
    : tokens.within(() => ({ kind: 'binary', operator: '**', left, right: parseSign(tokens), line }));
}

function parsePostfix(tokens: TokenReader): PythonExpression {
  let value = parseAtom(tokens);
  for (;;) {
    const { line } = tokens;
    if (tokens.accept('.') !== undefined) value = { kind: 'attribute', object: value, name: tokens.expectKind('name').text, line };
    else if (tokens.accept('(') !== undefined) value = { kind: 'call', callee: value, arguments: parseArguments(tokens), line };
    else if (tokens.accept('[') !== undefined) value = parseSubscript(tokens, value);
    else return value;
  }
}

function parseSubscript(tokens: TokenReader, object: PythonExpression): PythonExpression {
  const { line } = tokens;
  const bound = (): PythonExpression | undefined => (tokens.is(':', ']') ? undefined : parseNamed(tokens));
  if (!tokens.is(':')) {
    const index = parseExpressions(tokens);
    if (tokens.accept(']') !== undefined) return { kind: 'item', object, index, line };
    return parseBounds(tokens, { object, first: index, bound, line });
  }
  return parseBounds(tokens, { object, first: undefined, bound, line });
}

function parseBounds(
  tokens: TokenReader,
  {
    object,
    first,
    bound,
    line,
  }: { object: PythonExpression; first: PythonExpression | undefined; bound: () => PythonExpression | undefined; line: number },
): PythonExpression {
  const bounds = [first];
  while (tokens.accept(':') !== undefined && bounds.length < 3) bounds.push(bound());
  tokens.expect(']');
  return { kind: 'slice', object, bounds, line };
}

/** The arguments of a call, behind its parenthesis. */
export function parseArguments(tokens: TokenReader): PythonArgument[] {
  const found: PythonArgument[] = [];
  while (!tokens.is(')')) {
    const stars = tokens.accept('**', '*')?.length ?? 0;
    if (stars > 0) found.push({ value: parseExpression(tokens), stars: stars as 1 | 2 });
    else if (tokens.next.kind === 'name' && tokens.isBehind('=')) {
      const name = tokens.take().text;
      tokens.expect('=');
      found.push({ name, value: parseExpression(tokens), stars: 0 });
    } else found.push({ value: parseItem(tokens), stars: 0 });
    if (tokens.accept(',') === undefined) break;
  }
  tokens.expect(')');
  return found;
}

/** An argument, which may be a generator. */
function parseItem(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const value = parseNamed(tokens);
  return tokens.is('for', 'async')
    ? { kind: 'comprehension', makes: 'list', key: undefined, value, clauses: parseClauses(tokens), line }
    : value;
}

function parseClauses(tokens: TokenReader): Clause[] {
  const clauses: Clause[] = [];
  while (tokens.accept('for') !== undefined) {
    const target = parseTargets(tokens);
    tokens.expect('in');
    const items = parseLogical(tokens, 'or');
    const conditions: PythonExpression[] = [];
    while (tokens.accept('if') !== undefined) conditions.push(parseLogical(tokens, 'or'));
    clauses.push({ target, items, conditions });
  }
  if (clauses.length === 0) tokens.refuse(`${tokens.shown()} is not read here`);
  return clauses;
}

/** One thing that a value is given to. */
export function parseTarget(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  return tokens.accept('*') === undefined ? parsePostfix(tokens) : { kind: 'star', value: parsePostfix(tokens), line };
}

/** What stands behind `case`, as the expression that it looks like. */
export function parsePattern(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const one = (): PythonExpression => (tokens.is('*') ? parseTarget(tokens) : parseBitwise(tokens));
  const items = [one()];
  if (!tokens.is(',')) return items[0] ?? { kind: 'tuple', items, line };
  while (tokens.accept(',') !== undefined && startsExpression(tokens)) items.push(one());
  return { kind: 'tuple', items, line };
}

/** What a `for` gives its items to. */
export function parseTargets(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const items = [parseTarget(tokens)];
  const isTuple = tokens.is(',');
  while (tokens.accept(',') !== undefined && !tokens.is('in')) items.push(parseTarget(tokens));
  return isTuple ? { kind: 'tuple', items, line } : (items[0] ?? { kind: 'tuple', items, line });
}

function parseAtom(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const { kind, text } = tokens.next;
  if (kind === 'string') {
    const written = [];
    for (let token = tokens.acceptKind('string'); token !== undefined; token = tokens.acceptKind('string')) written.push(token);
    return readStrings(written, parseExpressions);
  }
  if (kind === 'number') return { kind: 'constant', value: readNumber(tokens.take().text, line), line };
  if (kind === 'name' && !KEYWORDS.has(text)) {
    tokens.take();
    const constant = CONSTANTS.get(text);
    return constant === undefined ? { kind: 'name', name: text, line } : { kind: 'constant', value: constant, line };
  }
  if (tokens.accept('...') !== undefined) return { kind: 'constant', value: null, line };
  if (tokens.accept('(') !== undefined) return tokens.within(() => parseParentheses(tokens));
  if (tokens.accept('[') !== undefined) return tokens.within(() => parseList(tokens));
  if (tokens.accept('{') !== undefined) return tokens.within(() => parseBraces(tokens));
  return tokens.refuse(`${tokens.shown()} is not read here`);
}

function parseParentheses(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  if (tokens.accept(')') !== undefined) return { kind: 'tuple', items: [], line };
  const value = parseExpressions(tokens);
  const made: PythonExpression = tokens.is('for')
    ? { kind: 'comprehension', makes: 'list', key: undefined, value, clauses: parseClauses(tokens), line }
    : value;
  tokens.expect(')');
  return made;
}

function parseList(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  if (tokens.accept(']') !== undefined) return { kind: 'list', items: [], line };
  const first = parseStarred(tokens);
  if (tokens.is('for')) {
    const clauses = parseClauses(tokens);
    tokens.expect(']');
    return { kind: 'comprehension', makes: 'list', key: undefined, value: first, clauses, line };
  }
  const items = [first];
  while (tokens.accept(',') !== undefined && !tokens.is(']')) items.push(parseStarred(tokens));
  tokens.expect(']');
  return { kind: 'list', items, line };
}

function parseBraces(tokens: TokenReader): PythonExpression {
  const { line } = tokens;
  const entries: (readonly [PythonExpression | undefined, PythonExpression])[] = [];
  const items: PythonExpression[] = [];
  while (!tokens.is('}')) {
    const entry = parseEntry(tokens);
    if (tokens.is('for')) return parseBracedComprehension(tokens, entry);
    if (entry.isItem) items.push(entry.value);
    else entries.push([entry.key, entry.value]);
    if (tokens.accept(',') === undefined) break;
  }
  tokens.expect('}');
  if (items.length > 0 && entries.length > 0) tokens.refuse('a dict has an item without a value', line);
  return items.length > 0 ? { kind: 'set', items, line } : { kind: 'dict', entries, line };
}

/** An item of a set, or an entry of a dict; without a key another dict. */
interface BracedEntry {
  readonly isItem: boolean;
  readonly key: PythonExpression | undefined;
  readonly value: PythonExpression;
}

function parseEntry(tokens: TokenReader): BracedEntry {
  if (tokens.accept('**') !== undefined) return { isItem: false, key: undefined, value: parseBitwise(tokens) };
  const first = parseStarred(tokens);
  if (tokens.accept(':') === undefined) return { isItem: true, key: undefined, value: first };
  return { isItem: false, key: first, value: parseExpression(tokens) };
}

function parseBracedComprehension(tokens: TokenReader, { key, value }: BracedEntry): PythonExpression {
  const { line } = tokens;
  const clauses = parseClauses(tokens);
  tokens.expect('}');
  return { kind: 'comprehension', makes: key === undefined ? 'set' : 'dict', key, value, clauses, line };
}
