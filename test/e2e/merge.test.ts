import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readTexts } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

type Texts = Readonly<Record<string, string>>;

const LINES = 'one\ntwo\nthree\nfour\nfive\n';

/** Three folders of these files in an empty place. */
function setFolders(folders: { readonly base: Texts; readonly next: Texts; readonly mine: Texts }) {
  const workshop = makeWorkshop();
  for (const [name, texts] of Object.entries(folders)) {
    mkdirSync(join(workshop.work, name));
    for (const [path, text] of Object.entries(texts)) {
      const full = join(workshop.work, name, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
  }
  const mine = join(workshop.work, 'mine');
  const merge = (...args: string[]) => workshop.run(['merge', 'next', 'mine', '--base', 'base', ...args]);
  return { ...workshop, mine, merge, texts: () => readTexts(mine) };
}

const CLEAN = {
  base: { 'a.txt': LINES, 'gone.txt': 'gone\n', 'old.txt': `${LINES}old\n`, 'package.json': '{\n  "version": "1.0.0"\n}\n' },
  next: {
    'a.txt': LINES.replace('five', 'FIVE'),
    'new.txt': 'new\n',
    'renamed.txt': `${LINES}old\n`,
    'package.json': '{\n  "version": "1.1.0"\n}\n',
  },
  mine: {
    'a.txt': LINES.replace('one', 'ONE'),
    'gone.txt': 'gone\n',
    'old.txt': `mine\n${LINES}old\n`,
    'package.json': '{\n  "version": "1.0.0",\n  "private": true\n}\n',
    'own.txt': 'own\n',
  },
};

describe('merge', () => {
  it('keeps a file in whose place a link came there', async () => {
    const { merge, work, texts } = setFolders({
      base: { 'a.txt': LINES, b: 'b\n' },
      next: { b: 'c\n' },
      mine: { 'a.txt': LINES, b: 'b\n' },
    });
    symlinkSync('b', join(work, 'next', 'a.txt'));
    const { exitCode, stderr } = await merge();
    expect({ exitCode, texts: texts() }).toMatchObject({ exitCode: 0, texts: { 'a.txt': LINES, b: 'c\n' } });
    expect(stderr).toContain('of next these were left out: a.txt');
  });

  it('takes over what changed, keeps what is of the other folder, and can be taken back', async () => {
    const { merge, succeed, texts, mine, work } = setFolders(CLEAN);
    execFileSync('git', ['init', '--quiet'], { cwd: mine });
    execFileSync('git', ['add', 'a.txt'], { cwd: mine });
    const index = readFileSync(join(mine, '.git', 'index'));
    const before = texts();
    expect((await merge('--dry-run')).stdout).toContain('renamed by next');
    expect((await merge('--diff')).stdout).toContain('+FIVE');
    expect(texts()).toEqual(before);
    const { exitCode, stderr } = await merge();
    expect([exitCode, stderr.includes('packs undo --cwd mine')]).toEqual([0, true]);
    const { '.git/index': _index, ...after } = texts();
    expect(after).toMatchObject({
      'a.txt': LINES.replace('one', 'ONE').replace('five', 'FIVE'),
      'new.txt': 'new\n',
      'renamed.txt': `mine\n${LINES}old\n`,
      'own.txt': 'own\n',
    });
    expect(JSON.parse(after['package.json'] ?? '')).toEqual({ version: '1.1.0', private: true });
    expect(['gone.txt', 'old.txt'].filter((path) => existsSync(join(mine, path)))).toEqual([]);
    expect(readFileSync(join(mine, '.git', 'index'))).toEqual(index);
    await succeed(['undo', '--cwd', 'mine'], { cwd: work });
    expect(texts()).toEqual(before);
  });

  it.each([
    ['markers', { 'a.txt': '<<<<<<< mine\nmine\n||||||| base\na\n=======\nb\n>>>>>>> next\n' }, 4],
    ['reject', { 'a.txt': 'mine\n', 'a.txt.theirs': 'b\n' }, 4],
    ['ours', { 'a.txt': 'mine\n' }, 0],
    ['theirs', { 'a.txt': 'b\n' }, 0],
  ])('settles conflicts as told (%s)', async (conflict, expected, exitCode) => {
    const { run, work, mine } = setFolders({ base: { 'a.txt': 'a\n' }, next: { 'a.txt': 'b\n' }, mine: { 'a.txt': 'mine\n' } });
    const end = await run(['merge', 'next', 'mine', '--base', 'base', '--conflict', conflict], { cwd: work });
    expect(end.exitCode, end.stderr).toBe(exitCode);
    expect(readTexts(mine)).toEqual(expected);
    if (exitCode === 4) expect(end.stderr).toContain('CONFLICTS_OPEN');
  });

  it('shows every path with its class and reason as JSON', async () => {
    const { json } = setFolders(CLEAN);
    const { data } = await json(['merge', 'next', 'mine', '--base', 'base', '--dry-run']);
    const paths = Object.fromEntries(data.plan.paths.map((path: { path: string; class: string }) => [path.path, path.class]));
    expect(paths).toEqual({
      'a.txt': 'both-changed',
      'gone.txt': 'obsolete',
      'new.txt': 'new',
      'old.txt': 'renamed',
      'package.json': 'both-changed',
      'renamed.txt': 'renamed',
    });
    expect(data.plan).toMatchObject({ operation: 'merge', packs: [] });
  });

  it('leaves records and links alone, and says what it leaves out', async () => {
    const { succeed, json, work } = setFolders({
      base: {},
      next: { 'packsmith.lock': 'no lock\n' },
      mine: { 'packsmith.lock.txt': 'x\n' },
    });
    symlinkSync('packsmith.lock', join(work, 'next', 'link'));
    const { data, warnings } = await json(['merge', 'next', 'mine', '--base', 'base']);
    expect(data.plan.paths).toEqual([]);
    expect(warnings.join()).toContain('of next these were left out: link');
    rmSync(join(work, 'next', 'packsmith.lock'));
    await succeed(['merge', 'next', 'mine', '--base', 'base']);
  });

  it('names what it leaves out because no project can have such a name', async () => {
    const names = ['a:b', 'c', 'dir./inner', 'e?', 'f*', 'g|', 'h ', 'nul'];
    const { json, texts } = setFolders({
      base: { 'a:b': 'a\n' },
      next: Object.fromEntries(names.map((name) => [name, 'b\n'])),
      mine: { 'a:b': 'mine\n' },
    });
    const { data, warnings } = await json(['merge', 'next', 'mine', '--base', 'base']);
    expect(data.plan.paths.map(({ path }: { path: string }) => path)).toEqual(['c']);
    expect(warnings).toEqual([
      'names that are not portable are not merged; of next these were left out: a:b, dir., e?, f*, g| and 2 more',
      'names that are not portable are not merged; of base these were left out: a:b',
    ]);
    expect(texts()).toEqual({ 'a:b': 'mine\n', c: 'b\n' });
  });

  it('keeps a file in whose place something came that is no file', async () => {
    const { json, work, texts } = setFolders({ base: { pipe: 'a\n' }, next: {}, mine: { pipe: 'a\n' } });
    execFileSync('mkfifo', [join(work, 'next', 'pipe')]);
    const { warnings } = await json(['merge', 'next', 'mine', '--base', 'base']);
    expect(warnings).toEqual(['links and what is no plain file are not merged; of next these were left out: pipe']);
    expect(texts()).toEqual({ pipe: 'a\n' });
  });

  it('refuses folders that are not there, that lie within one another, and projects with open conflicts', async () => {
    const { json, run, work, mine } = setFolders({ base: { 'a.txt': 'a\n' }, next: { 'a.txt': 'b\n' }, mine: {} });
    expect((await json(['merge', 'next', 'mine'])).error?.code).toBe('INVALID_ARGUMENTS');
    expect((await json(['merge', 'nowhere', 'mine', '--base', 'base'])).error).toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect((await json(['merge', 'next', 'nowhere', '--base', 'base'])).error).toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect(existsSync(join(work, 'nowhere'))).toBe(false);
    expect((await json(['merge', 'mine', 'mine', '--base', 'base'])).error?.code).toBe('INVALID_ARGUMENTS');
    expect((await json(['merge', 'next', '.', '--base', 'base'])).error?.code).toBe('INVALID_ARGUMENTS');
    const pack = { id: 'web', files: { 'templates/a.txt': 'a\n' } };
    writePack(join(mine, 'packs', 'web'), pack);
    await run(['generate', 'web', '.', '--into-existing'], { cwd: mine });
    writeFileSync(join(mine, 'a.txt'), 'mine\n');
    writePack(join(mine, 'packs', 'web'), { ...pack, version: '1.1.0', files: { 'templates/a.txt': 'b\n' } });
    expect((await run(['update'], { cwd: mine })).exitCode).toBe(4);
    expect((await json(['merge', 'next', 'mine', '--base', 'base'])).error?.code).toBe('CHANGE_PENDING');
  });
});
