import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../core/text/compare-text.ts';
import { findPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import { isErrno } from '../files/errno.ts';
import { LOCAL_PATH } from './layout.ts';

/**
 * The paths of all files and links below a directory, sorted by code unit, without what is in `.git` and `.packsmith/local`. Names that are not
 * portable are left out, since no plan can name them.
 */
export async function listProjectFiles(root: string, isIgnored: (path: string) => boolean): Promise<ProjectPath[]> {
  const found: ProjectPath[] = [];
  const directories = [''];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    const prefix = directory === '' ? '' : `${directory}/`;
    const entries = readEntries(join(root, directory)).filter((entry) => !isSkipped(entry, prefix, isIgnored));
    for (const entry of entries) {
      if (entry.isDirectory()) directories.push(prefix + entry.name);
      else if (entry.isFile() || entry.isSymbolicLink()) found.push((prefix + entry.name) as ProjectPath);
    }
  }
  return found.sort(compareText);
}

function isSkipped(entry: Dirent, prefix: string, isIgnored: (path: string) => boolean): boolean {
  const path = prefix + entry.name;
  if (entry.name === '.git' || path === LOCAL_PATH || findPathProblem(path) !== undefined) return true;
  return isIgnored(entry.isDirectory() ? `${path}/` : path);
}

function readEntries(full: string): Dirent[] {
  try {
    return readdirSync(full, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}
