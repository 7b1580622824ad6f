import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { CHECK_NAMES, type CheckName, VALIDATION_CHECKS } from '../../core/quality/validation-checks.ts';
import { answersFromFlags } from '../../core/template/answers/given-sources.ts';
import { nearest } from '../../core/text/nearest.ts';
import { type FullValidation, validateAll, validateFully } from '../../ops/author/validate-fully.ts';
import { validatePack } from '../../ops/author/validate-pack.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
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
  if (flags.all && positionals.length > 0)
    throw new PacksmithError('INVALID_ARGUMENTS', '--all is about every pack: leave the reference out', {
      hint: '--cwd DIR looks from another directory',
    });
  const checks = chooseChecks(flags);
  const isStatic = [...checks].every((name) => VALIDATION_CHECKS[name].kind === 'static');
  if (isStatic && !flags.all) {
    const report = await validatePack({ reference, checks }, await context.openPorts());
    return toResult(reference, [{ ...report, tried: undefined, health: [] }], flags);
  }
  const opened = await context.openPorts();
  const ports = { ...opened, ...(await opened.openTrials()) };
  const request = requestOf(checks, flags, context);
  const reports = flags.all ? await validateAll(request, ports) : [await validateFully({ ...request, reference }, ports)];
  return toResult(reference, reports, flags);
};

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

function requestOf(checks: ReadonlySet<CheckName>, flags: Flags, { workingDirectory, globals, signal }: CommandContext) {
  const { timeout = 5, retries = 2 } = flags;
  const health = { given: [answersFromFlags(flags.var)], timeoutMilliseconds: timeout * SECOND, retries };
  return { workingDirectory, checks, with: flags.with, health, offline: globals.offline, signal };
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
      reports.map((report) => viewValidation(reference, report, terminal) + viewTried(report) + viewHealth(report, terminal)).join(''),
    next: flags.all ? [] : [`packs generate ${reference} DIR --dry-run`],
    ...(failing.length > 0 ? { failure } : {}),
  };
}
