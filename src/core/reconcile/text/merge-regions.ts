import { diffSequences } from './diff-sequences.ts';
import type { Hunk } from './hunk.ts';

/** A half-open range of elements. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A stretch that is not simply common to all: taken from one side, or claimed by both. */
export interface Region {
  readonly kind: 'ours' | 'theirs' | 'conflict';
  readonly base: Span;
  readonly ours: Span;
  readonly theirs: Span;
}

export type ConflictStyle = 'merge' | 'diff3' | 'zdiff3';

export interface ThreeWay<T> {
  readonly base: T;
  readonly ours: T;
  readonly theirs: T;
}

/**
 * Three-way merge of interned sequences: the regions where the result is not simply `ours` and also `theirs`, in order; what lies between
 * them is equal on both sides. Changes that touch are one conflict; the same change on both sides is none. `style` says how far
 * a conflict is narrowed, exactly as `git merge-file` does: `diff3` not at all, `zdiff3` at its ends,
 * `merge` by leaving out what both sides have inside (unless three lines or fewer, or only punctuation, would separate two conflicts).
 * `isPlain` tells which elements of `ours` carry no letter or digit; only `merge` asks.
 */
export function mergeRegions(
  sides: ThreeWay<Int32Array>,
  style: ConflictStyle,
  isPlain: (index: number) => boolean = () => false,
): Region[] {
  const regions = alignHunks(diffSequences(sides.base, sides.ours), diffSequences(sides.base, sides.theirs), sides);
  if (style === 'diff3') return regions;
  if (style === 'zdiff3') return regions.flatMap((region) => (region.kind === 'conflict' ? trimConflict(region, sides) : [region]));
  return joinNear(
    regions.flatMap((region) => (region.kind === 'conflict' ? splitConflict(region, sides) : [region])),
    isPlain,
  );
}

/** Walks both lists of hunks over the base, and joins those that overlap or touch. */
function alignHunks(ours: readonly Hunk[], theirs: readonly Hunk[], sides: ThreeWay<Int32Array>): Region[] {
  const regions: Region[] = [];
  const left: Cursor = { hunks: ours, next: 0, shift: 0 };
  const right: Cursor = { hunks: theirs, next: 0, shift: 0 };
  while (takeNext(regions, left, right, sides));
  return regions;
}

/** Takes the hunk that comes first in the base, or two that meet; false when none is left. */
function takeNext(regions: Region[], left: Cursor, right: Cursor, sides: ThreeWay<Int32Array>): boolean {
  const a = left.hunks[left.next];
  const b = right.hunks[right.next];
  const first = whichFirst(a, b);
  if (a !== undefined && first === 'ours') {
    addRegion(regions, { kind: 'ours', base: baseSpan(a), ours: otherSpan(a), theirs: shifted(a, right) });
    pass(left, a);
  } else if (b !== undefined && first === 'theirs') {
    addRegion(regions, { kind: 'theirs', base: baseSpan(b), ours: shifted(b, left), theirs: otherSpan(b) });
    pass(right, b);
  } else if (a !== undefined && b !== undefined) {
    if (!isSameChange(a, b, sides)) addRegion(regions, overlap(a, b));
    if (a.aEnd <= b.aEnd) pass(left, a);
    if (b.aEnd <= a.aEnd) pass(right, b);
  }
  return a !== undefined || b !== undefined;
}

function whichFirst(a: Hunk | undefined, b: Hunk | undefined): Region['kind'] {
  if (b === undefined) return 'ours';
  if (a === undefined || b.aEnd < a.aStart) return 'theirs';
  return a.aEnd < b.aStart ? 'ours' : 'conflict';
}

/** A place in one side's hunks, and how far behind it that side's lines stand from the base's. */
interface Cursor {
  readonly hunks: readonly Hunk[];
  next: number;
  shift: number;
}

function pass(cursor: Cursor, hunk: Hunk): void {
  cursor.shift = hunk.bEnd - hunk.aEnd;
  cursor.next++;
}

