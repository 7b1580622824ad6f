import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOf, makeWorkshops, readTexts, startProgram, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

const FILES = 1200;

/** A pack that takes a while to write. */
function makeLargePack({ root }: Workshop): string {
  const files = Object.fromEntries(
    Array.from({ length: FILES }, (_, index) => [`templates/d${index % 30}/f${index}.txt.jinja`, `${index} {{ word }}\n`.repeat(20)]),
  );
  return writePack(join(root, 'large'), { id: 'large', manifest: '[variables.word]\ntype = "string"\ndefault = "one"', files });
}

/** The files a person would see, in which no staging leftovers may be. */
function seen(directory: string): Record<string, string> {
  return readTexts(directory);
}

describe('kill -9 in the middle of generating', () => {
  // The moments are spread over the run; where exactly they fall differs from machine to machine, and any place must do.
  it.each([0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])('at %f of the time of a whole run: the next command recovers', async (share) => {
    const workshop = makeWorkshop();
    const pack = makeLargePack(workshop);
    const project = join(workshop.work, 'out');
    mkdirSync(project);
    writeFileSync(join(project, 'mine.txt'), 'mine\n');
    const started = process.hrtime.bigint();
    await workshop.succeed(['generate', pack, 'whole']);
    const whole = Number(process.hrtime.bigint() - started) / 1e6;

    const child = startProgram(['generate', pack, 'out', '--into-existing'], { cwd: workshop.work, home: workshop.home });
    const end = endOf(child);
    const timer = setTimeout(() => child.kill('SIGKILL'), whole * share);
    await end;
    clearTimeout(timer);

    const status = await workshop.run(['status', '--json'], { cwd: project });
    const { ok, data, error } = JSON.parse(status.stdout) as {
      ok: boolean;
      data: { isClean: boolean; files: object[] };
      error: { code: string } | null;
    };
    const texts = seen(project);
    expect(texts['mine.txt']).toBe('mine\n');
    if (ok) expect([data.isClean, data.files.length]).toEqual([true, FILES]);
    else {
      expect(error?.code).toBe('PROJECT_NOT_FOUND');
      expect(Object.keys(texts)).toEqual(['mine.txt']);
    }
    await workshop.succeed(['generate', pack, 'out', '--into-existing']);
    expect((await workshop.json(['status'], { cwd: project })).data.isClean).toBe(true);
    const { 'mine.txt': mine, ...generated } = seen(project);
    expect([mine, Object.keys(generated)]).toEqual(['mine\n', Object.keys(seen(join(workshop.work, 'whole')))]);
    expect(readdirSync(workshop.work).sort()).toEqual(['out', 'whole']);
  });

  it('of a change, too: either the old files or the new ones, and undo still works', async () => {
    const workshop = makeWorkshop();
    const pack = makeLargePack(workshop);
    const project = join(workshop.work, 'out');
    await workshop.succeed(['generate', pack, 'out']);
    const child = startProgram(['generate', pack, 'out', '--var', 'word=two', '--verbose'], { cwd: workshop.work, home: workshop.home });
    const end = endOf(child);
    let heard = '';
    child.stderr?.on('data', (text: string) => {
      heard += text;
      if (/wrote|writing/.test(heard)) child.kill('SIGKILL');
    });
    await end;
    const { data } = await workshop.json(['status'], { cwd: project });
    expect(data.isClean).toBe(true);
    const words = new Set(Object.entries(seen(project)).flatMap(([path, text]) => (path.endsWith('.txt') ? [text.split(/\s/)[1]] : [])));
    expect(words.size).toBe(1);
    await workshop.succeed(['undo'], { cwd: project });
  });
});

describe('two commands at once in one project', () => {
  it('are both right: one waits or says who holds the lock', async () => {
    const workshop = makeWorkshop();
    const pack = makeLargePack(workshop);
    const project = join(workshop.work, 'out');
    await workshop.succeed(['generate', pack, 'out']);
    const runs = await Promise.all(
      ['two', 'three', 'four'].map((word) => workshop.run(['generate', pack, 'out', '--var', `word=${word}`])),
    );
    for (const { exitCode, stderr } of runs) {
      expect([0, 4, 6], stderr).toContain(exitCode);
      if (exitCode !== 0) expect(stderr).toMatch(/PROJECT_CHANGED|PROJECT_LOCKED/);
    }
    expect(runs.some(({ exitCode }) => exitCode === 0)).toBe(true);
    expect((await workshop.json(['status'], { cwd: project })).data.isClean).toBe(true);
    const words = new Set(Object.entries(seen(project)).flatMap(([path, text]) => (path.endsWith('.txt') ? [text.split(/\s/)[1]] : [])));
    expect(words.size).toBe(1);
  });

  it('that make it: one wins, and the other one says what is there', async () => {
    const workshop = makeWorkshop();
    const pack = makeLargePack(workshop);
    const runs = await Promise.all([1, 2].map(() => workshop.run(['generate', pack, 'out'])));
    for (const { exitCode, stderr } of runs) {
      expect([0, 4, 6], stderr).toContain(exitCode);
      expect(stderr).not.toContain('UNEXPECTED');
    }
    expect(runs.some(({ exitCode }) => exitCode === 0)).toBe(true);
    expect((await workshop.json(['status'], { cwd: join(workshop.work, 'out') })).data).toMatchObject({ isClean: true });
  });

  it('in one home: the compiled catalogue is right for each', async () => {
    const workshop = makeWorkshop();
    const directories = ['a', 'b', 'c', 'd'].map((name) => join(workshop.work, name));
    for (const [index, directory] of directories.entries()) writePack(join(directory, 'packs', `own-${index}`), { id: `own-${index}` });
    const lists = await Promise.all([...directories, ...directories].map((cwd) => workshop.json(['list'], { cwd })));
    for (const [index, { data }] of lists.entries()) {
      const own = (data.packs as { id: string }[]).map(({ id }) => id).filter((id) => id.startsWith('own-'));
      expect(own).toEqual([`own-${index % 4}`]);
    }
  });
});
