/**
 * Splits text at commas: `a, b` gives `a` and `b`. A backslash takes the next character as it is (`\,` is a comma); spaces around an item
 * fall away. Empty text gives no items.
 */
export function splitList(text: string): string[] {
  if (text.trim() === '') return [];
  return splitUnescaped(text, ',').map((item) => unescapeItem(item));
}

/** Splits `key=value` at the first `=` that no backslash takes; `undefined` where there is none or the key is empty. */
export function splitPair(text: string): readonly [string, string] | undefined {
  const at = findUnescaped(text, '=', 0);
  if (at === -1) return undefined;
  const key = unescapeItem(text.slice(0, at));
  return key === '' ? undefined : [key, unescapeItem(text.slice(at + 1))];
}

/** Splits text at commas that no backslash takes, and keeps the backslashes. */
export function splitUnescaped(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = findUnescaped(text, separator, 0); at !== -1; at = findUnescaped(text, separator, start)) {
    parts.push(text.slice(start, at));
    start = at + 1;
  }
  parts.push(text.slice(start));
  return parts;
}

function findUnescaped(text: string, wanted: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === wanted) return index;
  }
  return -1;
}

function unescapeItem(text: string): string {
  return text.trim().replace(/\\(.)/gs, '$1');
}
