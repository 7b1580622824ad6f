import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { BASELINE_PATH } from '../../core/lockfile/lockfile.ts';
import { type CheckedAnswers, checkAnswers } from '../../ops/project/check-answers.ts';
import { checkProject, type ProjectStatus } from '../../ops/project/check-project.ts';
import { diffProject, type TwoWayDiff } from '../../ops/project/diff-project.ts';
import { findMarkedPacks } from '../../ops/project/find-marked-packs.ts';
import { findBeyondRange, findNewerPacks } from '../../ops/project/find-newer-packs.ts';
import type { RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import type { StatusData } from '../output-data.ts';
import type { statusSpec } from '../specs/project.ts';
import { viewDiff } from '../views/diff.ts';
import { countDrift, type NewerVersions, viewNewerPacks, viewStatus } from '../views/status.ts';

type Flags = CommandInput<typeof statusSpec>['flags'];

export const runStatus: RunCommand<typeof statusSpec> = async ({ flags }, context) => {
  const { ports, project } = await context.openProject();
  const own = { ...ports, project };
  const status = await checkProject({}, own);
  const answers = await checkAnswers({}, own);
  const asked = { offline: context.globals.offline, signal: context.signal };
  const versions: NewerVersions = {
    ...(flags.outdated ? await findNewerPacks(asked, own) : { newer: [], changed: [] }),
    beyond: flags.outdated ? await findBeyondRange(asked, own) : [],
    marked: flags.outdated ? await findMarkedPacks(asked, own) : [],
  };
  const changes = flags.diff ? await diffProject(asked, own) : undefined;
  const diff = changes?.diff;
  return {
    data: {
      ...status,
      answers,
      ...(flags.outdated ? versions : {}),
      ...(diff === undefined ? {} : { diff }),
      ...(changes?.twoWay && { twoWay: changes.twoWay }),
    } satisfies StatusData,
    view: (terminal) =>
      viewStatus(status, { terminal, showsAll: flags.all }) +
      (flags.outdated ? `\n${viewNewerPacks(versions, terminal)}` : '') +
      (diff === undefined || diff === '' ? '' : `\n${viewDiff(diff, terminal)}`),
    warnings: [
      ...describeAnswers(answers),
      ...(diff === undefined ? describeBaseline(status) : []),
      ...(changes?.baseline === undefined ? [] : [`${changes.baseline.message} (${changes.baseline.code})`]),
      ...describeTwoWay(changes?.twoWay ?? []),
    ],
    next: nextCommands(status, versions),
    ...checkFailure(status, { flags, versions }),
  };
};

function isBaselineLost({ baseline, files }: Pick<ProjectStatus, 'baseline' | 'files'>): boolean {
  return baseline !== 'intact' && files.length > 0;
}

function describeAnswers({ areOther, changed, unknown }: CheckedAnswers): string[] {
  const asked = changed && `${changed.name} = ${JSON.stringify(changed.asked)}, the project has ${JSON.stringify(changed.applied)}`;
  const other = asked === undefined ? 'has other answers than the project was generated with' : `asks for ${asked}`;
  return [...(areOther ? [`packsmith.toml ${other}: \`packs regenerate\` applies it`] : []), ...unknown];
}

/** `--diff` says itself what it compares with. */
function describeBaseline({ baseline, files }: ProjectStatus): string[] {
  if (!isBaselineLost({ baseline, files })) return [];
  return [
    `${BASELINE_PATH} is ${baseline}: updates render the last generation again from the locked packs; \`packs regenerate\` writes it again`,
  ];
}

function describeTwoWay(files: readonly TwoWayDiff[]): string[] {
  const phrases = {
    rendered: 'compared with what the locked packs give now, which is not what they gave then',
    nothing: 'shown whole, since there is nothing to compare them with',
  } as const;
  return (['rendered', 'nothing'] as const).flatMap((against) => {
    const paths = files.filter((file) => file.against === against).map(({ path }) => path);
    return paths.length === 0 ? [] : [`a two-way diff, not your edits alone: ${paths.join(', ')} ${phrases[against]}`];
  });
}

function nextCommands(
  { pending, waiting, data, baseline, files }: ProjectStatus,
  { newer, changed, beyond, marked }: NewerVersions,
): string[] {
  const isOpen = pending.some(({ isSettled }) => !isSettled);
  if (waiting !== undefined) return isOpen ? ['packs update --continue', 'packs update --abort'] : ['packs update --continue'];
  if (isBaselineLost({ baseline, files })) return ['packs regenerate --dry-run'];
  if (data.some(({ state }) => state === 'changed')) return ['packs regenerate --dry-run'];
  return [
    ...(newer.length + changed.length > 0 ? ['packs update --dry-run'] : []),
    ...beyond.map(({ id, latest }) => `packs update ${id} --to ^${latest} --dry-run`),
    ...marked.filter(({ id }) => !isReplaceable(id, { newer, beyond })).map(({ id }) => `packs show ${id} --versions`),
  ];
}

function isReplaceable(pack: string, { newer, beyond }: Pick<NewerVersions, 'newer' | 'beyond'>): boolean {
  return [...newer, ...beyond].some(({ id }) => id === pack);
}

function checkFailure(
  status: ProjectStatus,
  { flags, versions }: { flags: Flags; versions: NewerVersions },
): { readonly failure?: PacksmithError } {
  const drift = countDrift(status);
  const isOther = status.data.some(({ state }) => state === 'changed' || state === 'missing');
  const reasons = [
    ...(drift > 0 ? [`${drift} of ${status.files.length} generated files are not as generated`] : []),
    ...(status.waiting === undefined ? [] : [`the last ${status.waiting.operation} waits to be recorded`]),
    ...(isBaselineLost(status) ? [`${BASELINE_PATH}, from which updates are merged, is ${status.baseline}`] : []),
    ...(isOther ? ['the data is not what the project was generated from'] : []),
    ...(versions.newer.length > 0 ? ['newer versions of packs are there'] : []),
    ...(versions.changed.length > 0 ? ['packs have other content than the project has'] : []),
    ...versions.marked.map(({ id, version, status }) => `${id} ${version} is ${status}`),
  ];
  if (!flags.check || reasons.length === 0) return {};
  return { failure: new PacksmithError('CHECK_FAILED', reasons.join('; ')) };
}
