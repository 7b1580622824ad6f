import { cpSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { removeTree } from './stored-tree.ts';

/**
 * Moves a pack's directory, which appears at its new place as a whole. Between file systems it is copied beside its new place first.
 * What stands at the new place already must have been taken away.
 */
export function movePack(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isErrno(error, 'EXDEV')) throw error;
    const incoming = `${to}.incoming`;
    removeTree(incoming);
    cpSync(from, incoming, { recursive: true, preserveTimestamps: true, errorOnExist: true });
    renameSync(incoming, to);
    removeTree(from);
  }
}

export function isThere(path: string): boolean {
  return lookAt(path) !== undefined;
}
