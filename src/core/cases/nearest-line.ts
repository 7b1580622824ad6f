const LEAST_ALIKE = 0.4;
const MAX_LENGTH = 300;
const MAX_LINES = 5_000;

/** The line of a text that is most like what was looked for there, or `undefined` where none is (Dice coefficient of letter pairs). */
export function findNearestLine(content: string, wanted: string): { readonly line: number; readonly text: string } | undefined {
  const [first = ''] = wanted.trim().split('\n');
  if (first.length < 3 || first.length > MAX_LENGTH) return undefined;
  const pairs = pairsOf(first);
  let best: { line: number; text: string } | undefined;
  let highest = LEAST_ALIKE;
  for (const [index, whole] of content.split('\n', MAX_LINES).entries()) {
    const text = whole.trim();
    const likeness = text.length > MAX_LENGTH ? 0 : compare(pairs, pairsOf(text));
    if (likeness <= highest) continue;
    highest = likeness;
    best = { line: index + 1, text };
  }
  return best;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let index = 0; index + 1 < text.length; index++) {
    const pair = text.slice(index, index + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

function compare(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let shared = 0;
  let total = 0;
  for (const [pair, count] of a) {
    shared += Math.min(count, b.get(pair) ?? 0);
    total += count;
  }
  for (const count of b.values()) total += count;
  return total === 0 ? 0 : (2 * shared) / total;
}
