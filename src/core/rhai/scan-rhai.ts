import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { RhaiPosition } from './nodes.ts';
import { scriptSyntaxError } from './rhai-fault.ts';
import { unescapeText } from './unescape-text.ts';

/** A text in back-ticks has parts: text, and the tokens of what stands in `${…}`. */
export interface RhaiToken extends RhaiPosition {
  readonly kind: 'name' | 'int' | 'float' | 'string' | 'char' | 'template' | 'symbol' | 'end';
  readonly text: string;
  readonly parts?: readonly (string | readonly RhaiToken[])[];
}

const MAX_LENGTH = 500_000;
const MAX_NESTING = 20;

const SYMBOLS =
  /\.\.=|\*\*=|<<=|>>=|\.\.|\*\*|==|!=|<=|>=|=>|&&|\|\||\?\?|\?\.|\?\[|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|::|#\{|<<|>>|[-+*/%=<>!&|^.,;:()[\]{}]/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const RADIX = /0[xX]_*[0-9a-fA-F][0-9a-fA-F_]*|0[oO]_*[0-7][0-7_]*|0[bB]_*[01][01_]*/y;
// A point that begins a range or a method is no decimal one.
const NUMBER = /\d[\d_]*(?:\.(?!\.|[A-Za-z_])[\d_]*)?(?:[eE][+-]?\d[\d_]*)?/y;
const BLANK = /[\s\ufeff]+/y;
const LINE_COMMENT = /\/\/[^\n]*/y;
const COMMENT_MARK = /\/\*|\*\//g;
const CHARACTER = /'(?:\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\n])|[^'\\\n])'/uy;
const STRING = /"(?:[^"\\\n]|\\\r?\n|\\[^\n]|"")*"/y;
const RAW_MARK = /(#+)"/y;
const LINE_END = /\r?\n/y;
const TEMPLATE_STOP = /`|\$\{/g;

/** Reads a script as tokens; the last one is the end. @throws PacksmithError `TEMPLATE_SYNTAX`, `LIMIT_EXCEEDED`. */
export function scanRhai(source: string, name: string): RhaiToken[] {
  if (source.length > MAX_LENGTH) throw new PacksmithError('LIMIT_EXCEEDED', `${name} is longer than ${MAX_LENGTH} characters`);
  return new Scanner(source, name).scanAll();
}

class Scanner {
  private readonly source: string;
  private readonly name: string;
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private nesting = 0;

  constructor(source: string, name: string) {
    this.source = source;
    this.name = name;
  }

  scanAll(): RhaiToken[] {
    if (this.source.startsWith('#!')) this.advance(this.source.search(/\n|$/));
    return this.scanUntil(false);
  }

  /** Inside of a text in back-ticks the tokens end with the brace that ends them. */
  private scanUntil(isInside: boolean): RhaiToken[] {
    const tokens: RhaiToken[] = [];
    let open = 0;
    for (;;) {
      this.skipBlanks();
      if (this.at >= this.source.length) {
        if (isInside) throw this.fault('what a text has between braces has no end');
        return [...tokens, { kind: 'end', text: '', ...this.position() }];
      }
      const token = this.scanToken();
      if (token.kind === 'symbol' && (token.text === '{' || token.text === '#{')) open++;
      if (token.kind === 'symbol' && token.text === '}' && --open < 0 && isInside) return [...tokens, { ...token, kind: 'end', text: '' }];
      tokens.push(token);
    }
  }

  private scanToken(): RhaiToken {
    const position = this.position();
    const first = this.source[this.at] ?? '';
    if (first === '`') return { kind: 'template', text: '', parts: this.scanTemplate(), ...position };
    if (first === '"')
      return { kind: 'string', text: this.unescaped(this.expect(STRING, 'a text has no end').slice(1, -1), position.column), ...position };
    if (first === "'")
      return { kind: 'char', text: this.unescaped(this.expect(CHARACTER, 'this is no character').slice(1, -1)), ...position };
    if (/\d/.test(first)) return { ...this.scanNumber(), ...position };
    const raw = first === '#' ? this.accept(RAW_MARK) : undefined;
    if (raw !== undefined) return { kind: 'string', text: this.scanRaw(raw), ...position };
    const name = this.accept(NAME);
    if (name !== undefined) return { kind: 'name', text: name, ...position };
    return { kind: 'symbol', text: this.expect(SYMBOLS, `${JSON.stringify(first)} is none of the language`), ...position };
  }

  private scanNumber(): Pick<RhaiToken, 'kind' | 'text'> {
    const whole = this.accept(RADIX);
    if (whole !== undefined) return { kind: 'int', text: whole.replaceAll('_', '').toLowerCase() };
    const text = this.expect(NUMBER, 'this is no number').replaceAll('_', '');
    return { kind: /[.eE]/.test(text) ? 'float' : 'int', text };
  }

  private scanRaw(mark: string): string {
    const end = `"${mark.slice(0, -1)}`;
    const stop = this.source.indexOf(end, this.at);
    if (stop < 0) throw this.fault('a text has no end');
    const text = this.source.slice(this.at, stop);
    this.advance(stop + end.length);
    return text;
  }

  private scanTemplate(): (string | readonly RhaiToken[])[] {
    if (++this.nesting > MAX_NESTING)
      throw new PacksmithError('LIMIT_EXCEEDED', `${this.name} nests texts deeper than ${MAX_NESTING} levels`);
    const parts: (string | readonly RhaiToken[])[] = [];
    this.advance(this.at + 1);
    // A line end behind the first mark is no part of the text.
    this.accept(LINE_END);
    let text = '';
    for (;;) {
      TEMPLATE_STOP.lastIndex = this.at;
      const stop = TEMPLATE_STOP.exec(this.source)?.index;
      if (stop === undefined) throw this.fault('a text has no end');
      text += this.source.slice(this.at, stop);
      this.advance(stop);
      if (this.source.startsWith('``', this.at)) {
        text += '`';
        this.advance(this.at + 2);
      } else if (this.source[this.at] === '`') {
        this.advance(this.at + 1);
        this.nesting--;
        return [...parts, text];
      } else {
        this.advance(this.at + 2);
        parts.push(text, this.scanUntil(true));
        text = '';
      }
    }
  }

  private skipBlanks(): void {
    while (this.accept(BLANK) !== undefined || this.accept(LINE_COMMENT) !== undefined || this.skipComment());
  }

  /** Comments nest. */
  private skipComment(): boolean {
    if (!this.source.startsWith('/*', this.at)) return false;
    COMMENT_MARK.lastIndex = this.at;
    let open = 0;
    for (let mark = COMMENT_MARK.exec(this.source); mark !== null; mark = COMMENT_MARK.exec(this.source)) {
      open += mark[0] === '/*' ? 1 : -1;
      if (open > 0) continue;
      this.advance(mark.index + 2);
      return true;
    }
    throw this.fault('a comment has no end');
  }

  private accept(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.source)?.[0];
    if (text !== undefined) this.advance(this.at + text.length);
    return text;
  }

  private expect(pattern: RegExp, problem: string): string {
    const text = this.accept(pattern);
    if (text === undefined) throw this.fault(problem);
    return text;
  }

  private unescaped(text: string, column?: number): string {
    const result = unescapeText(text, column);
    if (typeof result === 'string') return result;
    throw this.fault(`${result.unknown} is no escape`);
  }

  private advance(to: number): void {
    for (let next = this.at; next < to; next++) {
      if (this.source[next] !== '\n') continue;
      this.line++;
      this.lineStart = next + 1;
    }
    this.at = to;
  }

  private position(): RhaiPosition {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private fault(message: string): Error {
    return scriptSyntaxError(this.name, this.position(), message);
  }
}
