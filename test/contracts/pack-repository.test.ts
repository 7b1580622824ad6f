import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NodePackRepository } from '../../src/adapters/sources/node-pack-repository.ts';
import type { Pack } from '../../src/index.ts';
import { MemoryPackRepository, makePack, packToml } from '../../src/testing/index.ts';
import { makeTemporaryDirectories } from '../support/real-project.ts';
import { writePack } from '../support/write-pack.ts';
import { describePackRepositoryContract, type PlacedPack } from './pack-repository.ts';

const makeDirectory = makeTemporaryDirectories();

const BROKEN = 'format = 1\n[pack\n';

/** A repository over two real directories, as a command of that moment opens it. */
function openRepository(root: string): NodePackRepository {
  const scope = {
    tool: '1.0.0',
    workingDirectory: root,
    shippedDirectory: join(root, 'second'),
    configFile: join(root, 'config.toml'),
    dataDirectory: join(root, 'data'),
  };
  const roots = [
    { kind: 'project', directory: join(root, 'first') },
    { kind: 'builtin', directory: join(root, 'second') },
  ] as const;
  return new NodePackRepository({ roots, scope, cacheDirectory: join(root, 'cache'), now: () => Date.now() });
}

function putPack(root: string, { place = 'first', isBroken = false, ...fixture }: PlacedPack): string {
  return writePack(join(root, place, fixture.id), { ...fixture, ...(isBroken ? { toml: BROKEN } : {}) });
}

describePackRepositoryContract('on disk', (packs) => {
  const root = makeDirectory();
  for (const pack of packs) putPack(root, pack);
  return { repository: openRepository(root), pathOf: (id) => `./first/${id}` };
});

describePackRepositoryContract('in memory', (packs) => {
  const ordered = [...packs].sort((a, b) => ((a.place ?? 'first') < (b.place ?? 'first') ? -1 : 1));
  const provenance = ({ place = 'first', id }: PlacedPack): Pack['provenance'] => ({ kind: 'local', location: `./${place}/${id}` });
  const repository = MemoryPackRepository.of(
    ...ordered.map((pack) =>
      pack.isBroken === true
        ? {
            id: pack.id,
            provenance: provenance(pack),
            diagnostics: [{ code: 'MANIFEST_SYNTAX', severity: 'error', message: 'the manifest is not valid TOML' } as const],
          }
        : { ...makePack(pack), provenance: provenance(pack) },
    ),
  );
  return { repository, pathOf: (id) => `./first/${id}` };
});

