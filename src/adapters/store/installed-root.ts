import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { PackRoot } from '../sources/scan-packs.ts';
import { readInstalledFile } from './installed-file.ts';
import { describeStore, integrityOfDirectory, type StoreDirectories, storedDirectory } from './store-layout.ts';
import { readStoredTree } from './stored-tree.ts';

/** The installed packs as a place of the catalogue: the lock names them, and each is hashed before its manifest is read. */
export function installedRoot(directories: StoreDirectories): PackRoot {
  const layout = describeStore(directories);
  return {
    kind: 'installed',
    directory: layout.lock,
    listPacks: () => listInstalled(layout),
    readFiles: (directory) => {
      const integrity = integrityOfDirectory(directory);
      const files = integrity === undefined ? undefined : readStoredTree(directory, integrity);
      if (files !== undefined) return files;
      throw new PacksmithError('STORE_DAMAGED', `an installed pack is missing in the store: ${directory}`);
    },
  };
}

/** A lock that cannot be read must not take `packs list` with it: whatever changes the store says what is wrong. */
function listInstalled(layout: ReturnType<typeof describeStore>): Map<string, string> {
  try {
    return new Map(readInstalledFile(layout).lock.packs.map(({ id, integrity }) => [storedDirectory(layout, integrity), id]));
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'INSTALLED_LOCK_INVALID') return new Map();
    throw error;
  }
}
