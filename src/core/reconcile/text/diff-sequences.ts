import type { Hunk } from './hunk.ts';
import { type ChangeFlags, hunksOf } from './hunk.ts';
import { markChanges, roughSquareRoot, type Side } from './myers.ts';
import { slideGroups } from './slide-groups.ts';

/**
 * The differences between two sequences of interned lines, in order, such that an ambiguous group of changed lines stands as low as it can,
 * or beside a change of the other side. Common ends are trimmed and lines without a counterpart are set aside before the search,
 * as git does; the hunks are those `git diff --no-indent-heuristic` finds in all but unusually long differences.
 */
export function diffSequences(a: Int32Array, b: Int32Array): Hunk[] {
  const flags: ChangeFlags = { a: new Uint8Array(a.length), b: new Uint8Array(b.length) };
  const start = commonPrefix(a, b);
  const tail = commonSuffix(a, b, start);
  if (start + tail === a.length && a.length === b.length) return [];
  const ends = { a: a.length - tail, b: b.length - tail };
  const sideA = keepCandidates(a, { start, end: ends.a }, countOf(b), flags.a);
  const sideB = keepCandidates(b, { start, end: ends.b }, countOf(a), flags.b);
  markChanges(sideA, sideB, flags);
  slideGroups(a, flags.a, flags.b);
  slideGroups(b, flags.b, flags.a);
  return hunksOf(flags);
}

/** The number of equal elements at the start. */
export function commonPrefix(a: Int32Array, b: Int32Array): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}

function commonSuffix(a: Int32Array, b: Int32Array, prefix: number): number {
  const limit = Math.min(a.length, b.length) - prefix;
  let length = 0;
  while (length < limit && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

function countOf(ids: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const ABSENT = 0;
const FREQUENT = 2;
const MOST_MATCHES = 1024;

/** Sets aside what cannot match (and, amid such lines, what matches nearly everywhere): it is marked as changed at once. */
function keepCandidates(ids: Int32Array, range: { start: number; end: number }, others: Map<number, number>, flags: Uint8Array): Side {
  const limit = Math.min(roughSquareRoot(ids.length), MOST_MATCHES);
  const classes = new Uint8Array(ids.length);
  for (let index = range.start; index < range.end; index++) {
    const matches = others.get(ids[index] ?? 0) ?? 0;
    classes[index] = matches === 0 ? ABSENT : matches >= limit ? FREQUENT : 1;
  }
  const places: number[] = [];
  for (let index = range.start; index < range.end; index++) {
    const isKept = classes[index] === 1 || (classes[index] === FREQUENT && !isAmidAbsent(classes, index, range));
    if (isKept) places.push(index);
    else flags[index] = 1;
  }
  return { ids: Int32Array.from(places, (place) => ids[place] ?? 0), places: Int32Array.from(places) };
}

const WINDOW = 100;
const FREQUENT_WEIGHT = 4;

/** Whether a frequent line stands between lines that cannot match, on both sides, with few other frequent ones among them. */
function isAmidAbsent(classes: Uint8Array, index: number, range: { start: number; end: number }): boolean {
  const before = countAround(classes, index, -1, Math.max(range.start, index - WINDOW));
  const after = countAround(classes, index, 1, Math.min(range.end - 1, index + WINDOW));
  if (before.absent === 0 || after.absent === 0) return false;
  const frequent = before.frequent + after.frequent;
  return frequent * FREQUENT_WEIGHT < frequent + before.absent + after.absent;
}

function countAround(classes: Uint8Array, index: number, step: 1 | -1, last: number): { absent: number; frequent: number } {
  let absent = 0;
  let frequent = 1;
  for (let at = index + step; step > 0 ? at <= last : at >= last; at += step) {
    if (classes[at] === ABSENT) absent++;
    else if (classes[at] === FREQUENT) frequent++;
    else break;
  }
  return { absent, frequent };
}
