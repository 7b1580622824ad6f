import { functionKey, type RhaiFunctionDefinition, type RhaiNode, type RhaiPosition, type RhaiScript } from './nodes.ts';
import { ExpressionParser } from './parse-expression.ts';
import { parseSwitch } from './parse-switch.ts';
import { RhaiReader } from './rhai-reader.ts';
import { scanRhai } from './scan-rhai.ts';

/** Reads a script. @throws PacksmithError `TEMPLATE_SYNTAX` with the place, `LIMIT_EXCEEDED`. */
export function parseRhai(source: string, name: string): RhaiScript {
  const functions = new Map<string, RhaiFunctionDefinition>();
  const reader = new RhaiReader(scanRhai(source, name), name);
  const parser = new StatementParser(reader, functions);
  return { name, body: parser.parseAll(), functions };
}

/** Reads one expression, such as a condition. @throws PacksmithError as `parseRhai` does */
export function parseRhaiExpression(source: string, name: string): RhaiScript {
  const reader = new RhaiReader(scanRhai(source, name), name);
  const node = new StatementParser(reader, new Map()).parseExpression();
  if (reader.current.kind !== 'end') throw reader.unexpected('the end');
  return { name, body: [node], functions: new Map() };
}

const WITHOUT_SEMICOLON = new Set<RhaiNode['kind']>(['if', 'switch', 'loop', 'for', 'block', 'try']);

/** Reads statements; expressions ask it for the blocks in them. */
class StatementParser extends ExpressionParser {
  private readonly functions: Map<string, RhaiFunctionDefinition>;

  constructor(reader: RhaiReader, functions: Map<string, RhaiFunctionDefinition>) {
    super(reader);
    this.functions = functions;
  }

  parseAll(): RhaiNode[] {
    return this.parseBody(() => this.reader.current.kind === 'end');
  }

  override parseInside(reader: RhaiReader): RhaiNode {
    const { at } = reader;
    return { kind: 'block', body: new StatementParser(reader, this.functions).parseAll(), ...at };
  }

  override parseBlock(): RhaiNode {
    const { at } = this.reader;
    this.reader.expectSymbol('{');
    const body = this.reader.deeper(() => this.parseBody(() => this.reader.isSymbol('}')));
    this.reader.expectSymbol('}');
    return { kind: 'block', body, ...at };
  }

  private parseBody(isEnd: () => boolean): RhaiNode[] {
    const body: RhaiNode[] = [];
    for (;;) {
      while (this.reader.acceptSymbol(';'));
      if (isEnd()) return body;
      if (this.acceptFunction()) continue;
      const node = this.parseStatement();
      body.push(node);
      if (!this.reader.acceptSymbol(';') && !isEnd() && !WITHOUT_SEMICOLON.has(node.kind)) throw this.reader.unexpected('";"');
    }
  }

  override parseStatement(): RhaiNode {
    const { at, current } = this.reader;
    const read = current.kind === 'name' ? STATEMENTS.get(current.text) : undefined;
    if (read !== undefined) {
      this.reader.take();
      return this.reader.deeper(() => read(this, at));
    }
    return this.reader.isSymbol('{') ? this.parseBlock() : this.parseExpression();
  }

  override readBlockWord(): RhaiNode | undefined {
    const { at, current } = this.reader;
    const read = current.kind === 'name' && BLOCK_WORDS.has(current.text) ? STATEMENTS.get(current.text) : undefined;
    if (read === undefined) return undefined;
    this.reader.take();
    return this.reader.deeper(() => read(this, at));
  }

  private acceptFunction(): boolean {
    const isFunction = this.reader.isWord('fn') || (this.reader.isWord('private') && this.reader.isWord('fn', 1));
    if (!isFunction) return false;
    this.reader.acceptWord('private');
    this.reader.take();
    const { at } = this.reader;
    const name = this.reader.expectName();
    if (this.reader.isSymbol('.')) throw this.reader.fault('functions for one type are not supported', at, 'take the type out');
    const parameters = this.parseParameters(')', () => this.reader.expectSymbol('('));
    this.functions.set(functionKey(name, parameters.length), { name, parameters, body: this.parseBlock() });
    return true;
  }

