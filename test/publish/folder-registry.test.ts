import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, readTexts, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writeSettings, writeWholePack } from './authors.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

function openRegistry(workshop: Workshop): string {
  mkdirSync(join(workshop.home, 'packsmith'), { recursive: true });
  const registry = join(workshop.root, 'regístry');
  writeSettings(workshop, `[registries.shared]\ntype = "folder"\nurl = ${JSON.stringify(registry)}\n`);
  return registry;
}

describe('a new pack', () => {
  it('is valid, generates, and can be published as it is', async () => {
    const workshop = makeWorkshop();
    const registry = openRegistry(workshop);
    const created = await workshop.json(['create', 'my-pack', '--category', 'web']);
    expect(created.data).toMatchObject({ id: 'my-pack', directory: join(workshop.work, 'my-pack') });
    expect(await workshop.json(['validate', './my-pack', '--strict'])).toMatchObject({ ok: true, data: { diagnostics: [] } });
    await workshop.succeed(['generate', './my-pack', 'made']);
    expect(readTexts(join(workshop.work, 'made'))['README.md']).toContain('# made');
    await workshop.succeed(['publish', 'my-pack']);
    expect(readdirSync(registry).sort()).toEqual(['index.json', 'my-pack']);
  });

  it('is never made over something', async () => {
    const workshop = makeWorkshop();
    mkdirSync(join(workshop.work, 'mine'));
    writeFileSync(join(workshop.work, 'mine', 'file'), 'mine');
    const before = readWholeTree(workshop.work);
    const refused = await workshop.json(['init', '@acme/api', 'mine']);
    expect(refused).toMatchObject({ exitCode: 6, error: { code: 'DIRECTORY_IN_THE_WAY' } });
    expect(await workshop.json(['create', 'Not A Name'])).toMatchObject({ exitCode: 2, error: { code: 'REFERENCE_INVALID' } });
    expect(readWholeTree(workshop.work)).toEqual(before);
  });
});

