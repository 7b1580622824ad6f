import type { BinaryOperator } from '../jinja/nodes.ts';
import type { Handler, MatchCase, PythonExpression, Statement, WithItem } from './nodes.ts';
import { parseArguments, parseExpression, parseExpressions, parsePattern, parseTarget, parseTargets } from './parse-expression.ts';
import { parseParameters } from './parse-parameters.ts';
import { scanPython } from './scan-python.ts';
import { TokenReader } from './token-reader.ts';

/** Reads a module of Python. @throws PythonRefusal for what is not read, with its line. */
export function parsePython(source: string): readonly Statement[] {
  const tokens = new TokenReader(scanPython(source));
  const body: Statement[] = [];
  while (tokens.next.kind !== 'end') body.push(...parseStatement(tokens));
  return body;
}

function parseStatement(tokens: TokenReader): Statement[] {
  return tokens.within(() => {
    if (tokens.is('@')) return [parseDecorated(tokens)];
    const compound = tokens.isMatch() ? parseMatch : COMPOUND.get(tokens.next.kind === 'name' ? tokens.next.text : '');
    if (compound !== undefined) return [compound(tokens)];
    return parseLine(tokens);
  });
}

function parseLine(tokens: TokenReader): Statement[] {
  const found = [parseSimple(tokens)];
  while (tokens.accept(';') !== undefined && tokens.next.kind !== 'newline') found.push(parseSimple(tokens));
  tokens.expectKind('newline');
  return found.flat();
}

function parseBlock(tokens: TokenReader): Statement[] {
  tokens.expect(':');
  if (tokens.acceptKind('newline') === undefined) return parseLine(tokens);
  tokens.expectKind('indent');
  const body: Statement[] = [];
  while (tokens.acceptKind('dedent') === undefined) body.push(...parseStatement(tokens));
  return body;
}

const COMPOUND: ReadonlyMap<string, (tokens: TokenReader) => Statement> = new Map([
  ['def', (tokens) => parseFunction(tokens, [])],
  ['class', (tokens) => parseClass(tokens, [])],
  ['if', parseIf],
  ['for', parseFor],
  ['while', parseWhile],
  ['try', parseTry],
  ['with', parseWith],
  ['async', (tokens) => tokens.refuse('"async" is not read')],
]);

function parseDecorated(tokens: TokenReader): Statement {
  const decorators: PythonExpression[] = [];
  while (tokens.accept('@') !== undefined) {
    decorators.push(parseExpression(tokens));
    tokens.expectKind('newline');
  }
  return tokens.is('class') ? parseClass(tokens, decorators) : parseFunction(tokens, decorators);
}

function parseFunction(tokens: TokenReader, decorators: readonly PythonExpression[]): Statement {
  const { line } = tokens;
  tokens.expect('def');
  const name = tokens.expectKind('name').text;
  tokens.expect('(');
  const parameters = parseParameters(tokens, { end: ')', read: parseExpression });
  tokens.expect(')');
  if (tokens.accept('->') !== undefined) parseExpression(tokens);
  const [body, isGenerator] = tokens.withYields(() => parseBlock(tokens));
  return { kind: 'function', name, parameters, body, isGenerator, decorators, line };
}

function parseClass(tokens: TokenReader, decorators: readonly PythonExpression[]): Statement {
  const { line } = tokens;
  tokens.expect('class');
  const name = tokens.expectKind('name').text;
  const given = tokens.accept('(') === undefined ? [] : parseArguments(tokens);
  const bases = given.filter((argument) => argument.name === undefined).map(({ value }) => value);
  return { kind: 'class', name, bases, body: parseBlock(tokens), decorators, line };
}

function parseIf(tokens: TokenReader): Statement {
  const { line } = tokens;
  tokens.take();
  const test = parseExpressions(tokens);
  const body = parseBlock(tokens);
  const otherwise = tokens.is('elif') ? [tokens.within(() => parseIf(tokens))] : parseElse(tokens);
  return { kind: 'if', test, body, otherwise, line };
}

function parseElse(tokens: TokenReader): Statement[] {
  return tokens.accept('else') === undefined ? [] : parseBlock(tokens);
}

function parseFor(tokens: TokenReader): Statement {
  const { line } = tokens;
  tokens.expect('for');
  const target = parseTargets(tokens);
  tokens.expect('in');
  const items = parseExpressions(tokens);
  return { kind: 'for', target, items, body: parseBlock(tokens), otherwise: parseElse(tokens), line };
}

function parseWhile(tokens: TokenReader): Statement {
  const { line } = tokens;
  tokens.expect('while');
  const test = parseExpressions(tokens);
  return { kind: 'while', test, body: parseBlock(tokens), otherwise: parseElse(tokens), line };
}

function parseTry(tokens: TokenReader): Statement {
  const { line } = tokens;
  tokens.expect('try');
  const body = parseBlock(tokens);
  const handlers: Handler[] = [];
  while (tokens.accept('except') !== undefined) {
    const types = tokens.is(':') ? undefined : parseExpressions(tokens);
    const name = tokens.accept('as') === undefined ? undefined : tokens.expectKind('name').text;
    handlers.push({ types, name, body: parseBlock(tokens) });
  }
  const otherwise = parseElse(tokens);
  const last = tokens.accept('finally') === undefined ? [] : parseBlock(tokens);
  return { kind: 'try', body, handlers, otherwise, last, line };
}

function parseWith(tokens: TokenReader): Statement {
  const { line } = tokens;
  const items: WithItem[] = [];
  do {
    tokens.take();
    const manager = parseExpression(tokens);
    items.push({ manager, target: tokens.accept('as') === undefined ? undefined : parseTarget(tokens) });
  } while (tokens.is(','));
  return { kind: 'with', items, body: parseBlock(tokens), line };
}

