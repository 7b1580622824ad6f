import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Pack } from '../../src/core/pack/pack.ts';
import { readPackCases } from '../../src/ops/author/read-pack-cases.ts';
import { testPack } from '../../src/ops/author/test-pack.ts';
import { memoryScratch } from '../support/memory-scratch.ts';
import { world } from '../support/memory-world.ts';
import { loadShippedPacks, SHIPPED } from '../support/shipped-packs.ts';

const shipped = await loadShippedPacks();
const CASES = shipped.flatMap((pack) => readPackCases(pack).cases.map(({ file, name }) => ({ id: pack.manifest.id, pack, file, name })));

/** Runs one case as `packs test` does, its commands left out. */
async function run(pack: Pack, file: string) {
  const ports = { ...world(shipped), scratch: memoryScratch, stopwatch: () => 0 };
  const directory = join(SHIPPED, pack.manifest.id);
  const request = { pack, directory, filter: [file], update: false, commands: 'skip', offline: true } as const;
  return (await testPack(request, ports)).report;
}

describe('the cases of the shipped packs', () => {
  it('are there for every pack', () => {
    expect(new Set(CASES.map(({ id }) => id))).toEqual(new Set(shipped.map(({ manifest }) => manifest.id)));
    expect(shipped.flatMap((pack) => readPackCases(pack).diagnostics)).toEqual([]);
  });

  it.each(CASES)('$id: $name', async ({ pack, file }) => {
    const { cases, failed } = await run(pack, file);
    expect(cases.flatMap(({ problems }) => problems)).toEqual([]);
    expect({ cases: cases.length, failed }).toEqual({ cases: 1, failed: 0 });
  });
});
