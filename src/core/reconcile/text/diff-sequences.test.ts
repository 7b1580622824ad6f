import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPrefix, diffSequences } from './diff-sequences.ts';
import type { Hunk } from './hunk.ts';
import { likeOriginal } from './like-original.ts';
import { plainText, splitLines } from './text-lines.ts';

const ids = (numbers: readonly number[]) => Int32Array.from(numbers);

/** What `a` becomes by the hunks. */
function applied(a: readonly number[], b: readonly number[], hunks: readonly Hunk[]): number[] {
  const result: number[] = [];
  let at = 0;
  for (const { aStart, aEnd, bStart, bEnd } of hunks) {
    result.push(...a.slice(at, aStart), ...b.slice(bStart, bEnd));
    at = aEnd;
  }
  return [...result, ...a.slice(at)];
}

function longestCommon(a: readonly number[], b: readonly number[]): number {
  const rows = [new Array<number>(b.length + 1).fill(0)];
  for (const [i, left] of a.entries()) {
    const last = rows[i] ?? [];
    const row = [0];
    for (const [j, right] of b.entries()) row.push(left === right ? (last[j] ?? 0) + 1 : Math.max(last[j + 1] ?? 0, row[j] ?? 0));
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

const kept = (a: readonly number[], hunks: readonly Hunk[]) => hunks.reduce((left, { aStart, aEnd }) => left - (aEnd - aStart), a.length);

describe('diffSequences', () => {
  it('turns one into the other, in hunks that are in order and apart', () => {
    const numbers = fc.array(fc.nat(4), { maxLength: 30 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const hunks = diffSequences(ids(a), ids(b));
        expect(applied(a, b, hunks)).toEqual(b);
        for (const [index, hunk] of hunks.entries()) {
          expect(hunk.aEnd > hunk.aStart || hunk.bEnd > hunk.bStart).toBe(true);
          const next = hunks[index + 1];
          if (next !== undefined) expect([next.aStart > hunk.aEnd, next.bStart > hunk.bEnd]).toEqual([true, true]);
        }
        expect(hunks.length === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('keeps as much as can be kept', () => {
    const numbers = fc.uniqueArray(fc.nat(40), { maxLength: 40 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(kept(a, diffSequences(ids(a), ids(b)))).toBe(longestCommon(a, b));
      }),
    );
  });

  it.each<readonly [string, readonly number[], readonly number[], readonly (readonly number[])[]]>([
    ['nothing', [1, 2], [1, 2], []],
    ['what was put in between', [1, 2], [1, 9, 2], [[1, 1, 1, 2]]],
    ['what was taken out', [1, 9, 2], [1, 2], [[1, 2, 1, 1]]],
    ['what was replaced', [1, 8, 2], [1, 9, 2], [[1, 2, 1, 2]]],
    ['what was put behind all', [1], [1, 2], [[1, 1, 1, 2]]],
    ['what was put before all', [1], [2, 1], [[0, 0, 0, 1]]],
    // One of equal ones: the lowest.
    ['one of three that are equal', [1, 5, 5, 2], [1, 5, 5, 5, 2], [[3, 3, 3, 4]]],
    ['one of three that was taken out', [1, 5, 5, 5, 2], [1, 5, 5, 2], [[3, 4, 3, 3]]],
    ['a group that can stand lower', [1, 2, 3, 1, 4], [1, 2, 3, 1, 2, 3, 1, 4], [[4, 4, 4, 7]]],
    ['all', [1, 2], [3, 4], [[0, 2, 0, 2]]],
    ['everything new', [], [1], [[0, 0, 0, 1]]],
    ['everything gone', [1], [], [[0, 1, 0, 0]]],
  ])('finds %s', (_, a, b, hunks) =>
    expect(diffSequences(ids(a), ids(b)).map(({ aStart, aEnd, bStart, bEnd }) => [aStart, aEnd, bStart, bEnd])).toEqual(hunks),
  );

  it('knows what both begin with', () => {
    expect(commonPrefix(ids([1, 2, 3]), ids([1, 2, 4]))).toBe(2);
    expect(commonPrefix(ids([1, 2]), ids([1, 2, 3]))).toBe(2);
    expect(commonPrefix(ids([]), ids([1]))).toBe(0);
  });
});

describe('splitLines', () => {
  it.each<readonly [string, object]>([
    ['', { mark: '', contents: [], ends: [], prevailing: undefined }],
    ['\ufeff', { mark: '\ufeff', contents: [], ends: [], prevailing: undefined }],
    ['a', { mark: '', contents: ['a'], ends: [''], prevailing: undefined }],
    ['\n', { mark: '', contents: [''], ends: ['\n'], prevailing: '\n' }],
    ['\ufeffa\r\nb', { mark: '\ufeff', contents: ['a', 'b'], ends: ['\r\n', ''], prevailing: '\r\n' }],
    ['a\r\nb\n', { mark: '', contents: ['a', 'b'], ends: ['\r\n', '\n'], prevailing: '\n' }],
    ['a\r\nb\r\nc\nd', { mark: '', contents: ['a', 'b', 'c', 'd'], ends: ['\r\n', '\r\n', '\n', ''], prevailing: '\r\n' }],
    ['a\r\nb\r\nc\nd\n', { mark: '', contents: ['a', 'b', 'c', 'd'], ends: ['\r\n', '\r\n', '\n', '\n'], prevailing: '\n' }],
    ['a\rb\n', { mark: '', contents: ['a\rb'], ends: ['\n'], prevailing: '\n' }],
    ['\r\n', { mark: '', contents: [''], ends: ['\r\n'], prevailing: '\r\n' }],
  ])('of %j', (text, lines) => expect(splitLines(text)).toEqual(lines));

  it.each([
    ['', ''],
    ['\ufeff', ''],
    ['a\r\nb', 'a\nb\n'],
    ['a\n', 'a\n'],
    ['\n', '\n'],
  ])('plainly %j is %j', (text, plain) => expect(plainText(text)).toBe(plain));
});

describe('likeOriginal', () => {
  it.each<readonly [text: string, original: string, like: string]>([
    ['a\nb\n', '', 'a\nb\n'],
    ['a\n', '\ufeff', '\ufeffa\n'],
    ['a\nb\n', 'x\r\n', 'a\r\nb\r\n'],
    ['a\nb\n', 'x\r\ny', 'a\r\nb'],
    ['a\nb\n', 'x', 'a\nb'],
    ['a\nb\n', '\ufeffx\n', '\ufeffa\nb\n'],
    ['', 'x', ''],
    // Line by line, where ends differ.
    ['a\nnew\nb\nc\n', 'a\r\nb\nc\r\n', 'a\r\nnew\r\nb\nc\r\n'],
    ['a\nnew\nb\n', 'a\nb\r\n', 'a\nnew\nb\r\n'],
    ['c\na\n', 'a\r\nb\n', 'c\na\r\n'],
    ['a\nb\n', 'a\r\nb\nc', 'a\r\nb'],
  ])('of %j as in %j is %j', (text, original, like) => expect(likeOriginal(text, original)).toBe(like));
});
