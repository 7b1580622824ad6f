/** Python's `fnmatch` on POSIX: `*` also matches `/`, `[!…]` is a set that does not match. Going back is only ever to the last star. */
export function matchesName(path: string, pattern: string): boolean {
  const parts = parsePattern(pattern);
  let at = 0;
  let part = 0;
  let star = -1;
  let resume = 0;
  while (at < path.length) {
    const current = parts[part];
    if (current === '*') {
      star = part++;
      resume = at;
    } else if (current?.(path[at] ?? '') === true) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++resume;
    } else return false;
  }
  while (parts[part] === '*') part++;
  return part === parts.length;
}

type Part = '*' | ((character: string) => boolean);

function parsePattern(pattern: string): Part[] {
  const parts: Part[] = [];
  // Where no bracket closes any more, none is looked for again and again.
  const last = pattern.lastIndexOf(']');
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] ?? '';
    const close = character === '[' && at < last ? closingOf(pattern, at) : -1;
    if (character === '*') parts.push('*');
    else if (character === '?') parts.push(() => true);
    else if (close > 0) {
      parts.push(parseSet(pattern.slice(at + 1, close)));
      at = close;
    } else parts.push((candidate) => candidate === character);
  }
  return parts;
}

/** A `]` right at the start of a set belongs to it. */
function closingOf(pattern: string, open: number): number {
  const first = pattern[open + 1] === '!' ? open + 2 : open + 1;
  return pattern.indexOf(']', first + 1);
}

function parseSet(text: string): (character: string) => boolean {
  const isNegated = text.startsWith('!');
  const body = isNegated ? text.slice(1) : text;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < body.length; at++) {
    const from = body[at] ?? '';
    const isRange = body[at + 1] === '-' && at + 2 < body.length;
    ranges.push([from, isRange ? (body[at + 2] ?? from) : from]);
    if (isRange) at += 2;
  }
  return (character) => ranges.some(([from, to]) => character >= from && character <= to) !== isNegated;
}
