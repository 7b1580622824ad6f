import type { LockedFile, LockedPack } from '../core/lockfile/lockfile.ts';
import type { PendingConflict } from '../core/lockfile/pending.ts';
import { compareText } from '../core/text/compare-text.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import { isExecutable } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { Ports } from '../ports/ports.ts';
import { requireProject } from './load-project.ts';

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
  /** Whether every file is as it was generated. */
  readonly isClean: boolean;
}

/** Compares every generated file with what is on disk. @throws PacksmithError `PROJECT_NOT_FOUND`, `LOCKFILE_INVALID`. */
export async function checkProject(_request: object, ports: Pick<Ports, 'project' | 'reporter'>): Promise<ProjectStatus> {
  const { lockfile, pending } = await requireProject(ports);
  const open = new Set(pending?.conflicts.map(({ path }) => path));
  const disk = await ports.project.survey(lockfile.files.map(({ path }) => path));
  const files = lockfile.files
    .map(
      (file): CheckedFile => ({
        path: file.path,
        state: open.has(file.path) ? 'conflicted' : stateOf(file, disk.get(file.path)),
        packs: file.packs,
      }),
    )
    .sort((a, b) => compareText(a.path, b.path));
  return { packs: lockfile.packs, files, pending: pending?.conflicts ?? [], isClean: files.every(({ state }) => state === 'as-generated') };
}

function stateOf({ sha256, mode }: LockedFile, entry: DiskEntry | undefined): FileState {
  if (entry === undefined) return 'missing';
  if (entry.kind !== 'file') return 'conflicted';
  return entry.digest === sha256 && isExecutable(entry.mode) === isExecutable(mode) ? 'as-generated' : 'edited';
}
