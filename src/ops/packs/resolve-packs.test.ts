import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { RecordingReporter } from '../../testing/recording-reporter.ts';
import { resolvePacks } from './resolve-packs.ts';
import type { ResolvePacksRequest } from './resolved-packs.ts';

const placed = (location: string, fixture: PackFixture): Pack => ({ ...makePack(fixture), provenance: { kind: 'local', location } });
const needing = (...ids: string[]) => `[dependencies]\n${ids.map((id) => `${id} = "^1.0.0"\n`).join('')}`;
const FOLDERS = [
  placed('/web', { id: 'web' }),
  placed('/fork', { id: 'web', version: '1.1.0' }),
  placed('/app', { id: 'app', manifest: needing('web', 'core') }),
];

async function resolve(
  references: readonly string[],
  more: Partial<ResolvePacksRequest> = {},
  source = MemoryPackSource.of(makePack({ id: 'core', version: '1.2.0' })),
) {
  const repository = MemoryPackRepository.of(...FOLDERS);
  const list = repository.list.bind(repository);
  // Folders are there for who names them, and not by their ids.
  repository.list = async (options) => (await list(options)).filter(({ id }) => id === 'nothing');
  const places = { sources: [], registries: [{ name: 'main', scopes: [], source }] };
  const demands = references.map((reference) => ({ reference, requestedBy: 'project' }));
  const ports = { repository, places, store: new MemoryPackStore(), reporter: new RecordingReporter() };
  const { packs, levels } = await resolvePacks({ demands, offline: false, ...more }, ports);
  return { levels, packs: packs.map(({ id, version, source: from, because }) => `${id} ${version} ${from}: ${because}`) };
}

describe('packs that are named by their places', () => {
  it('come from there, whoever else needs them', async () => {
    expect(await resolve(['/app', '/fork'])).toEqual({
      levels: [['core', 'web'], ['app']],
      packs: ['core 1.2.0 core@1.2.0: app needs it', 'web 1.1.0 /fork: asked for', 'app 1.0.0 /app: asked for'],
    });
  });

  it('may be named twice, but not from two places', async () => {
    expect((await resolve(['/web', '/web'])).packs).toEqual(['web 1.0.0 /web: asked for']);
    await expect(resolve(['/web', '/fork'])).rejects.toMatchObject({
      code: 'PLACE_CONFLICT',
      message: expect.stringMatching(/web is asked for from \/(web|fork) and from \/(web|fork)/),
    });
  });

  it('must be at the place that the project names for them', async () => {
    const sources = new Map([['web', '/web']]);
    expect((await resolve(['/web'], { sources })).packs).toEqual(['web 1.0.0 /web: asked for']);
    await expect(resolve(['/fork'], { sources })).rejects.toMatchObject({
      code: 'PLACE_CONFLICT',
      message: 'web is asked for from /fork, and its source is /web',
    });
  });
});

describe('packs that cannot be resolved', () => {
  it.each([
    [
      'that nobody knows',
      'cor',
      'PACK_NOT_FOUND',
      '`packs list` shows every pack that is here; a folder is written as ./cor; `packs create cor` begins a new pack',
    ],
    ['with a tag that is none', 'core@next', 'PACK_NOT_FOUND', '`packs show core --versions` lists its versions'],
  ])('are those %s', async (_, reference, code, hint) => {
    await expect(resolve([reference])).rejects.toMatchObject({ code, hint });
  });

  it('may have the tag that is meant', async () => {
    const source = new MemoryPackSource();
    source.add(makePack({ id: 'core', version: '2.0.0-beta.1' }), { tags: ['beta'] });
    expect((await resolve(['core@beta'], {}, source)).packs).toEqual(['core 2.0.0-beta.1 core@2.0.0-beta.1: asked for']);
    await expect(resolve(['core@next'], {}, source)).rejects.toMatchObject({ hint: 'it has beta' });
  });

  it('are refused as their source fails, where that is no want of time', async () => {
    const source = new MemoryPackSource();
    source.breakDown(new PacksmithError('SOURCE_DENIED', 'no'));
    await expect(resolve(['core'], {}, source)).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  });

  it('are given up when the time is over', async () => {
    const source = new MemoryPackSource();
    source.listVersions = () => new Promise(() => undefined);
    await expect(resolve(['core'], { timeLimit: 20 }, source)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('are left when somebody interrupts it', async () => {
    const source = MemoryPackSource.of(makePack({ id: 'core' }));
    await expect(resolve(['core'], { signal: AbortSignal.abort() }, source)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
