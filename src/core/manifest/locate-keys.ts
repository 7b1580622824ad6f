import type { KeyPath } from './key-path.ts';

/** Where a key and its value begin, as offsets into the text. A table's value is its header. */
interface Span {
  readonly key: number;
  value: number;
}

export interface TextPosition {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

export interface KeyLocations {
  /** The position of the deepest part of the path that the text has. */
  find(path: KeyPath, at: 'key' | 'value'): TextPosition;
}

/** Paths deeper than this are located at their ancestor, so that a hostile document costs no more than its length. */
const MAX_LOCATED_DEPTH = 24;

/**
 * Scans TOML (table headers, dotted and quoted keys, inline tables, arrays of tables, every kind of string) for the positions of its keys.
 * It is meant for text that a TOML parser has accepted, never throws on any other, and takes time linear in the text.
 */
export function locateKeys(text: string): KeyLocations {
  const spans = new TomlScanner(text).scan();
  const lineStarts = findLineStarts(text);
  return {
    find: (path, at) => {
      for (let length = Math.min(path.length, MAX_LOCATED_DEPTH); length > 0; length--) {
        const span = spans.get(encode(path.slice(0, length)));
        if (span !== undefined) return toPosition(lineStarts, at === 'value' && length === path.length ? span.value : span.key);
      }
      return { line: 1, column: 1 };
    },
  };
}

function encode(path: KeyPath): string {
  return path.map((segment) => (typeof segment === 'number' ? `#${segment}` : `.${segment}`)).join('\0');
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function toPosition(lineStarts: readonly number[], offset: number): TextPosition {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

interface KeySegment {
  readonly name: string;
  readonly offset: number;
}

const MAX_VALUE_DEPTH = 80;

class TomlScanner {
  readonly #text: string;
  #at = 0;
  readonly #spans = new Map<string, Span>();
  /** How many tables each array of tables has had so far. */
  readonly #tableCounts = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  scan(): Map<string, Span> {
    let table: KeyPath = [];
    for (this.#skipBlank(); this.#at < this.#text.length; this.#skipBlank()) {
      const start = this.#at;
      if (this.#text[this.#at] === '[') table = this.#scanHeader();
      else this.#scanPair(table, 0);
      this.#skipRestOfLine();
      if (this.#at === start) this.#at++;
    }
    return this.#spans;
  }

  #scanHeader(): KeyPath {
    const isArray = this.#text.startsWith('[[', this.#at);
    this.#at += isArray ? 2 : 1;
    const segments = this.#scanKey();
    const path: (string | number)[] = [];
    for (const [index, segment] of segments.entries()) {
      if (path.length >= MAX_LOCATED_DEPTH) break;
      path.push(segment.name);
      this.#record(path, segment.offset, segment.offset);
      const isLast = index === segments.length - 1;
      this.#enterArray(path, isArray && isLast, segment.offset);
    }
    return path;
  }

  #enterArray(path: (string | number)[], isNewEntry: boolean, offset: number): void {
    const code = encode(path);
    const count = this.#tableCounts.get(code) ?? 0;
    if (isNewEntry) this.#tableCounts.set(code, count + 1);
    else if (count === 0) return;
    path.push(isNewEntry ? count : count - 1);
    this.#record(path, offset, offset);
  }

  #scanPair(table: KeyPath, depth: number): void {
    const segments = this.#scanKey();
    this.#skipSpaces();
    if (this.#text[this.#at] !== '=') return;
    this.#at++;
    this.#skipSpaces();
    const path = [...table];
    for (const segment of segments) {
      if (path.length >= MAX_LOCATED_DEPTH) break;
      path.push(segment.name);
      this.#record(path, segment.offset, segment.offset);
    }
    const span = segments.length === path.length - table.length ? this.#spans.get(encode(path)) : undefined;
    if (span !== undefined) span.value = this.#at;
    this.#scanValue(path, depth);
  }

  #scanKey(): KeySegment[] {
    const segments: KeySegment[] = [];
    for (;;) {
      this.#skipSpaces();
      const offset = this.#at;
      const name = this.#scanKeySegment();
      if (name === undefined) return segments;
      segments.push({ name, offset });
      this.#skipSpaces();
      if (this.#text[this.#at] !== '.') return segments;
      this.#at++;
    }
  }

  #scanKeySegment(): string | undefined {
    const char = this.#text[this.#at];
    if (char === '"' || char === "'") {
      const start = this.#at;
      this.#scanString();
      return unquote(this.#text.slice(start, this.#at));
    }
    const start = this.#at;
    this.#skipWhile(BARE_KEY_CHARACTER);
    return this.#at === start ? undefined : this.#text.slice(start, this.#at);
  }

  #scanValue(path: KeyPath, depth: number): void {
    const char = this.#text[this.#at];
    if (char === '"' || char === "'") this.#scanString();
    else if (char === '[' && depth < MAX_VALUE_DEPTH) this.#scanArray(path, depth);
    else if (char === '{' && depth < MAX_VALUE_DEPTH) this.#scanInlineTable(path, depth);
    else this.#skipWhile(PLAIN_CHARACTER);
  }

  #scanArray(path: KeyPath, depth: number): void {
    this.#at++;
    for (let index = 0; ; index++) {
      this.#skipBlank();
      const start = this.#at;
      if (start >= this.#text.length || this.#text[start] === ']') break;
      const entry = path.length < MAX_LOCATED_DEPTH ? [...path, index] : path;
      if (entry !== path) this.#record(entry, start, start);
      this.#scanValue(entry, depth + 1);
      if (!this.#skipComma(start)) break;
    }
    this.#skipChar(']');
  }

  #scanInlineTable(path: KeyPath, depth: number): void {
    this.#at++;
    for (;;) {
      this.#skipBlank();
      const start = this.#at;
      if (start >= this.#text.length || this.#text[start] === '}') break;
      this.#scanPair(path, depth + 1);
      if (!this.#skipComma(start)) break;
    }
    this.#skipChar('}');
  }

  #skipComma(start: number): boolean {
    this.#skipBlank();
    return this.#skipChar(',') && this.#at > start;
  }

  #skipChar(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #scanString(): void {
    const mark = this.#text[this.#at] ?? '';
    const end = this.#text.startsWith(mark.repeat(3), this.#at) ? mark.repeat(3) : mark;
    this.#at += end.length;
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at)) {
      this.#at += mark === '"' && this.#text[this.#at] === '\\' ? 2 : 1;
    }
    this.#at += end.length;
    for (let extra = 0; end.length === 3 && extra < 2; extra++) this.#skipChar(mark);
  }

  #record(path: KeyPath, key: number, value: number): void {
    const code = encode(path);
    if (!this.#spans.has(code)) this.#spans.set(code, { key, value });
  }

  #skipSpaces(): void {
    this.#skipWhile(SPACE);
  }

  #skipBlank(): void {
    for (;;) {
      this.#skipWhile(BLANK_CHARACTER);
      if (this.#text[this.#at] !== '#') return;
      this.#skipRestOfLine();
    }
  }

  #skipWhile(character: RegExp): void {
    while (this.#at < this.#text.length && character.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #skipRestOfLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end + 1;
  }
}

const BARE_KEY_CHARACTER = /[A-Za-z0-9_-]/;
const PLAIN_CHARACTER = /[^,\]}#\n]/;
const SPACE = /[ \t]/;
const BLANK_CHARACTER = /[\s\ufeff]/;

function unquote(text: string): string {
  if (!text.startsWith('"')) return text.slice(1, -1);
  const escaped = text.slice(1, -1);
  return escaped.includes('\\') ? escaped.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/g, decodeEscape) : escaped;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
]);

function decodeEscape(_match: string, byte?: string, short?: string, long?: string, char?: string): string {
  const digits = byte ?? short ?? long;
  if (digits === undefined) return ESCAPES.get(char ?? '') ?? char ?? '';
  const point = Number.parseInt(digits, 16);
  return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
}
