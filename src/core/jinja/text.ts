/** Python counts characters by code point, JavaScript by UTF-16 unit; these helpers bridge the difference and are cheap for plain text. */
const SURROGATE = /[\ud800-\udfff]/;

/** The characters of a text, by code point. A plain text is returned as it is: both can be indexed and have a length. */
export function characters(text: string): string | readonly string[] {
  return SURROGATE.test(text) ? Array.from(text) : text;
}

/** White space as Python has it, for a class of a regular expression: separators of records are some, the mark of byte order is none. */
export const SPACES = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** The number of code points. */
export function textLength(text: string): number {
  return characters(text).length;
}

/** The code points from `start` to before `end`; both within the text. */
export function textSlice(text: string, start: number, end?: number): string {
  const found = characters(text);
  return typeof found === 'string' ? found.slice(start, end) : found.slice(start, end).join('');
}

/** Orders by code point, as Python does. */
export function compareByCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  if (!SURROGATE.test(a) || !SURROGATE.test(b)) {
    if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  }
  const left = Array.from(a);
  const right = Array.from(b);
  for (let index = 0; index < left.length && index < right.length; index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** The length in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    if (code < 0x800) length += 1;
    else if (code < 0xd800 || code > 0xdfff) length += 2;
    else length += 1;
  }
  return length;
}

/** Escapes `& < > " '` as Jinja2's `escape` does. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character) : text;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
