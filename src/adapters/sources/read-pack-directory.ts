import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { findLimitProblem } from '../../core/manifest/limits.ts';
import { type FileEntry, type FileTree, isExecutable } from '../../core/tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import { isErrno } from '../files/errno.ts';

/** What stands in a pack's directory but is not part of the pack. */
const IGNORED = new Set(['.git', '.packsmith', 'node_modules', '.DS_Store']);

/**
 * Reads every file of a pack's directory. Modes are reduced to 0644 and 0755, so that a pack is the same whatever the umask was.
 * @throws PacksmithError `PACK_UNREADABLE` for links, devices, unsafe names and files that cannot be read; `PACK_TOO_LARGE` over a limit.
 */
export function readPackDirectory(directory: string): FileTree {
  const tree = new Map<ProjectPath, FileEntry>();
  let bytes = 0;
  for (const path of listPackFiles(directory)) {
    const file = join(directory, path);
    const { mode, size } = statSync(file);
    bytes += size;
    checkSizes({ path, size, bytes, files: tree.size + 1 });
    tree.set(path, { content: readFile(file), mode: isExecutable(mode) ? 0o755 : 0o644 });
  }
  return tree;
}

/** The paths of all files of a pack, sorted by code unit within each directory. @throws as `readPackDirectory` does. */
export function* listPackFiles(directory: string, below = ''): Generator<ProjectPath> {
  const entries = readDirectory(join(directory, below)).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (IGNORED.has(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    const problem = findPackPathProblem(path);
    if (problem !== undefined) throw unreadable(directory, `${JSON.stringify(path)} cannot be part of a pack: ${problem}`);
    if (entry.isDirectory()) yield* listPackFiles(directory, path);
    else if (entry.isFile()) yield path as ProjectPath;
    else throw unreadable(directory, `${path} is ${entry.isSymbolicLink() ? 'a symbolic link' : 'no plain file'}`);
  }
}

interface Sizes {
  readonly path: string;
  readonly size: number;
  readonly bytes: number;
  readonly files: number;
}

function checkSizes({ path, size, bytes, files }: Sizes): void {
  const fileProblem = findLimitProblem('templateFileBytes', size);
  const problem =
    findLimitProblem('packFiles', files) ?? findLimitProblem('packBytes', bytes) ?? (fileProblem && `${path}: ${fileProblem}`);
  if (problem !== undefined) throw new PacksmithError('PACK_TOO_LARGE', problem);
}

function readDirectory(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR'))
      throw new PacksmithError('PACK_NOT_FOUND', `there is no directory ${directory}`, { cause: error });
    throw unreadable(directory, 'the directory cannot be listed', error);
  }
}

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, 'the file cannot be read', error);
  }
}

function unreadable(where: string, what: string, cause?: unknown): PacksmithError {
  return new PacksmithError('PACK_UNREADABLE', `${where}: ${what}`, cause === undefined ? {} : { cause });
}
