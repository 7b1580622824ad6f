import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCKFILE_PATH, MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';

/** The nearest project at or above a directory: the first that has packsmith.lock or packsmith.toml. Without one, the directory itself. Absolute in and out. */
export function findProjectDirectory(start: string): string {
  for (let directory = start; ; directory = dirname(directory)) {
    if (existsSync(join(directory, LOCKFILE_PATH)) || existsSync(join(directory, MANIFEST_PATH))) return directory;
    if (dirname(directory) === directory) return start;
  }
}
