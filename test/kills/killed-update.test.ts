import { describe, expect, it } from 'vitest';
import { killAtEach, killAtRandom, runWhole } from '../support/killed-program.ts';
import { makeLargeUpdate } from '../support/large-update.ts';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

describe('an update of 500 files', () => {
  it('that is killed at any of its changes of the disk is all there or not at all', async () => {
    const killing = await makeLargeUpdate(makeWorkshop(), 500);
    const whole = await runWhole(killing);
    expect(whole.steps.length).toBeGreaterThan(1_000);
    await killAtEach(
      killing,
      whole,
      whole.steps.map((_, index) => index + 1),
    );
  });

  it('that is killed at 200 random moments is all there or not at all', async () => {
    const killing = await makeLargeUpdate(makeWorkshop(), 500);
    const { before, after } = await killAtRandom(killing, await runWhole(killing), 200);
    expect([before > 0, after > 0, before + after]).toEqual([true, true, 200]);
  });
});