  /** Up to a statement's end. */
  parseOptional(): RhaiNode | undefined {
    const { reader } = this;
    const isOver = reader.current.kind === 'end' || [';', '}', ',', ')'].some((symbol) => reader.isSymbol(symbol));
    return isOver ? undefined : this.parseExpression();
  }
}

type ReadStatement = (parser: StatementParser, at: RhaiPosition) => RhaiNode;

const BLOCK_WORDS = new Set(['if', 'switch', 'while', 'loop', 'do', 'for', 'return', 'break', 'continue', 'throw']);

const STATEMENTS: ReadonlyMap<string, ReadStatement> = new Map<string, ReadStatement>([
  ['let', (parser, at) => readLet(parser, at, false)],
  ['const', (parser, at) => readLet(parser, at, true)],
  ['if', readIf],
  ['switch', (parser, at) => parseSwitch(parser, at)],
  [
    'while',
    (parser, at) => ({
      kind: 'loop',
      condition: parser.parseExpression(),
      goesOnWhile: true,
      isDo: false,
      body: parser.parseBlock(),
      ...at,
    }),
  ],
  ['loop', (parser, at) => ({ kind: 'loop', condition: undefined, goesOnWhile: true, isDo: false, body: parser.parseBlock(), ...at })],
  ['do', readDo],
  ['for', readFor],
  ['return', (parser, at) => ({ kind: 'leave', how: 'return', value: parser.parseOptional(), ...at })],
  ['break', (parser, at) => ({ kind: 'leave', how: 'break', value: parser.parseOptional(), ...at })],
  ['continue', (_parser, at) => ({ kind: 'continue', ...at })],
  ['throw', (parser, at) => ({ kind: 'throw', value: parser.parseOptional(), ...at })],
  ['try', readTry],
  ['import', (parser, at) => refuse(parser, at, 'import')],
  ['export', (parser, at) => refuse(parser, at, 'export')],
]);

function refuse({ reader }: StatementParser, at: RhaiPosition, word: string): never {
  throw reader.fault(`\`${word}\` is not supported`, at, 'put the functions into the script itself');
}

function readLet(parser: StatementParser, at: RhaiPosition, isConstant: boolean): RhaiNode {
  const name = parser.reader.expectName();
  const value = parser.reader.acceptSymbol('=') ? parser.parseExpression() : undefined;
  return { kind: 'let', name, value, isConstant, ...at };
}

function readIf(parser: StatementParser, at: RhaiPosition): RhaiNode {
  const condition = parser.parseExpression();
  const body = parser.parseBlock();
  if (!parser.reader.acceptWord('else')) return { kind: 'if', condition, body, otherwise: undefined, ...at };
  const second = parser.reader.at;
  const otherwise = parser.reader.acceptWord('if') ? parser.reader.deeper(() => readIf(parser, second)) : parser.parseBlock();
  return { kind: 'if', condition, body, otherwise, ...at };
}

function readDo(parser: StatementParser, at: RhaiPosition): RhaiNode {
  const body = parser.parseBlock();
  const goesOnWhile = !parser.reader.acceptWord('until');
  if (goesOnWhile) parser.reader.expectWord('while');
  return { kind: 'loop', condition: parser.parseExpression(), goesOnWhile, isDo: true, body, ...at };
}

function readFor(parser: StatementParser, at: RhaiPosition): RhaiNode {
  const { reader } = parser;
  const isPair = reader.acceptSymbol('(');
  const name = reader.expectName();
  let counter: string | undefined;
  if (isPair) {
    reader.expectSymbol(',');
    counter = reader.expectName();
    reader.expectSymbol(')');
  }
  reader.expectWord('in');
  return { kind: 'for', name, counter, items: parser.parseExpression(), body: parser.parseBlock(), ...at };
}

function readTry(parser: StatementParser, at: RhaiPosition): RhaiNode {
  const { reader } = parser;
  const body = parser.parseBlock();
  reader.expectWord('catch');
  let name: string | undefined;
  if (reader.acceptSymbol('(')) {
    name = reader.expectName();
    reader.expectSymbol(')');
  }
  return { kind: 'try', body, name, handler: parser.parseBlock(), ...at };
}
