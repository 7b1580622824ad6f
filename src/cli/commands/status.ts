import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { BASELINE_PATH } from '../../core/lockfile/lockfile.ts';
import { checkProject, type ProjectStatus } from '../../ops/check-project.ts';
import { diffProject } from '../../ops/diff-project.ts';
import { findBeyondRange, findNewerPacks } from '../../ops/find-newer-packs.ts';
import type { RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import type { statusSpec } from '../specs/project.ts';
import { viewDiff } from '../views/diff.ts';
import { countDrift, type NewerVersions, viewNewerPacks, viewStatus } from '../views/status.ts';

type Flags = CommandInput<typeof statusSpec>['flags'];

export const runStatus: RunCommand<typeof statusSpec> = async ({ flags }, context) => {
  const { ports, project } = await context.openProject();
  const own = { ...ports, project };
  const status = await checkProject({}, own);
  const asked = { offline: context.globals.offline, signal: context.signal };
  const newer = flags.outdated ? await findNewerPacks(asked, own) : [];
  const beyond = flags.outdated ? await findBeyondRange(asked, own) : [];
  const changes = flags.diff ? await diffProject(asked, own) : undefined;
  const diff = changes?.diff;
  return {
    data: { ...status, ...(flags.outdated ? { newer, beyond } : {}), ...(diff === undefined ? {} : { diff }) },
    view: (terminal) =>
      viewStatus(status, { terminal, showsAll: flags.all }) +
      (flags.outdated ? `\n${viewNewerPacks({ newer, beyond }, terminal)}` : '') +
      (diff === undefined || diff === '' ? '' : `\n${viewDiff(diff, terminal)}`),
    warnings: [
      ...(diff === undefined ? describeBaseline(status) : []),
      ...(changes?.baseline === undefined ? [] : [`${changes.baseline.message} (${changes.baseline.code})`]),
    ],
    next: nextCommands(status, { newer, beyond }),
    ...checkFailure(status, { flags, isOutdated: newer.length > 0 }),
  };
};

/** `--diff` says itself what it compares with. */
function describeBaseline({ baseline, files }: ProjectStatus): string[] {
  if (baseline === 'intact' || files.length === 0) return [];
  return [
    `${BASELINE_PATH} is ${baseline}: updates render the last generation again from the locked packs; \`packs regenerate\` writes it again`,
  ];
}

function nextCommands({ pending, data }: ProjectStatus, { newer, beyond }: NewerVersions): string[] {
  if (pending.length > 0) return ['packs update --continue', 'packs update --abort'];
  if (data.some(({ state }) => state === 'changed')) return ['packs regenerate --dry-run'];
  return [
    ...(newer.length > 0 ? ['packs update --dry-run'] : []),
    ...beyond.map(({ id, latest }) => `packs update ${id} --to ^${latest} --dry-run`),
  ];
}

function checkFailure(
  status: ProjectStatus,
  { flags, isOutdated }: { flags: Flags; isOutdated: boolean },
): { readonly failure?: PacksmithError } {
  const drift = countDrift(status);
  const isOther = status.data.some(({ state }) => state === 'changed' || state === 'missing');
  if (!flags.check || (drift === 0 && !isOutdated && !isOther)) return {};
  const otherwise = isOther ? 'the data is not what the project was generated from' : 'newer versions of packs are there';
  const message = drift > 0 ? `${drift} of ${status.files.length} generated files are not as generated` : otherwise;
  return { failure: new PacksmithError('CHECK_FAILED', message) };
}
