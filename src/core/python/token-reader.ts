import { PythonRefusal } from './python-fault.ts';
import type { PythonToken } from './scan-python.ts';

const MAX_DEPTH = 100;

/** Goes along the tokens of a module. */
export class TokenReader {
  private readonly tokens: readonly PythonToken[];
  private at = 0;
  private depth = 0;
  private yields = false;

  constructor(tokens: readonly PythonToken[]) {
    this.tokens = tokens;
  }

  get next(): PythonToken {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] ?? { kind: 'end', text: '', line: 1 };
  }

  get line(): number {
    return this.next.line;
  }

  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.next;
    return (kind === 'symbol' || kind === 'name') && texts.includes(text);
  }

  /** Whether the token behind the next one is this. */
  isBehind(text: string): boolean {
    return this.tokens[this.at + 1]?.text === text;
  }

  /** Whether a `match` with its cases begins here: the word may be a name, too. */
  isMatch(): boolean {
    if (!this.is('match')) return false;
    let end = this.at;
    while (end < this.tokens.length && this.tokens[end]?.kind !== 'newline') end++;
    return this.tokens[end + 1]?.kind === 'indent' && this.tokens[end + 2]?.text === 'case';
  }

  take(): PythonToken {
    const token = this.next;
    this.at++;
    return token;
  }

  accept(...texts: readonly string[]): string | undefined {
    return this.is(...texts) ? this.take().text : undefined;
  }

  acceptKind(kind: PythonToken['kind']): PythonToken | undefined {
    return this.next.kind === kind ? this.take() : undefined;
  }

  expect(text: string): void {
    if (this.accept(text) === undefined) this.refuse(`${text} is missing before ${this.shown()}`);
  }

  expectKind(kind: PythonToken['kind']): PythonToken {
    return this.acceptKind(kind) ?? this.refuse(`${this.shown()} stands where a ${kind} is due`);
  }

  /** Reads something that can hold itself, to a depth. */
  within<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) this.refuse('it is nested too deeply');
    const result = read();
    this.depth--;
    return result;
  }

  /** A `yield` makes the function around it a generator. */
  noteYield(): void {
    this.yields = true;
  }

  /** Reads a function, and says whether it yields. */
  withYields<T>(read: () => T): readonly [result: T, yields: boolean] {
    const around = this.yields;
    this.yields = false;
    const result = read();
    const { yields } = this;
    this.yields = around;
    return [result, yields];
  }

  refuse(message: string, line = this.line): never {
    throw new PythonRefusal(message, line);
  }

  shown(): string {
    const { kind, text } = this.next;
    return text === '' ? `the ${kind}` : JSON.stringify(text.slice(0, 40));
  }
}
