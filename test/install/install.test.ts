import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { InstallPlan } from '../../src/core/install/install-plan.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { diffPacks } from '../../src/ops/packs/diff-packs.ts';
import { applyInstall, installPacks, unpackInto } from '../../src/ops/packs/install-packs.ts';
import { createPackInstaller } from '../../src/ops/packs/pack-installer.ts';
import { type PlanInstallRequest, planInstall } from '../../src/ops/packs/plan-install.ts';
import { resolvePacks } from '../../src/ops/packs/resolve-packs.ts';
import { cutGraph, showTree } from '../../src/ops/packs/show-tree.ts';
import { listStoreTransactions, resumeTransaction } from '../../src/ops/packs/store-transactions.ts';
import { uninstallPacks } from '../../src/ops/packs/uninstall-packs.ts';
import { findOutdated, planUpgrade } from '../../src/ops/packs/upgrade-packs.ts';
import { verifyPacks } from '../../src/ops/packs/verify-packs.ts';
import { MemoryPackSource } from '../../src/testing/memory-pack-source.ts';
import { MemoryPackStore } from '../../src/testing/memory-pack-store.ts';
import { type InstallWorld, installedNames, packOf, packsOf, worldOf } from '../support/install-world.ts';

const STACK = {
  'stack 1.0.0': 'api ^1, web ^1, ops? ^1',
  'api 1.0.0': 'core ^1',
  'api 1.1.0': 'core ^1.1',
  'api 2.0.0': 'core ^2',
  'web 1.0.0': 'core ^1',
  'core 1.0.0': '',
  'core 1.1.0': '',
  'core 2.0.0': '',
  'ops 1.0.0': '',
};

function makeWorld(packs: readonly Pack[] = packsOf(STACK), more: Parameters<typeof worldOf>[2] = {}) {
  const store = new MemoryPackStore();
  return { ...worldOf(store, packs, more), store };
}

const request = (...references: string[]): PlanInstallRequest => ({ references, workingDirectory: '/work', offline: false });

async function failure(attempt: Promise<unknown>): Promise<PacksmithError> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PacksmithError);
  return error as PacksmithError;
}

const actions = ({ packs }: InstallPlan) => packs.map(({ action, id, version }) => `${action} ${id} ${version}`);

/** Offers these versions from now on. */
function publish(world: InstallWorld, packs: Readonly<Record<string, string>>): void {
  for (const pack of packsOf(packs)) world.source.add(pack);
}

