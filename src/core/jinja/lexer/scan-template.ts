import { TEXT_ADVICE } from '../fault.ts';
import { strip } from '../methods/strip.ts';
import type { JinjaSettings } from '../settings.ts';
import { SPACES } from '../text.ts';
import { scanExpressionToken } from './expression-token.ts';
import { type LexerRules, lexerRules, type TagKind } from './lexer-rules.ts';
import { decodeStringLiteral } from './string-literal.ts';
import { templateSyntaxError } from './syntax-error.ts';
import type { Token, TokenType } from './tokens.ts';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const BLANK = new RegExp(`[${SPACES}]*`, 'y');
const LINE_END = /\s*(?:\n|$)/y;

const BY_NAME = 'a character is not found by its name: write the character itself, or its number as \\u2022';

/**
 * Splits a template into tokens. All whitespace control (`-`, `+`, trim, lstrip, line statements) is applied here.
 * @throws PacksmithError TEMPLATE_SYNTAX for an unclosed tag, string or bracket, or a character that has no meaning.
 */
export function scanTemplate(source: string, name: string, settings: JinjaSettings): Token[] {
  return new TemplateScanner(source, name, lexerRules(settings)).scan();
}

/** Reads the tokens of a lone expression, without delimiters. */
export function scanExpression(source: string, name: string): Token[] {
  return new TemplateScanner(source, name, lexerRules(EXPRESSION_SETTINGS)).scanLoneExpression();
}

const EXPRESSION_SETTINGS: JinjaSettings = {};

class TemplateScanner {
  private readonly source: string;
  private readonly name: string;
  private readonly rules: LexerRules;
  private readonly tokens: Token[] = [];
  private offset = 0;
  private line = 1;
  private lineStart = 0;
  private lineEnd: number;
  /** Whether the last tag took the end of its line with it. */
  private startsLine = true;

  constructor(source: string, name: string, rules: LexerRules) {
    let text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
    if (!rules.keepTrailingNewline && text.endsWith('\n')) text = text.slice(0, -1);
    this.source = text;
    this.lineEnd = endOfLine(text, 0);
    this.name = name;
    this.rules = rules;
  }

  scan(): Token[] {
    const { opening, kinds } = this.rules;
    while (this.offset < this.source.length) {
      opening.lastIndex = this.offset;
      const found = opening.exec(this.source);
      if (found === null) {
        this.addText(this.source.slice(this.offset));
        this.offset = this.source.length;
        break;
      }
      let group = 1;
      while (found[group] === undefined) group++;
      this.scanTag(kinds[group - 1] ?? 'block', found.index, found[0].length);
    }
    this.add('end', '', this.source.length);
    return this.tokens;
  }

  scanLoneExpression(): Token[] {
    for (;;) {
      this.skipBlank();
      if (this.offset >= this.source.length) break;
      this.scanOne();
    }
    this.add('end', '', this.source.length);
    return this.tokens;
  }

  private scanTag(kind: TagKind, start: number, length: number): void {
    const text = this.source.slice(this.offset, start);
    const after = start + length;
    const sign = this.source[after] ?? '';
    const body = sign === '-' || sign === '+' ? after + 1 : after;
    this.addText(this.stripBefore(text, sign, kind));
    if (kind === 'line-statement') this.scanBody('block', start, body, true);
    else if (kind === 'line-comment') this.skipLine(after);
    else if (kind === 'comment') this.skipComment(start, body);
    else if (kind !== 'block' || !this.scanRaw(start, after)) this.scanBody(kind, start, body, false);
  }

