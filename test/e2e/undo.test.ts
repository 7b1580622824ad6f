import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readTexts, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const WEB = {
  id: 'web',
  manifest: '[variables.port]\ntype = "integer"\ndefault = 80\n\n[variables.key]\ntype = "secret"\ndefault = "k"\n',
  files: { 'templates/a.txt.jinja': 'port {{ port }}\nline\n', 'templates/b.txt.jinja': 'b {{ port }}\n', 'templates/c.txt': 'c\n' },
};

/** A project with its pack, in a directory of its own. */
async function setScene() {
  const workshop = makeWorkshop();
  const { work, run } = workshop;
  writePack(join(work, 'packs', 'web'), WEB);
  await workshop.succeed(['generate', 'web', '.', '--into-existing']);
  const texts = (): Record<string, string> => {
    const { 'a.txt': a = '', 'b.txt': b = '', 'c.txt': c = '' } = readTexts(work);
    return { a, b, c };
  };
  const write = (path: string, text: string): void => writeFileSync(join(work, path), text);
  const list = async (): Promise<{ id: string; operation: string }[]> => (await workshop.json(['undo', '--list'])).data.changes;
  return { ...workshop, texts, write, list, packs: (...args: string[]) => run(args) };
}

describe('regenerate', () => {
  it('of one template changes and restores that one alone, and names templates that are nearly as written', async () => {
    const { packs, texts, work } = await setScene();
    rmSync(join(work, 'c.txt'));
    expect((await packs('regenerate', '--template', 'a.txt', '--var', 'port=90')).exitCode).toBe(0);
    expect(texts()).toEqual({ a: 'port 90\nline\n', b: 'b 80\n', c: '' });
    expect((await packs('regenerate', '--template', 'c.txt')).exitCode).toBe(0);
    expect(texts()).toEqual({ a: 'port 90\nline\n', b: 'b 80\n', c: 'c\n' });
    const { exitCode, stderr } = await packs('regenerate', '--template', 'c.tx');
    expect([exitCode, stderr.includes('did you mean c.txt')]).toEqual([7, true]);
  });

  it('leaves what a glob preserves, once or as packsmith.toml says, and catches up when it no longer does', async () => {
    const { packs, texts, work, succeed } = await setScene();
    rmSync(join(work, 'c.txt'));
    await succeed(['regenerate', '--var', 'port=90', '--preserve', 'b.*', '--preserve', 'c.txt']);
    expect(texts()).toEqual({ a: 'port 90\nline\n', b: 'b 80\n', c: '' });
    expect((await packs('regenerate')).exitCode).toBe(0);
    expect(texts()).toEqual({ a: 'port 90\nline\n', b: 'b 90\n', c: 'c\n' });
  });

  it('after a preview says the line that does what was shown, without secrets', async () => {
    const { packs, succeed, texts } = await setScene();
    const { stderr } = await packs('regenerate', '--dry-run', '--var', 'port=90', '--var', 'key=hidden', '--preserve', 'b.*', '--defaults');
    const line = "packs regenerate --var port=90 --var 'key=…' --preserve 'b.*' --defaults";
    expect(
      stderr
        .match(/next: (.*)/)?.[1]
        ?.split(' --')
        .sort(),
    ).toEqual(line.split(' --').sort());
    expect(stderr).not.toContain('hidden');
    const next = (await packs('regenerate', '--template', 'c.txt', '--conflict', 'ours', '--var', 'port=1', '--diff')).stderr;
    expect(next).toContain('next: packs regenerate --template c.txt --conflict ours --var port=1\n');
    await succeed(['regenerate', '--var', 'port=90', '--preserve', 'b.*']);
    expect(texts()['b']).toBe('b 80\n');
  });
});

describe('undo --list', () => {
  it('says what each change did, and with an id to which files', async () => {
    const { packs, succeed, work, list } = await setScene();
    rmSync(join(work, 'c.txt'));
    await succeed(['regenerate', '--var', 'port=90']);
    const { stdout } = await succeed(['undo', '--list']);
    expect(stdout).toMatch(/regenerate .*1 file created, 5 files updated\n.*generate .*6 files created\n/);
    const [newest, oldest] = await list();
    const files = await succeed(['undo', newest?.id ?? '', '--list']);
    expect(files.stdout).toMatch(/updated +a\.txt\n.*updated +b\.txt\n.*created +c\.txt\n/);
    expect(files.stderr).toContain(`next: packs undo ${newest?.id}\n`);
    expect((await succeed(['undo', oldest?.id ?? '', '--list'])).stdout).not.toContain(newest?.id);
    expect((await packs('undo', 'none', '--list')).stderr).toContain('UNDO_IMPOSSIBLE');
  });
});

