import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodePackRepository } from '../../src/adapters/sources/node-pack-repository.ts';
import type { Pack } from '../../src/core/pack/pack.ts';

/** The directory of the shipped packs. */
export const SHIPPED = fileURLToPath(new URL('../../packs', import.meta.url));

/** Their ids, which are the names of their directories, in order. */
export const SHIPPED_IDS: readonly string[] = readdirSync(SHIPPED).sort();

/** Reads every shipped pack as it is in the working tree. */
export async function loadShippedPacks(): Promise<readonly Pack[]> {
  const cache = mkdtempSync(join(tmpdir(), 'packsmith-shipped-'));
  const repository = new NodePackRepository({
    roots: [],
    scope: { tool: 'test', workingDirectory: SHIPPED, shippedDirectory: SHIPPED, configFile: join(cache, 'none'), dataDirectory: cache },
    cacheDirectory: cache,
    now: () => 0,
  });
  try {
    return await Promise.all(SHIPPED_IDS.map((id) => repository.load({ kind: 'path', path: join(SHIPPED, id) })));
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}
