import { expect, it } from 'vitest';
import { memoryScratch } from '../../../test/support/memory-scratch.ts';
import { world } from '../../../test/support/memory-world.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { benchmarkPacks } from './benchmark-packs.ts';

const MACHINE = { node: 'v20', platform: 'test', processor: 'none', processors: 1 };

it('divides the time of every generation by phases, one of which is running at any moment', async () => {
  const manifest = '[variables.name]\ntype = "string"\nexample = "ada"\n';
  const pack = makePack({ id: 'web', manifest, files: { 'templates/a.txt.jinja': '{{ name }}', 'templates/b.bin': new Uint8Array(5) } });
  const opened: string[] = [];
  let now = 0;
  const scratch = {
    open: async (name: string) => {
      opened.push(name);
      return memoryScratch.open(name);
    },
  };
  // Every look at the clock takes a millisecond: each of the seven phases takes one.
  const stopwatch = () => now++;
  const ports = { ...world([pack]), scratch, stopwatch, machine: MACHINE, toolVersion: '9.9.9' };
  const [first, second] = await benchmarkPacks(
    { subjects: [['web'], ['web']], workingDirectory: '/', given: [], iterations: 3, offline: true },
    ports,
  );
  const one = { min: 1, lower: 1, median: 1, upper: 1, max: 1 };
  const seven = { min: 7, lower: 7, median: 7, upper: 7, max: 7 };
  expect(first).toEqual({
    format: 1,
    packs: [{ id: 'web', version: '1.0.0' }],
    files: 2,
    bytes: 8,
    iterations: 3,
    machine: MACHINE,
    packsmith: '9.9.9',
    first: 7,
    phases: { load: one, answers: one, data: one, render: one, compose: one, plan: one, write: one, total: seven },
  });
  expect(second).toEqual(first);
  expect(opened).toHaveLength(10);
});