describe('installing', () => {
  it('brings what is needed, dependencies first, in levels', async () => {
    const world = makeWorld();
    const { plan } = await installPacks(request('stack'), world);
    expect(actions(plan)).toEqual(['add core 1.1.0', 'add api 1.1.0', 'add web 1.0.0', 'add stack 1.0.0']);
    expect(plan.levels).toEqual([['core'], ['api', 'web'], ['stack']]);
    const { lock } = await world.store.readInstalled();
    expect(lock.packs.map(({ id, requested }) => [id, requested])).toEqual([
      ['api', undefined],
      ['core', undefined],
      ['stack', 'stack'],
      ['web', undefined],
    ]);
    expect(lock.packs.find(({ id }) => id === 'stack')).toMatchObject({ dependencies: { api: '^1', web: '^1' }, optional: { ops: '^1' } });
    for (const { integrity } of lock.packs) expect(await world.store.check(integrity)).toBe('intact');
    expect(world.reporter.events.filter(({ kind }) => kind === 'pack-stored')).toHaveLength(4);
  });
  it('keeps what is there, and does nothing the second time', async () => {
    const world = makeWorld();
    await installPacks(request('web'), world);
    publish(world, { 'core 1.2.0': '' });
    expect(actions((await planInstall(request('api@^1'), world)).plan)).toEqual(['keep core 1.1.0', 'add api 1.1.0']);
    expect((await installPacks(request('web'), world)).transaction).toBeUndefined();
    expect((await installPacks({ ...request('web'), force: true }, world)).transaction).toBeDefined();
  });
  it('replaces what must change for all to fit, and says who is in the way otherwise', async () => {
    const world = makeWorld();
    await installPacks(request('core@1.0.0'), world);
    const error = await failure(planInstall(request('api@^2'), world));
    expect(error.code).toBe('NO_SOLUTION');
    expect(error.message).toContain('the installed core');
    expect(actions((await planInstall(request('api@^2', 'core'), world)).plan)).toEqual(['replace core 2.0.0', 'add api 2.0.0']);
  });
  it('takes another version of what is installed when it is asked for', async () => {
    const world = makeWorld();
    await installPacks(request('api@^1'), world);
    const { plan } = await installPacks(request('api@^2'), world);
    expect(actions(plan)).toEqual(['replace core 2.0.0', 'replace api 2.0.0']);
    expect((await world.store.readInstalled()).lock.packs[0]).toMatchObject({ id: 'api', requested: 'api@^2' });
  });
  it('needs no network for what is installed', async () => {
    const world = makeWorld();
    await installPacks(request('stack'), world);
    world.source.breakDown(new PacksmithError('SOURCE_UNREACHABLE', 'down'));
    const { packs } = await resolvePacks({ demands: [{ reference: 'stack', requestedBy: 'project' }], offline: false }, world);
    expect(packs.map(({ id, because }) => `${id}: ${because}`)).toEqual([
      'core: api, web need it',
      'api: stack needs it',
      'web: stack needs it',
      'stack: asked for',
    ]);
    expect((await packs[3]!.load()).provenance.kind).toBe('installed');
  });
  it('is planned as plain data that can be applied from JSON', async () => {
    const world = makeWorld();
    const plan = JSON.parse(JSON.stringify(await createPackInstaller(world).plan(request('stack')))) as InstallPlan;
    await createPackInstaller(world).apply(plan);
    expect(await installedNames(world.store)).toEqual(['api 1.1.0', 'core 1.1.0', 'stack 1.0.0', 'web 1.0.0']);
    expect(
      (await failure(createPackInstaller(world).apply({ ...plan, packs: plan.packs.map((pack) => ({ ...pack, requested: 'x' })) }))).code,
    ).toBe('STORE_CHANGED');
  });
  it('can leave dependencies out, and says what is missing', async () => {
    const world = makeWorld();
    const { plan } = await installPacks({ ...request('api@^1'), withoutDependencies: true }, world);
    expect(plan.warnings).toEqual(['api needs core ^1.1, which is not installed']);
    expect((await verifyPacks({ ids: [], fix: false, offline: false }, world)).packs[0]?.problems).toEqual([
      'it needs core ^1.1, which is not installed',
    ]);
  });
  it('changes nothing when frozen', async () => {
    const world = makeWorld();
    expect((await failure(planInstall({ ...request('web'), frozen: true }, world))).code).toBe('FROZEN');
    await installPacks(request('web'), world);
    await planInstall({ ...request('web'), frozen: true }, world);
  });
  it('unpacks into a directory instead', async () => {
    const world = makeWorld();
    const { plan, resolved } = await planInstall(request('web'), world);
    await unpackInto('packs', { plan, resolved, replace: false }, world);
    expect([...(world.store.unpacked.get('packs')?.keys() ?? [])]).toEqual(['core', 'web']);
    expect(await installedNames(world.store)).toEqual([]);
  });
  it('prefers a pack that is not yanked, and warns of a deprecated one', async () => {
    const world = makeWorld([]);
    world.source.add(packOf('web', '1.0.0'), { status: 'deprecated', notice: 'use web2' });
    world.source.add(packOf('web', '1.1.0'), { status: 'yanked' });
    expect((await installPacks(request('web'), world)).plan.warnings).toEqual(['web 1.0.0 is deprecated: use web2']);
  });
  it.each([
    ['web@next', 'web 2.0.0-beta.1'],
    ['web@latest', 'web 1.0.0'],
    ['web', 'web 1.0.0'],
  ])('reads %s as %s', async (reference, expected) => {
    const world = makeWorld([]);
    world.source.add(packOf('web', '1.0.0'));
    world.source.add(packOf('web', '2.0.0-beta.1'), { tags: ['next'] });
    await installPacks(request(reference), world);
    expect(await installedNames(world.store)).toEqual([expected]);
  });
  it.each([
    ['nope', 'PACK_NOT_FOUND'],
    ['web@nightly', 'PACK_NOT_FOUND'],
    ['web@^9', 'NO_SOLUTION'],
    ['gh:acme/packs', 'SOURCE_UNSUPPORTED'],
    ['web@@', 'REFERENCE_INVALID'],
  ])('refuses %s with %s', async (reference, code) => {
    expect((await failure(installPacks(request(reference), makeWorld()))).code).toBe(code);
  });
  it('refuses packs that need each other, and too many', async () => {
    expect((await failure(installPacks(request('a'), makeWorld(packsOf({ 'a 1.0.0': 'b *', 'b 1.0.0': 'a *' }))))).code).toBe(
      'DEPENDENCY_CYCLE',
    );
    const chain = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`p${index} 1.0.0`, index === 100 ? '' : `p${index + 1} *`]),
    );
    expect((await failure(installPacks(request('p0'), makeWorld(packsOf(chain))))).code).toBe('LIMIT_EXCEEDED');
    const deep = await resolvePacks({ demands: [{ reference: 'p94', requestedBy: 'project' }], offline: false }, makeWorld(packsOf(chain)));
    expect(deep.warnings).toHaveLength(1);
  });
  it('lets overrides replace what packs ask', async () => {
    const demands = [
      { reference: 'api@^2', requestedBy: 'project' },
      { reference: 'web', requestedBy: 'project' },
    ];
    expect((await failure(resolvePacks({ demands, offline: false }, makeWorld()))).code).toBe('NO_SOLUTION');
    const { packs } = await resolvePacks({ demands, overrides: new Map([['core', '2.0.0']]), offline: false }, makeWorld());
    expect(packs.map(({ id, version }) => `${id} ${version}`)).toEqual(['core 2.0.0', 'api 2.0.0', 'web 1.0.0']);
  });
});

