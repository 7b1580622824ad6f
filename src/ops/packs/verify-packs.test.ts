import { describe, expect, it } from 'vitest';
import type { InstalledLock, InstalledPack } from '../../core/install/installed-lock.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { StoredState } from '../../ports/pack-store.ts';
import type { ResolvePorts } from './resolved-packs.ts';
import { verifyPacks } from './verify-packs.ts';

const installed = (id: string, version: string, more: Partial<InstalledPack> = {}): InstalledPack => ({
  id: id as PackName,
  version,
  source: `${id}@${version}`,
  registry: undefined,
  integrity: `sha512-${id}`,
  archiveIntegrity: undefined,
  bytes: 1,
  dependencies: {},
  optional: {},
  requested: id,
  ...more,
});

function verify(packs: readonly InstalledPack[], states: Readonly<Record<string, StoredState>> = {}, ids: readonly string[] = []) {
  const lock: InstalledLock = { format: 1, packs };
  const store = { readInstalled: async () => ({ lock, digest: '' }), check: async (integrity: string) => states[integrity] ?? 'intact' };
  return verifyPacks({ ids, fix: false, offline: true }, { store } as unknown as ResolvePorts);
}

describe('installed packs', () => {
  it('are sound where all are intact and fit', async () => {
    const packs = [installed('web', '1.0.0', { dependencies: { core: '^1.0.0' }, optional: { logs: '^1.0.0', gone: '^1.0.0' } })];
    expect(await verify([...packs, installed('core', '1.2.0'), installed('logs', '1.0.0')])).toMatchObject({ isSound: true, fixed: [] });
  });

  it.each<[what: string, packs: InstalledPack[], problem: string]>([
    [
      'what is needed is not there',
      [installed('web', '1.0.0', { dependencies: { core: '^1.0.0' } })],
      'it needs core ^1.0.0, which is not installed',
    ],
    [
      'what is needed is another version',
      [installed('web', '1.0.0', { dependencies: { core: '^1.0.0' } }), installed('core', '2.0.0')],
      'it needs core ^1.0.0, and 2.0.0 is installed',
    ],
    [
      'what can be used is another version',
      [installed('web', '1.0.0', { optional: { core: '^1.0.0' } }), installed('core', '2.0.0')],
      'it works with core ^1.0.0 only, and 2.0.0 is installed',
    ],
  ])('are not sound where %s', async (_, packs, problem) => {
    const { isSound, packs: found } = await verify(packs);
    expect([isSound, found[0]?.problems]).toEqual([false, [problem]]);
  });

  it.each<[StoredState]>([['damaged'], ['missing']])(
    'are not sound where one is %s, and only those that are named are looked at',
    async (state) => {
      const packs = [installed('web', '1.0.0'), installed('core', '1.0.0')];
      expect(await verify(packs, { 'sha512-web': state })).toMatchObject({
        isSound: false,
        packs: [{ state }, { state: 'intact' }],
        fixed: [],
      });
      expect(await verify(packs, { 'sha512-web': state }, ['core'])).toMatchObject({ isSound: true, packs: [{ id: 'core' }] });
      await expect(verify(packs, {}, ['cor'])).rejects.toMatchObject({
        code: 'PACK_NOT_INSTALLED',
        message: expect.stringContaining('cor'),
      });
    },
  );
});