function parseMatch(tokens: TokenReader): Statement {
  const { line } = tokens;
  tokens.expect('match');
  const subject = parseExpressions(tokens);
  tokens.expect(':');
  tokens.expectKind('newline');
  tokens.expectKind('indent');
  const cases: MatchCase[] = [];
  while (tokens.acceptKind('dedent') === undefined) {
    tokens.expect('case');
    const pattern = parsePattern(tokens);
    if (!isPattern(pattern)) tokens.refuse('the pattern of a case is not read');
    const as = tokens.accept('as') === undefined ? undefined : tokens.expectKind('name').text;
    const guard = tokens.accept('if') === undefined ? undefined : parseExpression(tokens);
    cases.push({ pattern, as, guard, body: parseBlock(tokens) });
  }
  return { kind: 'match', subject, cases, line };
}

/** Values, names, several of them, and types without what is in them. */
function isPattern(node: PythonExpression): boolean {
  switch (node.kind) {
    case 'constant':
    case 'name':
    case 'attribute':
      return true;
    case 'sign':
      return node.operand.kind === 'constant';
    case 'merge':
      return isPattern(node.left) && isPattern(node.right);
    case 'list':
    case 'tuple':
      return node.items.every(isPattern);
    case 'star':
      return node.value.kind === 'name';
    default:
      return node.kind === 'call' && node.callee.kind === 'name' && node.arguments.length === 0;
  }
}

function parseSimple(tokens: TokenReader): Statement[] {
  const { line } = tokens;
  const isEnd = (): boolean => tokens.next.kind === 'newline' || tokens.is(';');
  switch (tokens.next.kind === 'name' ? tokens.next.text : '') {
    case 'pass':
    case 'break':
    case 'continue':
      return [{ kind: tokens.take().text as 'pass' | 'break' | 'continue', line }];
    case 'return':
      tokens.take();
      return [{ kind: 'return', value: isEnd() ? undefined : parseExpressions(tokens), line }];
    case 'raise': {
      tokens.take();
      const value = isEnd() ? undefined : parseExpression(tokens);
      if (tokens.accept('from') !== undefined) parseExpression(tokens);
      return [{ kind: 'raise', value, line }];
    }
    case 'assert': {
      tokens.take();
      const test = parseExpression(tokens);
      return [{ kind: 'assert', test, message: tokens.accept(',') === undefined ? undefined : parseExpression(tokens), line }];
    }
    case 'del': {
      tokens.take();
      const removed = parseExpressions(tokens);
      return [{ kind: 'delete', targets: removed.kind === 'tuple' ? removed.items : [removed], line }];
    }
    case 'global':
    case 'nonlocal': {
      const isGlobal = tokens.take().text === 'global';
      const names = [tokens.expectKind('name').text];
      while (tokens.accept(',') !== undefined) names.push(tokens.expectKind('name').text);
      return [{ kind: 'scope', names, isGlobal, line }];
    }
    case 'import':
      return parseImport(tokens);
    case 'from':
      return [parseFrom(tokens)];
    default:
      return parseAssignment(tokens);
  }
}

function parseDotted(tokens: TokenReader): string {
  let name = '';
  while (tokens.is('.', '...')) name += tokens.take().text;
  if (tokens.is('import')) return name;
  name += tokens.expectKind('name').text;
  while (tokens.accept('.') !== undefined) name += `.${tokens.expectKind('name').text}`;
  return name;
}

function parseImport(tokens: TokenReader): Statement[] {
  const { line } = tokens;
  const found: Statement[] = [];
  do {
    tokens.take();
    const module = parseDotted(tokens);
    found.push({ kind: 'import', module, as: tokens.accept('as') === undefined ? undefined : tokens.expectKind('name').text, line });
  } while (tokens.is(','));
  return found;
}

function parseFrom(tokens: TokenReader): Statement {
  const { line } = tokens;
  tokens.expect('from');
  const module = parseDotted(tokens);
  tokens.expect('import');
  if (tokens.accept('*') !== undefined) return { kind: 'from', module, names: undefined, line };
  const isOpen = tokens.accept('(') !== undefined;
  const names: (readonly [string, string])[] = [];
  do {
    if (tokens.is(')')) break;
    const name = tokens.expectKind('name').text;
    names.push([name, tokens.accept('as') === undefined ? name : tokens.expectKind('name').text]);
  } while (tokens.accept(',') !== undefined);
  if (isOpen) tokens.expect(')');
  return { kind: 'from', module, names, line };
}

const CHANGES = ['+=', '-=', '*=', '/=', '%=', '|='];

function parseAssignment(tokens: TokenReader): Statement[] {
  const { line } = tokens;
  const first = parseExpressions(tokens);
  // What an annotation says has no effect; that there is one makes a field of a class.
  if (tokens.accept(':') !== undefined) {
    parseExpression(tokens);
    const field: Statement[] = first.kind === 'name' ? [{ kind: 'annotate', name: first.name, line }] : [];
    if (tokens.accept('=') === undefined) return field;
    return [...field, { kind: 'assign', targets: [first], value: parseExpressions(tokens), line }];
  }
  const change = tokens.accept(...CHANGES, '//=', '**=');
  if (change !== undefined)
    return [
      { kind: 'change', target: first, operator: change.slice(0, -1) as BinaryOperator | '|', value: parseExpressions(tokens), line },
    ];
  const sides = [first];
  while (tokens.accept('=') !== undefined) sides.push(parseExpressions(tokens));
  const value = sides.pop() ?? first;
  return [sides.length === 0 ? { kind: 'expression', value, line } : { kind: 'assign', targets: sides, value, line }];
}
