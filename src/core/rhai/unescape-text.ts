const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\\', '\\'],
  ['"', '"'],
  ["'", "'"],
]);

/**
 * What a text between quotation marks says; or the first escape that is none.
 * A line that goes on begins below the first character, behind the quotation mark at `column`.
 */
export function unescapeText(text: string, column = 1): string | { readonly unknown: string } {
  if (!/["\\]/.test(text)) return text;
  let unknown: string | undefined;
  const result = text.replace(
    /""|\\\r?\n[^\S\n]*|\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
    (all, x, u, long, one) => {
      if (all === '""') return '"';
      if (/^\\\r?\n/.test(all)) return all.replace(/^\\\r?\n/, '').slice(column);
      const digits: string | undefined = x ?? u ?? long;
      const code = digits === undefined ? undefined : Number.parseInt(digits, 16);
      const found = code === undefined ? ESCAPES.get(one) : characterOf(code);
      if (found === undefined) unknown ??= all;
      return found ?? '';
    },
  );
  return unknown === undefined ? result : { unknown };
}

/** Halves of pairs are no characters. */
function characterOf(code: number): string | undefined {
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : String.fromCodePoint(code);
}
