import type { Baseline } from '../../core/lockfile/baseline.ts';
import type { LockedFile, LockedPack } from '../../core/lockfile/lockfile.ts';
import type { Pending } from '../../core/lockfile/pending.ts';
import { fileIdentity } from '../../core/plan/file-identity.ts';
import type { PathAction, PathClass } from '../../core/plan/generation-plan.ts';
import { describeObstacle } from '../../core/plan/obstacles.ts';
import { type Decision, decide } from '../../core/reconcile/decision-table.ts';
import { isSameButForForm } from '../../core/reconcile/text/same-but-for-form.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import { isExecutable } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { type CheckedData, checkDataFiles } from '../data/check-data-files.ts';
import { type BaselinePorts, readBaseline, type StoredBaseline } from '../reconcile/read-baseline.ts';
import { recognizeByForm } from '../render/recognize-masked.ts';
import type { CheckedConflict } from './check-conflicts.ts';
import { findPendingChange } from './find-pending-change.ts';
import { requireProject } from './load-project.ts';
import { type RecordedView, viewRecorded } from './view-recorded.ts';

/** `reformatted` is as generated but for its form; `replaced` is no file any more; `conflicted` waits to be settled. */
export type FileState = 'as-generated' | 'reformatted' | 'edited' | 'missing' | 'replaced' | 'conflicted';

export interface CheckedFile {
  readonly path: ProjectPath;
  readonly state: FileState;
  /** The row of the decision table that holds while the packs want what they gave. */
  readonly class: PathClass;
  readonly action: PathAction;
  readonly reason: string;
  readonly packs: readonly string[];
}

export interface ProjectStatus {
  readonly packs: readonly LockedPack[];
  /** Every generated file, by path. */
  readonly files: readonly CheckedFile[];
  /** Conflicts that the last change left to settle, as the files are now. */
  readonly pending: readonly CheckedConflict[];
  /** The change that waits until they are settled; absent where none does. */
  readonly waiting?: WaitingChange;
  /** The stored bytes of the last generation, from which updates are merged. */
  readonly baseline: StoredBaseline['state'];
  /** The data of the last generation that is not of a pack, in order of composition. */
  readonly data: readonly CheckedData[];
  /** Whether every file is as it was generated, its form aside, and no change waits. */
  readonly isClean: boolean;
}

/** A change that has written its files, and waits to be recorded. Until then `packs` are those that are recorded. */
export interface WaitingChange {
  readonly operation: string;
  /** As `id version`. */
  readonly packs: readonly string[];
  /** When it was made, ISO 8601 in UTC; absent in another copy of the project than the one where it was. */
  readonly since?: string;
}

/** Compares every generated file, and the data it was made from, with what is on disk. @throws PacksmithError `PROJECT_NOT_FOUND`, `LOCKFILE_INVALID`. */
export async function checkProject(_request: object, ports: BaselinePorts & Pick<Ports, 'reporter' | 'dataFiles'>): Promise<ProjectStatus> {
  const state = await requireProject(ports);
  const view = await viewRecorded(state, ports);
  const { lockfile, conflicts } = view;
  const stored = await readBaseline(view, ports);
  const generated = await recognizeByForm(view.generated, view, ports);
  const files = await checkFiles({ generated, conflicts }, ports, stored.contents);
  const data = lockfile.data === undefined ? [] : await checkDataFiles(lockfile, ports);
  const isClean = state.pending === undefined && files.every((file) => file.state === 'as-generated' || file.state === 'reformatted');
  const waiting = state.pending && (await describeWaiting(state.pending, ports));
  return { packs: state.lockfile.packs, files, pending: conflicts, ...(waiting && { waiting }), baseline: stored.state, data, isClean };
}

/** Every file of the last generation and how it is on disk, by path. Whether only its form differs is known where its bytes are in `baseline`. */
export async function checkFiles(
  { generated, conflicts }: Pick<RecordedView, 'generated' | 'conflicts'>,
  { project }: Pick<Ports, 'project'>,
  baseline: Baseline = new Map(),
): Promise<readonly CheckedFile[]> {
  const open = new Map(conflicts.filter(({ isSettled }) => !isSettled).map((conflict) => [conflict.path, conflict]));
  const disk = await project.survey(generated.keys());
  const locked = [...generated.values()];
  const reformatted = await findReformatted({ locked, disk, baseline }, project);
  const files = locked.map((file): CheckedFile => {
    const { class: pathClass, action, reason } = decideFile(file, disk.get(file.path), reformatted.has(file.path));
    const conflict = open.get(file.path);
    const shown =
      conflict === undefined
        ? { state: STATES[pathClass] ?? 'edited', class: pathClass, action: action === 'merge' ? ('keep' as const) : action, reason }
        : { state: 'conflicted' as const, class: 'both-changed' as const, action: 'keep' as const, reason: describeConflict(conflict) };
    return { path: file.path, ...shown, packs: file.packs };
  });
  return files.sort((a, b) => compareText(a.path, b.path));
}

async function describeWaiting({ operation, packs }: Pending, ports: Pick<Ports, 'project'>): Promise<WaitingChange> {
  const change = await findPendingChange(ports);
  return { operation, packs, ...(change && { since: change.finishedAt }) };
}

const STATES: { readonly [C in PathClass]?: FileState } = {
  unchanged: 'as-generated',
  reformatted: 'reformatted',
  missing: 'missing',
  replaced: 'replaced',
};

function describeConflict({ beside }: CheckedConflict): string {
  return beside === undefined ? 'marked in the file' : `the pack's version stands in ${beside}`;
}

function decideFile(locked: LockedFile, entry: DiskEntry | undefined, isLike: boolean): Decision {
  const generated = fileIdentity(locked.sha256, locked.mode);
  const onDisk = entry?.kind === 'file' ? fileIdentity(entry.digest, entry.mode) : undefined;
  const isObstacle = entry !== undefined && entry.kind !== 'file';
  const decision = decide({ wanted: generated, generated, onDisk, isObstacle, isLike: isLike ? 'generated' : undefined });
  return isObstacle ? { ...decision, reason: describeObstacle(entry, decision) } : decision;
}

interface ReformattedRequest {
  readonly locked: readonly LockedFile[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly baseline: Baseline;
}

/** Files that differ in their form alone; none where their last generation is not stored. */
async function findReformatted(
  { locked, disk, baseline }: ReformattedRequest,
  project: Ports['project'],
): Promise<ReadonlySet<ProjectPath>> {
  const found = new Set<ProjectPath>();
  for (const { path, sha256, mode, masked = sha256 } of locked) {
    const entry = disk.get(path);
    const base = baseline.get(masked);
    if (entry?.kind !== 'file' || entry.digest === sha256 || isExecutable(entry.mode) !== isExecutable(mode) || base === undefined)
      continue;
    const [was, is] = [base, await project.readFile(path)].map((bytes) => bytes && decodeText(bytes));
    if (was !== undefined && is !== undefined && isSameButForForm(is, was, path)) found.add(path);
  }
  return found;
}
