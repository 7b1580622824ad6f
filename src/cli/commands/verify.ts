import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { verifyPacks } from '../../ops/packs/verify-packs.ts';
import type { RunCommand } from '../command.ts';
import type { verifySpec } from '../specs/install.ts';
import { viewVerified } from '../views/verified-packs.ts';

export const runVerify: RunCommand<typeof verifySpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const { signal, globals } = context;
  const report = await verifyPacks({ ids: positionals, fix: flags.fix, offline: globals.offline, signal }, ports);
  const isMendable = report.packs.some(({ state }) => state !== 'intact');
  const failure = new PacksmithError('CHECK_FAILED', 'installed packs are not as they should be', {
    hint: isMendable ? '`packs verify --fix` fetches them again' : '`packs install ID` brings what is missing',
  });
  return { data: report, view: (terminal) => viewVerified(report, terminal), ...(report.isSound ? {} : { failure }) };
};
