import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { FileTree } from '../../core/tree/file-tree.ts';
import { isThere } from './move-pack.ts';
import { removeTree, writableMode, writeTree } from './stored-tree.ts';

/**
 * Unpacks packs into a directory, each below its id, by renames after everything was written. A failure takes back what was placed.
 * @throws PacksmithError `TARGET_IN_THE_WAY` when one of them is there already, unless it is to be replaced.
 */
export function unpackPacks(directory: string, packs: ReadonlyMap<string, FileTree>, replace: boolean): void {
  const standing = [...packs.keys()].filter((id) => isThere(join(directory, id)));
  if (standing.length > 0 && !replace) {
    throw new PacksmithError('TARGET_IN_THE_WAY', `${directory} has ${standing.join(', ')} already`);
  }
  mkdirSync(directory, { recursive: true });
  const work = join(directory, `.packsmith-${randomBytes(6).toString('hex')}`);
  mkdirSync(work);
  const undo: (() => void)[] = [];
  try {
    const staged = [...packs].map(([id, tree], index) => {
      writeTree(join(work, `new-${index}`), tree, writableMode);
      return { target: join(directory, id), from: join(work, `new-${index}`), aside: join(work, `old-${index}`) };
    });
    for (const { target, from, aside } of staged) place({ target, from, aside, undo });
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  } finally {
    removeTree(work);
  }
}

interface Placement {
  readonly target: string;
  readonly from: string;
  readonly aside: string;
  readonly undo: (() => void)[];
}

function place({ target, from, aside, undo }: Placement): void {
  mkdirSync(dirname(target), { recursive: true });
  if (isThere(target)) {
    renameSync(target, aside);
    undo.push(() => renameSync(aside, target));
  }
  renameSync(from, target);
  undo.push(() => renameSync(target, from));
}
