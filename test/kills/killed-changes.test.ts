import { describe, it } from 'vitest';
import { killAtEach, killAtRandom, killRecoveries, runWhole } from '../support/killed-program.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { makeSmallChanges } from '../support/small-changes.ts';

const makeWorkshop = makeWorkshops();

describe.each(['update', 'continue', 'abort', 'undo'] as const)('%s, with conflicts open before or after it', (name) => {
  it('is all there or not at all, at whichever change of the disk it is killed', async () => {
    const { [name]: killing } = await makeSmallChanges(makeWorkshop());
    const whole = await runWhole(killing);
    await killAtEach(
      killing,
      whole,
      whole.steps.map((_, index) => index + 1),
    );
  });

  it('is all there, when its recovery is killed as well, at whichever change of the disk', async () => {
    const { [name]: killing } = await makeSmallChanges(makeWorkshop());
    await killRecoveries(killing, await runWhole(killing), 9);
  });

  it('is all there or not at all, at whatever moment it is killed', async () => {
    const { [name]: killing } = await makeSmallChanges(makeWorkshop());
    await killAtRandom(killing, await runWhole(killing), 25);
  });
});
