import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packArchive } from '../../src/adapters/sources/archive/pack-archive.ts';
import { unpackArchive } from '../../src/adapters/sources/archive/unpack-archive.ts';
import type { FileTree } from '../../src/core/tree/file-tree.ts';
import type { ProjectPath } from '../../src/core/tree/project-path.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, readTexts, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writeSettings, writeWholePack } from './authors.ts';

const makeWorkshop = makeWorkshops(runWithShipped);
const BUNDLE = 'acme-api-2.1.0.bundle.tar.gz';

/** A machine that has a pack and what it needs, and the bundle that it writes. */
async function exportApi(): Promise<{ readonly workshop: Workshop; readonly file: string; readonly integrity: string }> {
  const workshop = makeWorkshop();
  mkdirSync(join(workshop.home, 'packsmith'), { recursive: true });
  writeSettings(workshop, `[registries.shared]\ntype = "folder"\nurl = ${JSON.stringify(join(workshop.root, 'registry'))}\n`);
  await workshop.succeed(['publish', writeWholePack(workshop, { id: 'core', version: '1.0.0' })]);
  const api = writeWholePack(workshop, { id: '@acme/api', version: '2.1.0', manifest: '[dependencies]\ncore = "^1"' });
  await workshop.succeed(['publish', api]);
  const exported = await workshop.json(['export', '@acme/api', '--with-dependencies']);
  expect(exported.data.packs).toMatchObject([{ id: 'core' }, { id: '@acme/api' }]);
  return { workshop, file: join(workshop.work, BUNDLE), integrity: exported.data.integrity };
}

