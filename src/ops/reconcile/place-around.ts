import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import { type Placement, type PlacementRequest, placeFiles } from '../../core/reconcile/place-files.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import { isExecutable } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PlanningPorts } from '../project/plan-request.ts';

/**
 * Places files, and sees nothing where only files are in the way that leave now: of a directory that becomes a file, or a file that becomes a
 * directory, those that are as generated (`isLike`: but for their form) and those that go to a new path. Gives the disk without them.
 * An empty directory, or what belongs to git, is in the way like any file of the user's.
 */
export async function placeAround(
  request: Omit<PlacementRequest, 'isTaken'>,
  disk: ReadonlyMap<ProjectPath, DiskEntry>,
  { project, isLike }: Pick<PlanningPorts, 'project'> & { readonly isLike: (locked: LockedFile) => Promise<boolean> },
): Promise<{ readonly disk: ReadonlyMap<ProjectPath, DiskEntry>; readonly placements: readonly Placement[] }> {
  const { desired, generated } = request;
  const removed = [...generated.values()].filter(({ path, output = path }) => disk.get(path)?.kind === 'file' && !desired.has(output));
  const inTheWay = [...disk].filter(
    ([path, entry]) => desired.has(path) && (entry.kind === 'directory' || (entry.kind === 'blocked' && !entry.isLink)),
  );
  if (removed.length === 0 || inTheWay.length === 0)
    return { disk, placements: placeFiles({ ...request, isTaken: (path) => disk.has(path) }) };
  const directories = inTheWay.flatMap(([path, { kind }]) => (kind === 'directory' ? [path] : []));
  const files = directories.length === 0 ? [] : await project.listFiles();
  // What is not listed would keep a directory from going.
  const others = new Set<ProjectPath>();
  for (const path of directories) if ((await project.listPassedOver(path)).length > 0) others.add(path);
  const without = (leaving: ReadonlySet<string>): Map<ProjectPath, DiskEntry> => {
    const cleared = inTheWay.filter(([path, entry]) => !others.has(path) && isOnly(entry, { path, leaving, files })).map(([path]) => path);
    return new Map([...disk].filter(([path]) => !cleared.includes(path)));
  };
  const place = (seen: ReadonlyMap<ProjectPath, DiskEntry>): Placement[] => placeFiles({ ...request, isTaken: (path) => seen.has(path) });
  const asGenerated: LockedFile[] = [];
  for (const locked of removed) {
    const entry = disk.get(locked.path);
    if (entry?.kind !== 'file' || isExecutable(entry.mode) !== isExecutable(locked.mode)) continue;
    if (entry.digest === locked.sha256 || (await isLike(locked))) asGenerated.push(locked);
  }
  // Which files go to a new path is known only once they are placed.
  const hopeful = place(without(new Set(removed.map(({ path }) => path))));
  const renamed = hopeful.filter(({ how }) => how === 'renamed').map(({ current }) => current);
  const seen = without(new Set([...asGenerated.map(({ path }) => path), ...renamed]));
  return { disk: seen, placements: place(seen) };
}

interface InTheWay {
  readonly path: ProjectPath;
  readonly leaving: ReadonlySet<string>;
  readonly files: readonly ProjectPath[];
}

/** Whether nothing but leaving files is in the way. */
function isOnly(entry: DiskEntry, { path, leaving, files }: InTheWay): boolean {
  if (entry.kind === 'blocked') return leaving.has(entry.by);
  const inner = files.filter((file) => file.startsWith(`${path}/`));
  return inner.length > 0 && inner.every((file) => leaving.has(file));
}
