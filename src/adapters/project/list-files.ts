import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareText } from '../../core/text/compare-text.ts';
import { findPathProblem, type ProjectPath } from '../../core/tree/project-path.ts';
import type { PassedOver } from '../../ports/project-dir.ts';
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

/** What `listProjectFiles` passes over below a directory, sorted by path, without `.packsmith/local`. */
export async function listPassedOver(root: string, below: string): Promise<PassedOver[]> {
  const found: PassedOver[] = [];
  const directories = [below];
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    const prefix = directory === '' ? '' : `${directory}/`;
    const all = readEntries(join(root, directory));
    if (all.length === 0 && directory !== '') found.push({ path: directory, because: 'empty' });
    const entries = all.map((entry) => ({ entry, path: prefix + entry.name })).filter(({ path }) => path !== LOCAL_PATH);
    for (const { entry, path } of entries) {
      const because = whyPassedOver(entry, path);
      if (because !== undefined) found.push({ path, because });
      else if (entry.isDirectory()) directories.push(path);
    }
  }
  return found.sort((a, b) => compareText(a.path, b.path));
}

function whyPassedOver(entry: Dirent, path: string): PassedOver['because'] | undefined {
  if (entry.name === '.git') return 'git';
  if (findPathProblem(path) !== undefined) return 'name';
  return entry.isDirectory() || entry.isFile() || entry.isSymbolicLink() ? undefined : 'kind';
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
