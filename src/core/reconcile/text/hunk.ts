/** One difference between two sequences: `a[aStart, aEnd)` was replaced by `b[bStart, bEnd)`; at most one of the two is empty. */
export interface Hunk {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** One flag an element: 1 where the element of that side is not in the common subsequence. */
export interface ChangeFlags {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
}

/** Reads the flags of both sides into hunks, in order. */
export function hunksOf(flags: ChangeFlags): Hunk[] {
  const hunks: Hunk[] = [];
  let a = 0;
  let b = 0;
  while (a < flags.a.length || b < flags.b.length) {
    const aStart = a;
    const bStart = b;
    while (a < flags.a.length && flags.a[a] === 1) a++;
    while (b < flags.b.length && flags.b[b] === 1) b++;
    if (a > aStart || b > bStart) hunks.push({ aStart, aEnd: a, bStart, bEnd: b });
    a++;
    b++;
  }
  return hunks;
}
