import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { SHIPPED, SHIPPED_IDS } from '../support/shipped-packs.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

describe('packs score', () => {
  it.each(SHIPPED_IDS)('gives %s 90 or more, since its cases pass and cover it', async (id) => {
    const { json } = makeWorkshop();
    const { data, ok } = await json(['score', join(SHIPPED, id), '--min', '90']);
    expect({ ok, basis: data.basis }).toEqual({ ok: true, basis: 'tried' });
    const checks = data.dimensions.flatMap((dimension: { checks: unknown[] }) => dimension.checks);
    const passing = checks.find(({ name }: { name: string }) => name === 'test cases that pass');
    expect(passing.measured.done).toBe(passing.measured.of);
  });

  it('counts what runs: a case that fails costs its points and those of the templates that it would cover', async () => {
    const { work, json, run } = makeWorkshop();
    const files = { 'templates/a.txt': 'a\n', 'tests/a.toml': 'name = "a"\n[expect]\nfiles = ["a.txt"]\n' };
    const pack = writePack(join(work, 'pack'), { id: 'small', files });
    const gained = async () => {
      const { data } = await json(['score', './pack']);
      const tests = data.dimensions.find(({ name }: { name: string }) => name === 'examples and tests');
      return Object.fromEntries(
        tests.checks.map(({ name, measured }: { name: string; measured: { done: number; of: number } }) => [
          name,
          `${measured.done}/${measured.of}`,
        ]),
      );
    };
    expect(await gained()).toMatchObject({ 'test cases that pass': '1/1', 'templates that a passing case renders': '1/1' });
    writeFileSync(join(pack, 'tests', 'a.toml'), 'name = "a"\n[expect]\nfiles = ["b.txt"]\n');
    expect(await gained()).toMatchObject({ 'test cases that pass': '0/1', 'templates that a passing case renders': '0/1' });
    expect(await run(['score', './pack', '--static', '--min', '99'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('CHECK_FAILED'),
    });
  });
});

describe('packs list --score', () => {
  it('scores packs as `packs score --static` does, and --sort score puts the best first', async () => {
    const { work, json, succeed, run } = makeWorkshop();
    writePack(join(work, 'packs', 'poor'), { id: 'poor', files: { 'templates/a.txt': 'a' } });
    writePack(join(work, 'packs', 'broken'), { toml: 'format = 1\n' });
    type Listed = { id: string; score: number | null }[];
    const listed: Listed = (await json(['list', '--score', '--source', 'project'])).data.packs;
    const { score } = (await json(['score', 'poor', '--static'])).data;
    expect(listed.map(({ id, score: own }) => [id, own])).toEqual([
      ['broken', null],
      ['poor', score],
    ]);
    const best: Listed = (await json(['list', '--sort', 'score'])).data.packs;
    const scores = best.map(({ score: own }) => own ?? -1);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(best.slice(-2).map(({ id }) => id)).toEqual(['poor', 'broken']);
    expect((await json(['list', '--sort', 'score', '--limit', '1'])).data).toMatchObject({ packs: [best[0]], total: best.length });
    expect((await succeed(['list', '--score'])).stdout).toMatch(/^PACK +VERSION +SCORE/);
    expect((await succeed(['list'])).stdout).not.toContain('SCORE');
    expect((await json(['list'])).data.packs[0]).not.toHaveProperty('score');
    expect(await run(['list', '--score', '--categories'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('INVALID_ARGUMENTS'),
    });
  });
});
