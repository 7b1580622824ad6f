/**
 * How alike two texts are, from 0 to 1: twice the lines they share over the lines they have (Dice), blank lines and white space around lines aside.
 * Linear in the texts. Two texts without any line are not alike: they say nothing.
 */
export function textSimilarity(a: string, b: string): number {
  const left = countLines(a);
  const right = countLines(b);
  if (left.total === 0 || right.total === 0) return 0;
  let shared = 0;
  for (const [line, count] of left.counts) shared += Math.min(count, right.counts.get(line) ?? 0);
  return (2 * shared) / (left.total + right.total);
}

/** Above this two files are taken for one that was renamed or moved. */
export const RENAME_SIMILARITY = 0.6;

function countLines(text: string): { readonly counts: ReadonlyMap<string, number>; readonly total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  for (const line of text.split('\n')) {
    const content = line.trim();
    if (content === '') continue;
    counts.set(content, (counts.get(content) ?? 0) + 1);
    total++;
  }
  return { counts, total };
}
