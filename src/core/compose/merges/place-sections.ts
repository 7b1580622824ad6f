import { placeAdded } from './tree/place-added.ts';

/** With more sections than this, places are found the quick way. */
const MOST_SECTIONS = 500;

/**
 * Puts the sections that only `theirs` has among those of `ours`, whose order stays: before the section of the same level that follows there
 * and both have, else at the end of the section around them. What the first writer says of itself so comes before what others add.
 */
export function placeSections(ours: readonly string[], theirs: readonly string[]): string[] {
  if (ours.length + theirs.length > MOST_SECTIONS) return placeAdded(ours, theirs, false);
  const known = new Set(ours);
  const result = ours.map((key) => ({ key, path: pathOf(key) }));
  theirs.forEach((key, index) => {
    if (known.has(key)) return;
    const path = pathOf(key);
    const parent = path.slice(0, -1);
    const sibling = theirs.slice(index + 1).find((other) => known.has(other) && isSame(pathOf(other).slice(0, -1), parent));
    const before = sibling === undefined ? -1 : result.findIndex((entry) => entry.key === sibling);
    const behind = result.findLastIndex((entry) => isSame(entry.path.slice(0, parent.length), parent)) + 1;
    result.splice(before >= 0 ? before : behind > 0 ? behind : result.length, 0, { key, path });
  });
  return result.map(({ key }) => key);
}

/** The titles that lead to a section. */
function pathOf(key: string): readonly string[] {
  return key === '' ? [] : JSON.parse(key.slice(0, key.lastIndexOf('#')));
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((title, index) => title === b[index]);
}
