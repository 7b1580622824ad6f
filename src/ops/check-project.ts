import type { LockedFile, LockedPack } from '../core/lockfile/lockfile.ts';
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
  /** Whether every file is as it was generated. */
  readonly isClean: boolean;
}

/** Compares every generated file with what is on disk. @throws PacksmithError `PROJECT_NOT_FOUND`, `LOCKFILE_INVALID`. */
export async function checkProject(_request: object, ports: Pick<Ports, 'project' | 'reporter'>): Promise<ProjectStatus> {
  const { lockfile } = await requireProject(ports);
  const disk = await ports.project.survey(lockfile.files.map(({ path }) => path));
  const files = lockfile.files
    .map((file): CheckedFile => ({ path: file.path, state: stateOf(file, disk.get(file.path)), packs: file.packs }))
    .sort((a, b) => compareText(a.path, b.path));
  return { packs: lockfile.packs, files, isClean: files.every(({ state }) => state === 'as-generated') };
}

function stateOf({ sha256, mode }: LockedFile, entry: DiskEntry | undefined): FileState {
  if (entry === undefined) return 'missing';
  if (entry.kind !== 'file') return 'conflicted';
  return entry.digest === sha256 && isExecutable(entry.mode) === isExecutable(mode) ? 'as-generated' : 'edited';
}