describe('the compiled catalogue on disk', () => {
  type World = { readonly root: string; readonly pack: string };

  /** The ids and versions that a fresh command sees. */
  const seen = async (root: string) =>
    (await openRepository(root).list()).map(
      ({ id, version, isBroken, counts }) => `${id}@${version}${isBroken ? '!' : ''}/${counts.templates}`,
    );

  /** What is the same pack, in as many bytes, with another version. */
  const manifest = (version: string): string => packToml({ id: 'a', version });

  const CHANGES: readonly [string, (world: World) => void, string[]][] = [
    [
      'a manifest is edited',
      ({ pack }) => writeFileSync(join(pack, 'pack.toml'), `${manifest('1.2.0')}# more\n`),
      ['a@1.2.0/1', 'b@1.0.0/0'],
    ],
    [
      'a manifest is edited and has as many bytes',
      ({ pack }) => writeFileSync(join(pack, 'pack.toml'), manifest('9.0.0')),
      ['a@9.0.0/1', 'b@1.0.0/0'],
    ],
    [
      'a manifest is edited, has as many bytes and the old time',
      ({ pack }) => {
        writeFileSync(join(pack, 'pack.toml'), manifest('9.0.0'));
        utimesSync(join(pack, 'pack.toml'), 1_000_000_000, 1_000_000_000);
      },
      ['a@9.0.0/1', 'b@1.0.0/0'],
    ],
    [
      'a manifest is replaced by rename, with the old time',
      ({ root, pack }) => {
        writeFileSync(join(root, 'new.toml'), manifest('9.0.0'));
        utimesSync(join(root, 'new.toml'), 1_000_000_000, 1_000_000_000);
        renameSync(join(root, 'new.toml'), join(pack, 'pack.toml'));
      },
      ['a@9.0.0/1', 'b@1.0.0/0'],
    ],
    ['a manifest is broken', ({ pack }) => writeFileSync(join(pack, 'pack.toml'), BROKEN), ['a@!/0', 'b@1.0.0/0']],
    ['a manifest is removed', ({ pack }) => rmSync(join(pack, 'pack.toml')), ['b@1.0.0/0']],
    ['a pack is added', ({ root }) => void putPack(root, { id: 'c' }), ['a@1.0.0/1', 'b@1.0.0/0', 'c@1.0.0/0']],
    ['a pack is added to a scope', ({ root }) => void putPack(root, { id: '@acme/c' }), ['@acme/c@1.0.0/0', 'a@1.0.0/1', 'b@1.0.0/0']],
    [
      'a pack is added to a place that was not there',
      ({ root }) => void putPack(root, { id: 'c', place: 'second' }),
      ['a@1.0.0/1', 'b@1.0.0/0', 'c@1.0.0/0'],
    ],
    ['a pack is removed', ({ pack }) => rmSync(pack, { recursive: true }), ['b@1.0.0/0']],
    ['a pack is moved', ({ root, pack }) => renameSync(pack, join(root, 'first', 'z')), ['a@1.0.0/1', 'b@1.0.0/0']],
    ['all packs are removed', ({ root }) => rmSync(join(root, 'first'), { recursive: true }), []],
    ['a template is added', ({ pack }) => writeFileSync(join(pack, 'templates', 'b.txt'), ''), ['a@1.0.0/2', 'b@1.0.0/0']],
    [
      'a template is added further down',
      ({ pack }) => {
        mkdirSync(join(pack, 'templates', 'x', 'y'), { recursive: true });
        writeFileSync(join(pack, 'templates', 'x', 'y', 'b.txt'), '');
      },
      ['a@1.0.0/2', 'b@1.0.0/0'],
    ],
    [
      'the first template of a pack is added',
      ({ root }) => void writePack(join(root, 'first', 'b'), { id: 'b', files: { 'templates/b.txt': '' } }),
      ['a@1.0.0/1', 'b@1.0.0/1'],
    ],
    [
      'a directory gets its manifest',
      ({ root }) => void writeFileSync(join(root, 'first', 'empty', 'pack.toml'), packToml({ id: 'late' })),
      ['a@1.0.0/1', 'b@1.0.0/0', 'late@1.0.0/0'],
    ],
    ['only a time changes', ({ pack }) => utimesSync(join(pack, 'pack.toml'), 1, 1), ['a@1.0.0/1', 'b@1.0.0/0']],
    ['the index itself is damaged', ({ root }) => damage(join(root, 'cache')), ['a@1.0.0/1', 'b@1.0.0/0']],
  ];

  const moments: readonly [string, (world: World) => Promise<void>][] = [
    ['within the same second', async () => {}],
    ['long after it was compiled', letTimePass],
  ];
  const cases = moments.flatMap(([when, wait]) => CHANGES.map(([what, change, after]) => [what, when, wait, change, after] as const));

  it.each(cases)('is not believed when %s, %s', async (_what, _when, wait, change, after) => {
    const root = makeDirectory();
    const pack = putPack(root, { id: 'a', files: { 'templates/a.txt': 'a' } });
    putPack(root, { id: 'b' });
    mkdirSync(join(root, 'first', 'empty'));
    const world = { root, pack };
    expect(await seen(root)).toEqual(['a@1.0.0/1', 'b@1.0.0/0']);
    await wait(world);
    expect(await seen(root)).toEqual(['a@1.0.0/1', 'b@1.0.0/0']);
    change(world);
    expect(await seen(root)).toEqual(after);
    expect(await seen(root)).toEqual(after);
  });

  it('of one directory does not speak for another', async () => {
    const roots = ['x', 'y'].map((id) => {
      const root = makeDirectory();
      putPack(root, { id });
      return root;
    });
    for (const root of [...roots, ...roots])
      expect(await seen(root)).toEqual([`${basename(root) === basename(roots[0] ?? '') ? 'x' : 'y'}@1.0.0/0`]);
  });
});

describe('the survey on disk', () => {
  const CHANGES: readonly [string, (pack: string) => void][] = [
    ['a template is edited and has as many bytes', (pack) => writeFileSync(join(pack, 'templates/a.txt'), 'b')],
    ['a file is added beside the manifest', (pack) => writeFileSync(join(pack, 'README.md'), '')],
    ['a directory with a file is added', (pack) => void writePack(pack, { id: 'a', files: { 'tests/one.toml': '' } })],
    ['a file is removed', (pack) => rmSync(join(pack, 'templates/a.txt'))],
    ['the version changes', (pack) => writeFileSync(join(pack, 'pack.toml'), packToml({ id: 'a', version: '9.0.0' }))],
  ];

  it.each(CHANGES)('has another digest when %s', async (_, change) => {
    const root = makeDirectory();
    const pack = putPack(root, { id: 'a', files: { 'templates/a.txt': 'a' } });
    const survey = async () => openRepository(root).survey();
    const before = await survey();
    await letTimePass({ root });
    expect((await survey()).digest).toBe(before.digest);
    change(pack);
    const after = await survey();
    expect(after.digest).not.toBe(before.digest);
    expect((await (await survey()).load()).map(({ pack: read }) => read.files.size)).toEqual(
      (await after.load()).map(({ pack: read }) => read.files.size),
    );
  });
});

/** As if an hour had passed since everything was written and compiled: the instant of the index moves, and with it the trust in its facts. */
async function letTimePass({ root }: { readonly root: string }): Promise<void> {
  const cache = join(root, 'cache');
  for (const name of readdirSync(cache)) {
    const index = JSON.parse(readFileSync(join(cache, name), 'utf8')) as { recordedAt: number };
    writeFileSync(join(cache, name), JSON.stringify({ ...index, recordedAt: index.recordedAt + 3_600_000 }));
  }
}

function damage(cache: string): void {
  for (const name of readdirSync(cache)) writeFileSync(join(cache, name), '{"format":1,"facts":[],"entries":[]}');
}
