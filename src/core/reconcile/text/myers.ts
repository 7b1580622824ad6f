import type { ChangeFlags } from './hunk.ts';

/**
 * Myers' difference algorithm in linear space (Myers 1986, section 4b): the middle of a shortest edit path is found from both ends,
 * and each half is solved in turn. A cost limit keeps the worst case near n·√n: past it the furthest point reached is taken as the middle,
 * which gives a correct difference that may not be the shortest.
 */
export interface Side {
  /** Interned elements that take part. */
  readonly ids: Int32Array;
  /** For each element that takes part, its place in the full sequence. */
  readonly places: Int32Array;
}

const LEAST_COST_LIMIT = 256;
const UNREACHED_FORWARD = -1;
const UNREACHED_BACKWARD = 0x3fffffff;

interface Frontier {
  readonly forward: Int32Array;
  readonly backward: Int32Array;
  /** Added to a diagonal to get its index. */
  readonly origin: number;
  readonly costLimit: number;
}

interface Box {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Marks in `flags` every element that is not part of a common subsequence of the two sides. */
export function markChanges(a: Side, b: Side, flags: ChangeFlags): void {
  const diagonals = a.ids.length + b.ids.length + 3;
  const frontier: Frontier = {
    forward: new Int32Array(2 * diagonals + 2),
    backward: new Int32Array(2 * diagonals + 2),
    origin: b.ids.length + 1,
    costLimit: Math.max(roughSquareRoot(diagonals), LEAST_COST_LIMIT),
  };
  const open: Box[] = [{ aStart: 0, aEnd: a.ids.length, bStart: 0, bEnd: b.ids.length }];
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    const core = trimBox(box, a.ids, b.ids);
    if (core.aStart === core.aEnd || core.bStart === core.bEnd) {
      for (let index = core.aStart; index < core.aEnd; index++) flags.a[a.places[index] ?? 0] = 1;
      for (let index = core.bStart; index < core.bEnd; index++) flags.b[b.places[index] ?? 0] = 1;
      continue;
    }
    const middle = findMiddle(core, a.ids, b.ids, frontier);
    open.push({ aStart: core.aStart, aEnd: middle.a, bStart: core.bStart, bEnd: middle.b });
    open.push({ aStart: middle.a, aEnd: core.aEnd, bStart: middle.b, bEnd: core.bEnd });
  }
}

/** A power of two near the square root, at least it. */
export function roughSquareRoot(value: number): number {
  let root = 1;
  for (let rest = value; rest > 0; rest >>= 2) root <<= 1;
  return root;
}

function trimBox(box: Box, a: Int32Array, b: Int32Array): Box {
  let { aStart, aEnd, bStart, bEnd } = box;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
    aStart++;
    bStart++;
  }
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  return { aStart, aEnd, bStart, bEnd };
}

interface Point {
  readonly a: number;
  readonly b: number;
}

/** Diagonal `d` holds the points with `a - b = d`. */
interface Range {
  low: number;
  high: number;
}

function findMiddle(box: Box, a: Int32Array, b: Int32Array, frontier: Frontier): Point {
  const { forward, backward, origin } = frontier;
  const limits = { least: box.aStart - box.bEnd, most: box.aEnd - box.bStart };
  const forwardMiddle = box.aStart - box.bStart;
  const backwardMiddle = box.aEnd - box.bEnd;
  const isOdd = ((forwardMiddle - backwardMiddle) & 1) !== 0;
  const ahead: Range = { low: forwardMiddle, high: forwardMiddle };
  const behind: Range = { low: backwardMiddle, high: backwardMiddle };
  forward[origin + forwardMiddle] = box.aStart;
  backward[origin + backwardMiddle] = box.aEnd;
  for (let cost = 1; cost <= frontier.costLimit; cost++) {
    widen(ahead, limits, forward, { origin, unreached: UNREACHED_FORWARD });
    for (let d = ahead.high; d >= ahead.low; d -= 2) {
      const reached = walkForward(d, box, a, b, frontier);
      if (isOdd && includes(behind, d) && (backward[origin + d] ?? 0) <= reached) return { a: reached, b: reached - d };
    }
    widen(behind, limits, backward, { origin, unreached: UNREACHED_BACKWARD });
    for (let d = behind.high; d >= behind.low; d -= 2) {
      const reached = walkBackward(d, box, a, b, frontier);
      if (!isOdd && includes(ahead, d) && reached <= (forward[origin + d] ?? 0)) return { a: reached, b: reached - d };
    }
  }
  return furthestPoint(box, ahead, behind, frontier);
}

const includes = (range: Range, d: number): boolean => range.low <= d && d <= range.high;

/** Extends a range of diagonals by one at both ends while it stays in the box, and narrows it from then on. */
function widen(
  range: Range,
  limits: { least: number; most: number },
  line: Int32Array,
  table: { origin: number; unreached: number },
): void {
  if (range.low > limits.least) {
    range.low--;
    line[table.origin + range.low - 1] = table.unreached;
  } else range.low++;
  if (range.high < limits.most) {
    range.high++;
    line[table.origin + range.high + 1] = table.unreached;
  } else range.high--;
}

function walkForward(d: number, box: Box, a: Int32Array, b: Int32Array, { forward, origin }: Frontier): number {
  const fromLeft = forward[origin + d - 1] ?? 0;
  const fromAbove = forward[origin + d + 1] ?? 0;
  let x = fromLeft >= fromAbove ? fromLeft + 1 : fromAbove;
  while (x < box.aEnd && x - d < box.bEnd && a[x] === b[x - d]) x++;
  forward[origin + d] = x;
  return x;
}

function walkBackward(d: number, box: Box, a: Int32Array, b: Int32Array, { backward, origin }: Frontier): number {
  const fromLeft = backward[origin + d - 1] ?? 0;
  const fromAbove = backward[origin + d + 1] ?? 0;
  let x = fromLeft < fromAbove ? fromLeft : fromAbove - 1;
  while (x > box.aStart && x - d > box.bStart && a[x - 1] === b[x - d - 1]) x--;
  backward[origin + d] = x;
  return x;
}

function furthestPoint(box: Box, ahead: Range, behind: Range, { forward, backward, origin }: Frontier): Point {
  let best: Point = { a: box.aStart, b: box.bStart };
  let bestSum = -1;
  for (let d = ahead.high; d >= ahead.low; d -= 2) {
    const a = Math.max(box.aStart, Math.min(forward[origin + d] ?? 0, box.aEnd, box.bEnd + d));
    if (a - d >= box.bStart && a + a - d > bestSum) {
      bestSum = a + a - d;
      best = { a, b: a - d };
    }
  }
  let last: Point = { a: box.aEnd, b: box.bEnd };
  let lastSum = UNREACHED_BACKWARD;
  for (let d = behind.high; d >= behind.low; d -= 2) {
    const a = Math.min(box.aEnd, Math.max(backward[origin + d] ?? 0, box.aStart, box.bStart + d));
    if (a - d <= box.bEnd && a + a - d < lastSum) {
      lastSum = a + a - d;
      last = { a, b: a - d };
    }
  }
  const done = bestSum - (box.aStart + box.bStart);
  return box.aEnd + box.bEnd - lastSum < done ? best : last;
}
