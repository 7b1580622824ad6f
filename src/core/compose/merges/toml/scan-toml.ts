import { CannotWrite } from '../tree/tree-node.ts';

/**
 * Finds the statements of a TOML text and the places of their parts. The text must be valid: this scanner only measures what a parser has
 * accepted, so it need not recognise errors.
 */
export interface Statement {
  readonly kind: 'table' | 'item' | 'value';
  readonly keys: readonly string[];
  /** The header that a value stands below; none for the root's, and for headers. */
  readonly header: Statement | undefined;
  /** Where the comments and blank lines above begin. */
  readonly lead: number;
  /** Where the key or the header begins. */
  readonly start: number;
  /** Where the value begins; the end of the header otherwise. */
  readonly value: number;
  /** Behind the line, its comment included. */
  readonly end: number;
}

export function scanStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let header: Statement | undefined;
  for (let lead = 0, start = skipBlank(text, 0); start < text.length; start = skipBlank(text, lead)) {
    const first = statements.length === 0 ? behindLastBlankLine(text, start) : lead;
    const statement = text[start] === '[' ? scanHeader(text, start, first) : { ...scanAssignment(text, start, first), header };
    if (statement.kind !== 'value') header = statement;
    statements.push(statement);
    lead = statement.end;
  }
  return statements;
}

function scanHeader(text: string, start: number, lead: number): Statement {
  const isItem = text.startsWith('[[', start);
  const keys = scanKeys(text, start + (isItem ? 2 : 1));
  const kind = isItem ? 'item' : 'table';
  return { kind, keys: keys.parts, header: undefined, lead, start, value: keys.end, end: lineEnd(text, keys.end) };
}

function scanAssignment(text: string, start: number, lead: number): Omit<Statement, 'header'> {
  const keys = scanKeys(text, start);
  const value = skipSpaces(text, skipSpaces(text, keys.end) + 1);
  return { kind: 'value', keys: keys.parts, lead, start, value, end: lineEnd(text, scanValue(text, value)) };
}

/** The comment at the top of a file stays there; only the lines right above belong to the first statement. */
function behindLastBlankLine(text: string, start: number): number {
  let lead = 0;
  for (let at = 0; at < start; at = lineEnd(text, at)) if (text.slice(at, lineEnd(text, at)).trim() === '') lead = lineEnd(text, at);
  return Math.min(lead, start);
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Skips white space, line ends and comments. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n') at++;
    if (text[at] !== '#') return at;
    at = lineEnd(text, at);
  }
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}

const BARE = /[A-Za-z0-9_-]+/y;

/** Reads a dotted key. */
export function scanKeys(text: string, from: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  for (let at = skipSpaces(text, from); ; at = skipSpaces(text, at + 1)) {
    const end = text[at] === '"' || text[at] === "'" ? scanString(text, at) : bareEnd(text, at);
    parts.push(decodeKey(text.slice(at, end)));
    at = skipSpaces(text, end);
    if (text[at] !== '.') return { parts, end };
  }
}

function bareEnd(text: string, at: number): number {
  BARE.lastIndex = at;
  const found = BARE.exec(text);
  if (found === null) throw new CannotWrite('a key of another kind');
  return at + found[0].length;
}

function decodeKey(raw: string): string {
  if (raw.startsWith("'")) return raw.slice(1, -1);
  if (!raw.startsWith('"')) return raw;
  try {
    return String(JSON.parse(raw));
  } catch {
    throw new CannotWrite('a key with an unusual escape');
  }
}

/** A key as it is written in TOML. */
export function encodeKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

/** The end of the value that begins at an offset. */
export function scanValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"' || first === "'") return scanString(text, from);
  if (first === '[' || first === '{') return scanBrackets(text, from);
  let at = from;
  while (at < text.length && !/[\n,#\]}]/.test(text[at] ?? '')) at++;
  return from + text.slice(from, at).trimEnd().length;
}

function scanBrackets(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '#') at = lineEnd(text, at) - 1;
    else if (/["']/.test(char)) at = scanString(text, at) - 1;
    else if (/[[{]/.test(char)) depth++;
    else if (/[\]}]/.test(char)) depth--;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function scanString(text: string, from: number): number {
  const quote = text[from] ?? '"';
  const isLong = text.startsWith(quote.repeat(3), from);
  const close = isLong ? quote.repeat(3) : quote;
  let at = from + close.length;
  while (at < text.length && !text.startsWith(close, at)) at += quote === '"' && text[at] === '\\' ? 2 : 1;
  at += close.length;
  for (let extra = 0; isLong && extra < 2 && text[at] === quote; extra++) at++;
  return at;
}
