import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { FileTree } from '../../src/core/tree/file-tree.ts';
import type { PackStore, StoreTransaction } from '../../src/ports/pack-store.ts';
import { installedNames, lockOf, packOf, planOfPacks } from '../support/install-world.ts';

export interface StoreWorld {
  /** A fresh view of the store, as another command has it. */
  open(): PackStore;
  /** Changes a stored pack behind the store's back. */
  damage(integrity: string, files: FileTree): void;
  /** What was unpacked below a directory, by `id/path`. */
  readUnpacked(directory: string): Record<string, string>;
  readonly unpackDirectory: string;
}

function textsOf(files: FileTree | undefined): Record<string, string> {
  return Object.fromEntries([...(files ?? [])].map(([path, { content }]) => [path, new TextDecoder().decode(content)]));
}

/** What every PackStore promises. */
export function describePackStoreContract(name: string, makeWorld: () => StoreWorld): void {
  const web = packOf('web', '1.0.0', '', { 'bin/run': 'sh\n' });
  const core = packOf('core', '2.0.0');

  async function begin(store: PackStore, packs: readonly Pack[], requests?: readonly string[]): Promise<StoreTransaction> {
    return store.begin(planOfPacks(packs, (await store.readInstalled()).digest, requests));
  }

  async function install(store: PackStore, ...packs: readonly Pack[]): Promise<void> {
    const transaction = await begin(store, packs);
    for (const pack of packs) await transaction.stage(pack.integrity, pack.files);
    await transaction.commit(lockOf(...packs));
  }

  async function codeOf(attempt: Promise<unknown>): Promise<string> {
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(PacksmithError);
    return (error as PacksmithError).code;
  }

  describe(`${name}: what is installed`, () => {
    it('is nothing at first', async () => {
      const store = makeWorld().open();
      expect((await store.readInstalled()).lock).toEqual({ format: 1, packs: [] });
      expect(await store.read(web.integrity)).toBeUndefined();
      expect(await store.check(web.integrity)).toBe('missing');
      expect(await store.listTransactions()).toEqual([]);
    });
    it('is what was committed, byte for byte, for every other command too', async () => {
      const world = makeWorld();
      await install(world.open(), web, core);
      const store = world.open();
      expect((await store.readInstalled()).lock).toEqual(lockOf(core, web));
      expect(textsOf(await store.read(web.integrity))).toEqual(textsOf(web.files));
      expect(await store.check(core.integrity)).toBe('intact');
      expect(await store.listTransactions()).toMatchObject([{ operation: 'install', state: 'done', staged: [] }]);
    });
    it('can shrink, and the content stays until it is swept', async () => {
      const world = makeWorld();
      await install(world.open(), web, core);
      const store = world.open();
      await (await begin(store, [])).commit(lockOf(core));
      expect(await installedNames(store)).toEqual(['core 2.0.0']);
      expect(await store.check(web.integrity)).toBe('intact');
      const request = { store: true, cache: false, dryRun: true };
      expect(await store.sweep(request)).toMatchObject({ packs: 1, transactions: 2 });
      expect(await store.check(web.integrity)).toBe('intact');
      await store.sweep({ ...request, dryRun: false });
      expect([await store.check(web.integrity), await store.check(core.integrity)]).toEqual(['missing', 'intact']);
      expect(await store.listTransactions()).toEqual([]);
    });
  });

  describe(`${name}: transactions`, () => {
    it('refuse a plan that is no longer true', async () => {
      const world = makeWorld();
      const { digest } = await world.open().readInstalled();
      await install(world.open(), web);
      expect(await codeOf(world.open().begin(planOfPacks([core], digest)))).toBe('STORE_CHANGED');
    });
    it('refuse files that are not what their integrity says', async () => {
      const store = makeWorld().open();
      const transaction = await begin(store, [web]);
      expect(await codeOf(transaction.stage(web.integrity, core.files))).toBe('INTEGRITY_MISMATCH');
      expect(await transaction.suspend()).toBe(false);
      expect(await store.listTransactions()).toEqual([]);
    });
    it('leave everything as it was when they are suspended, and can be resumed', async () => {
      const world = makeWorld();
      await install(world.open(), core);
      const before = await world.open().readInstalled();
      const first = await begin(world.open(), [web, core], ['web']);
      await first.stage(web.integrity, web.files);
      expect(await first.suspend()).toBe(true);
      expect(await world.open().readInstalled()).toEqual(before);
      expect(await world.open().check(web.integrity)).toBe('missing');
      expect((await world.open().listTransactions())[0]).toMatchObject({ id: first.id, state: 'interrupted', staged: [web.integrity] });
      const again = await world.open().resume(first.id, planOfPacks([web, core], before.digest, ['web']));
      expect([...again.staged]).toEqual([web.integrity]);
      expect(textsOf(await again.readStaged(web.integrity))).toEqual(textsOf(web.files));
      await again.commit(lockOf(web, core));
      expect(await installedNames(world.open())).toEqual(['core 2.0.0', 'web 1.0.0']);
      expect(await codeOf(world.open().resume(first.id, planOfPacks([], (await world.open().readInstalled()).digest)))).toBe(
        'TRANSACTION_NOT_FOUND',
      );
    });
    it('go on by asking for the same again', async () => {
      const store = makeWorld().open();
      const first = await begin(store, [web], ['web']);
      await first.stage(web.integrity, web.files);
      await first.suspend();
      const other = await begin(store, [core], ['core']);
      expect(other.id).not.toBe(first.id);
      expect([...other.staged]).toEqual([]);
      await other.suspend();
      const again = await begin(store, [web], ['web']);
      expect([again.id, [...again.staged]]).toEqual([first.id, [web.integrity]]);
      await again.suspend();
    });
    it('can be rolled back', async () => {
      const store = makeWorld().open();
      const transaction = await begin(store, [web]);
      await transaction.stage(web.integrity, web.files);
      await transaction.suspend();
      expect(await store.rollback(transaction.id)).toMatchObject({ state: 'rolled-back', staged: [] });
      expect(await store.listTransactions()).toMatchObject([{ state: 'rolled-back' }]);
      expect(await codeOf(store.rollback(transaction.id))).toBe('TRANSACTION_NOT_FOUND');
    });
    it.each(['', '..', '../x', 'nothing', '20260101T000000000Z-000000'])('do not know %j', async (id) => {
      expect(await codeOf(makeWorld().open().rollback(id))).toBe('TRANSACTION_NOT_FOUND');
    });
  });

  describe(`${name}: damage`, () => {
    it('is seen before anything is read, and repaired by storing again', async () => {
      const world = makeWorld();
      await install(world.open(), web);
      world.damage(web.integrity, core.files);
      const store = world.open();
      expect(await store.check(web.integrity)).toBe('damaged');
      expect(await codeOf(store.read(web.integrity))).toBe('STORE_DAMAGED');
      await install(store, web);
      expect(await store.check(web.integrity)).toBe('intact');
    });
  });

  describe(`${name}: unpacking`, () => {
    it('writes folders, and replaces only on request', async () => {
      const world = makeWorld();
      const { unpackDirectory } = world;
      const store = world.open();
      await store.unpack(unpackDirectory, new Map([['web', web.files]]), { replace: false });
      expect(world.readUnpacked(unpackDirectory)).toMatchObject({ 'web/templates/README.md': 'web 1.0.0\n' });
      const both = new Map([
        ['@acme/core', core.files],
        ['web', core.files],
      ]);
      expect(await codeOf(store.unpack(unpackDirectory, both, { replace: false }))).toBe('TARGET_IN_THE_WAY');
      expect(Object.keys(world.readUnpacked(unpackDirectory)).some((path) => path.startsWith('@acme'))).toBe(false);
      await store.unpack(unpackDirectory, both, { replace: true });
      expect(world.readUnpacked(unpackDirectory)).toMatchObject({
        'web/templates/README.md': 'core 2.0.0\n',
        '@acme/core/templates/README.md': 'core 2.0.0\n',
      });
    });
  });
}
