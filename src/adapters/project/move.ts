import { constants, copyFileSync, cpSync, linkSync, lstatSync, mkdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';

/** The temporary name beside a path, used where a rename cannot reach; recovery removes what a crash leaves under it. */
export function besideName(full: string, id: string): string {
  return `${full}.${id}.tmp`;
}

/**
 * Moves a file or a directory in one step. Where the target is on another file system, such as a mounted directory of the project, it is
 * copied beside the target first, so that the target appears in one step all the same.
 */
export function move(from: string, to: string, id: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isErrno(error, 'EXDEV')) throw error;
    const temporary = besideName(to, id);
    rmSync(temporary, { recursive: true, force: true });
    cpSync(from, temporary, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    renameSync(temporary, to);
    rmSync(from, { recursive: true });
  }
}

/** Keeps a second name, or a copy where that cannot be, of a file that is about to be replaced. */
export function keep(from: string, to: string): void {
  // Almost never: a crash came between the two steps of an earlier attempt.
  if (lookAt(to) !== undefined) rmSync(to);
  // With a third name somewhere, whoever writes through that one would change what is kept.
  if (lstatSync(from).nlink === 1 && tryLink(from, to)) return;
  copyFileSync(from, to, constants.COPYFILE_EXCL);
}

/** Removes a directory if it is empty and there. */
export function removeIfEmpty(full: string): boolean {
  try {
    rmdirSync(full);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY', 'EPERM', 'EACCES')) return false;
    throw error;
  }
}

/** Removes a file if it is there. */
export function removeFile(full: string): void {
  try {
    unlinkSync(full);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
}

/** Makes a directory and its parents. @returns those that were made, outermost first. */
export function makeDirectories(full: string): string[] {
  const first = mkdirSync(full, { recursive: true });
  if (first === undefined) return [];
  const made: string[] = [];
  for (let current = full; ; current = dirname(current)) {
    made.unshift(current);
    if (current === first || dirname(current) === current) return made;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isErrno(error, 'EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES')) return false;
    throw error;
  }
}
