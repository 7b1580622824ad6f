import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PackFixture } from '../../src/testing/index.ts';
import { makeWorkshops, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** Everything the workshop holds but packsmith's cache. */
function snapshot({ root, home }: Workshop): object {
  return {
    all: readWholeTree(root, (path) => path.startsWith('hôme')),
    home: readWholeTree(home, (path) => path === 'packsmith' || path.includes('cache')),
  };
}

/** A pack with this one declared template. */
const output = (path: string, more = ''): PackFixture => ({
  manifest: `${more}\n[[templates]]\ntext = "pwned"\noutput = ${JSON.stringify(path)}`,
});

/** The path reaches the renderer inside a variable, so that no reader of the manifest can see it. */
const rendered = (path: string): PackFixture =>
  output('{{ where }}', `[variables.where]\ntype = "string"\ndefault = ${JSON.stringify(path)}\n`);

const BAD_PATHS: readonly [string, string][] = [
  ['climbs out', '../outside.txt'],
  ['climbs out in the middle', 'a/../../outside.txt'],
  ['climbs and comes back', 'a/../b.txt'],
  ['has a dot segment', './a.txt'],
  ['is absolute', '/tmp/packsmith-outside.txt'],
  ['has a drive', 'C:/outside.txt'],
  ['has a drive without a slash', 'C:outside.txt'],
  ['climbs with backslashes', '..\\outside.txt'],
  ['is a UNC path', '\\\\host\\share\\outside.txt'],
  ['has an empty segment', 'a//b.txt'],
  ['has a NUL', 'a\u0000.txt'],
  ['has a newline', 'a\nb.txt'],
  ['has an escape character', 'a\u001b[31mb.txt'],
  ['has a C1 control', 'a\u009b31mb.txt'],
  ['turns the direction of text', 'a\u202etxt.exe'],
  ['is a device of Windows', 'con'],
  ['is a device of Windows with an ending', 'src/NUL.txt'],
  ['is a port of Windows', 'com1.log'],
  ['ends in a dot', 'a.txt.'],
  ['ends in a space', 'a.txt '],
  ['has a stream', 'a.txt:stream'],
  ['has a question mark', 'a?.txt'],
  ['is not in form C', 'cafe\u0301.txt'],
  ['has a segment that is too long', 'a'.repeat(256)],
  ['is too long', Array.from({ length: 8 }, () => 'a'.repeat(150)).join('/')],
  ['is a record of packsmith', 'packsmith.lock'],
  ['is the manifest of the project', 'packsmith.toml'],
  ['is the stored baseline', '.packsmith/baseline.bin'],
  ['is in the directory of packsmith, in other letters', '.PackSmith/local/journal.json'],
  ['is in the directory of git', '.git/hooks/pre-commit'],
  ['is in the directory of git, in other letters', '.GIT/config'],
];

describe('an output path that', () => {
  const cases = BAD_PATHS.flatMap(([what, path]) => [
    [what, 'as written', output(path)] as const,
    [what, 'once rendered', rendered(path)] as const,
  ]);
  it.each(cases)('%s, %s, is refused before anything is written', async (_what, _when, fixture) => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.root, 'evil'), { id: 'evil', files: { 'templates/good.txt': 'good' }, ...fixture });
    const before = snapshot(workshop);
    const { exitCode, stdout, stderr } = await workshop.run(['generate', pack, 'out']);
    expect([2, 4], stdout + stderr).toContain(exitCode);
    expect(stderr).toMatch(/error\[(MANIFEST_INVALID|TEMPLATE_FAILED|PATH_ESCAPES_PROJECT|ANSWERS_INVALID)\]/);
    expect(stderr).not.toContain('UNEXPECTED');
    expect(stdout).toBe('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey is what must not be there
    expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(snapshot(workshop)).toEqual(before);
  });
});

describe('two paths that one file system takes for one', () => {
  it.each<[string, PackFixture]>([
    ['differ only in case', { files: { 'templates/Readme.md': 'a', 'templates/README.md': 'b' } }],
    ['differ only in the case of a directory', { files: { 'templates/Src/a.txt': 'a', 'templates/src/b.txt': 'b' } }],
    ['differ only in compatibility form', { files: { 'templates/ﬁle.txt': 'a', 'templates/file.txt': 'b' } }],
    ['are the same once rendered', { files: { 'templates/a.txt.jinja': 'a', 'templates/a.txt': 'b' } }],
    ['are a file and a directory', { files: { 'templates/a': 'a' }, manifest: '[[templates]]\ntext = "x"\noutput = "a/b.txt"' }],
  ])('%s: refused', async (_, fixture) => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.root, 'evil'), { id: 'evil', ...fixture });
    const before = snapshot(workshop);
    const { exitCode, stderr } = await workshop.run(['generate', pack, 'out']);
    expect([2, 4], stderr).toContain(exitCode);
    expect(stderr).not.toContain('UNEXPECTED');
    expect(snapshot(workshop)).toEqual(before);
  });
});

