import { describe, expect, it } from 'vitest';
import { type PackRepository, PacksmithError, parsePackReference } from '../../src/index.ts';
import type { PackFixture } from '../../src/testing/index.ts';

/** A pack of a world: what it is, and the place it is in. Places come in the order of precedence: `first`, then `second`. */
export interface PlacedPack extends PackFixture {
  readonly id: string;
  readonly place?: 'first' | 'second';
  /** Its manifest cannot be read. */
  readonly isBroken?: boolean;
}

export interface RepositoryWorld {
  readonly repository: PackRepository;
  /** A reference to a pack by the place its folder is in. */
  pathOf(id: string): string;
}

/** What every PackRepository promises. */
export function describePackRepositoryContract(name: string, makeWorld: (packs: readonly PlacedPack[]) => RepositoryWorld): void {
  const listOf = async (packs: readonly PlacedPack[]) => await makeWorld(packs).repository.list();
  const load = (world: RepositoryWorld, reference: string) => world.repository.load(parsePackReference(reference));

  async function failure(attempt: Promise<unknown>): Promise<PacksmithError> {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PacksmithError);
    return error as PacksmithError;
  }

  describe(`${name}: list`, () => {
    it('is empty where there is nothing', async () => {
      expect(await listOf([])).toEqual([]);
    });

    it('is ordered by id, by code unit, whatever the order of the places', async () => {
      const entries = await listOf([
        { id: 'b' },
        { id: '@acme/z', place: 'second' },
        { id: 'a', place: 'second' },
        { id: 'b-c' },
        { id: 'b.c' },
      ]);
      expect(entries.map(({ id }) => id)).toEqual(['@acme/z', 'a', 'b', 'b-c', 'b.c']);
    });

    it('says what a pack has', async () => {
      const manifest =
        '[variables.a]\ntype = "string"\n\n[packages.npm]\nx = "^1.0.0"\n\n[[hooks.post_generate]]\nname = "h"\nrun = ["true"]\n';
      const [entry] = await listOf([
        { id: 'full', manifest, files: { 'templates/a.txt': 'a', 'templates/d/b.txt.jinja': 'b', 'README.md': 'r' } },
      ]);
      expect(entry).toMatchObject({
        id: 'full',
        version: '1.0.0',
        title: 'A sample',
        description: 'A pack for tests',
        license: 'MIT',
        isBroken: false,
        diagnostics: [],
        counts: { templates: 2, variables: 1, packages: 1, dependencies: 0, queries: 0, hooks: 1 },
      });
      expect(entry?.shadowedBy).toBeUndefined();
    });

    it('shows a pack that another one of the same id hides, after it', async () => {
      const entries = await listOf([
        { id: 'a', version: '2.0.0', place: 'second' },
        { id: 'a', version: '1.0.0', place: 'first' },
      ]);
      expect(entries.map(({ version, shadowedBy }) => [version, shadowedBy === undefined])).toEqual([
        ['1.0.0', true],
        ['2.0.0', false],
      ]);
      expect(entries[1]?.shadowedBy).toEqual(entries[0]?.provenance);
    });

    it('shows a broken pack with its findings beside the others, hiding none', async () => {
      const entries = await listOf([{ id: 'bad', isBroken: true }, { id: 'bad', place: 'second' }, { id: 'good' }]);
      expect(entries.map(({ id, isBroken, shadowedBy }) => [id, isBroken, shadowedBy === undefined])).toEqual([
        ['bad', true, true],
        ['bad', false, true],
        ['good', false, true],
      ]);
      expect(entries[0]?.diagnostics.length).toBeGreaterThan(0);
    });

    it('gives the same answer again', async () => {
      const { repository } = makeWorld([{ id: 'a' }, { id: 'b' }]);
      expect(await repository.list()).toEqual(await repository.list());
    });
  });

  describe(`${name}: survey`, () => {
    const PACKS: readonly PlacedPack[] = [
      { id: 'b' },
      { id: 'a', place: 'second' },
      { id: 'b', place: 'second', version: '2.0.0' },
      { id: 'c', isBroken: true },
    ];

    it('gives every usable pack whole, in the order of the list', async () => {
      const { load: loadAll } = await makeWorld(PACKS).repository.survey();
      const found = (await loadAll()).map(({ pack, isShadowed }) => [pack.manifest.id, pack.manifest.version, isShadowed, pack.files.size]);
      expect(found).toEqual([
        ['a', '1.0.0', false, 1],
        ['b', '1.0.0', false, 1],
        ['b', '2.0.0', true, 1],
      ]);
    });

    it('has the same digest for the same packs, again and again', async () => {
      const { repository } = makeWorld(PACKS);
      const first = await repository.survey();
      const second = await repository.survey();
      expect(second.digest).toBe(first.digest);
      expect(await second.load()).toEqual(await first.load());
    });
  });

  describe(`${name}: load`, () => {
    it('gives the pack whole', async () => {
      const files = { 'templates/a.txt': 'a', 'templates/run.sh': '#!/bin/sh\n', 'templates/b.bin': new Uint8Array([0, 255]) };
      const pack = await load(makeWorld([{ id: 'a', files, executable: ['templates/run.sh'] }]), 'a');
      expect([...pack.files.keys()].sort()).toEqual(['pack.toml', 'templates/a.txt', 'templates/b.bin', 'templates/run.sh']);
      expect([...pack.files].map(([path, { mode }]) => [path, mode] as const).filter(([, mode]) => mode === 0o755)).toEqual([
        ['templates/run.sh', 0o755],
      ]);
      expect(pack.manifest).toMatchObject({ id: 'a', version: '1.0.0' });
      expect(pack.integrity).toMatch(/^sha512-/);
    });

    it('takes the first by precedence, not the newest', async () => {
      const world = makeWorld([
        { id: 'a', version: '2.0.0', place: 'second' },
        { id: 'a', version: '1.0.0', place: 'first' },
      ]);
      for (const reference of ['a', 'a@latest', 'a@*', 'a@>=1']) expect((await load(world, reference)).manifest.version).toBe('1.0.0');
    });

    it.each(['a@^2', 'a@2.1.0', 'a@>=2'])(
      'takes an id from the first place that knows it: %s is not looked for behind it',
      async (reference) => {
        const world = makeWorld([
          { id: 'a', version: '1.0.0', place: 'first' },
          { id: 'a', version: '2.1.0', place: 'second' },
        ]);
        const error = await failure(load(world, reference));
        expect(error.code).toBe('PACK_NOT_FOUND');
        expect(error.message).toContain('1.0.0');
      },
    );

    it.each(['a@^1', 'a@1.2.3', 'a@1.x', 'a@<2 || >3', 'a@latest'])('accepts a version that is in the range of %s', async (reference) => {
      expect((await load(makeWorld([{ id: 'a', version: '1.2.3' }]), reference)).manifest.version).toBe('1.2.3');
    });

    it('takes a usable pack that a broken one would hide', async () => {
      const world = makeWorld([
        { id: 'a', isBroken: true, place: 'first' },
        { id: 'a', version: '1.5.0', place: 'second' },
      ]);
      expect((await load(world, 'a')).manifest.version).toBe('1.5.0');
    });

    it('reads the pack that a path names', async () => {
      const world = makeWorld([{ id: 'a', version: '1.2.3' }]);
      expect((await load(world, world.pathOf('a'))).manifest).toMatchObject({ id: 'a', version: '1.2.3' });
    });

    it('fails for an unknown id with the nearest ones', async () => {
      const error = await failure(load(makeWorld([{ id: 'web-api' }, { id: 'other' }]), 'web-apj'));
      expect([error.code, error.suggestions]).toEqual(['PACK_NOT_FOUND', ['web-api']]);
    });

    it('fails for a range that nothing is in, naming what there is', async () => {
      const error = await failure(load(makeWorld([{ id: 'a', version: '1.2.3' }]), 'a@^9'));
      expect(error.code).toBe('PACK_NOT_FOUND');
      expect(error.message).toContain('1.2.3');
    });

    it('fails for a broken pack with its findings', async () => {
      const error = await failure(load(makeWorld([{ id: 'bad', isBroken: true }]), 'bad'));
      expect(error.code).toBe('MANIFEST_INVALID');
      expect(error.diagnostics.length).toBeGreaterThan(0);
    });

    it('fails for a path where nothing is', async () => {
      expect((await failure(load(makeWorld([{ id: 'a' }]), './not-there'))).code).toBe('PACK_NOT_FOUND');
    });

    it.each(['npm:@acme/a', 'gh:acme/packs/a', 'oci://host/a:1.0.0', 'git+https://host/a.git'])('does not read %s', async (reference) => {
      expect((await failure(load(makeWorld([{ id: 'a' }]), reference))).code).toBe('SOURCE_UNSUPPORTED');
    });
  });
}
