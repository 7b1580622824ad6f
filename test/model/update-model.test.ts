import { join } from 'node:path';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { makeTemporaryDirectories } from '../support/real-project.ts';
import { FOUND } from './found.ts';
import { Model } from './model.ts';
import { ModelInMemory, ModelOnDisk } from './model-project.ts';
import { type Step, shapeOf, step } from './shapes.ts';

const makeDirectory = makeTemporaryDirectories();
const shapes = fc.tuple(shapeOf('app'), shapeOf('base'), shapeOf('other'));
const steps = fc.array(step, { minLength: 3, maxLength: 14 });

async function play(model: Model, script: readonly Step[]): Promise<void> {
  await model.start();
  for (const each of script) await model.perform(each);
}

const inMemory = fc.asyncProperty(shapes, steps, (packs, script) => play(new Model(packs, new ModelInMemory()), script));
const onDisk = fc.asyncProperty(shapes, steps, (packs, script) =>
  play(new Model(packs, new ModelOnDisk(join(makeDirectory(), 'project'))), script),
);

describe('a project that packs and people change in turn', () => {
  // Set to look for longer, or again at what was found: `MODEL_RUNS=5000 MODEL_SEED=1 npm test -- test/model`.
  const { MODEL_RUNS: runs = '250', MODEL_SEED: seed } = process.env;

  it('loses no line of the user, goes back exactly, and has nothing to do when a command is repeated', { timeout: 3_600_000 }, () =>
    fc.assert(inMemory, { numRuns: Number(runs), ...(seed === undefined ? {} : { seed: Number(seed) }) }),
  );

  it.each(FOUND)('does so where $what', async ({ packs, script }) => {
    await play(new Model(packs, new ModelInMemory()), script);
    await play(new Model(packs, new ModelOnDisk(join(makeDirectory(), 'project'))), script);
  });

  it('does so in real folders', { timeout: 240_000 }, () => fc.assert(onDisk, { numRuns: 20 }));
});
