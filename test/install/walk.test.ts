import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packToml } from '../../src/testing/pack-fixture.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

function putPack(directory: string, id: string, version: string, more = ''): void {
  mkdirSync(join(directory, 'templates'), { recursive: true });
  writeFileSync(join(directory, 'pack.toml'), packToml({ id, version, manifest: more }));
  writeFileSync(join(directory, 'templates', 'README.md'), `${id} ${version}\n`);
}

async function installedIds(workshop: Workshop): Promise<string[]> {
  const { data } = await workshop.json(['list', '--installed']);
  return data.packs.map(({ id, version }: { id: string; version: string }) => `${id} ${version}`);
}

it('walks through a life of shipped packs in an empty home', async () => {
  const workshop = makeWorkshop();
  expect(await installedIds(workshop)).toEqual([]);
  expect((await workshop.succeed(['list', '--installed'])).stdout).toBe('no packs match\n');
  const tree = await workshop.json(['tree', 'web-api-starter']);
  const ids: string[] = tree.data.packs.map(({ id }: { id: string }) => id);
  expect(ids).toContain('web-api-starter');
  expect(tree.data.totals).toMatchObject({ packs: ids.length, unmeasured: 0 });

  const dry = await workshop.json(['install', 'web-api-starter', '--dry-run']);
  expect(await installedIds(workshop)).toEqual([]);
  const installed = await workshop.json(['install', 'web-api-starter']);
  expect(installed.data.plan).toEqual(dry.data.plan);
  expect(installed.data.transaction).toMatch(/^\d{8}T/);
  expect((await installedIds(workshop)).map((name) => name.split(' ')[0])).toEqual([...ids].sort());
  expect((await workshop.json(['install', 'web-api-starter', '--frozen'])).data.transaction).toBeNull();
  expect((await workshop.json(['install', 'cli-app-starter', '--frozen'])).exitCode).toBe(3);

  const versions = await workshop.json(['show', 'web-api-starter', '--versions']);
  expect(versions.data).toMatchObject({ versions: [{ isInstalled: true }], hidden: [{ place: { kind: 'builtin' } }] });
  expect((await workshop.json(['upgrade', '--check'])).data.outdated).toEqual([]);
  expect((await workshop.json(['list', '--outdated'])).data.outdated).toEqual([]);
  expect((await workshop.json(['transactions'])).data.transactions).toMatchObject([{ state: 'done', operation: 'install' }]);
  await workshop.succeed(['generate', 'web-api-starter', 'shop', '--defaults', '--skip-hooks']);

  const store = join(workshop.home, 'packsmith', 'store');
  const [group = ''] = readdirSync(store);
  const [content = ''] = readdirSync(join(store, group));
  const file = join(store, group, content, 'pack.toml');
  chmodSync(file, 0o644);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\n# edited\n`);
  const damaged = await workshop.json(['verify']);
  expect([damaged.exitCode, damaged.error?.code, damaged.data.isSound]).toEqual([2, 'CHECK_FAILED', false]);
  const broken = (await workshop.json(['list', '--installed'])).data.packs.filter((pack: { isBroken: boolean }) => pack.isBroken);
  expect(broken).toHaveLength(1);
  expect(ids).toContain(broken[0].id);
  const { data } = await workshop.json(['verify', '--fix']);
  expect([data.isSound, data.fixed.length]).toEqual([true, 1]);

  const gone = await workshop.json(['uninstall', 'web-api-starter', '--purge']);
  expect(gone.data.freed.packs).toBe(ids.length);
  expect(await installedIds(workshop)).toEqual([]);
  expect((await workshop.json(['uninstall', 'web-api-starter'])).exitCode).toBe(7);
  const cleaned = await workshop.json(['clean', '--all']);
  expect(cleaned.data.dryRun).toBe(false);
});

