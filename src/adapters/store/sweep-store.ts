import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SweepReport, SweepRequest } from '../../ports/pack-store.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { readInstalledFile } from './installed-file.ts';
import { isThere } from './move-pack.ts';
import { listTransactionIds } from './settle-transactions.ts';
import { describeTransactionFiles, type StoreLayout, storedDirectory } from './store-layout.ts';
import { measureDirectory, removeTree } from './stored-tree.ts';

/** Removes, or only counts, what no installed pack is, what transactions left, and what was downloaded. Call it with the lock held, and settled. */
export function sweepStore(layout: StoreLayout, request: SweepRequest): SweepReport {
  const unused = request.store ? listUnused(layout) : [];
  const transactions = request.store ? listTransactionIds(layout).map((id) => describeTransactionFiles(layout, id).directory) : [];
  const storeBytes = [...unused, ...transactions].reduce((sum, directory) => sum + measureDirectory(directory).bytes, 0);
  const cache = request.cache ? measureDirectory(layout.cache) : { bytes: 0, files: 0 };
  if (!request.dryRun) {
    for (const directory of [...unused, ...transactions]) removeTree(directory);
    for (const group of new Set(unused.map((directory) => dirname(directory)))) if (names(group).length === 0) removeTree(group);
    if (request.cache) emptyDirectory(layout.cache);
  }
  return { packs: unused.length, transactions: transactions.length, storeBytes, cacheFiles: cache.files, cacheBytes: cache.bytes };
}

/** Directories of the store that are no installed pack, half-copied ones among them. */
function listUnused(layout: StoreLayout): string[] {
  const used = new Set(readInstalledFile(layout).lock.packs.map(({ integrity }) => storedDirectory(layout, integrity)));
  return directories(layout.store).flatMap((group) =>
    names(join(layout.store, group))
      .map((name) => join(layout.store, group, name))
      .filter((directory) => !used.has(directory)),
  );
}

/** A link among them leads elsewhere, and what is there is nobody's of ours. */
function directories(directory: string): string[] {
  return names(directory).filter((name) => lookAt(join(directory, name))?.isDirectory() === true);
}

function emptyDirectory(directory: string): void {
  if (!isThere(directory)) return;
  for (const name of names(directory)) rmSync(join(directory, name), { recursive: true, force: true });
}

function names(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}
