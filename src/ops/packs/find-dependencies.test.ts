import { describe, expect, it } from 'vitest';
import type { PackName } from '../../core/pack/pack-name.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { findDependencyFacts } from './find-dependencies.ts';

const NEEDING = makePack({ id: 'web', manifest: '[dependencies]\ncore = "^1.0.0"\nlogs = "^2.0.0"\n' });

async function facts(source: MemoryPackSource, repository = MemoryPackRepository.of()) {
  const places = { sources: [], registries: [{ name: 'acme', scopes: [], source }] };
  const found = await findDependencyFacts(NEEDING, '/', { repository, places, store: new MemoryPackStore() });
  return Object.fromEntries([...found].map(([id, { manifest, deprecated }]) => [id, [manifest?.version, deprecated]]));
}

describe('what this machine knows of the packs that one depends on', () => {
  it('is nothing where they are not here; nobody is asked', async () => {
    const source = MemoryPackSource.of(makePack({ id: 'core' }));
    expect(await facts(source)).toEqual({ core: [undefined, undefined], logs: [undefined, undefined] });
  });

  it('is the manifest of one that is here in a version that fits', async () => {
    const repository = MemoryPackRepository.of(makePack({ id: 'core', version: '1.4.0' }), makePack({ id: 'logs' }));
    expect(await facts(new MemoryPackSource(), repository)).toEqual({ core: ['1.4.0', undefined], logs: [undefined, undefined] });
  });

  it('is that one is deprecated, of the version that would be chosen', async () => {
    const source = new MemoryPackSource();
    source.add(makePack({ id: 'core', version: '1.0.0' }), { status: 'deprecated', notice: 'use base' });
    source.add(makePack({ id: 'core', version: '1.1.0' }), { status: 'yanked' });
    source.add(makePack({ id: 'core', version: '2.0.0' }));
    source.add(makePack({ id: 'logs', version: '2.0.0' }), { status: 'deprecated' });
    for (const name of ['core', 'logs'] as PackName[]) await source.listVersions({ kind: 'id', name }, { offline: false });
    expect(await facts(source)).toEqual({ core: [undefined, 'use base'], logs: [undefined, 'no reason is given'] });
  });

  it('does not hide what is broken here', async () => {
    const repository = MemoryPackRepository.of();
    repository.load = async () => Promise.reject(new TypeError('a bug'));
    await expect(facts(new MemoryPackSource(), repository)).rejects.toThrow(TypeError);
  });
});