describe('a link inside the project', () => {
  const files = { 'templates/src/a.txt': 'pack\n', 'templates/b.txt': 'pack\n' };

  it.each<[string, (outside: string, project: string) => void, readonly string[]]>([
    ['to a directory outside', (outside, project) => symlinkSync(outside, join(project, 'src')), ['--into-existing']],
    ['to a directory outside, with --overwrite', (outside, project) => symlinkSync(outside, join(project, 'src')), ['--overwrite']],
    ['to a file outside', (outside, project) => symlinkSync(join(outside, 'mine.txt'), join(project, 'b.txt')), ['--overwrite']],
    ['to nothing, outside', (outside, project) => symlinkSync(join(outside, 'new.txt'), join(project, 'b.txt')), ['--overwrite']],
    ['to the directory above', (_, project) => symlinkSync('..', join(project, 'src')), ['--overwrite']],
    ["in place of packsmith's directory", (outside, project) => symlinkSync(outside, join(project, '.packsmith')), ['--into-existing']],
    [
      'in place of the lockfile',
      (outside, project) => symlinkSync(join(outside, 'new.lock'), join(project, 'packsmith.lock')),
      ['--overwrite'],
    ],
  ])('%s is not written through', async (_, link, args) => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.root, 'plain'), { id: 'plain', files });
    const outside = join(workshop.root, 'outside');
    const project = join(workshop.work, 'project');
    for (const directory of [outside, project]) mkdirSync(directory);
    writeFileSync(join(outside, 'mine.txt'), 'mine\n');
    writeFileSync(join(project, 'own.txt'), 'mine\n');
    link(outside, project);
    const before = snapshot(workshop);
    const { exitCode, stderr } = await workshop.run(['generate', pack, 'project', ...args]);
    expect([2, 4, 6], stderr).toContain(exitCode);
    expect(stderr).not.toContain('UNEXPECTED');
    expect(snapshot(workshop)).toEqual(before);
  });

  it('put there after the generation is not written through by undo or by generating again', async () => {
    const workshop = makeWorkshop();
    const manifest = '[variables.word]\ntype = "string"\ndefault = "one"';
    const pack = writePack(join(workshop.root, 'plain'), { id: 'plain', manifest, files: { 'templates/src/a.txt.jinja': '{{ word }}\n' } });
    const project = join(workshop.work, 'project');
    await workshop.succeed(['generate', pack, 'project']);
    const outside = join(workshop.root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'a.txt'), 'one\n');
    rmSync(join(project, 'src'), { recursive: true });
    symlinkSync(outside, join(project, 'src'));
    const before = readWholeTree(outside);
    for (const args of [
      ['generate', pack, 'project', '--var', 'word=two'],
      ['generate', pack, 'project', '--var', 'word=two', '--overwrite'],
      ['undo', '--cwd', 'project'],
    ]) {
      const { exitCode, stderr } = await workshop.run(args);
      expect(exitCode, stderr).not.toBe(0);
      expect(stderr).not.toContain('UNEXPECTED');
      expect(readWholeTree(outside)).toEqual(before);
    }
  });
});

describe('a pack folder', () => {
  it.each<[string, (pack: string, root: string) => void]>([
    ['with a link to a file of the user', (pack, root) => symlinkSync(join(root, 'secret.txt'), join(pack, 'templates', 'a.txt'))],
    ['with a link to a directory', (pack, root) => symlinkSync(root, join(pack, 'templates', 'all'))],
    ['with a named pipe', (pack) => makePipe(join(pack, 'templates', 'pipe'))],
  ])('%s is refused, and nobody waits for it', async (_, spoil) => {
    const workshop = makeWorkshop();
    writeFileSync(join(workshop.root, 'secret.txt'), 'the secret of the user');
    const pack = writePack(join(workshop.work, 'packs', 'evil'), { id: 'evil', files: { 'templates/good.txt': 'good' } });
    spoil(pack, workshop.root);
    for (const reference of ['evil', './packs/evil']) {
      const { exitCode, stderr } = await workshop.run(['generate', reference, 'out']);
      expect([2, 6], stderr).toContain(exitCode);
      expect(stderr).not.toContain('the secret of the user');
    }
    expect(Object.keys(readWholeTree(join(workshop.work, 'out')))).toEqual([]);
    expect((await workshop.succeed(['list'])).stdout).toContain('web-api-starter');
  });

  it('never gives a file the setuid bit', async () => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.root, 'evil'), { id: 'evil', manifest: '[[templates]]\ntext = "x"\noutput = "a"\nmode = "4755"' });
    const { exitCode, stderr } = await workshop.run(['generate', pack, 'out']);
    expect(exitCode, stderr).toBe(2);
    expect(Object.keys(readWholeTree(join(workshop.work, 'out')))).toEqual([]);
  });
});

function makePipe(path: string): void {
  const { status } = spawnSync('mkfifo', [path]);
  expect(status).toBe(0);
}
