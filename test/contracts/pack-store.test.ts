import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NodePackStore } from '../../src/adapters/store/node-pack-store.ts';
import { MemoryPackStore } from '../../src/testing/memory-pack-store.ts';
import { makeTemporaryDirectories, putFile, readTree } from '../support/real-project.ts';
import { describePackStoreContract } from './pack-store.ts';

const makeDirectory = makeTemporaryDirectories();

describePackStoreContract('on disk', () => {
  const home = makeDirectory();
  const directories = { data: join(home, 'data'), state: join(home, 'state'), cache: join(home, 'cache') };
  const open = () => new NodePackStore(directories, { now: () => new Date().toISOString(), lockWaitMilliseconds: 0 });
  return {
    open,
    damage: (integrity, files) => {
      const directory = open().locate(integrity);
      rmSync(directory, { recursive: true });
      for (const [path, { content, mode }] of files) putFile(directory, path, content, mode);
      chmodSync(directory, 0o755);
    },
    readUnpacked: readTree,
    unpackDirectory: join(home, 'packs'),
  };
});

describePackStoreContract('in memory', () => {
  const store = new MemoryPackStore();
  return {
    open: () => store,
    damage: (integrity, files) => store.damage(integrity, files),
    readUnpacked: (directory) => {
      const packs = [...(store.unpacked.get(directory) ?? [])];
      const files = packs.flatMap(([id, tree]) =>
        [...tree].map(([path, { content }]) => [`${id}/${path}`, new TextDecoder().decode(content)]),
      );
      return Object.fromEntries(files) as Record<string, string>;
    },
    unpackDirectory: 'packs',
  };
});
