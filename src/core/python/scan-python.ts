import { PythonRefusal } from './python-fault.ts';

/** A token; `indent` and `dedent` stand around the lines of a block, `newline` at the end of each. */
export interface PythonToken {
  readonly kind: 'name' | 'number' | 'string' | 'symbol' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  readonly line: number;
}

const MAX_LENGTH = 200_000;
const MAX_TOKENS = 50_000;

const NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const NUMBER = /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?/y;
const STRING_START = /(?:[rR][bBfF]?|[bBfF][rR]?|[uU])?('''|"""|'|")/y;
const SYMBOL = /\*\*=|\/\/=|>>=|<<=|\.\.\.|->|:=|\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%@&|^]=|[-+*/%@&|^~<>()[\]{},:.;=]/y;
const BLANK = /(?:[ \t\f\ufeff]|\\\r?\n)+/y;
const COMMENT = /#[^\n]*/y;
const LINE_END = /\r?\n/y;

/** Reads a module of Python as tokens. @throws PythonRefusal */
export function scanPython(source: string): PythonToken[] {
  if (source.length > MAX_LENGTH) throw new PythonRefusal(`it is longer than ${MAX_LENGTH} characters`);
  return new Scanner(source, 1).scanAll();
}

/** Reads what stands between the braces of an f-string. */
export function scanReplacement(source: string, line: number): PythonToken[] {
  return new Scanner(`(${source})`, line).scanAll();
}

class Scanner {
  private readonly source: string;
  private at = 0;
  private line: number;
  private open = 0;
  private readonly indents = [0];
  private readonly tokens: PythonToken[] = [];

  constructor(source: string, line: number) {
    this.source = source;
    this.line = line;
  }

  scanAll(): PythonToken[] {
    this.startLine();
    while (this.at < this.source.length) this.scanOne();
    if (!['newline', undefined].includes(this.tokens.at(-1)?.kind)) this.push('newline');
    while (this.indents.length > 1) {
      this.indents.pop();
      this.push('dedent');
    }
    this.push('end');
    return this.tokens;
  }

  private scanOne(): void {
    if (this.accept(BLANK) !== undefined || this.accept(COMMENT) !== undefined) return;
    if (this.accept(LINE_END) !== undefined) {
      if (this.open > 0) return;
      this.push('newline');
      this.startLine();
      return;
    }
    const line = this.line;
    const text = this.scanString();
    if (text !== undefined) this.push('string', text, line);
    else this.scanWord();
  }

  private scanWord(): void {
    const name = this.accept(NAME);
    if (name !== undefined) {
      this.push('name', name);
      return;
    }
    const number =
      /[\d.]/.test(this.source[this.at] ?? '') && !/^\.(?!\d)/.test(this.source.slice(this.at, this.at + 2))
        ? this.accept(NUMBER)
        : undefined;
    if (number !== undefined) {
      this.push('number', number);
      return;
    }
    const symbol = this.accept(SYMBOL);
    if (symbol === undefined) throw new PythonRefusal(`${JSON.stringify(this.source[this.at])} is none of the language`, this.line);
    if ('([{'.includes(symbol)) this.open++;
    if (')]}'.includes(symbol)) this.open--;
    this.push('symbol', symbol);
  }

  /** A string as it is written, prefix and quotes included. */
  private scanString(): string | undefined {
    const from = this.at;
    const start = this.accept(STRING_START);
    if (start === undefined) return undefined;
    const quote = /'''$|"""$|['"]$/.exec(start)?.[0] ?? "'";
    while (!this.source.startsWith(quote, this.at)) {
      const next = this.source[this.at];
      if (next === undefined || (next === '\n' && quote.length === 1)) throw new PythonRefusal('a string has no end', this.line);
      this.advance(next === '\\' ? 2 : 1);
    }
    this.advance(quote.length);
    return this.source.slice(from, this.at);
  }

  /** The blanks at the start of a line that has something on it. */
  private startLine(): void {
    for (;;) {
      const from = this.at;
      let width = 0;
      while (' \t\f\ufeff'.includes(this.source[this.at] ?? '\n'))
        width = this.source[this.at++] === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
      if (this.source[from] === '\ufeff') width--;
      this.accept(COMMENT);
      if (this.accept(LINE_END) !== undefined) continue;
      if (this.at < this.source.length) this.indentTo(width);
      return;
    }
  }

  private indentTo(width: number): void {
    if (width > (this.indents.at(-1) ?? 0)) {
      this.indents.push(width);
      this.push('indent');
    }
    while (width < (this.indents.at(-1) ?? 0)) {
      this.indents.pop();
      this.push('dedent');
    }
    if (width !== this.indents.at(-1)) throw new PythonRefusal('a line is indented as none before it', this.line);
  }

  private accept(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.advance(found.length);
    return found;
  }

  private advance(length: number): void {
    for (const end = this.at + length; this.at < end; this.at++) if (this.source[this.at] === '\n') this.line++;
  }

  private push(kind: PythonToken['kind'], text = '', line = this.line): void {
    if (this.tokens.length >= MAX_TOKENS) throw new PythonRefusal(`it has more than ${MAX_TOKENS} words`);
    this.tokens.push({ kind, text, line: kind === 'newline' ? line - 1 : line });
  }
}
