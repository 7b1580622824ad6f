import { cleanStore } from '../../ops/packs/clean-store.ts';
import type { RunCommand } from '../command.ts';
import type { cleanSpec } from '../specs/install.ts';
import { viewSweep } from '../views/sweep.ts';

export const runClean: RunCommand<typeof cleanSpec> = async ({ flags }, context) => {
  const { store } = await context.openPorts();
  const dryRun = flags['dry-run'];
  const report = await cleanStore({ store: flags.store || flags.all, cache: flags.cache || flags.all, dryRun }, { store });
  return { data: { ...report, dryRun }, view: () => viewSweep(report, dryRun), next: dryRun ? ['packs clean'] : [] };
};
