import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Benchmark } from '../../src/core/benchmark/benchmark.ts';
import { makeWorkshops, readWholeTree } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

/** A saved result in which every phase took the same. */
function withTimes(saved: Benchmark, milliseconds: number): string {
  const spread = { min: milliseconds, lower: milliseconds, median: milliseconds, upper: milliseconds, max: milliseconds };
  return JSON.stringify({ ...saved, phases: Object.fromEntries(Object.keys(saved.phases).map((phase) => [phase, spread])) });
}

describe('packs benchmark', () => {
  it('measures, saves, compares, and fails where the whole is clearly slower than is allowed', async () => {
    const { work, succeed, json, run } = makeWorkshop();
    await succeed(['create', 'my-pack']);
    const before = readWholeTree(join(work, 'my-pack'));
    const measured = await json(['benchmark', './my-pack', '--iterations', '2', '--output', 'saved.json']);
    expect(measured).toMatchObject({
      ok: true,
      data: { benchmark: { packs: [{ id: 'my-pack' }], files: 1, iterations: 2 }, compared: null, changes: [] },
    });
    const saved = JSON.parse(readFileSync(join(work, 'saved.json'), 'utf8')) as Benchmark;
    expect(saved).toEqual(measured.data.benchmark);
    writeFileSync(join(work, 'fast.json'), withTimes(saved, 0.001));
    writeFileSync(join(work, 'slow.json'), withTimes(saved, 1e12));
    const compare = (file: string) => run(['bench', './my-pack', '--iterations', '2', '--compare', file, '--max-regression', '50']);
    const slower = await compare('fast.json');
    expect([slower.exitCode, slower.stderr]).toEqual([2, expect.stringContaining('error[CHECK_FAILED]: generating takes ')]);
    const faster = await compare('slow.json');
    expect([faster.exitCode, faster.stdout]).toEqual([0, expect.stringMatching(/total .* -100 %/)]);
    expect(readWholeTree(join(work, 'my-pack'))).toEqual(before);
  });

  it('measures two packs in turns, and says when results are of different machines', async () => {
    const { work, succeed, json } = makeWorkshop();
    await succeed(['create', 'my-pack']);
    await succeed(['create', 'other-pack']);
    const both = await json(['benchmark', './my-pack', '--iterations', '1', '--compare', './other-pack', '--output', 'saved.json']);
    expect(both.data.compared.packs).toMatchObject([{ id: 'other-pack' }]);
    const saved = JSON.parse(readFileSync(join(work, 'saved.json'), 'utf8')) as Benchmark;
    writeFileSync(join(work, 'saved.json'), JSON.stringify({ ...saved, machine: { ...saved.machine, processors: 512 } }));
    const { warnings } = await json(['benchmark', './my-pack', '--iterations', '1', '--compare', 'saved.json']);
    expect(warnings).toEqual([expect.stringContaining('not measured under the same conditions: 512 and ')]);
  });

  it('refuses what it cannot compare with', async () => {
    const { work, succeed, json } = makeWorkshop();
    await succeed(['create', 'my-pack']);
    writeFileSync(join(work, 'x.json'), '{}');
    expect(await json(['benchmark', './my-pack', '--compare', 'x.json'])).toMatchObject({
      exitCode: 2,
      error: { code: 'BENCHMARK_INVALID' },
    });
    expect(await json(['benchmark', './my-pack', '--compare', 'y.json'])).toMatchObject({ exitCode: 7, error: { code: 'FILE_NOT_FOUND' } });
    expect(await json(['benchmark', './my-pack', '--max-regression', '5'])).toMatchObject({ error: { code: 'INVALID_ARGUMENTS' } });
  });
});
