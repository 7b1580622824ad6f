import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSequences } from './diff-sequences.ts';
import { formatFileDiff, formatUnifiedDiff } from './unified-diff.ts';

const lines = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, index) => `${from + index}\n`).join('');

describe('formatUnifiedDiff', () => {
  it('is empty for equal texts', () => expect(formatUnifiedDiff('a\n', 'a\n', { path: 'x' })).toBe(''));

  it('shows three lines around a change, and one hunk for near changes', () => {
    const after = lines(1, 20).replace('5\n', 'five\n').replace('11\n', '');
    expect(formatUnifiedDiff(lines(1, 20), after, { path: 'src/x.ts' })).toBe(
      [
        '--- a/src/x.ts',
        '+++ b/src/x.ts',
        '@@ -2,13 +2,12 @@',
        ' 2',
        ' 3',
        ' 4',
        '-5',
        '+five',
        ' 6',
        ' 7',
        ' 8',
        ' 9',
        ' 10',
        '-11',
        ' 12',
        ' 13',
        ' 14',
        '',
      ].join('\n'),
    );
  });

  it('shows two hunks for changes further apart, with the context asked for', () => {
    const after = lines(1, 20).replace('5\n', 'five\n').replace('11\n', '');
    expect(formatUnifiedDiff(lines(1, 20), after, { path: 'x', context: 0 }).split('\n')).toEqual([
      '--- a/x',
      '+++ b/x',
      '@@ -5 +5 @@',
      '-5',
      '+five',
      '@@ -11 +10,0 @@',
      '-11',
      '',
    ]);
  });

  it('tells a missing final newline', () =>
    expect(formatUnifiedDiff('a', 'a\n', { path: 'x' })).toBe('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n'));
});

describe('formatFileDiff', () => {
  const cases: readonly { name: string; input: Parameters<typeof formatFileDiff>[0]; expected: readonly string[] }[] = [
    { name: 'nothing', input: { path: 'x', before: { text: 'a' }, after: { text: 'a', mode: '100644' } }, expected: [] },
    {
      name: 'a new file',
      input: { path: 'a b', after: { text: 'x\n' } },
      expected: ['diff --git a/a b b/a b', 'new file mode 100644', '--- /dev/null', '+++ b/a b', '@@ -0,0 +1 @@', '+x'],
    },
    { name: 'a new empty file', input: { path: 'x', after: { text: '' } }, expected: ['diff --git a/x b/x', 'new file mode 100644'] },
    {
      name: 'a deleted file',
      input: { path: 'x', before: { text: 'x\n', mode: '100755' } },
      expected: ['diff --git a/x b/x', 'deleted file mode 100755', '--- a/x', '+++ /dev/null', '@@ -1 +0,0 @@', '-x'],
    },
    {
      name: 'a changed mode',
      input: { path: 'x', before: { text: 'x\n' }, after: { text: 'x\n', mode: '100755' } },
      expected: ['diff --git a/x b/x', 'old mode 100644', 'new mode 100755'],
    },
    {
      name: 'a binary file',
      input: { path: 'x', before: {}, after: {} },
      expected: ['diff --git a/x b/x', 'Binary files a/x and b/x differ'],
    },
    {
      name: 'a renamed file with a strange name',
      input: { path: 'a"\u0001', newPath: 'b\t', before: { text: 'x' }, after: { text: 'x' } },
      expected: ['diff --git "a/a\\"\\001" "b/b\\t"', 'rename from "a\\"\\001"', 'rename to "b\\t"'],
    },
  ];
  for (const { name, input, expected } of cases)
    it(name, () => expect(formatFileDiff(input)).toBe(expected.length === 0 ? '' : `${expected.join('\n')}\n`));
});

describe('diffSequences', () => {
  const sequence = fc.array(fc.nat(6), { maxLength: 60 }).map((items) => Int32Array.from(items));

  it('turns one sequence into the other', () =>
    fc.assert(
      fc.property(sequence, sequence, (a, b) => {
        const built: number[] = [];
        let at = 0;
        for (const hunk of diffSequences(a, b)) {
          built.push(...a.subarray(at, hunk.aStart), ...b.subarray(hunk.bStart, hunk.bEnd));
          at = hunk.aEnd;
        }
        expect([...built, ...a.subarray(at)]).toEqual([...b]);
      }),
    ));

  it('stays correct where the search is cut off', () => {
    const a = Int32Array.from({ length: 6000 }, (_, index) => (index * 7919) % 613);
    const b = Int32Array.from({ length: 6000 }, (_, index) => (index * 104729) % 613);
    let common = a.length;
    let at = 0;
    for (const hunk of diffSequences(a, b)) {
      expect(a.subarray(at, hunk.aStart)).toEqual(b.subarray(hunk.bStart - (hunk.aStart - at), hunk.bStart));
      common -= hunk.aEnd - hunk.aStart;
      at = hunk.aEnd;
    }
    expect(common).toBeGreaterThan(100);
  });
});
