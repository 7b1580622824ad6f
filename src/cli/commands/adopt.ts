import { resolve } from 'node:path';
import { formatArguments } from '../../core/text/format-arguments.ts';
import { planAdoption } from '../../ops/adopt/adopt-project.ts';
import { applyGeneration } from '../../ops/project/apply-generation.ts';
import { installMissing } from '../../ops/project/install-missing.ts';
import type { RunCommand } from '../command.ts';
import { isPackReference } from '../is-pack-reference.ts';
import type { AdoptData } from '../output-data.ts';
import { onlyMissing, projectOptions } from '../prepare-generation.ts';
import type { adoptSpec } from '../specs/adopt.ts';
import { viewAdoption } from '../views/adoption.ts';
import { shownPlan } from '../views/plan-result.ts';

const VERSIONS = 20;
const FIXED = { interactive: false, overwrite: false, backup: false, 'into-existing': true, 'skip-hooks': true, frozen: false } as const;

export const runAdopt: RunCommand<typeof adoptSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts({ mayAsk: true });
  const last = positionals.at(-1);
  const isDirectory =
    flags.output === undefined &&
    last !== undefined &&
    positionals.length > 1 &&
    !(await isPackReference(last, context.workingDirectory, ports));
  const references = isDirectory ? positionals.slice(0, -1) : positionals;
  const directory = flags.output ?? (isDirectory ? last : '.');
  const project = ports.openProject(resolve(context.workingDirectory, directory));
  const options = await projectOptions({ ...flags, ...FIXED }, context, ports);
  const own = { ...ports, project };
  const { preview, packs, inferred } = await planAdoption(
    { ...options, ask: onlyMissing(options.ask), references, versions: flags.versions ?? VERSIONS },
    own,
  );
  const { contents: _contents, ...plan } = shownPlan(preview);
  const warnings = [...preview.plan.warnings, ...preview.diagnostics.map(({ message }) => message)];
  const found: AdoptData = { packs, inferred, plan };
  const view = { packs, inferred, plan: preview.plan, directory };
  if (flags['dry-run']) {
    const next = [formatArguments(['packs', 'adopt', ...positionals, ...flags.var.flatMap((text) => ['--var', text])])];
    return { data: found, view: (terminal) => viewAdoption({ ...view, isApplied: false }, terminal), warnings, next };
  }
  const notes = await installMissing({ packs: preview.packs, offline: context.globals.offline, signal: context.signal }, own);
  const { transaction } = await applyGeneration({ plan: preview.plan, consentedHooks: [], signal: context.signal }, own);
  return {
    data: { ...found, transaction: transaction ?? null } satisfies AdoptData,
    view: (terminal) => viewAdoption({ ...view, isApplied: true }, terminal),
    warnings: [...warnings, ...notes],
    next: ['packs status', 'packs update --dry-run'],
  };
};
