import { readdirSync } from 'node:fs';
import { isErrno } from '../files/errno.ts';
import { recordFact, type StatFact } from './catalogue-index.ts';

/** Facts about a directory and everything below it: when they hold, no file was added, taken away or changed. */
export function recordTree(directory: string): StatFact[] {
  return [
    recordFact(directory),
    ...listDirectory(directory).flatMap((entry) => recordEntry(`${directory}/${entry.name}`, entry.isDirectory())),
  ];
}

function recordEntry(path: string, isDirectory: boolean): StatFact[] {
  return isDirectory ? recordTree(path) : [recordFact(path)];
}

function listDirectory(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
