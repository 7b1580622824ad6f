import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isErrno } from '../files/errno.ts';

const IGNORED = new Set(['node_modules']);
const DEPTH = 6;

/**
 * The directories of packs at and below a directory, in the order of their paths. What is inside a pack is a part of it, and neither links nor hidden
 * directories are followed. @throws PacksmithError `FILE_NOT_FOUND` where there is no such directory.
 */
export function findPacksBelow(directory: string): string[] {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new PacksmithError('FILE_NOT_FOUND', `there is no directory ${directory}`);
  }
  return findIn(directory, DEPTH);
}

function findIn(directory: string, depth: number): string[] {
  if (existsSync(join(directory, 'pack.toml'))) return [directory];
  return depth === 0 ? [] : subDirectories(directory).flatMap((name) => findIn(join(directory, name), depth - 1));
}

function subDirectories(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !IGNORED.has(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM')) return [];
    throw error;
  }
}
