import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { LockedData, Lockfile } from '../../core/lockfile/lockfile.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';

/** `unknown` is a file outside the project that the user of this machine never named: it is not looked at. */
export type DataState = 'as-read' | 'changed' | 'missing' | 'unknown';

export interface CheckedData {
  readonly pack: string;
  /** Its name in `[data]`. */
  readonly name: string;
  /** Below the project, or relative to its root. */
  readonly path: string;
  readonly state: DataState;
}

/** Compares the data of the last generation with what is there now; data of the packs themselves changes only with their versions. */
export async function checkDataFiles(
  { data = [] }: Lockfile,
  ports: Pick<Ports, 'project' | 'dataFiles' | 'hash'>,
): Promise<readonly CheckedData[]> {
  const own = data.filter(({ place }) => place !== 'pack');
  return Promise.all(
    own.map(async (entry) => ({ pack: entry.pack, name: entry.name, path: entry.path, state: await stateOf(entry, ports) })),
  );
}

async function stateOf(
  { place, path, sha256 }: LockedData,
  { project, dataFiles, hash }: Pick<Ports, 'project' | 'dataFiles' | 'hash'>,
): Promise<DataState> {
  const full = resolve(project.root, path);
  if (place === 'outside' && !dataFiles.wasNamed({ project: project.root, path: full })) return 'unknown';
  try {
    const bytes = await (place === 'outside' ? dataFiles.read(full) : project.readFile(path as ProjectPath));
    if (bytes === undefined) return 'missing';
    return hash(bytes) === sha256 ? 'as-read' : 'changed';
  } catch (error) {
    // Something else stands there, or it is too large to have been read.
    if (error instanceof PacksmithError && ['PATH_BLOCKED', 'FILE_UNREADABLE', 'LIMIT_EXCEEDED'].includes(error.code)) return 'changed';
    throw error;
  }
}
