import type { LockedFile, LockedPack } from '../core/lockfile/lockfile.ts';
import type { PendingConflict } from '../core/lockfile/pending.ts';
import { compareText } from '../core/text/compare-text.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import { isExecutable } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';
import { type ProjectState, requireProject } from './load-project.ts';
import { type BaselinePorts, readBaseline, type StoredBaseline } from './read-baseline.ts';
import { recognizeByForm } from './recognize-masked.ts';

export type FileState = 'as-generated' | 'edited' | 'missing' | 'conflicted';

export interface CheckedFile {
  readonly path: ProjectPath;
  readonly state: FileState;
  readonly packs: readonly string[];
}

export interface ProjectStatus {
  readonly packs: readonly LockedPack[];
  /** Every generated file, by path. */
  readonly files: readonly CheckedFile[];
  /** Conflicts that the last change left to settle. */
  readonly pending: readonly PendingConflict[];
  /** The stored bytes of the last generation, from which updates are merged. */
  readonly baseline: StoredBaseline['state'];
  /** Whether every file is as it was generated. */
  readonly isClean: boolean;
}

/** Compares every generated file with what is on disk. @throws PacksmithError `PROJECT_NOT_FOUND`, `LOCKFILE_INVALID`. */
export async function checkProject(_request: object, ports: BaselinePorts & Pick<Ports, 'reporter'>): Promise<ProjectStatus> {
  const state = await requireProject(ports);
  const { lockfile, pending } = state;
  const generated = await recognizeByForm(state.generated, lockfile, ports);
  const files = await checkFiles({ ...state, generated }, ports);
  const { state: baseline } = await readBaseline(lockfile, ports);
  const isClean = files.every((file) => file.state === 'as-generated');
  return { packs: lockfile.packs, files, pending: pending?.conflicts ?? [], baseline, isClean };
}

/** Every file of the last generation and how it is on disk, by path. */
export async function checkFiles(
  { generated, pending }: ProjectState,
  { project }: Pick<Ports, 'project'>,
): Promise<readonly CheckedFile[]> {
  const open = new Set(pending?.conflicts.map(({ path }) => path));
  const disk = await project.survey(generated.keys());
  const files = [...generated.values()].map(
    (file): CheckedFile => ({
      path: file.path,
      state: open.has(file.path) ? 'conflicted' : stateOf(file, disk.get(file.path)),
      packs: file.packs,
    }),
  );
  return files.sort((a, b) => compareText(a.path, b.path));
}

function stateOf({ sha256, mode }: LockedFile, entry: DiskEntry | undefined): FileState {
  if (entry === undefined) return 'missing';
  if (entry.kind !== 'file') return 'conflicted';
  return entry.digest === sha256 && isExecutable(entry.mode) === isExecutable(mode) ? 'as-generated' : 'edited';
}
