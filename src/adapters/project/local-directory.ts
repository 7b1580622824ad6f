import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import type { LocalLayout } from './layout.ts';
import { makeDirectories, removeIfEmpty } from './move.ts';

/** The project's directory and `.packsmith/local` in it: made when they are needed, and removed again when nothing came of it. */
export class LocalDirectory {
  readonly #root: string;
  readonly #local: LocalLayout;
  /** What was made, outermost first; a file last. */
  readonly #made: string[] = [];

  constructor(root: string, local: LocalLayout) {
    this.#root = root;
    this.#local = local;
  }

  /** The directories that were made, to be made durable. */
  get made(): readonly string[] {
    return this.#made;
  }

  /** @throws PacksmithError `PATH_BLOCKED` when one of the directories is something else, such as a link. */
  ensure(): void {
    const root = statSync(this.#root, { throwIfNoEntry: false });
    if (root !== undefined && !root.isDirectory()) throw blocked(this.#root);
    if (root === undefined) this.#made.push(...makeDirectories(this.#root));
    const { directory, transactions, undo } = this.#local;
    for (const path of [dirname(directory), directory, transactions, undo]) this.#ensureDirectory(path);
    this.#ensureIgnored(join(directory, '.gitignore'));
  }

  /** Removes what `ensure` made, as far as nothing else was put there since. */
  discard(): void {
    for (const path of this.#made.toReversed()) {
      if (path.endsWith('.gitignore')) rmSync(path, { force: true });
      else removeIfEmpty(path);
    }
    this.#made.length = 0;
  }

  #ensureDirectory(path: string): void {
    if (assertPlain(path)) return;
    try {
      mkdirSync(path);
      this.#made.push(path);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }

  #ensureIgnored(path: string): void {
    try {
      writeFileSync(path, '*\n', { flag: 'wx' });
      this.#made.push(path);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
}

/** Whether there is anything below `.packsmith/local`. @throws PacksmithError `PATH_BLOCKED` when it is reached through a link. */
export function hasLocal({ directory, transactions, undo }: LocalLayout): boolean {
  return hasLocalDirectory(directory) && [transactions, undo].map(assertPlain).some(Boolean);
}

/** @throws PacksmithError `PATH_BLOCKED` when `.packsmith/local` is reached through a link. */
export function hasLocalDirectory(directory: string): boolean {
  return assertPlain(dirname(directory)) && assertPlain(directory);
}

/** True when the directory is there, false when nothing is. */
function assertPlain(path: string): boolean {
  const stats = lookAt(path);
  if (stats !== undefined && !stats.isDirectory()) throw blocked(path);
  return stats !== undefined;
}

function blocked(path: string): PacksmithError {
  return new PacksmithError('PATH_BLOCKED', `${path} is not a plain directory`, { hint: 'move it out of the way' });
}
