// What counts as executed: the same branch, in the process of the tests or in a program that they start, and nothing else.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addExecutions } from '../../tools/coverage/add-executions.ts';
import type { Branch, FileCoverage } from '../../tools/coverage/coverage-map.ts';
import { sumExecutions } from '../../tools/coverage/sum-executions.ts';
import { countBranches, countLines, listUntaken } from '../../tools/coverage/summarize.ts';

describe('executions of many processes', () => {
  it('are added up, where what is inside another part has a count of its own', () => {
    const directory = mkdtempSync(join(tmpdir(), 'packsmith-executions-'));
    try {
      const runs = [
        // A file, in it a function that was called twice, in it a block that was run once; and a function in no order.
        { 'cli/a.cjs': [0, 100, 1, 10, 50, 2, 20, 30, 1, 60, 70, 0], 'bin/b.cjs': [0, 5, 1] },
        { 'cli/a.cjs': [60, 70, 3, 0, 100, 1, 10, 50, 0] },
      ];
      for (const [index, run] of runs.entries()) writeFileSync(join(directory, `${index}.json`), JSON.stringify(run));
      // Of a process that was killed while it wrote.
      writeFileSync(join(directory, '7-1'), '{"cli/a.cjs": [0, 1');
      const sums = sumExecutions(directory);
      const counts = (file: string) => sums.get(file)?.map(({ startOffset, endOffset, count }) => [startOffset, endOffset, count]);
      expect(counts('cli/a.cjs')).toEqual([
        [0, 10, 2],
        [10, 20, 2],
        [20, 30, 1],
        [30, 50, 2],
        [50, 60, 2],
        [60, 70, 3],
        [70, 100, 2],
      ]);
      expect(counts('bin/b.cjs')).toEqual([[0, 5, 1]]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

const at = (line: number, column: number) => ({ start: { line, column }, end: { line, column: column + 5 } });
const nowhere = { start: {}, end: {} };

function fileWith(branches: readonly (readonly [branch: Branch, counts: readonly number[]])[], firstId = 0): FileCoverage {
  const entries = branches.map(([branch, counts], index) => [String(firstId + index), branch, counts] as const);
  return {
    branchMap: Object.fromEntries(entries.map(([id, branch]) => [id, branch])),
    b: Object.fromEntries(entries.map(([id, , counts]) => [id, counts])),
    statementMap: { 0: at(1, 0), 1: at(2, 4), 2: at(2, 20) },
    s: { 0: 0, 1: 0, 2: 0 },
  };
}

const IF: Branch = { type: 'if', loc: at(3, 2), locations: [at(3, 2), nowhere] };
const CHOICE: Branch = { type: 'cond-expr', loc: at(4, 9), locations: [at(4, 15), at(4, 21)] };

/** A branch as the program has it, and what is then counted for `IF` and `CHOICE`. */
const MATCHES: readonly (readonly [what: string, branch: Branch, counts: readonly number[], ifs: number[], choices: number[]])[] = [
  ['the same one', IF, [2, 1], [2, 1], [0, 1]],
  ['one of which only the beginning differs', { ...CHOICE, loc: at(4, 2) }, [1, 0], [0, 0], [1, 1]],
  ['one whose ways begin elsewhere', { ...CHOICE, locations: [at(4, 14), at(4, 20)] }, [1, 0], [0, 0], [1, 1]],
  ['an `if` without an `else` on the line', { ...IF, loc: at(3, 6) }, [0, 1], [0, 1], [0, 1]],
  ['an `if` on another line', { ...IF, loc: at(5, 2) }, [1, 1], [0, 0], [0, 1]],
  ['one of another kind', { ...CHOICE, type: 'binary-expr' }, [1, 1], [0, 0], [0, 1]],
  ['one with more ways', { ...CHOICE, locations: [...CHOICE.locations, at(4, 30)] }, [1, 1, 1], [0, 0], [0, 1]],
  ['one elsewhere', { ...CHOICE, loc: at(9, 9), locations: [at(9, 15), at(9, 21)] }, [1, 1], [0, 0], [0, 1]],
  ['the same one with a count below none', IF, [-1, 1], [0, 1], [0, 1]],
];

describe('a branch in the program', () => {
  const measured = {
    '/r/src/core/a.ts': fileWith([
      [IF, [0, 0]],
      [CHOICE, [0, 1]],
    ]),
  };
  const add = (...branches: (readonly [Branch, readonly number[]])[]) =>
    addExecutions(measured, new Map([['/r/src/core/a.ts', [fileWith(branches, 7)]]]));

  it.each(MATCHES)('that is %s counts for what it is alone', (_, branch, counts, ifs, choices) => {
    const { files, unmatched } = add([branch, counts]);
    expect(files['/r/src/core/a.ts']?.b).toEqual({ 0: ifs, 1: choices });
    expect(unmatched.get('/r/src/core/a.ts')).toBe(ifs.join() === '0,0' && choices.join() === '0,1' ? 2 : 1);
  });

  it('counts for nothing where two are at one place', () => {
    expect(add([IF, [1, 1]], [IF, [0, 1]]).files['/r/src/core/a.ts']?.b).toEqual({ 0: [0, 0], 1: [0, 1] });
  });

  it('counts from each file of the program that has the source', () => {
    const parts = [fileWith([[IF, [1, 0]]]), fileWith([[IF, [0, 1]]])];
    const { files, unmatched } = addExecutions(measured, new Map([['/r/src/core/a.ts', parts]]));
    expect(files['/r/src/core/a.ts']?.b).toEqual({ 0: [1, 1], 1: [0, 1] });
    expect(countBranches(files, 'core')).toEqual({ covered: 3, total: 4 });
    expect(countBranches(files, 'ops')).toEqual({ covered: 0, total: 0 });
    expect(listUntaken(files)).toEqual([{ file: '/r/src/core/a.ts', line: 4, kind: 'cond-expr', way: 1 }]);
    expect([...unmatched.values()]).toEqual([1]);
  });

  it('is unknown where the program has nothing of the source', () => {
    const { files, unmatched } = addExecutions(measured, new Map([['/r/src/core/b.ts', [fileWith([[IF, [1, 1]]])]]]));
    expect([files, [...unmatched]]).toEqual([measured, []]);
  });

  it('brings the statements at the same place with it, of which lines are counted', () => {
    const part = { ...fileWith([]), s: { 0: 0, 1: 0, 2: 1 } };
    const { files } = addExecutions(measured, new Map([['/r/src/core/a.ts', [part]]]));
    expect([countLines(measured, 'core'), countLines(files, 'core')]).toEqual([
      { covered: 0, total: 2 },
      { covered: 1, total: 2 },
    ]);
  });
});