it('cleans what is in the store, and nothing that a link there leads to', async () => {
  const workshop = makeWorkshop();
  await workshop.succeed(['install', 'web-api-starter']);
  const own = join(workshop.root, 'own');
  mkdirSync(join(own, 'documents'), { recursive: true });
  writeFileSync(join(own, 'documents', 'a.txt'), 'mine\n');
  const store = join(workshop.home, 'packsmith', 'store');
  for (const link of [join(store, 'zz'), join(store, '00')]) symlinkSync(own, link);
  mkdirSync(join(store, 'ff'));
  symlinkSync(own, join(store, 'ff', 'unused'));
  for (const args of [
    ['clean', '--all'],
    ['doctor', '--fix'],
    ['verify', '--fix'],
  ])
    await workshop.run([...args]);
  expect(readFileSync(join(own, 'documents', 'a.txt'), 'utf8')).toBe('mine\n');
  expect(existsSync(join(store, 'ff', 'unused'))).toBe(false);
});

it('installs folders, upgrades them with what changed, and compares versions', async () => {
  const workshop = makeWorkshop();
  const { work } = workshop;
  putPack(join(work, 'core'), 'core', '1.0.0');
  putPack(join(work, 'app'), 'app', '1.0.0', '[dependencies]\ncore = "^1"\n\n[variables.port]\ntype = "integer"\ndefault = 1\n');
  await workshop.succeed(['install', './core', './app']);
  expect(await installedIds(workshop)).toEqual(['app 1.0.0', 'core 1.0.0']);
  const refused = await workshop.json(['uninstall', 'core']);
  expect([refused.exitCode, refused.error?.message]).toEqual([3, 'core is needed by app']);

  putPack(join(work, 'app'), 'app', '2.0.0', '[dependencies]\ncore = "^1"\n');
  writeFileSync(join(work, 'app', 'CHANGELOG.md'), '# Changelog\n\n## 2.0.0\n\n- BREAKING: no port\n');
  expect((await workshop.json(['list', '--outdated'])).data.outdated).toEqual([
    { id: 'app', installed: '1.0.0', wanted: '2.0.0', latest: '2.0.0' },
  ]);
  const difference = await workshop.succeed(['diff', 'app@1.0.0', './app']);
  expect(difference.stdout).toContain('breaking: the variable port was removed');
  const preview = await workshop.succeed(['upgrade', '--dry-run']);
  expect(preview.stdout).toContain('breaking: the variable port was removed');
  expect(preview.stdout).toContain('BREAKING: no port');
  expect(await installedIds(workshop)).toEqual(['app 1.0.0', 'core 1.0.0']);
  await workshop.succeed(['upgrade']);
  expect(await installedIds(workshop)).toEqual(['app 2.0.0', 'core 1.0.0']);

  expect((await workshop.succeed(['tree'])).stdout).toMatch(/^app 2\.0\.0 \(.*\)\n└─ core 1\.0\.0/);
  expect((await workshop.succeed(['why', 'core'])).stdout).toMatch(/^core 1\.0\.0 .*\n└─ app 2\.0\.0/);
  expect((await workshop.succeed(['tree', '--format', 'dot'])).stdout).toContain('"app" -> "core"');
  await workshop.succeed(['install', 'app', '--target', 'packs']);
  expect(readdirSync(join(work, 'packs')).sort()).toEqual(['app', 'core']);
  expect((await workshop.json(['install', 'app', '--target', 'packs'])).error?.code).toBe('TARGET_IN_THE_WAY');
});

it('explains what cannot be, in words and with the exit code of resolution', async () => {
  const workshop = makeWorkshop();
  putPack(join(workshop.work, 'packs', 'core'), 'core', '2.0.0');
  putPack(join(workshop.work, 'packs', 'app'), 'app', '1.0.0', '[dependencies]\ncore = "^1"\n');
  const end = await workshop.run(['install', 'app']);
  expect(end.exitCode).toBe(3);
  expect(end.stderr).toContain('error[NO_SOLUTION]');
  expect(end.stderr).toContain('app 1.0.0 depends on core ^1');
  const missing = await workshop.json(['install', 'no-such-pack', '--offline']);
  expect([missing.exitCode, missing.error?.code]).toEqual([7, 'PACK_NOT_FOUND']);
});
