import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { type FileEntry, type FileTree, isExecutable } from '../../core/tree/file-tree.ts';
import { findPackPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { computeTreeIntegrity } from '../sources/tree-integrity.ts';

/**
 * Writes a tree below a directory that does not exist yet; its parent does.
 * @returns every file and directory made.
 */
export function writeTree(directory: string, tree: FileTree, mode: (entry: FileEntry) => number): string[] {
  const made = new Set<string>([directory]);
  mkdirSync(directory, { mode: 0o755 });
  for (const [path, entry] of tree) {
    const problem = findPackPathProblem(path);
    if (problem !== undefined)
      throw new PacksmithError('PATH_ESCAPES_PROJECT', `${JSON.stringify(path)} cannot be part of a pack: ${problem}`);
    const full = join(directory, path);
    makeParents(dirname(full), made);
    writeFileSync(full, entry.content, { flag: 'wx', mode: 0o600 });
    chmodSync(full, mode(entry));
    made.add(full);
  }
  return [...made];
}

/** Stored files are read-only, so that an editor or a template that misbehaves meets a wall. */
export function readOnlyMode({ mode }: FileEntry): number {
  return isExecutable(mode) ? 0o555 : 0o444;
}

export function writableMode({ mode }: FileEntry): number {
  return isExecutable(mode) ? 0o755 : 0o644;
}

/**
 * Reads a stored tree and compares its hash with the integrity it is stored under, before anybody looks into it.
 * @returns `undefined` when the directory does not exist.
 * @throws PacksmithError `STORE_DAMAGED` when anything differs, or something that no pack has stands in it.
 */
export function readStoredTree(directory: string, integrity: string): FileTree | undefined {
  if (lookAt(directory) === undefined) return undefined;
  const tree = new Map<ProjectPath, FileEntry>();
  try {
    readInto(tree, directory, '');
  } catch (error) {
    if (error instanceof PacksmithError) throw error;
    if (!isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR')) throw error;
    throw damaged(directory, 'a file cannot be read', error);
  }
  if (computeTreeIntegrity(tree) !== integrity) throw damaged(directory, 'its files are not those that were installed');
  return tree;
}

function readInto(tree: Map<ProjectPath, FileEntry>, directory: string, below: string): void {
  for (const entry of readdirSync(join(directory, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) readInto(tree, directory, path);
    else if (!entry.isFile()) throw damaged(directory, `${path} is no plain file`);
    else {
      const full = join(directory, path);
      tree.set(path as ProjectPath, { content: readFileSync(full), mode: isExecutable(lstatSync(full).mode) ? 0o755 : 0o644 });
    }
  }
}

function damaged(directory: string, reason: string, cause?: unknown): PacksmithError {
  return new PacksmithError('STORE_DAMAGED', `the stored pack ${directory} is damaged: ${reason}`, cause === undefined ? {} : { cause });
}

/** The bytes and the number of all plain files below a directory. */
export function measureDirectory(directory: string): { readonly bytes: number; readonly files: number } {
  let bytes = 0;
  let files = 0;
  if (lookAt(directory)?.isDirectory() !== true) return { bytes, files };
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    files += 1;
    bytes += lookAt(join(entry.parentPath, entry.name))?.size ?? 0;
  }
  return { bytes, files };
}

/** Removes a directory with all that is in it, also where somebody took away the right to. */
export function removeTree(directory: string): void {
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch (error) {
    if (!isErrno(error, 'EACCES', 'EPERM')) throw error;
    makeWritable(directory);
    rmSync(directory, { recursive: true, force: true });
  }
}

function makeWritable(directory: string): void {
  if (lookAt(directory)?.isDirectory() !== true) return;
  chmodSync(directory, 0o755);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) makeWritable(join(directory, entry.name));
  }
}

function makeParents(directory: string, made: Set<string>): void {
  if (made.has(directory)) return;
  makeParents(dirname(directory), made);
  mkdirSync(directory, { mode: 0o755 });
  made.add(directory);
}