const shifted = (hunk: Hunk, other: Cursor): Span => ({ start: hunk.aStart + other.shift, end: hunk.aEnd + other.shift });
const baseSpan = (hunk: Hunk): Span => ({ start: hunk.aStart, end: hunk.aEnd });
const otherSpan = (hunk: Hunk): Span => ({ start: hunk.bStart, end: hunk.bEnd });

function isSameChange(a: Hunk, b: Hunk, sides: ThreeWay<Int32Array>): boolean {
  const length = a.bEnd - a.bStart;
  if (a.aStart !== b.aStart || a.aEnd !== b.aEnd || length !== b.bEnd - b.bStart) return false;
  for (let index = 0; index < length; index++) if (sides.ours[a.bStart + index] !== sides.theirs[b.bStart + index]) return false;
  return true;
}

function overlap(a: Hunk, b: Hunk): Region {
  const start = Math.min(a.aStart, b.aStart);
  const end = Math.max(a.aEnd, b.aEnd);
  return {
    kind: 'conflict',
    base: { start, end },
    ours: { start: a.bStart - (a.aStart - start), end: a.bEnd + (end - a.aEnd) },
    theirs: { start: b.bStart - (b.aStart - start), end: b.bEnd + (end - b.aEnd) },
  };
}

/** Appends a region, or widens the last one when they touch on either side. */
function addRegion(regions: Region[], region: Region): void {
  const last = regions.at(-1);
  if (last === undefined || (region.ours.start > last.ours.end && region.theirs.start > last.theirs.end)) {
    regions.push(region);
    return;
  }
  regions[regions.length - 1] = { ...joined(last, region), kind: last.kind === region.kind ? last.kind : 'conflict' };
}

function joined(first: Region, second: Region): Region {
  return {
    kind: first.kind,
    base: { start: first.base.start, end: second.base.end },
    ours: { start: first.ours.start, end: second.ours.end },
    theirs: { start: first.theirs.start, end: second.theirs.end },
  };
}

function trimConflict(region: Region, { ours, theirs }: ThreeWay<Int32Array>): Region[] {
  let { start: oursStart, end: oursEnd } = region.ours;
  let { start: theirsStart, end: theirsEnd } = region.theirs;
  while (oursStart < oursEnd && theirsStart < theirsEnd && ours[oursStart] === theirs[theirsStart]) {
    oursStart++;
    theirsStart++;
  }
  while (oursStart < oursEnd && theirsStart < theirsEnd && ours[oursEnd - 1] === theirs[theirsEnd - 1]) {
    oursEnd--;
    theirsEnd--;
  }
  if (oursStart === oursEnd && theirsStart === theirsEnd) return [];
  return [{ ...region, ours: { start: oursStart, end: oursEnd }, theirs: { start: theirsStart, end: theirsEnd } }];
}

function splitConflict(region: Region, { ours, theirs }: ThreeWay<Int32Array>): Region[] {
  if (region.ours.start === region.ours.end || region.theirs.start === region.theirs.end) return [region];
  const hunks = diffSequences(ours.subarray(region.ours.start, region.ours.end), theirs.subarray(region.theirs.start, region.theirs.end));
  return hunks.map((hunk) => ({
    kind: 'conflict',
    base: region.base,
    ours: { start: region.ours.start + hunk.aStart, end: region.ours.start + hunk.aEnd },
    theirs: { start: region.theirs.start + hunk.bStart, end: region.theirs.start + hunk.bEnd },
  }));
}

const NEAR = 3;

function joinNear(regions: readonly Region[], isPlain: (index: number) => boolean): Region[] {
  const result: Region[] = [];
  for (const region of regions) {
    const last = result.at(-1);
    const areConflicts = last?.kind === 'conflict' && region.kind === 'conflict';
    if (last !== undefined && areConflicts && isNear(last.ours.end, region.ours.start, isPlain))
      result[result.length - 1] = joined(last, region);
    else result.push(region);
  }
  return result;
}

function isNear(start: number, end: number, isPlain: (index: number) => boolean): boolean {
  if (end - start <= NEAR) return true;
  for (let index = start; index < end; index++) if (!isPlain(index)) return false;
  return true;
}
