import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Lockfile } from '../../src/core/lockfile/lockfile.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import type { ProjectPath } from '../../src/core/tree/project-path.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { configure, publish } from '../support/folder-registry.ts';
import { GitRepository } from '../support/git-repository.ts';
import { packOf, packsOf } from '../support/install-world.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

/** A workshop whose registry `main` has these packs. */
function makeWorld(packs: readonly Pack[], options?: Parameters<typeof publish>[2]) {
  const workshop = makeWorkshop();
  const registry = join(workshop.root, 'registry');
  publish(registry, packs, options);
  configure(workshop.home, { main: registry });
  return { ...workshop, registry };
}

const lockOf = (project: string): Lockfile => JSON.parse(readFileSync(join(project, 'packsmith.lock'), 'utf8')) as Lockfile;
const versionsOf = (project: string) => lockOf(project).packs.map(({ id, version }) => `${id} ${version}`);
const installed = async ({ json }: Workshop) =>
  (await json(['list', '--installed'])).data.packs.map(({ id, version }: { id: string; version: string }) => `${id} ${version}`);

const web = (version: string, text = version) => packOf('web', version, '', { 'templates/web.txt': `${text}\n` });

describe('versions of packsmith that a pack requires', () => {
  const demanding = (range: string) => {
    const pack = makePack({ id: 'web', version: '2.0.0', files: { 'templates/web.txt': 'new\n' } });
    const text = readToml(pack).replace('license = "MIT"', `license = "MIT"\nrequires = ${JSON.stringify(range)}`);
    const files = new Map(pack.files).set('pack.toml' as ProjectPath, { content: Buffer.from(text), mode: 0o644 });
    return { ...pack, manifest: { ...pack.manifest, requires: range }, files };
  };
  const readToml = ({ files }: Pack) => Buffer.from(files.get('pack.toml' as ProjectPath)?.content ?? '').toString();

  it('rule a version out, and say so where nothing else fits', async () => {
    const world = makeWorld([web('1.0.0'), demanding('>=99')]);
    await world.succeed(['generate', 'web', 'site']);
    expect(versionsOf(join(world.work, 'site'))).toEqual(['web 1.0.0']);
    const refused = await world.json(['install', 'web@2']);
    expect(refused).toMatchObject({
      exitCode: 3,
      error: { code: 'NO_SOLUTION', message: expect.stringContaining('requires packsmith >=99') },
    });
  });
  it('are heeded though the registry does not name them', async () => {
    const world = makeWorld([demanding('>=99')], { unsaid: ['requires'] });
    for (const command of [
      ['install', 'web'],
      ['generate', 'web', 'site'],
    ])
      expect((await world.json(command)).error).toMatchObject({
        code: 'MANIFEST_INVALID',
        message: expect.stringContaining('web 2.0.0 requires packsmith >=99'),
      });
    expect(await installed(world)).toEqual([]);
  });
  it('are a finding of validate', async () => {
    const { json, work } = makeWorkshop();
    writePack(join(work, 'web'), { toml: readToml(demanding('>=99')) });
    const found = await json(['validate', './web']);
    expect(found.exitCode).toBe(2);
    expect(JSON.stringify(found.data)).toContain('PACKSMITH_UNSUITABLE');
  });
});

describe('a project and the place that its lockfile names', () => {
  it('asks the registry that it came from, whatever others have', async () => {
    const world = makeWorld([web('1.0.0')]);
    await world.succeed(['generate', 'web', 'site']);
    const project = join(world.work, 'site');
    expect(lockOf(project).packs[0]).toMatchObject({ source: 'web@1.0.0', registry: 'main' });

    const other = join(world.root, 'other');
    publish(other, [web('1.9.0', 'an impostor')]);
    publish(world.registry, [web('1.0.0'), web('1.1.0')]);
    const colleague = join(world.root, 'colleague');
    const there = { cwd: project, home: colleague };
    configure(colleague, { other });
    expect((await world.json(['update'], there)).error).toMatchObject({
      code: 'SOURCE_UNSUPPORTED',
      message: 'web comes from the registry "main", which is not configured',
    });
    configure(colleague, { other, main: world.registry });
    await world.succeed(['regenerate'], there);
    expect(versionsOf(project)).toEqual(['web 1.0.0']);
    await world.succeed(['update'], there);
    expect(versionsOf(project)).toEqual(['web 1.1.0']);
    expect(readFileSync(join(project, 'web.txt'), 'utf8')).toBe('1.1.0\n');
    await world.succeed(['regenerate', '--offline'], there);
  });
  it('refuses other content under the same version', async () => {
    const world = makeWorld([web('1.0.0')]);
    await world.succeed(['generate', 'web', 'site']);
    const project = join(world.work, 'site');
    publish(world.registry, [web('1.0.0', 'replaced')]);
    const home = join(world.root, 'colleague');
    configure(home, { main: world.registry });
    for (const command of ['regenerate', 'update']) {
      const refused = await world.json([command], { cwd: project, home });
      expect(refused.error, command).toMatchObject({
        code: 'INTEGRITY_MISMATCH',
        message: expect.stringContaining('as packsmith.lock says'),
      });
    }
    expect(readFileSync(join(project, 'web.txt'), 'utf8')).toBe('1.0.0\n');
  });
  it('stays at the commit of a tag that moved, until an update that says so', async () => {
    const { succeed, json, root, work } = makeWorkshop();
    const repository = new GitRepository(root, 'packs.git');
    const commit = (text: string) => {
      writePack(repository.work, { id: 'web', files: { 'templates/web.txt': `${text}\n` } });
      return repository.commit(text, 'v1');
    };
    const first = commit('one');
    const reference = `git+file://${encodeURI(repository.bare)}#v1`;
    await succeed(['generate', reference, 'site']);
    const project = join(work, 'site');
    expect(lockOf(project).packs[0]).toMatchObject({ source: expect.stringContaining(`#${first}`), requested: reference });
    expect(readFileSync(join(project, 'packsmith.toml'), 'utf8')).toContain('#v1');

    const second = commit('two');
    await succeed(['regenerate'], { cwd: project });
    await succeed(['regenerate'], { cwd: project, home: join(root, 'colleague') });
    expect(readFileSync(join(project, 'web.txt'), 'utf8')).toBe('one\n');
    const updated = await json(['update'], { cwd: project });
    expect(updated.warnings.join()).toContain('web 1.0.0 has other content than before');
    expect(readFileSync(join(project, 'web.txt'), 'utf8')).toBe('two\n');
    expect(lockOf(project).packs[0]?.source).toContain(`#${second}`);
  });
});

