import { uninstallPacks } from '../../ops/packs/uninstall-packs.ts';
import type { RunCommand } from '../command.ts';
import type { uninstallSpec } from '../specs/install.ts';
import { toInstallResult } from '../views/install-result.ts';

export const runUninstall: RunCommand<typeof uninstallSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const { cascade, purge } = flags;
  const result = await uninstallPacks({ ids: positionals, cascade, purge, signal: context.signal }, ports);
  return toInstallResult(result, result.freed);
};
