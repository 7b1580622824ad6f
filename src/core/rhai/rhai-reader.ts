import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { RhaiPosition } from './nodes.ts';
import { scriptSyntaxError } from './rhai-fault.ts';
import type { RhaiToken } from './scan-rhai.ts';

const MAX_DEPTH = 100;
const MAX_CHAIN = 200;

const END: RhaiToken = { kind: 'end', text: '', line: 1, column: 1 };

/** The tokens of a script, with the place that is read, and how deep that is. */
export class RhaiReader {
  readonly name: string;
  private readonly tokens: readonly RhaiToken[];
  private next = 0;
  private depth: number;

  constructor(tokens: readonly RhaiToken[], name: string, depth = 0) {
    this.tokens = tokens;
    this.name = name;
    this.depth = depth;
  }

  /** What stands inside a text of this script. */
  inside(tokens: readonly RhaiToken[]): RhaiReader {
    return new RhaiReader(tokens, this.name, this.depth);
  }

  get current(): RhaiToken {
    return this.peek(0);
  }

  get at(): RhaiPosition {
    const { line, column } = this.current;
    return { line, column };
  }

  peek(ahead: number): RhaiToken {
    return this.tokens[this.next + ahead] ?? this.tokens.at(-1) ?? END;
  }

  take(): RhaiToken {
    const token = this.current;
    this.next++;
    return token;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === text;
  }

  isWord(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'name' && token.text === text;
  }

  /** A minus with a number right behind it is a part of that. */
  isNegativeNumber(): boolean {
    const [sign, { kind, line, column }] = [this.current, this.peek(1)];
    return this.isSymbol('-') && (kind === 'int' || kind === 'float') && line === sign.line && column === sign.column + 1;
  }

  isRangeMark(): boolean {
    return this.isSymbol('..') || this.isSymbol('..=');
  }

  /** Whether no value can begin here. */
  isAtEndOfValue(): boolean {
    return this.current.kind === 'end' || [')', ']', '}', ',', ';', '=>', '{'].some((symbol) => this.isSymbol(symbol));
  }

  acceptSymbol(text: string): boolean {
    const isThere = this.isSymbol(text);
    if (isThere) this.next++;
    return isThere;
  }

  acceptWord(text: string): boolean {
    const isThere = this.isWord(text);
    if (isThere) this.next++;
    return isThere;
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) throw this.unexpected(JSON.stringify(text));
  }

  expectWord(text: string): void {
    if (!this.acceptWord(text)) throw this.unexpected(JSON.stringify(text));
  }

  expectName(): string {
    if (this.current.kind !== 'name') throw this.unexpected('a name');
    return this.take().text;
  }

  /** Reads something that stands inside something else. */
  deeper<Result>(read: () => Result): Result {
    if (++this.depth > MAX_DEPTH) throw new PacksmithError('LIMIT_EXCEEDED', `${this.name} nests deeper than ${MAX_DEPTH} levels`);
    const result = read();
    this.depth--;
    return result;
  }

  /** Chains of operators and calls become trees as deep as they are long. */
  checkChain(length: number): void {
    if (length > MAX_CHAIN)
      throw new PacksmithError('LIMIT_EXCEEDED', `${this.name} has an expression of more than ${MAX_CHAIN} parts`, {
        where: { file: this.name, ...this.at },
      });
  }

  unexpected(expected: string): PacksmithError {
    const { kind, text } = this.current;
    const found = kind === 'end' ? 'the end' : kind === 'template' || kind === 'string' ? 'a text' : JSON.stringify(text);
    return this.fault(`expected ${expected}, found ${found}`);
  }

  fault(message: string, at: RhaiPosition = this.at, hint?: string): PacksmithError {
    return scriptSyntaxError(this.name, at, message, hint);
  }
}