describe('slow places', () => {
  it('are not waited for longer than the limit, even when they do not heed it', async () => {
    class SilentSource extends MemoryPackSource {
      override listVersions(): Promise<never> {
        return new Promise((_resolve, reject) => setTimeout(reject, 2_000, new Error('too late')));
      }
    }
    const demands = [{ reference: 'web', requestedBy: 'project' }];
    const error = await failure(resolvePacks({ demands, offline: false, timeLimit: 20 }, makeWorld([], { source: new SilentSource() })));
    expect(error.code).toBe('LIMIT_EXCEEDED');
  });
  it('may take their time once the packs are resolved', async () => {
    const demands = [{ reference: 'web', requestedBy: 'project' }];
    const { packs } = await resolvePacks({ demands, offline: false, timeLimit: 150 }, makeWorld());
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await packs[1]!.load()).manifest.id).toBe('web');
  });
});

describe('one id, one place', () => {
  it('is the project before everything: nobody can inject a pack by a higher version elsewhere', async () => {
    const own = packOf('web', '0.1.0');
    const world = makeWorld(packsOf(STACK), { local: [{ ...own, provenance: { kind: 'project', location: '/work/packs/web' } }] });
    expect(actions((await planInstall(request('web'), world)).plan)).toEqual(['add web 0.1.0']);
    const error = await failure(planInstall(request('web@^1'), world));
    expect(error.code).toBe('NO_SOLUTION');
  });
  it('is the first registry that knows it, and the later ones are not even asked', async () => {
    const later = new MemoryPackSource();
    later.add(packOf('core', '9.0.0'));
    const world = makeWorld();
    later.breakDown(new PacksmithError('SOURCE_UNREACHABLE', 'must not be asked'));
    const registries = [...world.places.registries, { name: 'later', scopes: [], source: later }];
    const { plan } = await planInstall(request('core'), { ...world, places: { sources: [], registries } });
    expect(actions(plan)).toEqual(['add core 2.0.0']);
  });
  it('is where a pack was installed from, for upgrades, even when a folder of the project hides it', async () => {
    const world = makeWorld();
    await installPacks(request('web'), world);
    publish(world, { 'web 1.5.0': '' });
    const own = { ...packOf('web', '7.0.0'), provenance: { kind: 'project', location: '/work/packs/web' } as const };
    const here = { ...worldOf(world.store, [], { local: [own] }), places: world.places };
    expect(await findOutdated({ ids: [], reach: 'range', offline: false }, here)).toMatchObject([
      { id: 'core', latest: '2.0.0' },
      { id: 'web', installed: '1.0.0', wanted: '1.5.0' },
    ]);
  });
});

