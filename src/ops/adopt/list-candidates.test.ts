import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { exactReference, listCandidates } from './list-candidates.ts';

const web = (version: string) => makePack({ id: 'web', version });

async function candidates(reference: string, source: MemoryPackSource, limit = 9) {
  const places = { sources: [], registries: [{ name: 'main', scopes: [], source }] };
  const folder = { ...web('5.0.0-rc.1'), provenance: { kind: 'local', location: '/web' } } as const;
  const repository = MemoryPackRepository.of(folder);
  repository.list = async () => [];
  const demand = { reference, namesPlace: false, sourceOf: () => undefined } as unknown as Parameters<typeof listCandidates>[0]['demand'];
  const found = await listCandidates({ demand, options: { offline: false }, limit }, { repository, places, store: new MemoryPackStore() });
  return [found.candidates.map(({ manifest }) => manifest.version), found.notCompared];
}

function published(): MemoryPackSource {
  const source = MemoryPackSource.of(web('1.0.0'), web('1.1.0'), web('2.0.0'));
  source.add(web('1.2.0'), { status: 'yanked' });
  source.add(web('3.0.0-beta.1'), { tags: ['beta'] });
  return source;
}

describe('the versions that a project may have come from', () => {
  it.each([
    ['web', 9, ['2.0.0', '1.1.0', '1.0.0'], 0],
    ['web', 2, ['2.0.0', '1.1.0'], 1],
    ['web@^1.0.0', 9, ['1.1.0', '1.0.0'], 0],
    ['web@beta', 9, ['3.0.0-beta.1'], 0],
    ['/web', 9, ['5.0.0-rc.1'], 0],
  ])('of %s, at most %d', async (reference, limit, versions, notCompared) => {
    expect(await candidates(reference, published(), limit)).toEqual([versions, notCompared]);
  });

  it('leave out what cannot be had, and nothing else', async () => {
    const source = published();
    const fetch = source.fetch.bind(source);
    let failure: Error = new PacksmithError('INTEGRITY_MISMATCH', 'not what it was');
    source.fetch = async (version, options) => {
      if (version.version === '1.1.0') throw failure;
      return fetch(version, options);
    };
    expect(await candidates('web', source)).toEqual([['2.0.0', '1.0.0'], 0]);
    for (failure of [new PacksmithError('INTERRUPTED', 'interrupted'), new TypeError('a bug')])
      await expect(candidates('web', source)).rejects.toBe(failure);
  });

  it('fail as the newest of them does where none can be had', async () => {
    const source = published();
    source.fetch = async ({ version }) => {
      throw new PacksmithError('INTEGRITY_MISMATCH', `${version} is not what it was`);
    };
    await expect(candidates('web', source)).rejects.toMatchObject({ code: 'INTEGRITY_MISMATCH', message: '2.0.0 is not what it was' });
  });

  it('are none of a pack that nobody knows', async () => {
    await expect(candidates('ops', published())).rejects.toMatchObject({ code: 'PACK_NOT_FOUND', message: 'there is no pack ops' });
  });

  it('are named exactly where their form can do that', () => {
    expect(['web@^1', 'npm:web@^1', '/web'].map((text) => exactReference(parsePackReference(text), '1.1.0'))).toEqual([
      'web@1.1.0',
      'npm:web@1.1.0',
      undefined,
    ]);
  });
});
