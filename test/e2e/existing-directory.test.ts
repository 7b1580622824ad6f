import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isLocal, makeWorkshops, readTexts, readWholeTree, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const MANIFEST = '[variables.greeting]\ntype = "string"\ndefault = "hello"\n\n[variables.extra]\ntype = "boolean"\ndefault = false';
const FILES = {
  'templates/a.txt.jinja': 'one\n{{ greeting }}\nthree\nfour\nfive\nsix\nseven\n',
  'templates/src/b.txt': 'b\n',
  'templates/{% if extra %}extra.txt{% endif %}': 'extra\n',
  'templates/run.sh': '#!/bin/sh\n',
};

interface Scene extends Workshop {
  readonly pack: string;
  readonly project: string;
  /** Runs `generate` with the pack and the project, and these further arguments. */
  generate(...args: readonly string[]): ReturnType<Workshop['run']>;
}

/** A small pack, and a project directory with the user's files. */
function setScene(files: Readonly<Record<string, string>> = {}): Scene {
  const workshop = makeWorkshop();
  const pack = writePack(join(workshop.root, 'small pack'), {
    id: 'small',
    manifest: MANIFEST,
    files: FILES,
    executable: ['templates/run.sh'],
  });
  const project = join(workshop.work, 'pröject');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(project, path, '..'), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  return { ...workshop, pack, project, generate: (...args) => workshop.run(['generate', pack, project, ...args]) };
}

describe('generate into a directory with files', () => {
  it('refuses, lists what is there, says what to do, and leaves it alone', async () => {
    const { generate, project } = setScene({ 'a.txt': 'mine\n', 'notes.md': 'mine\n' });
    const before = readWholeTree(project);
    const { exitCode, stderr, stdout } = await generate();
    expect(exitCode).toBe(4);
    expect(stdout).toBe('');
    for (const text of ['PROJECT_IN_THE_WAY', 'a.txt', 'notes.md', '--into-existing', '--overwrite', '--backup'])
      expect(stderr).toContain(text);
    expect(readWholeTree(project)).toEqual(before);
  });

  it('writes beside what is there with --into-existing', async () => {
    const { generate, project, succeed } = setScene({ 'notes.md': 'mine\n', 'src/mine.txt': 'mine\n' });
    expect((await generate('--into-existing')).exitCode).toBe(0);
    expect(readTexts(project)).toMatchObject({ 'notes.md': 'mine\n', 'src/mine.txt': 'mine\n', 'src/b.txt': 'b\n' });
    expect((await succeed(['status', '--check'], { cwd: project })).stdout).not.toContain('mine');
  });

  it('still refuses with --into-existing what would lose bytes of the user', async () => {
    const { generate, project } = setScene({ 'a.txt': 'mine\n' });
    const before = readWholeTree(project);
    const { exitCode, stderr } = await generate('--into-existing');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('a.txt');
    expect(readWholeTree(project)).toEqual(before);
  });

  it('replaces what is in the way with --overwrite, and undo brings it back', async () => {
    const { generate, project, succeed } = setScene({ 'a.txt': 'mine\n', 'notes.md': 'mine\n' });
    const before = readTexts(project);
    expect((await generate('--overwrite')).exitCode).toBe(0);
    expect(readTexts(project)['a.txt']).toContain('hello');
    await succeed(['undo'], { cwd: project });
    expect(readTexts(project)).toEqual(before);
  });

  it('keeps a copy of what it replaces with --backup, under a free name', async () => {
    const { generate, project } = setScene({ 'a.txt': 'mine\n', 'a.txt.bak': 'older\n', 'src/b.txt': 'b\n' });
    expect((await generate('--overwrite', '--backup')).exitCode).toBe(0);
    expect(readTexts(project)).toMatchObject({ 'a.txt.bak': 'older\n', 'a.txt.bak2': 'mine\n' });
    expect(existsSync(join(project, 'src', 'b.txt.bak'))).toBe(false);
  });

  it('takes what is already as wanted for generated', async () => {
    const { generate, project, succeed } = setScene({ 'src/b.txt': 'b\n' });
    expect((await generate('--into-existing')).exitCode).toBe(0);
    expect((await succeed(['status', '--all'], { cwd: project })).stdout).toMatch(/as-generated +src\/b\.txt/);
  });
});

