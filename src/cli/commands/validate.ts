import { join, resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { CHECK_NAMES, type CheckName, VALIDATION_CHECKS } from '../../core/quality/validation-checks.ts';
import { answersFromFlags } from '../../core/template/answers/given-sources.ts';
import { nearest } from '../../core/text/nearest.ts';
import { checkProjectHealth } from '../../ops/author/check-project-health.ts';
import { type FullValidation, validateAll, validateEach, validateFully } from '../../ops/author/validate-fully.ts';
import { toValidation, validatePack } from '../../ops/author/validate-pack.ts';
import { loadProject } from '../../ops/project/load-project.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { validateSpec } from '../specs/author.ts';
import { viewChecks, viewHealth, viewTried, viewValidation } from '../views/validation.ts';

type Flags = CommandInput<typeof validateSpec>['flags'];

const SECOND = 1000;

export const runValidate: RunCommand<typeof validateSpec> = async ({ flags, positionals }, context) => {
  if (flags['list-checks']) {
    const checks = CHECK_NAMES.map((name) => ({ name, ...VALIDATION_CHECKS[name] }));
    return { data: { checks }, view: (terminal) => viewChecks(checks, terminal) };
  }
  const [reference = '.'] = positionals;
  const checks = chooseChecks(flags);
  const running = checks.has('health') ? await askProject(positionals[0], { checks, flags, context }) : undefined;
  if (running !== undefined) return running;
  const isStatic = [...checks].every((name) => VALIDATION_CHECKS[name].kind === 'static');
  if (isStatic && !flags.all) {
    const report = await validatePack({ reference, checks, ...loadOptionsOf(context) }, await context.openPorts());
    return toResult(reference, [{ ...report, tried: undefined, health: [] }], flags);
  }
  const opened = await context.openPorts();
  const ports = { ...opened, ...(await opened.openTrials()) };
  const request = requestOf(checks, flags, context);
  if (!flags.all) return toResult(reference, [await validateFully({ ...request, reference }, ports)], flags);
  if (positionals[0] === undefined) return toResult(reference, await validateAll(request, ports), flags);
  const { packFiles } = await ports.openAuthoring();
  const directories = packFiles.findPacks(resolve(context.workingDirectory, reference));
  if (directories.length === 0)
    throw new PacksmithError('PACK_NOT_FOUND', `there is no pack at or below ${reference}`, {
      hint: 'a pack is a directory with a pack.toml',
    });
  return toResult(reference, await validateEach(directories, request, ports), flags);
};

interface ProjectWorld {
  readonly checks: ReadonlySet<CheckName>;
  readonly flags: Flags;
  readonly context: CommandContext;
}

/**
 * Asks the services of the project that this directory is in, where it has the pack that is named, or none is. There the files of the packs are not
 * what is checked.
 */
async function askProject(reference: string | undefined, { checks, flags, context }: ProjectWorld): Promise<CommandResult | undefined> {
  if (flags.all || flags.deep || flags.with.length > 0 || (flags.check.length > 0 && checks.size > 1)) return undefined;
  const { ports, project } = await context.openProject();
  if (reference === undefined && ports.files.read(join(context.workingDirectory, 'pack.toml')) !== undefined) return undefined;
  const { lockfile } = await loadProject({ ...ports, project });
  if (lockfile === undefined || (reference !== undefined && !lockfile.packs.some(({ id }) => id === reference))) return undefined;
  const { probeHealth } = await ports.openTrials();
  const { health, offline, signal } = requestOf(checks, flags, context);
  const request = { ...health, ids: reference === undefined ? [] : [reference], offline, signal };
  const found = await checkProjectHealth(request, { ...ports, project, probeHealth });
  const reports = found.map(({ id, version, pack, reports: answers, diagnostics }) => ({
    ...toValidation(diagnostics, pack),
    id,
    version,
    tried: undefined,
    health: answers,
  }));
  if (reports.length > 0) return toResult(reference ?? '.', reports, { ...flags, all: true });
  return { data: { packs: [] }, view: () => 'no pack of this project names anything to ask a running service\n' };
}

/** The checks of the flags; with --check only those that are named. @throws PacksmithError `INVALID_ARGUMENTS` for a name that there is not. */
function chooseChecks(flags: Flags): ReadonlySet<CheckName> {
  for (const name of flags.check) {
    if (CHECK_NAMES.some((known) => known === name)) continue;
    const [near] = nearest(name, CHECK_NAMES, 1);
    const hint = near === undefined ? `the checks are ${CHECK_NAMES.join(', ')}` : `did you mean ${near}?`;
    throw new PacksmithError('INVALID_ARGUMENTS', `there is no check named ${JSON.stringify(name)}`, { hint });
  }
  const kinds = { static: true, deep: flags.deep, with: flags.with.length > 0, deployed: flags.deployed };
  const wanted = CHECK_NAMES.filter((name) => (flags.check.length > 0 ? flags.check.includes(name) : kinds[VALIDATION_CHECKS[name].kind]));
  const needsPacks = wanted.includes('composition') && flags.with.length === 0;
  if (needsPacks)
    throw new PacksmithError('INVALID_ARGUMENTS', 'the check composition needs packs to compose with', { hint: 'name them by --with' });
  return new Set(wanted);
}

function requestOf(checks: ReadonlySet<CheckName>, flags: Flags, context: CommandContext) {
  const { timeout = 5, retries = 2 } = flags;
  const health = { given: [answersFromFlags(flags.var)], timeoutMilliseconds: timeout * SECOND, retries };
  return { ...loadOptionsOf(context), checks, with: flags.with, health };
}

function toResult(reference: string, reports: readonly FullValidation[], flags: Flags): CommandResult {
  const isFailing = ({ severity }: FullValidation['diagnostics'][number]) =>
    severity === 'error' || (flags.strict && severity === 'warning');
  const failing = reports.flatMap(({ diagnostics }) => diagnostics.filter(isFailing));
  const [first] = reports;
  const name = flags.all
    ? `${reports.filter(({ diagnostics }) => diagnostics.some(isFailing)).length} of ${reports.length} packs`
    : (first?.id ?? reference);
  const verb = flags.all ? 'do' : 'does';
  const failure = new PacksmithError(
    'CHECK_FAILED',
    `${name} ${verb} not pass: ${failing.length} of ${flags.all ? 'their' : 'its'} findings must be mended`,
  );
  return {
    data: flags.all ? { packs: reports } : first,
    view: (terminal) =>
      reports
        .map((report) => {
          const verdict = viewValidation(report.directory ?? reference, report, { ...terminal, isStrict: flags.strict });
          return verdict + viewTried(report) + viewHealth(report, terminal);
        })
        .join(''),
    next: flags.all ? [] : [`packs generate ${reference} DIR --dry-run`],
    ...(failing.length > 0 ? { failure } : {}),
  };
}
