import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeTreeIntegrity } from '../../src/adapters/sources/tree-integrity.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { formatPackReference, type PackReference, parsePackReference } from '../../src/core/pack/pack-reference.ts';
import { sortedPaths } from '../../src/core/tree/file-tree.ts';
import type { AvailableVersion, FetchOptions, PackSource } from '../../src/ports/pack-source.ts';

/** A place with packs, and a source that reads it. */
export interface PackSourceWorld {
  /** A source over caches that are empty on the first call, and whatever earlier ones left on the next. */
  open(): PackSource;
  /** Everything that `reference` means, newest first. */
  readonly packs: readonly Pack[];
  readonly reference: PackReference;
  /** Nothing is there. */
  readonly missing: PackReference;
  /** Of a form that the source does not read. */
  readonly foreign: PackReference;
  /** Whether it is asked for ids and knows many packs, or each reference names one pack. */
  readonly isRegistry: boolean;
  /** Whether the dependencies of a pack are known before it is fetched. */
  readonly knowsDependencies: boolean;
  readonly hasArchives: boolean;
  /** Takes the network away for good; absent where there is none. */
  readonly cut?: () => Promise<void>;
  close(): Promise<void>;
}

const ONLINE: FetchOptions = { offline: false };
const OFFLINE: FetchOptions = { offline: true };
const WRONG = `sha512-${'A'.repeat(86)}==`;

/** What every place that packs come from promises. */
export function describePackSourceContract(name: string, make: () => Promise<PackSourceWorld>): void {
  describe(`${name} as a source of packs`, () => {
    let world: PackSourceWorld;

    beforeAll(async () => {
      world = await make();
    });
    afterAll(() => world.close());

    async function listed(source = world.open()): Promise<readonly AvailableVersion[]> {
      return (await source.listVersions(world.reference, ONLINE)) ?? [];
    }

    it('cannot do without network what it never did with it', async () => {
      if (world.cut === undefined)
        return expect(await world.open().listVersions(world.reference, OFFLINE)).toHaveLength(world.packs.length);
      expect(await codeOf(world.open().listVersions(world.reference, OFFLINE))).toBe('OFFLINE_MISSING');
    });

    it('accepts its own references only', () => {
      const source = world.open();
      expect([world.reference, world.missing, world.foreign].map((reference) => source.accepts(reference))).toEqual([true, true, false]);
    });

    it('lists versions, newest first', async () => {
      const versions = await listed();
      expect(versions.map(({ id, version }) => `${id}@${version}`)).toEqual(
        world.packs.map(({ manifest }) => `${manifest.id}@${manifest.version}`),
      );
      for (const { status, provenance } of versions) expect([status, provenance.kind]).toEqual(['available', world.open().kind]);
    });

    it('knows what a version needs', async () => {
      const [newest] = await listed();
      expect(newest?.dependencies).toEqual(world.knowsDependencies ? world.packs[0]?.manifest.dependencies : undefined);
    });

    it('gives the very files, with their modes', async () => {
      const source = world.open();
      for (const [index, version] of (await listed(source)).entries()) {
        const { files, integrity, archiveIntegrity } = await source.fetch(version, ONLINE);
        const expected = world.packs[index]?.files ?? new Map();
        expect(sortedPaths(files)).toEqual(sortedPaths(expected));
        for (const [path, { content, mode }] of expected) {
          expect([path, files.get(path)?.mode]).toEqual([path, mode]);
          expect(Buffer.from(files.get(path)?.content ?? []).equals(content)).toBe(true);
        }
        expect(integrity).toBe(computeTreeIntegrity(expected));
        expect(archiveIntegrity === undefined).toBe(!world.hasArchives);
      }
    });

    it('finds the very version again by what it is pinned to', async () => {
      const source = world.open();
      for (const version of await listed(source)) {
        expect(parsePackReference(formatPackReference(version.pinned))).toEqual(version.pinned);
        const again = (await world.open().listVersions(version.pinned, ONLINE)) ?? [];
        const same = again.find((candidate) => candidate.version === version.version);
        expect(same?.pinned).toEqual(version.pinned);
        expect((await world.open().fetch(version, ONLINE)).integrity).toBe((await source.fetch(version, ONLINE)).integrity);
      }
    });

    it('says that something is not there', async () => {
      const asked = world.open().listVersions(world.missing, ONLINE);
      if (world.isRegistry) expect(await asked).toBeUndefined();
      else expect(await codeOf(asked)).toBe('PACK_NOT_FOUND');
    });

    it('refuses an archive that is not the one that was chosen', async () => {
      const [newest] = await listed();
      if (newest === undefined || !world.hasArchives) return;
      expect(await codeOf(world.open().fetch({ ...newest, integrity: WRONG }, ONLINE))).toBe('INTEGRITY_MISMATCH');
    });

    it('refuses a pack that does not need what it was said to need', async () => {
      const [newest] = await listed();
      if (newest === undefined) throw new Error('nothing is listed');
      if (world.isRegistry && !world.knowsDependencies) return;
      const lied = { ...newest, dependencies: [] };
      expect(await codeOf(world.open().fetch(lied, ONLINE))).toBe('SOURCE_RESPONSE_INVALID');
    });

    it('stops when it is told to', async () => {
      const options = { ...ONLINE, signal: AbortSignal.abort() };
      const [newest] = await listed();
      expect(await codeOf(world.open().listVersions(world.reference, options))).toBe('INTERRUPTED');
      if (newest !== undefined) expect(await codeOf(world.open().fetch(newest, options))).toBe('INTERRUPTED');
    });

    it('gives without network all that was fetched with it', async () => {
      const source = world.open();
      const before = await listed(source);
      const fetched = await Promise.all(before.map((version) => source.fetch(version, ONLINE)));
      await world.cut?.();
      const later = world.open();
      const versions = (await later.listVersions(world.reference, OFFLINE)) ?? [];
      expect(versions).toEqual(before);
      const again = await Promise.all(versions.map((version) => later.fetch(version, OFFLINE)));
      expect(again.map(({ integrity }) => integrity)).toEqual(fetched.map(({ integrity }) => integrity));
    });
  });
}

/** The code of the failure that something ends with; anything else that it ends with is shown as it is. */
export async function codeOf(running: Promise<unknown>): Promise<string> {
  try {
    await running;
    return 'no error';
  } catch (error) {
    if (error instanceof PacksmithError) return error.code;
    throw error;
  }
}
