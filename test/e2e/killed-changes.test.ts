import { describe, expect, it } from 'vitest';
import { killAtEach, killAtRandom, runWhole, sampleSteps } from '../support/killed-program.ts';
import { makeLargeUpdate } from '../support/large-update.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { makeSmallChanges } from '../support/small-changes.ts';

const makeWorkshop = makeWorkshops();

// A sample: `test/kills` has more.
describe('a command that is killed', () => {
  it('while it updates 500 files has done all or nothing', { timeout: 300_000 }, async () => {
    const killing = await makeLargeUpdate(makeWorkshop(), 500);
    const whole = await runWhole(killing);
    expect(whole.steps.length).toBeGreaterThan(1_400);
    await killAtEach(killing, whole, sampleSteps(whole, 500));
    const { before, after } = await killAtRandom(killing, whole, 4);
    expect(before + after).toBe(4);
  });

  it.each(['update', 'continue', 'abort', 'undo'] as const)(
    '%s, with conflicts open before or after it, has done all or nothing',
    async (name) => {
      const { [name]: killing } = await makeSmallChanges(makeWorkshop());
      const whole = await runWhole(killing);
      await killAtEach(killing, whole, sampleSteps(whole, 9));
    },
  );
});