/** A machine whose network leads nowhere. */
const ISOLATED = { env: { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' } };

async function changeBundle(file: string, target: string, change: (files: FileTree) => FileTree): Promise<void> {
  writeFileSync(target, packArchive(change(await unpackArchive(new Uint8Array(readFileSync(file)))), { prefix: '' }));
}

describe('a bundle', () => {
  it('brings a pack and what it needs to a machine without a network', async () => {
    const { file, integrity } = await exportApi();
    const isolated = makeWorkshop();
    const checked = await isolated.json(['import', file, '--verify', '--offline'], ISOLATED);
    expect(checked.data).toMatchObject({ integrity, imported: [] });
    expect(readWholeTree(join(isolated.home, 'packsmith', 'store'))).toEqual({});
    const imported = await isolated.json(['import', file, '--offline', '--integrity', integrity], ISOLATED);
    expect([...imported.data.imported].sort()).toEqual(['@acme/api', 'core']);
    await isolated.succeed(['verify', '--offline'], ISOLATED);
    await isolated.succeed(['install', '@acme/api@^2', '--offline'], ISOLATED);
    await isolated.succeed(['generate', '@acme/api', 'made', '--offline'], ISOLATED);
    expect(Object.keys(readTexts(join(isolated.work, 'made')))).toEqual(expect.arrayContaining(['-acme-api.txt', 'core.txt']));
    expect((await isolated.json(['import', file], ISOLATED)).data.imported).toEqual([]);
  });

  it('is the same bytes for the same packs, and is not written over another file', async () => {
    const { workshop, file } = await exportApi();
    expect(await workshop.json(['export', '@acme/api', '--with-dependencies'])).toMatchObject({
      exitCode: 6,
      error: { code: 'TARGET_IN_THE_WAY' },
    });
    await workshop.succeed(['export', '@acme/api', '--with-dependencies', '--format', 'tar.gz', '-o', 'again.tar.gz']);
    expect(readFileSync(join(workshop.work, 'again.tar.gz')).equals(readFileSync(file))).toBe(true);
  });

  it('says nothing of the machine it was made on', async () => {
    const workshop = makeWorkshop();
    await workshop.succeed([
      'export',
      writeWholePack(workshop, { id: 'core', version: '1.0.0' }),
      '--with-dependencies',
      '-o',
      'core.tar.gz',
    ]);
    const files = await unpackArchive(new Uint8Array(readFileSync(join(workshop.work, 'core.tar.gz'))));
    expect(new TextDecoder().decode(files.get('bundle.json' as ProjectPath)?.content)).not.toContain(workshop.root);
  });

  const edit = (path: string, text: string) => (files: FileTree) =>
    new Map(files).set(path as ProjectPath, { content: new TextEncoder().encode(text), mode: 0o644 });
  const drop = (prefix: string) => (files: FileTree) => new Map([...files].filter(([path]) => !path.startsWith(prefix)));
  it.each([
    ['a changed file', edit('packs/core/templates/core.txt.jinja', 'evil'), 'INTEGRITY_MISMATCH'],
    ['an added file', edit('packs/core/templates/more.txt', 'evil'), 'INTEGRITY_MISMATCH'],
    ['a pack that is missing', drop('packs/core/'), 'INTEGRITY_MISMATCH'],
    ['a file of no pack', edit('packs/other/pack.toml', 'format = 1'), 'BUNDLE_INVALID'],
    ['no list of packs', drop('bundle.json'), 'MANIFEST_INVALID'],
  ])('is refused with %s, and nothing of it is kept', async (_name, change, code) => {
    const { workshop, file } = await exportApi();
    const target = join(workshop.root, 'changed.tar.gz');
    await changeBundle(file, target, change);
    const isolated = makeWorkshop();
    for (const flags of [['--verify'], []]) {
      expect((await isolated.json(['import', target, ...flags], ISOLATED)).error?.code).toBe(code);
    }
    expect(Object.keys(readWholeTree(join(isolated.home, 'packsmith', 'store'))).filter((path) => path.includes('templates'))).toEqual([]);
    expect(await isolated.json(['install', 'core', '--offline'], ISOLATED)).toMatchObject({ ok: false });
  });

  it('is refused when it is not the file that was meant, or is cut off', async () => {
    const { workshop, file, integrity } = await exportApi();
    const other = integrity.replace(/[A-Y]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1));
    expect(await workshop.json(['import', file, '--integrity', other])).toMatchObject({
      exitCode: 5,
      error: { code: 'INTEGRITY_MISMATCH' },
    });
    const cut = join(workshop.root, 'cut.tar.gz');
    writeFileSync(cut, readFileSync(file).subarray(0, 600));
    expect(await workshop.json(['import', cut])).toMatchObject({ exitCode: 5, error: { code: 'ARCHIVE_REFUSED' } });
    expect(await workshop.json(['import', 'nothing.tar.gz'])).toMatchObject({ exitCode: 7, error: { code: 'FILE_NOT_FOUND' } });
  });

  it('is checked by the policy of signatures', async () => {
    const { file } = await exportApi();
    const isolated = makeWorkshop();
    mkdirSync(join(isolated.home, 'packsmith'), { recursive: true });
    writeSettings(isolated, '[signatures]\npolicy = "require"\n');
    expect(await isolated.json(['import', file])).toMatchObject({ exitCode: 5, error: { code: 'SIGNATURE_REQUIRED' } });
  });
});

describe('an archive of one pack', () => {
  it('is imported where what it needs is there', async () => {
    const { workshop } = await exportApi();
    await workshop.succeed(['export', '@acme/api', '-o', 'api.tgz']);
    await workshop.succeed(['export', 'core', '-o', 'core.tgz']);
    const isolated = makeWorkshop();
    const alone = await isolated.json(['import', join(workshop.work, 'api.tgz')]);
    expect(alone).toMatchObject({ exitCode: 2, error: { code: 'BUNDLE_INVALID' } });
    expect(alone.error?.message).toContain('@acme/api needs core ^1');
    await isolated.succeed(['import', join(workshop.work, 'core.tgz')]);
    await isolated.succeed(['import', join(workshop.work, 'api.tgz')]);
  });

  it('is refused when it would break what is installed', async () => {
    const { workshop, file } = await exportApi();
    const isolated = makeWorkshop();
    await isolated.succeed(['import', file]);
    const next = writeWholePack(workshop, { id: 'core', version: '2.0.0' });
    await workshop.succeed(['export', next, '-o', 'core-2.tgz']);
    const refused = await isolated.json(['import', join(workshop.work, 'core-2.tgz')]);
    expect(refused).toMatchObject({ exitCode: 3, error: { code: 'NO_SOLUTION' } });
    expect(refused.error?.message).toContain('@acme/api, which is installed, needs core ^1, and the file has 2.0.0');
  });
});
