import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { applyInstall } from '../../ops/packs/install-packs.ts';
import { findOutdated, planUpgrade } from '../../ops/packs/upgrade-packs.ts';
import type { RunCommand } from '../command.ts';
import type { upgradeSpec } from '../specs/install.ts';
import { toOutdatedResult, toUpgradeResult } from '../views/upgrade-result.ts';

export const runUpgrade: RunCommand<typeof upgradeSpec> = async ({ flags, positionals }, context) => {
  const chosen = (['latest', 'minor', 'patch'] as const).filter((name) => flags[name]);
  if (chosen.length > 1) throw new PacksmithError('INVALID_ARGUMENTS', `give one of ${chosen.map((name) => `--${name}`).join(' and ')}`);
  const ports = await context.openPorts();
  const { signal, globals } = context;
  const request = { ids: positionals, reach: chosen[0] ?? 'range', offline: globals.offline, signal } as const;
  if (flags.check) return toOutdatedResult(await findOutdated(request, ports));
  const upgrade = await planUpgrade(request, ports);
  if (flags['dry-run']) return toUpgradeResult(upgrade, undefined);
  const { plan, resolved } = upgrade;
  return toUpgradeResult(upgrade, await applyInstall(plan, { offline: globals.offline, signal, resolved }, ports));
};
