import { textArgument } from '../arguments.ts';
import { dictGet, dictSet, isEqual } from '../compare.ts';
import { fail } from '../fault.ts';
import { isDict, isList, type JinjaDict, type JinjaValue, type Runtime } from '../values.ts';

type Items = readonly JinjaValue[];
type MergeLists = (before: Items, after: Items, budget: Runtime['budget']) => Items;

/** How the filter `combine` puts two dicts together where both have a key. */
export interface WayToCombine {
  /** Whether dicts in them are combined, too. */
  readonly isDeep: boolean;
  readonly lists: MergeLists;
}

const LIST_MERGES: ReadonlyMap<string, MergeLists> = new Map<string, MergeLists>([
  ['replace', (_before, after) => after],
  ['keep', (before) => before],
  ['append', (before, after) => [...before, ...after]],
  ['prepend', (before, after) => [...after, ...before]],
  ['append_rp', (before, after, budget) => [...without(before, after, budget), ...after]],
  ['prepend_rp', (before, after, budget) => [...after, ...without(before, after, budget)]],
]);

/** The way of `list_merge`. */
export function listMerge(name: JinjaValue | undefined): MergeLists {
  const found = LIST_MERGES.get(textArgument(name, 'list_merge', 'replace'));
  return found ?? fail(`"list_merge" is one of ${[...LIST_MERGES.keys()].join(', ')}`);
}

function without(items: Items, others: Items, budget: Runtime['budget']): Items {
  return items.filter((item) => {
    budget.spendSteps(others.length);
    return !others.some((other) => isEqual(item, other, budget));
  });
}

/** One dict over another. */
export function combineDicts(base: JinjaDict, over: JinjaDict, way: WayToCombine, budget: Runtime['budget']): JinjaDict {
  budget.enter();
  budget.spendSteps(base.size);
  budget.allocate(base.size * 16);
  const result = new Map(base);
  for (const [key, value] of over) dictSet(result, key, combineValues(dictGet(result, key, budget), value, way, budget), budget);
  budget.leave();
  return result;
}

function combineValues(before: JinjaValue | undefined, value: JinjaValue, way: WayToCombine, budget: Runtime['budget']): JinjaValue {
  if (before === undefined) return value;
  if (isDict(before) && isDict(value)) return way.isDeep ? combineDicts(before, value, way, budget) : value;
  if (!isList(before) || !isList(value)) return value;
  budget.allocate((before.length + value.length) * 8);
  return way.lists(before, value, budget);
}
