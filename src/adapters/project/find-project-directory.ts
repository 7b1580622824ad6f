import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCKFILE_PATH, MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import { describeLocal } from './layout.ts';

/** The nearest project at or above a directory: the first that has packsmith.lock or packsmith.toml. Without one, the directory itself. Absolute in and out. */
export function findProjectDirectory(start: string): string {
  return findUpwards(start, isProject);
}

/** As `findProjectDirectory`, where a directory with an undo log counts as well: a merge, or a single template, makes no project. */
export function findChangedDirectory(start: string): string {
  return findUpwards(start, (directory) => isProject(directory) || existsSync(describeLocal(directory).undo));
}

function isProject(directory: string): boolean {
  return existsSync(join(directory, LOCKFILE_PATH)) || existsSync(join(directory, MANIFEST_PATH));
}

function findUpwards(start: string, isFound: (directory: string) => boolean): string {
  for (let directory = start; ; directory = dirname(directory)) {
    if (isFound(directory)) return directory;
    if (dirname(directory) === directory) return start;
  }
}
