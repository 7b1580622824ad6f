import { lstatSync, type Stats } from 'node:fs';
import { isErrno } from './errno.ts';

/** What stands at a path, no link followed; `undefined` when nothing does, also because a file is where a directory would have to be. */
export function lookAt(full: string): Stats | undefined {
  try {
    return lstatSync(full, { throwIfNoEntry: false });
  } catch (error) {
    if (isErrno(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}
