import { resolve } from 'node:path';
import { installPacks, unpackInto } from '../../ops/packs/install-packs.ts';
import { planInstall } from '../../ops/packs/plan-install.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import type { installSpec } from '../specs/install.ts';
import { toInstallPlanResult, toInstallResult } from '../views/install-result.ts';

export const runInstall: RunCommand<typeof installSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const { signal, workingDirectory, globals } = context;
  const { force, frozen, concurrency, target } = flags;
  const request = {
    references: positionals,
    workingDirectory,
    force,
    frozen,
    withoutDependencies: flags['no-dependencies'],
    offline: globals.offline,
    signal,
    ...definedOnly({ concurrency }),
  };
  if (flags['dry-run'])
    return toInstallPlanResult((await planInstall(request, ports)).plan, { next: `packs install ${positionals.join(' ')}` });
  if (target === undefined) return toInstallResult(await installPacks(request, ports));
  const { plan, resolved } = await planInstall(request, ports);
  const directory = resolve(workingDirectory, target);
  await unpackInto(directory, { plan, resolved, replace: force, ...definedOnly({ concurrency }) }, ports);
  return toInstallPlanResult(plan, { unpackedInto: directory });
};
