import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { EMPTY_INSTALLED_LOCK, type InstalledPack } from '../../core/install/installed-lock.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import { parsePackReference } from '../../core/pack/pack-reference.ts';
import { type BrokenPack, MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { type FinderSettings, PackFinder } from './pack-finder.ts';
import { originOf, withoutVersion } from './pack-origin.ts';

const WEB = 'web' as PackName;
const web = (version: string, kind: Pack['provenance']['kind'] = 'local', location = `/${kind}/${version}`): Pack => ({
  ...makePack({ id: 'web', version }),
  provenance: { kind, location },
});
const installed = (more: Partial<InstalledPack> = {}): InstalledPack => ({
  id: WEB,
  version: '1.0.0',
  source: 'web@1.0.0',
  registry: 'main',
  integrity: 'sha512-web',
  archiveIntegrity: undefined,
  bytes: 1,
  dependencies: {},
  optional: {},
  requested: 'web',
  ...more,
});

interface Scene {
  readonly settings?: Partial<FinderSettings>;
  readonly packs?: readonly (Pack | BrokenPack)[];
  readonly source?: MemoryPackSource;
}

function finderOf({ settings, packs = [], source = new MemoryPackSource() }: Scene): PackFinder {
  const whole: FinderSettings = { installed: EMPTY_INSTALLED_LOCK, wide: 'all', options: { offline: false }, ...settings };
  const places = { sources: [source], registries: [{ name: 'main', scopes: [], source }] };
  return new PackFinder(whole, { repository: MemoryPackRepository.of(...packs), places, store: new MemoryPackStore() });
}

const find = async (scene: Scene) => (await finderOf(scene).find('web'))?.versions.map(({ version, source }) => `${version} ${source}`);
const having = (more: Partial<InstalledPack> = {}) => ({ installed: { format: 1, packs: [installed(more)] } }) as const;

describe('where a pack is found', () => {
  it('is nowhere for what is no id, or what nobody knows', async () => {
    expect(await finderOf({}).find('Not an id')).toBeUndefined();
    expect(await find({})).toBeUndefined();
  });

  it('is a folder before what is installed, which is before registries, which are before nothing', async () => {
    const source = MemoryPackSource.of(web('3.0.0'));
    expect(await find({ packs: [web('2.0.0')], source, settings: having() })).toEqual(['2.0.0 /local/2.0.0']);
    expect(await find({ source, settings: { ...having(), wide: new Set() } })).toEqual(['1.0.0 web@1.0.0']);
    expect(await find({ source, settings: having() })).toEqual(['3.0.0 web@3.0.0', '1.0.0 web@1.0.0']);
    expect(await find({ packs: [web('2.0.0', 'builtin')], source })).toEqual(['2.0.0 builtin']);
    expect(await find({ source })).toEqual(['3.0.0 web@3.0.0']);
  });

  it('is the place where an installed pack came from', async () => {
    const shipped = having({ source: 'builtin', registry: undefined });
    expect(await find({ packs: [web('2.0.0', 'builtin')], settings: shipped })).toEqual(['2.0.0 builtin', '1.0.0 builtin']);
    expect(await find({ settings: having({ registry: 'gone' }) })).toEqual(['1.0.0 web@1.0.0']);
    const folder = having({ source: '/folder', registry: undefined, requested: '/folder' });
    expect(await find({ packs: [web('2.0.0', 'local', '/folder')], settings: { ...folder, installedFirst: new Set(['web']) } })).toEqual([
      '2.0.0 /folder',
      '1.0.0 /folder',
    ]);
  });

  it.each(['PACK_NOT_FOUND', 'OFFLINE_MISSING'] as const)('need not answer (%s) where a version is at hand', async (code) => {
    const source = MemoryPackSource.of(web('3.0.0'));
    source.breakDown(new PacksmithError(code, 'gone'));
    expect(await find({ source, settings: having() })).toEqual(['1.0.0 web@1.0.0']);
    await expect(find({ source })).rejects.toMatchObject({ code });
  });

  it('fails as it does where that is no absence', async () => {
    const source = new MemoryPackSource();
    source.breakDown(new PacksmithError('SOURCE_UNREACHABLE', 'down'));
    await expect(find({ source, settings: having() })).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });

  it('is the registry that the project names, which must be configured', async () => {
    const registries = (name: string) => ({
      settings: { registries: new Map([['web', name]]) },
      source: MemoryPackSource.of(web('3.0.0')),
    });
    expect(await find(registries('main'))).toEqual(['3.0.0 web@3.0.0']);
    await expect(find(registries('other'))).rejects.toMatchObject({
      code: 'SOURCE_UNSUPPORTED',
      message: expect.stringContaining('"other"'),
    });
  });

  it('is the reference that the project names for the id', async () => {
    const sources = new Map([['web', parsePackReference('/mine')]]);
    expect(await find({ packs: [web('2.0.0'), web('5.0.0', 'directory', '/mine')], settings: { sources } })).toEqual(['5.0.0 /mine']);
  });
});

describe('a reference that names its place', () => {
  it.each([
    ['git+https://example.org/a.git', 'SOURCE_UNSUPPORTED'],
    ['/nowhere', 'PACK_NOT_FOUND'],
    ['web', 'PACK_NOT_FOUND'],
  ])('%s is %s where nobody has it', async (reference, code) => {
    await expect(finderOf({}).findReference(parsePackReference(reference))).rejects.toMatchObject({ code });
  });

  it('means every version where its form can mean several', () => {
    expect(withoutVersion(parsePackReference('web@1.0.0'))).toEqual({ kind: 'id', name: 'web' });
    expect(withoutVersion(parsePackReference('npm:web@1.0.0'))).toEqual({ kind: 'npm', name: 'web' });
    expect(withoutVersion(parsePackReference('/folder'))).toEqual(parsePackReference('/folder'));
  });

  it('is the origin of a pack that was asked for by it', () => {
    expect(originOf({ requested: '/folder', source: '/elsewhere' })).toBe('/folder');
    expect(originOf({ requested: 'web', source: 'npm:web@1.0.0' })).toBe('npm:web@1.0.0');
    expect(originOf({ requested: undefined, source: 'builtin' })).toBe('builtin');
  });
});

describe('a pack that is found', () => {
  it('has the needs that its manifest states, also where its place does not say them', async () => {
    const finder = finderOf({ packs: [web('2.0.0')] });
    const version = (await finder.find('web'))?.versions[0];
    if (version === undefined) throw new Error('it is there');
    expect((await finder.needsOf(version)).dependencies).toEqual([]);
    expect((await finder.needsOf({ ...version, dependencies: undefined })).dependencies).toEqual([]);
    expect(await finder.knownIds()).toEqual(['web']);
  });

  it('is not used where it is broken', async () => {
    const broken = { id: 'web', provenance: { kind: 'local', location: '/broken' }, diagnostics: [] } as const;
    await expect(find({ packs: [broken] })).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      message: expect.stringContaining('/broken'),
    });
  });
});
