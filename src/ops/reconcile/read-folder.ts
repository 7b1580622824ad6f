import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { BASELINE_PATH, LOCKFILE_PATH, MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import { compareText } from '../../core/text/compare-text.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PassedOver, ProjectDir } from '../../ports/project-dir.ts';

export interface FolderTree {
  readonly files: FileTree;
  /** Links and what else is no plain file; they are not in the tree. */
  readonly others: readonly ProjectPath[];
  /** Files and directories whose names no project can have. */
  readonly unportable: readonly string[];
}

const RECORDS: readonly string[] = [MANIFEST_PATH, LOCKFILE_PATH];
const RECORDS_DIRECTORY = BASELINE_PATH.slice(0, BASELINE_PATH.indexOf('/') + 1);

/** Larger trees are no generated ones. */
const MAX_BYTES = 1024 * 1024 * 1024;

/** Every plain file of a folder but packsmith's own records and what belongs to git. @throws PacksmithError `FILE_NOT_FOUND`, `LIMIT_EXCEEDED`. */
export async function readFolder(folder: ProjectDir): Promise<FolderTree> {
  const { exists } = await folder.inspect();
  if (!exists) throw new PacksmithError('FILE_NOT_FOUND', `there is no directory ${folder.root}`, { where: { file: folder.root } });
  const paths = (await folder.listFiles()).filter((path) => !RECORDS.includes(path) && !path.startsWith(RECORDS_DIRECTORY));
  const disk = await folder.survey(paths);
  const sizes = paths.map((path) => sizeOf(disk.get(path)));
  if (sizes.reduce((total, size) => total + size, 0) > MAX_BYTES)
    throw new PacksmithError('LIMIT_EXCEEDED', `${folder.root} has more than 1 GiB of files, which are too many to merge`);
  const files = new Map<ProjectPath, { content: Uint8Array; mode: number }>();
  for (const path of paths) {
    const entry = disk.get(path);
    const content = entry?.kind === 'file' ? await folder.readFile(path) : undefined;
    if (entry?.kind === 'file' && content !== undefined) files.set(path, { content, mode: entry.mode });
  }
  const passedOver = await folder.listPassedOver('');
  const pathsOf = (kind: PassedOver['because']) => passedOver.flatMap(({ path, because }) => (because === kind ? [path] : []));
  const others = [...paths.filter((path) => !files.has(path)), ...(pathsOf('kind') as ProjectPath[])].sort(compareText);
  return { files, others, unportable: pathsOf('name') };
}

function sizeOf(entry: { readonly kind: string; readonly size?: number } | undefined): number {
  return entry?.kind === 'file' ? (entry.size ?? 0) : 0;
}
