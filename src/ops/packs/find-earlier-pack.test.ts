import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import type { CaseUpdate } from '../../core/cases/pack-case.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { PackRegistry } from '../../ports/pack-places.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryPackSource } from '../../testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../testing/memory-pack-store.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { type EarlierPackRequest, findEarlierPack } from './find-earlier-pack.ts';

const web = (version: string, files = {}): Pack => makePack({ id: 'web', version, files: { 'templates/a.txt': `${version}\n`, ...files } });
const replacing = (path: string, old: string, text: string): CaseUpdate['earlier'] => [{ path, action: { kind: 'replace', old, text } }];
const placed = (pack: Pack, location: string): Pack => ({ ...pack, provenance: { kind: 'local', location } });
const registry = (source: MemoryPackSource): PackRegistry => ({ name: 'acme', scopes: [], source });

interface Scene {
  readonly folders?: readonly Pack[];
  readonly registries?: readonly MemoryPackSource[];
  readonly request?: Partial<EarlierPackRequest>;
  readonly verifySignature?: () => void;
}

function find(update: Partial<CaseUpdate>, { folders = [], registries = [], request, verifySignature }: Scene = {}): Promise<Pack> {
  const ports = {
    repository: MemoryPackRepository.of(...folders),
    places: { sources: registries, registries: registries.map(registry) },
    store: new MemoryPackStore(),
    hash: nativeHash,
    ...(verifySignature && { verifySignature }),
  };
  const whole = {
    pack: web('2.0.0'),
    directory: '/packs/web',
    update: { from: undefined, earlier: [], ...update },
    offline: false,
    ...request,
  };
  return findEarlierPack(whole, ports);
}

const version = async (pack: Promise<Pack>) => (await pack).manifest.version;
const PUBLISHED = [MemoryPackSource.of(web('1.0.0'), web('1.2.0'), web('1.3.0-beta.1'), web('2.0.0'), web('3.0.0'))];

describe('the pack that a project of an update case begins with', () => {
  it.each([
    ['the version before this one', 'previous', '1.2.0'],
    ['a version in a range', '~1.0.0', '1.0.0'],
    ['a version by its id', 'web@1.0.0', '1.0.0'],
    ['the newest by its id', 'web', '3.0.0'],
  ])('is %s of a registry', async (_, from, expected) => {
    expect(await version(find({ from }, { registries: PUBLISHED }))).toBe(expected);
  });

  it('is never one that was yanked, and one of the named registry first', async () => {
    const source = MemoryPackSource.of(web('1.0.0'));
    source.add(web('1.9.0'), { status: 'yanked' });
    expect(await version(find({ from: 'previous' }, { registries: [source] }))).toBe('1.0.0');
    const named = { registry: MemoryPackSource.of(web('1.1.0')) };
    expect(await version(find({ from: 'previous' }, { registries: PUBLISHED, request: named }))).toBe('1.1.0');
  });

  it('is that of a folder where no registry knows the pack, or has none that fits', async () => {
    const folders = [placed(makePack({ id: 'ops' }), '/ops'), placed(web('1.5.0'), '/old')];
    expect(await version(find({ from: 'previous' }, { folders, registries: [new MemoryPackSource()] }))).toBe('1.5.0');
    expect(await version(find({ from: 'previous' }, { folders, registries: [MemoryPackSource.of(web('3.0.0'))] }))).toBe('1.5.0');
  });

  it('is in a directory, relative to the pack', async () => {
    expect(await version(find({ from: '../old' }, { folders: [placed(web('0.9.0'), '/packs/old')] }))).toBe('0.9.0');
  });

  it('is the pack itself without a version, with the edits of the case', async () => {
    expect(await find({})).toMatchObject({ manifest: { version: '2.0.0' }, integrity: 'sha512-web@2.0.0' });
    const edited = await find({
      earlier: replacing('templates/a.txt', '2.0.0', 'before'),
    });
    expect(new TextDecoder().decode([...edited.files].find(([path]) => path === 'templates/a.txt')?.[1].content)).toBe('before\n');
    expect(edited.integrity).toMatch(/^edited-/);
  });

  it('must be signed as the policy asks', async () => {
    let asked = 0;
    await find({ from: 'previous' }, { registries: PUBLISHED, verifySignature: () => (asked += 1) });
    expect(asked).toBe(1);
  });
});

describe('an earlier pack is refused', () => {
  it.each<[what: string, update: Partial<CaseUpdate>, scene: Scene, code: string, says: string]>([
    ['where nobody has one', { from: 'previous' }, {}, 'PACK_NOT_FOUND', 'version before 2.0.0 of web'],
    ['where nobody has one in the range', { from: '^9.0.0' }, { registries: PUBLISHED }, 'PACK_NOT_FOUND', 'version in ^9.0.0 of web'],
    ['where the id has no such version', { from: 'web@9.0.0' }, { registries: PUBLISHED }, 'PACK_NOT_FOUND', 'there is no pack web@9.0.0'],
    ['where the directory has none', { from: './old' }, {}, 'PACK_NOT_FOUND', '/packs/web/old'],
    ['where no place reads such a reference', { from: 'git+https://example.org/a.git' }, {}, 'SOURCE_UNSUPPORTED', 'example.org/a.git'],
    [
      'where it is another pack',
      { from: '/ops' },
      { folders: [placed(makePack({ id: 'ops' }), '/ops')] },
      'CASE_INVALID',
      'not an earlier web',
    ],
    [
      'where an edit cannot be made',
      { earlier: replacing('templates/a.txt', 'not there', '') },
      {},
      'CASE_INVALID',
      'edit 1 of update.earlier',
    ],
    [
      'where the edits break the manifest',
      { earlier: replacing('pack.toml', 'format = 1', 'format = "x"') },
      {},
      'MANIFEST_INVALID',
      'has errors',
    ],
  ])('%s', async (_, update, scene, code, says) => {
    await expect(find(update, scene)).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });
});