describe('a folder registry', () => {
  it('gives what was published to it, with what that needs', async () => {
    const workshop = makeWorkshop();
    openRegistry(workshop);
    const core = writeWholePack(workshop, { id: 'core', version: '1.0.0', manifest: '[variables.name]\ntype = "string"\ndefault = "x"' });
    const api = writeWholePack(workshop, { id: '@acme/api', version: '2.1.0', manifest: '[dependencies]\ncore = "^1"' });
    const published = await workshop.json(['publish', core]);
    await workshop.succeed(['publish', api]);
    const installed = await workshop.json(['install', '@acme/api@^2']);
    const packs = installed.data.plan.packs as { id: string; version: string; archiveIntegrity: string; registry: string }[];
    expect(packs.map(({ id, version, registry }) => `${id} ${version} ${registry}`)).toEqual([
      'core 1.0.0 shared',
      '@acme/api 2.1.0 shared',
    ]);
    expect(packs[0]?.archiveIntegrity).toBe(published.data.integrity);
    await workshop.succeed(['generate', '@acme/api', 'made', '--offline']);
    expect(Object.keys(readTexts(join(workshop.work, 'made')))).toEqual(expect.arrayContaining(['-acme-api.txt', 'core.txt']));
  });

  it('is searched before anything is installed from it', async () => {
    const workshop = makeWorkshop();
    const { json, succeed, run, root, home, work } = workshop;
    const registry = openRegistry(workshop);
    const other = join(root, 'other');
    writeFileSync(
      join(home, 'packsmith', 'config.toml'),
      `format = 1\n[registries.shared]\ntype = "folder"\nurl = ${JSON.stringify(registry)}\n` +
        `[registries.acme]\ntype = "folder"\nurl = ${JSON.stringify(other)}\nscopes = ["@acme"]\n`,
    );
    for (const [id, version, to] of [
      ['brewery', '1.0.0', 'shared'],
      ['brewery', '1.1.0', 'shared'],
      ['brewery', '2.0.0-rc.1', 'shared'],
      ['brewing-tools', '1.0.0', 'shared'],
      ['@acme/brewhouse', '1.0.0', 'acme'],
    ] as const)
      await succeed(['publish', writeWholePack(workshop, { id, version }), '--registry', to]);
    // An index without texts to search is searched by ids; a scope comes only from where it is claimed; what is on this machine hides the rest.
    const index = JSON.parse(readFileSync(join(registry, 'index.json'), 'utf8'));
    delete index.packs['brewing-tools'].versions['1.0.0'].about;
    index.packs['@acme/brewpub'] = index.packs['brewery'];
    writeFileSync(join(registry, 'index.json'), JSON.stringify(index));
    await succeed(['yank', 'brewery@1.1.0', '--message', 'sour', '--registry', 'shared']);
    const found = (await json(['search', 'brew'])).data.hits.map(
      ({ pack }: { pack: { id: string; version: string; provenance: { kind: string } } }) =>
        `${pack.id} ${pack.version} ${pack.provenance.kind}`,
    );
    expect(found.sort()).toEqual(['@acme/brewhouse 1.0.0 folder', 'brewery 1.0.0 folder', 'brewing-tools 1.0.0 folder']);
    const shown = await run(['search', 'brewery']);
    expect(shown).toMatchObject({
      stdout: expect.stringContaining(`in the registry ${registry}`),
      stderr: expect.stringContaining('packs install brewery'),
    });
    expect((await json(['search', 'brewery', '--tag', 'nothing'])).data.hits).toEqual([]);
    await succeed(['create', 'brewery', join(work, 'packs', 'brewery')]);
    expect((await json(['search', 'brewery'])).data.hits.map(({ pack }: { pack: { version: string } }) => pack.version)).toEqual(['0.1.0']);
    const only = await json(['search', 'brew', '--registry', 'shared']);
    expect(only.data.hits.map(({ pack }: { pack: { id: string; version: string } }) => `${pack.id} ${pack.version}`).sort()).toEqual([
      'brewery 1.0.0',
      'brewing-tools 1.0.0',
    ]);
    expect(await json(['search', 'brew', '--registry', 'sharde'])).toMatchObject({
      exitCode: 8,
      error: { code: 'REGISTRY_UNKNOWN', suggestions: ['shared'] },
    });
    writeFileSync(join(registry, 'index.json'), '{');
    expect(await json(['search', 'brew', '--registry', 'shared'])).toMatchObject({ ok: false });
    const broken = await json(['search', 'brewhouse']);
    expect(broken).toMatchObject({
      ok: true,
      data: { total: 1 },
      warnings: [expect.stringContaining('the registry shared was not searched')],
    });
  });

  it('shows what would be published, and publishes nothing', async () => {
    const workshop = makeWorkshop();
    const registry = openRegistry(workshop);
    const core = writeWholePack(workshop, { id: 'core', version: '1.0.0' });
    const preview = await workshop.json(['publish', core, '--dry-run']);
    expect(preview.data).toMatchObject({ published: false, passes: true, tag: 'latest', registry: { kind: 'folder', name: 'shared' } });
    expect(preview.data.files.map(({ path }: { path: string }) => path)).toContain('package.json');
    expect(existsSync(registry)).toBe(false);
    const real = await workshop.json(['publish', core]);
    expect(real.data.integrity).toBe(preview.data.integrity);
    const again = await workshop.json(['publish', core]);
    expect(again).toMatchObject({ exitCode: 2, error: { code: 'PUBLISH_REFUSED', diagnostics: [{ code: 'VERSION_NOT_NEW' }] } });
  });

  it('refuses with everything that is wrong, and changes nothing', async () => {
    const workshop = makeWorkshop();
    const registry = openRegistry(workshop);
    const old = writeWholePack(workshop, { id: 'core', version: '1.0.0', manifest: '[variables.name]\ntype = "string"\ndefault = "x"' });
    await workshop.succeed(['publish', old]);
    const before = readWholeTree(registry);
    const token = ['ghp', '_', 'abcdefghijKLMNOPQRST0123456789uvwxyz'].join('');
    const next = writeWholePack(workshop, {
      id: 'core',
      version: '1.1.0',
      files: { 'README.md': '', 'CHANGELOG.md': '## 1.0.0\n', 'notes.txt': token },
    });
    const refused = await workshop.json(['publish', next]);
    expect(refused.exitCode).toBe(2);
    expect(refused.error?.diagnostics.map(({ code }) => code)).toEqual([
      'PACK_FILE_MISSING',
      'CHANGELOG_VERSION_MISSING',
      'SECRET_FOUND',
      'BREAKING_CHANGE',
    ]);
    expect(JSON.stringify(refused)).not.toContain(token);
    expect(readWholeTree(registry)).toEqual(before);
  });

  it('is not guessed', async () => {
    const workshop = makeWorkshop();
    const core = writeWholePack(workshop, { id: 'core', version: '1.0.0' });
    expect(await workshop.json(['publish', core])).toMatchObject({ exitCode: 8, error: { code: 'REGISTRY_UNKNOWN' } });
    expect(await workshop.json(['publish', core, '--registry', 'shared'])).toMatchObject({
      exitCode: 8,
      error: { code: 'REGISTRY_UNKNOWN' },
    });
    const published = await workshop.succeed(['publish', core, '--registry', './elsewhere']);
    expect(published.stdout + published.stderr).toContain(`packs config set registries.NAME '{ type = "folder", url = "${workshop.work}`);
    expect(existsSync(join(workshop.work, 'elsewhere', 'index.json'))).toBe(true);
  });

  it('tells a project of versions that its range keeps out, and how to take them', async () => {
    const workshop = makeWorkshop();
    openRegistry(workshop);
    const publish = (version: string) => workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version })]);
    await publish('1.0.0');
    const unknown = await workshop.json(['show', 'core']);
    expect(unknown).toMatchObject({ exitCode: 7, error: { code: 'PACK_NOT_FOUND', hint: expect.stringContaining('packs install core') } });
    await workshop.succeed(['generate', 'core', 'shop', '--defaults']);
    const here = { cwd: join(workshop.work, 'shop') };
    expect((await workshop.json(['status', '--outdated'], here)).data).toMatchObject({ newer: [], beyond: [] });
    await publish('1.1.0');
    await publish('2.0.0');
    const { data } = await workshop.json(['status', '--outdated'], here);
    expect(data).toMatchObject({
      newer: [{ id: 'core', version: '1.0.0', newer: '1.1.0' }],
      beyond: [{ id: 'core', version: '1.0.0', latest: '2.0.0', range: '^1.0.0' }],
    });
    await workshop.succeed(['update'], here);
    const idle = await workshop.succeed(['update'], here);
    expect(idle.stdout + idle.stderr).toContain('next: packs status --outdated');
    const status = await workshop.succeed(['status', '--outdated'], here);
    expect(status.stdout).toContain('core 2.0.0 is there, but packsmith.toml asks for ^1.0.0');
    expect(status.stdout + status.stderr).toContain('next: packs update core --to ^2.0.0 --dry-run');
    await workshop.succeed(['update', 'core', '--to', '^2.0.0'], here);
    expect((await workshop.json(['status', '--outdated', '--check'], here)).data).toMatchObject({ newer: [], beyond: [] });
  });

  it('keeps yanked versions for those who have them, and warns of deprecated ones', async () => {
    const workshop = makeWorkshop();
    openRegistry(workshop);
    for (const version of ['1.0.0', '1.1.0']) await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version })]);
    const yanked = await workshop.json(['yank', 'core@1.1.0', '--message', 'it loses data', '--replacement', 'core@1.0.0']);
    expect(yanked.data).toMatchObject({ status: 'yanked', notice: 'it loses data; use core@1.0.0 instead' });
    await workshop.succeed(['deprecate', 'core@1.0.0', '-m', 'move on']);
    const installed = await workshop.json(['install', 'core@^1']);
    expect(installed.data.plan.packs).toMatchObject([{ version: '1.0.0' }]);
    expect(installed.warnings.join()).toContain('move on');
    expect(await workshop.json(['yank', 'core@7.0.0'])).toMatchObject({ exitCode: 7, error: { code: 'VERSION_NOT_PUBLISHED' } });
    expect(await workshop.json(['yank', 'core'])).toMatchObject({ exitCode: 2, error: { code: 'REFERENCE_INVALID' } });
  });

  it('tells a project that its version was yanked or deprecated, and updates never go back for that', async () => {
    const workshop = makeWorkshop();
    openRegistry(workshop);
    const publish = (version: string) => workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version })]);
    await publish('0.1.0');
    await workshop.succeed(['generate', 'core', 'old', '--defaults']);
    const old = { cwd: join(workshop.work, 'old') };
    await publish('0.1.1');
    await workshop.succeed(['generate', 'core@0.1.1', 'shop', '--defaults']);
    const here = { cwd: join(workshop.work, 'shop') };
    writeFileSync(join(here.cwd, 'packsmith.toml'), readTexts(here.cwd)['packsmith.toml']?.replace(/"\^?0\.1\.1"/, '"^0.1.0"') ?? '');
    const toml = readTexts(here.cwd)['packsmith.toml'];
    expect(toml).toContain('"^0.1.0"');
    expect(await workshop.json(['status', '--outdated', '--check'], here)).toMatchObject({ exitCode: 0, data: { newer: [], marked: [] } });

    await workshop.succeed(['deprecate', 'core@0.1.0', '-m', 'CVE-2026-1']);
    await workshop.succeed(['yank', 'core@0.1.1', '-m', 'it loses data']);
    const checked = await workshop.json(['status', '--outdated', '--check'], here);
    expect(checked).toMatchObject({
      exitCode: 2,
      error: { code: 'CHECK_FAILED', message: 'core 0.1.1 is yanked' },
      data: { newer: [], marked: [{ id: 'core', version: '0.1.1', status: 'yanked', notice: 'it loses data' }] },
    });
    const said = await workshop.succeed(['status', '--outdated'], here);
    expect(said.stdout).toContain('yanked  core 0.1.1: it loses data\n');
    expect(said.stdout + said.stderr).toContain('next: packs show core --versions');
    const idle = await workshop.json(['update', '--dry-run'], here);
    expect(idle.data.plan.packs).toMatchObject([{ id: 'core', version: '0.1.1' }]);
    expect(idle.warnings.join()).toContain('core 0.1.1 was withdrawn and is kept because it is locked: it loses data');
    const back = await workshop.json(['update', 'core', '--to', '0.1.0', '--dry-run'], here);
    expect(back.data.plan.packs).toMatchObject([{ id: 'core', version: '0.1.0' }]);

    const before = await workshop.json(['status', '--outdated', '--check'], old);
    expect(before).toMatchObject({
      exitCode: 2,
      error: { message: 'core 0.1.0 is deprecated' },
      data: { newer: [], marked: [{ id: 'core', version: '0.1.0', status: 'deprecated', notice: 'CVE-2026-1' }] },
    });
    expect((await workshop.json(['update', '--dry-run'], old)).data.plan.packs).toMatchObject([{ version: '0.1.0' }]);

    await publish('0.1.2');
    expect((await workshop.json(['status', '--outdated'], here)).data).toMatchObject({
      newer: [{ version: '0.1.1', newer: '0.1.2' }],
      marked: [{ version: '0.1.1', status: 'yanked' }],
    });
    await workshop.succeed(['update'], here);
    expect((await workshop.json(['status', '--outdated', '--check'], here)).data).toMatchObject({ newer: [], marked: [] });
  });

  it('leaves a project at yanked versions that are the only ones, of dependencies too', async () => {
    const workshop = makeWorkshop();
    openRegistry(workshop);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' })]);
    const api = writeWholePack(workshop, { id: '@acme/api', version: '2.1.0', manifest: '[dependencies]\ncore = "^1"' });
    await workshop.succeed(['publish', api]);
    await workshop.succeed(['generate', '@acme/api', 'shop', '--defaults']);
    const here = { cwd: join(workshop.work, 'shop') };
    await workshop.succeed(['yank', 'core@1.0.0', '-m', 'gone']);
    const { data } = await workshop.json(['status', '--outdated'], here);
    expect(data).toMatchObject({ newer: [], marked: [{ id: 'core', version: '1.0.0', status: 'yanked', notice: 'gone' }] });
    expect((await workshop.json(['update'], here)).data.plan.packs).toMatchObject([{ id: 'core', version: '1.0.0' }, { id: '@acme/api' }]);
  });

  it('cannot give other bytes than were published', async () => {
    const workshop = makeWorkshop();
    const registry = openRegistry(workshop);
    await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' })]);
    const file = join(registry, 'core', '1.0.0.tgz');
    const bytes = readFileSync(file);
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await workshop.json(['install', 'core'])).toMatchObject({ exitCode: 5, error: { code: 'INTEGRITY_MISMATCH' } });
  });
});