describe('a dry run', () => {
  it.each([[['--dry-run']], [['--diff']], [['--dry-run', '--json']], [['--overwrite', '--backup', '--dry-run']]])(
    '%j writes nothing',
    async (args) => {
      const { generate, work, root } = setScene({ 'a.txt': 'mine\n' });
      const before = readWholeTree(root, (path) => path.startsWith('hôme'));
      const { exitCode } = await generate('--overwrite', ...args.filter((arg) => arg !== '--overwrite'));
      expect(exitCode).toBe(0);
      expect(readWholeTree(root, (path) => path.startsWith('hôme'))).toEqual(before);
      expect(existsSync(join(work, 'pröject', '.packsmith'))).toBe(false);
    },
  );

  it('as `plan` does, and prints the very plan that the run executes', async () => {
    const { json, pack, project, generate } = setScene({ 'a.txt': 'mine\n', 'src/b.txt': 'b\n' });
    const before = readWholeTree(project);
    const planned = await json(['plan', pack, project, '--overwrite', '--backup']);
    const again = await json(['plan', pack, project, '--overwrite', '--backup']);
    expect(readWholeTree(project)).toEqual(before);
    const stable = ({ data }: typeof planned) =>
      JSON.stringify(data.plan.paths.filter((path: { class: string }) => path.class !== 'record'));
    expect(stable(again)).toBe(stable(planned));
    expect((await generate('--overwrite', '--backup')).exitCode).toBe(0);
    const tree = readWholeTree(project, isLocal);
    for (const path of planned.data.plan.paths as {
      path: string;
      class: string;
      action: string;
      after?: { digest: string; mode: number };
    }[]) {
      // The instant of the generation is in the records and nowhere else here.
      if (path.class === 'record' || path.action === 'delete') continue;
      expect(
        `sha256-${sha256(tree[path.path]?.content ?? '')}`.endsWith(path.after?.digest.replace(/^sha256[-:]/, '') ?? '-'),
        path.path,
      ).toBe(true);
      expect(tree[path.path]?.mode).toBe(path.after?.mode.toString(8));
    }
    const unplanned = Object.keys(readTexts(project)).filter(
      (path) => !planned.data.plan.paths.some((entry: { path: string }) => entry.path === path),
    );
    expect(unplanned).toEqual([]);
  });

  it('shows a diff that patch programs read', async () => {
    const { generate } = setScene({ 'a.txt': 'mine\n' });
    const { stdout } = await generate('--overwrite', '--diff');
    expect(stdout).toContain('-mine\n+one\n+hello\n');
    expect(stdout).toContain('new file mode 100755');
    expect(stdout).not.toContain('packsmith.lock');
  });
});

describe('generating again', () => {
  it('changes nothing: no byte, no time', async () => {
    const { generate, project } = setScene();
    await generate();
    const before = readWholeTree(project, isLocal);
    const { exitCode, stdout } = await generate();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('nothing to change');
    expect(readWholeTree(project, isLocal)).toEqual(before);
  });

  it('merges a changed answer into a file that was edited elsewhere', async () => {
    const { generate, project, succeed } = setScene();
    await generate();
    writeFileSync(join(project, 'a.txt'), readFileSync(join(project, 'a.txt'), 'utf8').replace('seven', 'SEVEN, by me'));
    const { exitCode, stderr } = await generate('--var', 'greeting=good day');
    expect(exitCode, stderr).toBe(0);
    expect(readTexts(project)['a.txt']).toBe('one\ngood day\nthree\nfour\nfive\nsix\nSEVEN, by me\n');
    expect((await succeed(['status'], { cwd: project })).stdout).toMatch(/edited +a\.txt/);
    const untouched = await generate('--var', 'greeting=good day');
    expect(untouched.exitCode, untouched.stderr).toBe(0);
    expect(readTexts(project)['a.txt']).toContain('SEVEN, by me');
  });

  it('stops where both sides changed the same line, and keeps the bytes of the user', async () => {
    const { generate, project } = setScene();
    await generate();
    writeFileSync(join(project, 'a.txt'), readFileSync(join(project, 'a.txt'), 'utf8').replace('hello', 'mine'));
    const before = readWholeTree(project, isLocal);
    const { exitCode, stderr } = await generate('--var', 'greeting=good day');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('MERGE_CONFLICT');
    expect(stderr).toContain('a.txt');
    expect(readWholeTree(project, isLocal)).toEqual(before);
  });

  it('adds, and removes again, a file that an answer decides on, but never one that was edited', async () => {
    const { generate, project } = setScene();
    await generate('--var', 'extra=true');
    expect(readTexts(project)['extra.txt']).toBe('extra\n');
    await generate('--var', 'extra=false');
    expect(existsSync(join(project, 'extra.txt'))).toBe(false);
    await generate('--var', 'extra=true');
    writeFileSync(join(project, 'extra.txt'), 'mine\n');
    await generate('--var', 'extra=false');
    expect(readTexts(project)['extra.txt']).toBe('mine\n');
  });

  it('does not bring back what the user deleted', async () => {
    const { generate, project, succeed } = setScene();
    await generate();
    rmSync(join(project, 'src', 'b.txt'));
    expect((await succeed(['status'], { cwd: project })).stdout).toMatch(/missing +src\/b\.txt/);
    expect((await generate()).exitCode).toBe(0);
    expect(existsSync(join(project, 'src', 'b.txt'))).toBe(false);
  });
});

