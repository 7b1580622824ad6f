import type { Budget } from '../budget.ts';
import { isEqual, isLess } from '../compare.ts';
import type { JinjaValue } from '../values.ts';

/** Sorts by keys, each a list of values compared in turn; stable in both directions, as Python's `sorted`. Keys of different kinds fail. */
export function sortBy(
  items: readonly JinjaValue[],
  key: (item: JinjaValue) => readonly JinjaValue[],
  options: { readonly budget: Budget; readonly reverse: boolean },
): JinjaValue[] {
  const { budget, reverse } = options;
  budget.spendSteps(items.length);
  budget.allocate(items.length * 32);
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => (reverse ? compareKeys(b.key, a.key, budget) : compareKeys(a.key, b.key, budget)));
  return keyed.map((entry) => entry.item);
}

function compareKeys(left: readonly JinjaValue[], right: readonly JinjaValue[], budget: Budget): number {
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? null;
    budget.step();
    if (isLess(value, other, budget)) return -1;
    if (!isEqual(value, other, budget)) return 1;
  }
  return 0;
}