  private stripBefore(text: string, sign: string, kind: TagKind): string {
    if (sign === '-') return strip(text, undefined, 'right');
    if (!this.rules.lstripBlocks || sign === '+' || kind === 'variable') return text;
    const lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart === 0 && !this.startsLine) return text;
    return strip(text.slice(lineStart)) === '' ? text.slice(0, lineStart) : text;
  }

  private skipLine(after: number): void {
    const end = this.source.indexOf('\n', after);
    this.offset = end === -1 ? this.source.length : end;
    this.startsLine = false;
  }

  private skipComment(start: number, body: number): void {
    const { commentEnd } = this.rules.delimiters;
    const close = this.source.indexOf(commentEnd, body);
    if (close === -1) throw this.error(start, 'this comment is never closed', `add ${commentEnd}; ${TEXT_ADVICE}`);
    const sign = close > body ? (this.source[close - 1] ?? '') : '';
    this.leaveTag(close + commentEnd.length, sign, this.rules.trimBlocks);
  }

  /** Reads a whole raw block, if the tag is one. */
  private scanRaw(start: number, after: number): boolean {
    const { rawBegin, rawEnd } = this.rules;
    rawBegin.lastIndex = after;
    const begin = rawBegin.exec(this.source);
    if (begin === null) return false;
    this.leaveTag(rawBegin.lastIndex, begin[2] ?? '', false);
    rawEnd.lastIndex = this.offset;
    const end = rawEnd.exec(this.source);
    if (end === null) throw this.error(start, 'this raw block is never closed', 'add an "endraw" tag');
    const text = this.source.slice(this.offset, end.index);
    this.addText(this.stripBefore(text, end[1] ?? '', 'block'));
    this.leaveTag(rawEnd.lastIndex, end[2] ?? '', this.rules.trimBlocks);
    return true;
  }

  /** Moves behind a tag and removes what its end asks for. */
  private leaveTag(end: number, sign: string, trims: boolean): void {
    this.offset = end;
    if (sign === '-') this.skipBlank();
    else if (trims && sign !== '+' && this.source[end] === '\n') this.offset++;
    this.startsLine = this.offset > end ? this.source[this.offset - 1] === '\n' : false;
  }

  private scanBody(kind: 'block' | 'variable', start: number, after: number, isLine: boolean): void {
    const close = kind === 'block' ? this.rules.delimiters.blockEnd : this.rules.delimiters.variableEnd;
    this.add(kind === 'block' ? 'block-begin' : 'variable-begin', '', start);
    this.offset = after;
    const open: string[] = [];
    for (;;) {
      if (open.length === 0 && isLine && this.closeLine()) return;
      this.skipBlank();
      if (open.length === 0 && !isLine && this.closeTag(kind, close)) return;
      if (this.offset >= this.source.length) throw this.error(start, 'this tag is never closed', `add ${close}`);
      const at = this.offset;
      const operator = this.scanOne();
      if (operator !== '') this.balance(open, operator, at);
    }
  }

  private balance(open: string[], operator: string, at: number): void {
    const closing = CLOSING[operator];
    if (closing !== undefined) open.push(closing);
    else if (operator === ')' || operator === ']' || operator === '}') {
      const expected = open.pop();
      if (expected === undefined) throw this.error(at, `unexpected "${operator}"`);
      if (expected !== operator) throw this.error(at, `unexpected "${operator}", expected "${expected}"`);
    }
  }

  private closeTag(kind: 'block' | 'variable', close: string): boolean {
    let sign = '';
    if (!this.source.startsWith(close, this.offset)) {
      sign = this.source[this.offset] ?? '';
      const isSigned = sign === '-' || (sign === '+' && kind === 'block');
      if (!isSigned || !this.source.startsWith(close, this.offset + 1)) {
        if (sign === '+' && this.source.startsWith(close, this.offset + 1)) throw this.error(this.offset, `unexpected "+" before ${close}`);
        return false;
      }
    }
    this.add(kind === 'block' ? 'block-end' : 'variable-end', '', this.offset);
    this.leaveTag(this.offset + sign.length + close.length, sign, kind === 'block' && this.rules.trimBlocks);
    return true;
  }

  private closeLine(): boolean {
    LINE_END.lastIndex = this.offset;
    if (LINE_END.exec(this.source) === null) return false;
    this.add('block-end', '', this.offset);
    this.offset = LINE_END.lastIndex;
    this.startsLine = true;
    return true;
  }

  /** Reads one token of an expression; returns its text when it is an operator. */
  private scanOne(): string {
    const at = this.offset;
    const token = scanExpressionToken(this.source, at);
    if (token === undefined) throw this.unreadable(at);
    this.offset = token.end;
    if (token.type === 'string') {
      const value = decodeStringLiteral(token.text);
      if (value === undefined)
        throw this.error(at, 'this string has an escape that is not valid', token.text.includes('\\N') ? BY_NAME : undefined);
      this.add('string', value, at);
      return '';
    }
    this.add(token.type, token.type === 'integer' || token.type === 'float' ? token.text.replaceAll('_', '') : token.text, at);
    return token.type === 'operator' ? token.text : '';
  }

  private unreadable(at: number): Error {
    const character = String.fromCodePoint(this.source.codePointAt(at) ?? 0);
    if (character === '"' || character === "'") return this.error(at, 'this string is never closed');
    return this.error(at, `unexpected character ${JSON.stringify(character)}`);
  }

  private skipBlank(): void {
    const { source } = this;
    let { offset } = this;
    let code = source.charCodeAt(offset);
    while (code === 32 || (code >= 9 && code <= 13)) code = source.charCodeAt(++offset);
    if (code > 127) {
      BLANK.lastIndex = offset;
      BLANK.exec(source);
      offset = BLANK.lastIndex;
    }
    this.offset = offset;
  }

  private addText(text: string): void {
    if (text === '') return;
    const { newlineSequence } = this.rules;
    this.add('text', newlineSequence === '\n' ? text : text.replaceAll('\n', newlineSequence), this.offset);
  }

  /** Adds a token; offsets come in ascending order, so each newline is seen once. */
  private add(type: TokenType, value: string, offset: number): void {
    while (this.lineEnd < offset) {
      this.line++;
      this.lineStart = this.lineEnd + 1;
      this.lineEnd = endOfLine(this.source, this.lineStart);
    }
    this.tokens.push({ type, value, line: this.line, column: offset - this.lineStart + 1 });
  }

  private error(offset: number, message: string, hint?: string): Error {
    let line = 1;
    let lineStart = 0;
    for (let newline = this.source.indexOf('\n'); newline !== -1 && newline < offset; newline = this.source.indexOf('\n', lineStart)) {
      line++;
      lineStart = newline + 1;
    }
    return templateSyntaxError(this.name, { line, column: offset - lineStart + 1 }, message, { hint });
  }
}

function endOfLine(source: string, start: number): number {
  const newline = source.indexOf('\n', start);
  return newline === -1 ? source.length : newline;
}