describe('status, explain and undo', () => {
  it('tell generated, edited and missing apart, and --check fails on both', async () => {
    const { generate, project, run, json, succeed } = setScene();
    await generate();
    expect((await succeed(['status', '--check'], { cwd: project })).stdout).toContain(
      '4 generated files, all as generated'.replace('4', '3'),
    );
    writeFileSync(join(project, 'a.txt'), 'mine\n');
    rmSync(join(project, 'src', 'b.txt'));
    chmodSync(join(project, 'run.sh'), 0o644);
    const { exitCode, stdout } = await run(['status', '--check'], { cwd: project });
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/edited +a\.txt[\s\S]*edited +run\.sh[\s\S]*missing +src\/b\.txt/);
    const { data, ok, error } = await json(['status', '--check'], { cwd: project });
    expect([ok, error?.code]).toEqual([false, 'CHECK_FAILED']);
    expect(data.files.map(({ state }: { state: string }) => state)).toEqual(['edited', 'edited', 'missing']);
  });

  it('are not spoken of where a single template was written', async () => {
    const { generate, project, run } = setScene();
    const { exitCode, stderr } = await generate('--template', 'src/b.txt');
    expect([exitCode, readTexts(project)]).toMatchObject([0, { 'src/b.txt': 'b\n' }]);
    expect(stderr).toContain('packs undo');
    expect(stderr).not.toContain('packs status');
    expect((await run(['undo'], { cwd: project })).exitCode).toBe(0);
    expect(readTexts(project)).toEqual({});
  });

  it('name the pack and the template behind a file', async () => {
    const { generate, project, succeed, run } = setScene();
    await generate();
    const { stdout } = await succeed(['explain', 'a.txt'], { cwd: project });
    expect(stdout).toContain('small');
    expect(stdout).toContain('templates/a.txt.jinja');
    const unknown = await run(['explain', 'a.tx'], { cwd: project });
    expect(unknown.exitCode).toBe(7);
    expect(unknown.stderr).toContain('did you mean a.txt?');
  });

  it('undo restores exactly, change after change, down to the empty directory', async () => {
    const { generate, project, succeed } = setScene();
    await generate();
    const first = readTexts(project);
    await generate('--var', 'greeting=good day', '--var', 'extra=true');
    await succeed(['undo'], { cwd: project });
    expect(readTexts(project)).toEqual(first);
    const { stdout } = await succeed(['undo', '--list'], { cwd: project });
    const ids = [...stdout.matchAll(/\d{8}T?\d*[-\w]*/g)].map(([id]) => id);
    expect(ids.length, stdout).toBeGreaterThan(1);
    await succeed(['undo', ids.at(-1) ?? ''], { cwd: project });
    expect(readTexts(project)).toEqual({});
  });

  it('undo refuses when a file was edited since, and names it', async () => {
    const { generate, project, run } = setScene();
    await generate();
    writeFileSync(join(project, 'a.txt'), 'mine\n');
    const before = readWholeTree(project, isLocal);
    const { exitCode, stderr } = await run(['undo'], { cwd: project });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('a.txt');
    expect(readWholeTree(project, isLocal)).toEqual(before);
  });

  it.each([['status'], ['undo'], ['explain', 'a.txt']])('%s says where there is no project', async (...args) => {
    const { run } = setScene();
    const { exitCode, stderr } = await run(args);
    expect(exitCode).toBe(7);
    expect(stderr).toContain('hint');
  });
});

function sha256(latin1: string): string {
  return createHash('sha256').update(Buffer.from(latin1, 'latin1')).digest('hex');
}
