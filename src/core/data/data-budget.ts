import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { findLimitProblem } from '../manifest/limits.ts';
import type { Value, ValueMap } from '../pack/values.ts';

/** A list or a map takes the memory of so many plain values. */
const CONTAINER = 8;

/** What the plain data of all packs of a command may be together: each file has limits of its own, and there may be many files. */
export class DataBudget {
  #values = 0;

  /** Counts what was read. @throws PacksmithError `LIMIT_EXCEEDED` that names the file with which it became too much. */
  spend(value: Value, file: string): void {
    this.#values += countValues(value);
    const problem = findLimitProblem('dataValues', this.#values);
    if (problem !== undefined) throw new PacksmithError('LIMIT_EXCEEDED', `${file}: ${problem}`, { where: { file } });
  }
}

/** Without recursion, since data may be nested. */
function countValues(value: Value): number {
  let count = 1;
  const open: Value[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const items = itemsOf(next);
    count += items.length + (isPlain(next) ? 0 : CONTAINER);
    for (const item of items) if (!isPlain(item)) open.push(item);
  }
  return count;
}

function isPlain(value: Value): boolean {
  return typeof value !== 'object' || value === null;
}

function itemsOf(value: Value): readonly Value[] {
  if (value instanceof Map) return [...(value as ValueMap).values()];
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}
