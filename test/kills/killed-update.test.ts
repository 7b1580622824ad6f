import { describe, expect, it } from 'vitest';
import { killAtEach, killAtRandom, runWhole, sampleSteps } from '../support/killed-program.ts';
import { makeLargeUpdate } from '../support/large-update.ts';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

// All of them, some 1 500, take longer than the other tests together: `KILL_EVERY=1 npx vitest run --project kills`.
const every = Number(process.env['KILL_EVERY'] ?? 11);

describe('an update of 500 files', () => {
  it('that is killed at one of its changes of the disk is all there or not at all', async () => {
    const killing = await makeLargeUpdate(makeWorkshop(), 500);
    const whole = await runWhole(killing);
    expect(whole.steps.length).toBeGreaterThan(1_000);
    await killAtEach(killing, whole, sampleSteps(whole, every));
  });

  it('that is killed at 200 random moments is all there or not at all', async () => {
    const killing = await makeLargeUpdate(makeWorkshop(), 500);
    const { before, after } = await killAtRandom(killing, await runWhole(killing), 200);
    expect([before > 0, after > 0, before + after]).toEqual([true, true, 200]);
  });
});
