import { compareText } from '../../../text/compare-text.ts';

/**
 * Puts the keys that only `theirs` has among those of `ours`, whose order stays: in sorted place when both sides are sorted and `mayBeSorted`,
 * else behind the key they follow in `theirs`, and before the key they precede when they follow none.
 */
export function placeAdded(ours: readonly string[], theirs: readonly string[], mayBeSorted: boolean): string[] {
  const known = new Set(ours);
  const added = theirs.filter((key) => !known.has(key));
  if (added.length === 0) return [...ours];
  if (mayBeSorted && ours.length > 2 && isSorted(ours) && isSorted(theirs)) return [...ours, ...added].sort(compareText);
  const behind = new Map<string | undefined, string[]>();
  let anchor: string | undefined;
  for (const key of theirs) {
    if (known.has(key)) anchor = key;
    else append(behind, anchor, key);
  }
  const next = theirs.find((key) => known.has(key));
  const result: string[] = [];
  for (const key of ours) {
    if (key === next) result.push(...(behind.get(undefined) ?? []));
    result.push(key, ...(behind.get(key) ?? []));
  }
  return next === undefined ? [...result, ...added] : result;
}

function append(lists: Map<string | undefined, string[]>, anchor: string | undefined, key: string): void {
  const list = lists.get(anchor);
  if (list === undefined) lists.set(anchor, [key]);
  else list.push(key);
}

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || compareText(keys[index - 1] ?? '', key) < 0);
}