describe('when fetching fails', () => {
  const eight = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`p${index} 1.0.0`, index === 7 ? '' : `p${index + 1} ^1`]));

  /** A registry that gives a number of packs and then no more. */
  class DyingSource extends MemoryPackSource {
    left = 2;
    override async fetch(...parameters: Parameters<MemoryPackSource['fetch']>): ReturnType<MemoryPackSource['fetch']> {
      if (this.left <= 0 && !parameters[1].offline) throw new PacksmithError('SOURCE_UNREACHABLE', 'the registry does not answer');
      this.left -= 1;
      return super.fetch(...parameters);
    }
  }

  it('at the third of eight, nothing is installed, and it can be resumed', async () => {
    const source = new DyingSource();
    for (const pack of packsOf(eight)) source.add(pack);
    const world = makeWorld([], { source });
    await installPacks(request('p7'), { ...world, places: { sources: [], registries: [{ name: 'main', scopes: [], source }] } });
    source.left = 2;
    const before = await world.store.readInstalled();
    const error = await failure(installPacks({ ...request('p0'), concurrency: 1 }, world));
    expect(error.code).toBe('SOURCE_UNREACHABLE');
    expect(error.message).toContain('nothing was installed: 2 of 7 packs had been fetched');
    expect(error.hint).toMatch(/packs transactions resume t\d+` goes on.*--offline/);
    expect(await world.store.readInstalled()).toEqual(before);
    const [open] = await listStoreTransactions(world);
    expect(open).toMatchObject({ state: 'interrupted' });
    source.left = 8;
    await resumeTransaction({ id: open!.id, offline: false }, world);
    expect(await installedNames(world.store)).toHaveLength(8);
    expect((await failure(resumeTransaction({ id: open!.id, offline: false }, world))).code).toBe('TRANSACTION_NOT_FOUND');
  });
  it('refuses bytes that are not those that were promised', async () => {
    const world = makeWorld();
    world.source.tamper(packOf('core', '1.1.0', '', { 'templates/evil.sh': 'rm -rf' }));
    expect((await failure(installPacks(request('web'), world))).code).toBe('INTEGRITY_MISMATCH');
    expect(await installedNames(world.store)).toEqual([]);
  });
  it('lists all that is missing offline', async () => {
    const world = makeWorld();
    const { plan } = await planInstall(request('web'), world);
    const error = await failure(applyInstall(plan, { offline: true }, world));
    expect([error.code, error.message.split('\n').slice(0, 2)]).toEqual([
      'OFFLINE_MISSING',
      ['core@1.1.0 was never fetched', 'web@1.0.0 was never fetched'],
    ]);
  });
  it('works offline from what was fetched', async () => {
    const world = makeWorld();
    await installPacks(request('web'), world);
    await uninstallPacks({ ids: ['web'], cascade: false, purge: true }, world);
    world.source.breakDown(new PacksmithError('SOURCE_UNREACHABLE', 'down'));
    await installPacks({ ...request('web'), offline: true }, world);
    expect(await installedNames(world.store)).toEqual(['core 1.1.0', 'web 1.0.0']);
  });
  it('stops when it is interrupted', async () => {
    const controller = new AbortController();
    const world = makeWorld();
    const { plan } = await planInstall(request('web'), world);
    controller.abort();
    expect((await failure(applyInstall(plan, { offline: false, signal: controller.signal }, world))).code).toBe('INTERRUPTED');
    expect(await installedNames(world.store)).toEqual([]);
  });
  it('refuses what a signature check refuses, before it is stored', async () => {
    const world = makeWorld();
    const verifySignature = async () => {
      throw new PacksmithError('INTEGRITY_MISMATCH', 'unsigned');
    };
    expect((await failure(installPacks({ ...request('web'), verifySignature }, world))).message).toContain('unsigned');
    expect(await listStoreTransactions(world)).toEqual([]);
  });
});

describe('removing', () => {
  it('refuses while others need it, and names them', async () => {
    const world = makeWorld();
    await installPacks(request('stack'), world);
    const error = await failure(uninstallPacks({ ids: ['core'], cascade: false, purge: false }, world));
    expect([error.code, error.message]).toEqual(['PACK_NEEDED', 'core is needed by api, web']);
    await uninstallPacks({ ids: ['core'], cascade: true, purge: false }, world);
    expect(await installedNames(world.store)).toEqual([]);
  });
  it('purges what only it brought', async () => {
    const world = makeWorld();
    await installPacks(request('stack', 'core@^1'), world);
    const { plan, freed } = await uninstallPacks({ ids: ['stack'], cascade: false, purge: true }, world);
    expect(plan.removes.map(({ id, because }) => `${id}: ${because}`)).toEqual([
      'api: nothing else needs it',
      'stack: it was asked for',
      'web: nothing else needs it',
    ]);
    expect(freed).toMatchObject({ packs: 3 });
    expect(await installedNames(world.store)).toEqual(['core 1.1.0']);
    expect((await failure(uninstallPacks({ ids: ['cor'], cascade: false, purge: false }, world))).suggestions).toEqual(['core']);
  });
});

describe('upgrading', () => {
  const changelog = { 'CHANGELOG.md': '# Changelog\n\n## 2.0.0\n\nBREAKING: no port\n\n## 1.0.0\n\nfirst\n' };
  it.each([
    { reach: 'range', result: ['api 1.2.0', 'core 1.2.0', 'web 1.0.0'] },
    { reach: 'patch', result: ['api 1.1.0', 'core 1.1.1', 'web 1.0.0'] },
    { reach: 'minor', result: ['api 1.2.0', 'core 1.2.0', 'web 1.0.0'] },
  ] as const)('goes as far as $reach', async ({ reach, result }) => {
    const world = makeWorld();
    await installPacks(request('api@^1', 'web'), world);
    publish(world, { 'core 1.1.1': '', 'core 1.2.0': '', 'api 1.2.0': 'core ^1.2' });
    const { plan, resolved } = await planUpgrade({ ids: [], reach, offline: false }, world);
    await applyInstall(plan, { offline: false, resolved }, world);
    expect(await installedNames(world.store)).toEqual(result);
  });
  it('beyond the range with latest, which is then what is asked for', async () => {
    const world = makeWorld();
    await installPacks(request('api@^1'), world);
    const { plan, resolved } = await planUpgrade({ ids: [], reach: 'latest', offline: false }, world);
    await applyInstall(plan, { offline: false, resolved }, world);
    const { lock } = await world.store.readInstalled();
    expect(lock.packs.map(({ id, version, requested }) => [id, version, requested])).toEqual([
      ['api', '2.0.0', 'api@^2.0.0'],
      ['core', '2.0.0', undefined],
    ]);
  });
  it('shows what changed, with breaking changes marked', async () => {
    const world = makeWorld([packOf('web', '1.0.0', '', { 'templates/port.txt': 'port' })]);
    await installPacks(request('web'), world);
    world.source.add(packOf('web', '2.0.0', '', changelog));
    const { steps } = await planUpgrade({ ids: ['web'], reach: 'range', offline: false }, world);
    expect(steps).toMatchObject([
      {
        id: 'web',
        from: '1.0.0',
        to: '2.0.0',
        changelog: [{ version: '2.0.0', isBreaking: true }],
        changes: [{ subject: 'port.txt', isBreaking: true }],
      },
    ]);
    const difference = await diffPacks({ before: 'web@1.0.0', after: 'web@2.0.0', workingDirectory: '/work', offline: false }, world);
    expect(difference.files.map(({ path, change }) => `${change} ${path}`)).toEqual([
      'added CHANGELOG.md',
      'changed pack.toml',
      'changed templates/README.md',
      'removed templates/port.txt',
    ]);
  });
});

describe('verifying', () => {
  it('finds damage, and repairs it from where it came', async () => {
    const world = makeWorld();
    await installPacks(request('web'), world);
    const web = (await world.store.readInstalled()).lock.packs.find(({ id }) => id === 'web')!;
    world.store.damage(web.integrity, packOf('core', '1.0.0').files);
    const found = await verifyPacks({ ids: [], fix: false, offline: false }, world);
    expect(found).toMatchObject({
      isSound: false,
      packs: [
        { id: 'core', state: 'intact' },
        { id: 'web', state: 'damaged' },
      ],
    });
    expect(
      (
        await failure(
          (await resolvePacks({ demands: [{ reference: 'web', requestedBy: 'project' }], offline: false }, world)).packs[1]!.load(),
        )
      ).code,
    ).toBe('STORE_DAMAGED');
    expect(await verifyPacks({ ids: [], fix: true, offline: false }, world)).toMatchObject({ isSound: true, fixed: ['web'] });
  });
  it('does not accept other bytes for a repair', async () => {
    const world = makeWorld();
    await installPacks(request('web'), world);
    const web = (await world.store.readInstalled()).lock.packs.find(({ id }) => id === 'web')!;
    world.store.damage(web.integrity, packOf('core', '1.0.0').files);
    world.source.add(packOf('web', '1.0.0', 'core ^1', { extra: 'x' }));
    expect((await failure(verifyPacks({ ids: ['web'], fix: true, offline: false }, world))).code).toBe('INTEGRITY_MISMATCH');
  });
});

describe('the tree', () => {
  it('is that of a reference, of what is installed, or upside down', async () => {
    const world = makeWorld();
    const tree = { workingDirectory: '/work', offline: false, invert: false };
    const shown = await showTree({ ...tree, references: ['stack'] }, world);
    expect(shown.totals).toMatchObject({ packs: 4, depth: 3, unmeasured: 4, levels: [['core'], ['api', 'web'], ['stack']] });
    await installPacks(request('stack'), world);
    const installed = await showTree({ ...tree, references: [] }, world);
    expect(installed.totals).toMatchObject({ packs: 4, depth: 3, unmeasured: 0 });
    expect(installed.from).toEqual(['stack']);
    expect(cutGraph(installed.graph, ['stack'], 1, false).packs.map(({ pack }) => pack)).toEqual(['api', 'stack', 'web']);
    const inverted = await showTree({ ...tree, references: ['core'], invert: true }, world);
    expect(cutGraph(inverted.graph, ['core'], 1, true).packs.map(({ pack }) => pack)).toEqual(['api', 'core', 'web']);
    expect((await failure(showTree({ ...tree, references: ['nope'], invert: true }, world))).code).toBe('PACK_NOT_FOUND');
  });
});
