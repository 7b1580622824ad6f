import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packToml } from '../../testing/pack-fixture.ts';
import { NodePackRepository } from './node-pack-repository.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packsmith-repository-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(place: string, id: string): string {
  const directory = join(root, place, id);
  mkdirSync(join(directory, 'templates'), { recursive: true });
  writeFileSync(join(directory, 'pack.toml'), packToml({ id }));
  return directory;
}

describe('listing without the installed packs', () => {
  it('hashes none of them, and is as if they were not there', async () => {
    write('shipped', 'web');
    const installed = write('installed', 'web');
    let hashed = 0;
    const repository = new NodePackRepository({
      roots: [
        {
          kind: 'installed',
          directory: join(root, 'installed'),
          listPacks: () => new Map([[installed, 'web']]),
          readFiles: () => {
            hashed += 1;
            return new Map();
          },
        },
        { kind: 'builtin', directory: join(root, 'shipped') },
      ],
      scope: {
        tool: '0.1.0',
        workingDirectory: root,
        shippedDirectory: join(root, 'shipped'),
        configFile: join(root, 'config.toml'),
        dataDirectory: root,
      },
      cacheDirectory: join(root, 'cache'),
      now: () => Date.now() + 60_000,
    });
    const summary = async (...options: Parameters<NodePackRepository['list']>) =>
      (await repository.list(...options)).map(({ provenance, shadowedBy }) => [provenance.kind, shadowedBy?.kind]);
    // Twice each: the second time from the compiled catalogue, of which there is one for either.
    for (let round = 0; round < 2; round++) {
      expect(await summary({ without: 'installed' })).toEqual([['builtin', undefined]]);
      expect(hashed).toBe(round);
      expect(await summary()).toEqual([
        ['installed', undefined],
        ['builtin', 'installed'],
      ]);
      expect(hashed).toBe(1);
    }
  });
});