describe('undo given again', () => {
  it('goes back change by change, marks what was taken back, and stops where nothing is left', async () => {
    const { succeed, texts, packs, list, json } = await setScene();
    await succeed(['regenerate', '--var', 'port=90']);
    await succeed(['regenerate', '--var', 'port=91']);
    for (const b of ['b 90\n', 'b 80\n', '']) {
      const { stderr } = await succeed(['undo']);
      expect([texts()['b'], stderr.includes('is there again')]).toEqual([b, false]);
    }
    const changes = (await json(['undo', '--list'])).data.changes as { id: string; takenBackBy?: string }[];
    const [u3, u2, u1] = changes.map(({ id }) => id);
    expect(changes.map(({ takenBackBy }) => takenBackBy)).toEqual([undefined, undefined, undefined, u1, u2, u3]);
    expect((await succeed(['undo', '--list'])).stdout).toContain(`taken back by ${u1}`);
    const refused = await packs('undo');
    expect([refused.exitCode, refused.stderr]).toEqual([4, expect.stringContaining(`\`packs undo ${u3}\` does the last one`)]);
    expect((await list()).length).toBe(6);
  });

  it('does a change again where the id of its undo is given, and says so', async () => {
    const { succeed, texts, list, json } = await setScene();
    await succeed(['regenerate', '--var', 'port=90']);
    await succeed(['undo']);
    const [{ id } = { id: '' }] = await list();
    for (const args of [
      ['undo', id, '--dry-run'],
      ['undo', id],
    ])
      expect((await succeed(args)).stderr).toContain('is an undo: what that had taken back is there again');
    expect(texts()['b']).toBe('b 90\n');
    expect(await json(['undo', id])).toMatchObject({ exitCode: 4, error: { hint: expect.stringContaining('it was taken back already') } });
    await succeed(['undo']);
    expect(texts()['b']).toBe('b 80\n');
  });

  it('changes nothing where files were edited since', async () => {
    const { succeed, texts, packs, write } = await setScene();
    await succeed(['regenerate', '--var', 'port=90']);
    await succeed(['regenerate', '--var', 'port=91']);
    await succeed(['undo']);
    write('b.txt', 'mine\n');
    const before = texts();
    expect(await packs('undo')).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('b.txt: changed since') });
    expect(texts()).toEqual(before);
  });
});

describe('undo outside of a project', () => {
  it.each([[['undo']], [['undo', '--list']], [['undo', '20260101T000000000Z-abcdef']]])('says so: %j', async (args) => {
    const { json, work } = makeWorkshop();
    const refused = await json(args);
    expect(refused).toMatchObject({ exitCode: 7, error: { code: 'PROJECT_NOT_FOUND', hint: expect.stringContaining('--cwd') } });
    expect(refused.error?.message).toContain(work);
  });

  it('is something else than a project that was cloned, and has nothing to take back', async () => {
    const { json, succeed, work } = await setScene();
    rmSync(join(work, '.packsmith', 'local'), { recursive: true });
    expect((await succeed(['undo', '--list'])).stdout).toBe('no change can be taken back\n');
    expect(await json(['undo'])).toMatchObject({ exitCode: 4, error: { code: 'UNDO_IMPOSSIBLE', hint: expect.stringContaining('clone') } });
  });
});

describe('undo of an older change', () => {
  it('works where later changes are not about its files', async () => {
    const { succeed, work, list, texts, write } = await setScene();
    for (const name of ['b', 'c']) rmSync(join(work, `${name}.txt`));
    await succeed(['regenerate', '--template', 'b.txt']);
    await succeed(['regenerate', '--template', 'c.txt']);
    write('a.txt', 'mine\n');
    const [, older] = await list();
    await succeed(['undo', older?.id ?? '']);
    expect(texts()).toEqual({ a: 'mine\n', b: '', c: 'c\n' });
    await succeed(['undo']);
    expect(texts()).toEqual({ a: 'mine\n', b: '', c: '' });
  });

  it('refuses where later changes, or people, changed its files, says which, and changes nothing', async () => {
    const { succeed, packs, list, texts, write } = await setScene();
    await succeed(['regenerate', '--var', 'port=90']);
    await succeed(['regenerate', '--var', 'port=91']);
    write('b.txt', 'mine\n');
    const before = texts();
    const [last, older] = await list();
    const { exitCode, stderr } = await packs('undo', older?.id ?? '');
    expect(exitCode).toBe(4);
    expect(stderr).toContain(`a.txt: changed since by regenerate, the change ${last?.id}`);
    expect(stderr).toContain('b.txt: changed since (');
    expect(stderr).toContain(`then this: \`packs undo ${last?.id}\`, \`packs undo ${older?.id}\``);
    expect([texts(), (await list()).length]).toEqual([before, 3]);
  });
});

describe('undo in a directory that is no project, inside of one', () => {
  const setFolders = (work: string): void => {
    for (const [name, text] of [
      ['base', 'a\n'],
      ['next', 'b\n'],
      ['mine', 'a\n'],
    ] as const) {
      mkdirSync(join(work, name, 'deep'), { recursive: true });
      writeFileSync(join(work, name, 'deep', 'own.txt'), text);
    }
  };
  const own = ({ work }: Workshop): string | undefined => readTexts(join(work, 'mine'))['deep/own.txt'];

  it('finds the undo log of a merge, from below as well', async () => {
    const scene = await setScene();
    const { work, succeed, texts } = scene;
    setFolders(work);
    await succeed(['merge', 'next', 'mine', '--base', 'base']);
    expect(own(scene)).toBe('b\n');
    await succeed(['undo', '--cwd', 'mine']);
    expect(own(scene)).toBe('a\n');
    const { data } = await scene.json(['undo', '--list'], { cwd: join(work, 'mine', 'deep') });
    await succeed(['undo', data.changes[0].id], { cwd: join(work, 'mine', 'deep') });
    expect([own(scene), texts()['c']]).toEqual(['b\n', 'c\n']);
  });

  it('finds that of a single template, and elsewhere that of the project', async () => {
    const { work, succeed } = await setScene();
    const folder = join(work, 'folder');
    mkdirSync(folder);
    await succeed(['generate', '../packs/web', '.', '--template', 'c.txt'], { cwd: folder });
    expect(existsSync(join(folder, 'c.txt'))).toBe(true);
    await succeed(['undo'], { cwd: folder });
    expect([existsSync(join(folder, 'c.txt')), existsSync(join(work, 'c.txt'))]).toEqual([false, true]);
    mkdirSync(join(work, 'other'));
    await succeed(['undo'], { cwd: join(work, 'other') });
    expect(existsSync(join(work, 'c.txt'))).toBe(false);
  });
});
