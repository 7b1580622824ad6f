import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from '../../files/errno.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Whether a directory is the root of a git repository that has tags: read from its files, since git would run what its settings name.
 * False for a work tree whose `.git` is a file, for a file, and where nothing may be read: only a warning depends on it.
 */
export function isTaggedRepository(directory: string): boolean {
  const git = join(directory, '.git');
  try {
    return hasLooseTags(join(git, 'refs', 'tags')) || hasPackedTags(join(git, 'packed-refs'));
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM', 'ENOTDIR', 'ELOOP')) return false;
    throw error;
  }
}

function hasLooseTags(directory: string): boolean {
  return statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true && readdirSync(directory).length > 0;
}

function hasPackedTags(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size <= MAX_BYTES && readFileSync(file, 'latin1').includes(' refs/tags/');
}