describe('--frozen', () => {
  it('lets only what leaves packsmith.lock as it is', async () => {
    const world = makeWorld([web('1.0.0')]);
    const refused = await world.json(['generate', 'web', 'site', '--frozen']);
    expect(refused).toMatchObject({
      exitCode: 3,
      error: { code: 'FROZEN', message: '--frozen: web 1.0.0 would be recorded in packsmith.lock' },
    });
    await world.succeed(['generate', 'web', 'site']);
    const at = { cwd: join(world.work, 'site') };
    await world.succeed(['generate', 'web', '.', '--frozen'], at);
    await world.succeed(['regenerate', '--frozen'], at);
    await world.succeed(['update', '--frozen'], at);
    publish(world.registry, [web('1.0.0'), web('1.1.0'), packOf('more', '1.0.0', '', { 'templates/more.txt': '' })]);
    await world.succeed(['regenerate', '--frozen'], at);
    for (const command of [['update'], ['add', 'more'], ['plan', 'web', 'elsewhere']])
      expect((await world.json([...command, '--frozen'], at)).error?.code, command.join(' ')).toBe('FROZEN');
    expect(versionsOf(at.cwd)).toEqual(['web 1.0.0']);
  });
});

describe('what is installed and what a project needs', () => {
  it('may be different versions of one pack', async () => {
    const world = makeWorld([web('1.0.0'), web('2.0.0')]);
    await world.succeed(['generate', 'web@^1', 'old']);
    await world.succeed(['install', 'web@^2']);
    await world.succeed(['generate', 'web@^1', 'second']);
    const old = join(world.work, 'old');
    writeFileSync(join(old, 'packsmith.toml'), readFileSync(join(old, 'packsmith.toml'), 'utf8').replace('^1.0.0', '*'));
    await world.succeed(['regenerate', '--offline'], { cwd: old });
    expect([versionsOf(old), versionsOf(join(world.work, 'second'))]).toEqual([['web 1.0.0'], ['web 1.0.0']]);
    expect(await installed(world)).toEqual(['web 2.0.0']);
  });
  it('obeys the overrides of packsmith.toml, and brings no optional pack by itself', async () => {
    const world = makeWorld(
      packsOf({ 'app 1.0.0': 'core ^1, logs? ^1', 'core 1.0.0': '', 'core 2.0.0': '', 'logs 1.0.0': '', 'logs 2.0.0': '' }),
    );
    await world.succeed(['generate', 'app', 'site', '--strategy', 'layer']);
    const project = join(world.work, 'site');
    const at = { cwd: project };
    expect(versionsOf(project)).toEqual(['core 1.0.0', 'app 1.0.0']);
    expect((await world.json(['add', 'logs@2'], at)).error?.code).toBe('NO_SOLUTION');
    const file = join(project, 'packsmith.toml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n[overrides]\ncore = "2.0.0"\n`);
    await world.succeed(['update'], at);
    expect(versionsOf(project)).toEqual(['core 2.0.0', 'app 1.0.0']);
  });
  it('shows that an installed version was withdrawn since, keeps it where it is locked, and takes it nowhere else', async () => {
    const world = makeWorld([web('1.0.0')]);
    await world.succeed(['generate', 'web', 'old']);
    publish(world.registry, [web('0.9.0'), web('1.0.0')], { yanked: ['1.0.0'] });
    const listed = await world.json(['show', 'web', '--versions']);
    expect(listed.data.versions[0]).toMatchObject({ version: '1.0.0', status: 'yanked', isInstalled: true });
    await world.succeed(['regenerate'], { cwd: join(world.work, 'old') });
    const elsewhere = { home: join(world.root, 'colleague') };
    configure(elsewhere.home, { main: world.registry });
    await world.succeed(['regenerate'], { cwd: join(world.work, 'old'), ...elsewhere });
    await world.succeed(['generate', 'web', 'new'], elsewhere);
    expect([versionsOf(join(world.work, 'old')), versionsOf(join(world.work, 'new'))]).toEqual([['web 1.0.0'], ['web 0.9.0']]);
  });
});
