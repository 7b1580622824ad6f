/** One piece of what stands between the delimiters of a tag; pieces together are the text. */
export interface TeraToken {
  readonly kind: 'blank' | 'string' | 'number' | 'name' | 'sign';
  readonly text: string;
  readonly offset: number;
}

const TOKEN = /(?<blank>\s+)|(?<string>"[^"]*"|'[^']*'|`[^`]*`)|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>::|==|!=|<=|>=|.)/sy;

const KINDS = ['blank', 'string', 'number', 'name', 'sign'] as const;

/** Splits the inside of a tag of Tera. */
export function scanTera(text: string, at: number): TeraToken[] {
  const tokens: TeraToken[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const kind = KINDS.find((each) => found?.groups?.[each] !== undefined) ?? 'sign';
    tokens.push({ kind, text: found[0], offset: at + found.index });
  }
  return tokens;
}

/** A tag that is an expression or a statement; `end` is behind its delimiter. */
export interface TeraTag {
  readonly start: number;
  readonly end: number;
  readonly kind: '{' | '%';
}

const OPENING = /\{[{%#]/g;
const RAW = /\{%-?\s*raw\s*-?%\}/y;
const END_RAW = /\{%-?\s*endraw\s*-?%\}/g;

/** The tags of a template, without comments and what stands raw; what is not closed ends the search. */
export function findTags(text: string): TeraTag[] {
  const tags: TeraTag[] = [];
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const found = OPENING.exec(text);
    if (found === null) return tags;
    const kind = found[0][1] ?? '';
    const end = endOf(text, found.index, kind);
    if (end === undefined) return tags;
    if (kind !== '#' && !isRaw(text, found.index)) tags.push({ start: found.index, end, kind: kind === '{' ? '{' : '%' });
    at = end;
  }
}

function isRaw(text: string, start: number): boolean {
  RAW.lastIndex = start;
  return RAW.test(text);
}

function endOf(text: string, start: number, kind: string): number | undefined {
  if (kind === '#') return behind(text, '#}', start + 2);
  if (kind === '%' && isRaw(text, start)) {
    END_RAW.lastIndex = start;
    const found = END_RAW.exec(text);
    return found === null ? undefined : found.index + found[0].length;
  }
  const closing = kind === '{' ? '}}' : '%}';
  let at = start + 2;
  while (at < text.length && !text.startsWith(closing, at)) {
    const sign = text[at] ?? '';
    const end = QUOTES.has(sign) ? text.indexOf(sign, at + 1) : at;
    at = Math.max(end, at) + 1;
  }
  return at < text.length ? at + 2 : undefined;
}

/** Strings of Tera have no escapes. */
const QUOTES = new Set(['"', "'", '`']);

function behind(text: string, closing: string, from: number): number | undefined {
  const at = text.indexOf(closing, from);
  return at < 0 ? undefined : at + closing.length;
}
