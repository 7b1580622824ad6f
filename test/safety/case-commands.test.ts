import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWholePack } from '../publish/authors.ts';
import { hasProgram } from '../support/generated-project.ts';
import { talkToProgram } from '../support/pseudo-terminal.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

/** Leaves a mark in the home directory of whoever runs it. */
const CASE = `name = "a"
[expect]
files = ["hello.txt"]
[[commands]]
run = ["node", "-e", "require('fs').writeFileSync(process.env.HOME + '/mark', '')"]
`;

interface Scene extends Workshop {
  readonly pack: string;
  /** Whether a command ran since it was asked for the last time. */
  readonly ran: () => boolean;
}

/** A pack below the working directory, as it is in a repository that was cloned. */
function setScene(test = CASE): Scene {
  const workshop = makeWorkshop();
  const pack = writeWholePack(workshop, {
    id: 'tested',
    version: '1.0.0',
    files: { 'templates/hello.txt': 'hello\n', 'tests/a.toml': test },
  });
  const mark = join(workshop.home, 'mark');
  const ran = (): boolean => {
    const isThere = existsSync(mark);
    rmSync(mark, { force: true });
    return isThere;
  };
  return { ...workshop, pack, ran };
}

const runs = { data: { cases: [{ commands: { run: 1, skipped: 0 } }] } };

describe('the commands of test cases', () => {
  it.each([
    [['test', '.']],
    [['test', '.', '--update']],
    [['publish', '.', '--registry', '../registry']],
    [['publish', '.', '--registry', '../registry', '--dry-run']],
  ])('do not run without consent in the directory of the pack: %j', async (args) => {
    const { json, pack, root, ran } = setScene();
    const end = await json([...args], { cwd: pack, input: 'y\n' });
    expect(end).toMatchObject({ exitCode: 2, error: { code: 'COMMANDS_NOT_TRUSTED', message: expect.stringContaining('writeFileSync') } });
    expect(ran()).toBe(false);
    expect(existsSync(join(root, 'registry'))).toBe(false);
  });

  it('do not run through a link, as a pack of the folder packs, or where the pack is only looked at', async () => {
    const { run, pack, work, ran } = setScene();
    symlinkSync(pack, join(work, 'linked'));
    for (const args of [
      ['test', './linked'],
      ['score', pack, '--verbose'],
      ['validate', pack, '--deep'],
      ['lint', pack],
    ])
      await run(args);
    expect(ran()).toBe(false);
    mkdirSync(join(work, 'packs'));
    renameSync(pack, join(work, 'packs', 'tested'));
    await run(['test', 'tested']);
    expect(ran()).toBe(false);
  });

  it('run with --trust, and are left out with --skip-commands', async () => {
    const { json, pack, ran } = setScene();
    expect(await json(['test', pack, '--trust'])).toMatchObject(runs);
    expect(ran()).toBe(true);
    expect(await json(['test', pack, '--skip-commands'])).toMatchObject({ data: { cases: [{ commands: { run: 0, skipped: 1 } }] } });
    expect(ran()).toBe(false);
  });

  it('run of a pack that is trusted at exactly this content', async () => {
    const { json, succeed, pack, ran } = setScene();
    await succeed(['trust', 'add', pack]);
    expect(await json(['test', pack])).toMatchObject(runs);
    expect(ran()).toBe(true);
    writeFileSync(join(pack, 'templates', 'hello.txt'), 'hello again\n');
    expect(await json(['test', pack])).toMatchObject({ error: { code: 'COMMANDS_NOT_TRUSTED' } });
    expect(ran()).toBe(false);
  });

  it("run of the user's own work whatever changes, of this pack in this directory only", async () => {
    const { json, succeed, pack, work, ran } = setScene();
    await succeed(['trust', 'add', pack, '--own']);
    expect((await json(['trust', 'list'])).data.own).toEqual([{ id: 'tested', directory: pack }]);
    writeFileSync(join(pack, 'templates', 'hello.txt'), 'hello again\n');
    expect(await json(['test', '.'], { cwd: pack })).toMatchObject(runs);
    expect(ran()).toBe(true);
    renameSync(pack, join(work, 'moved'));
    expect(await json(['test', './moved'])).toMatchObject({ error: { code: 'COMMANDS_NOT_TRUSTED' } });
    renameSync(join(work, 'moved'), pack);
    const manifest = join(pack, 'pack.toml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"tested"', '"other"'));
    expect(await json(['test', pack])).toMatchObject({ error: { code: 'COMMANDS_NOT_TRUSTED' } });
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"other"', '"tested"'));
    await succeed(['trust', 'remove', 'tested']);
    expect(await json(['test', pack])).toMatchObject({ error: { code: 'COMMANDS_NOT_TRUSTED' } });
    expect(ran()).toBe(false);
  });

  it('cannot be called own work of what is installed', async () => {
    const { json, succeed, pack, ran } = setScene();
    await succeed(['install', pack]);
    expect(await json(['trust', 'add', 'tested', '--own'])).toMatchObject({ exitCode: 2, error: { code: 'INVALID_ARGUMENTS' } });
    expect(await json(['test', 'tested'])).toMatchObject({ error: { code: 'COMMANDS_NOT_TRUSTED' } });
    expect(ran()).toBe(false);
  });

  it('are shown with nothing hidden where they are refused', async () => {
    const { run, pack } = setScene(CASE.replace('"-e", ', '"-e", "\\u001b[2Khidden\\u202e", '));
    const { stderr } = await run(['test', pack]);
    expect(stderr).toContain('\\u001b[2Khidden\\u202e');
  });
});

describe.runIf(hasProgram('python3', 'asking for consent to commands of cases in a pseudo-terminal'))('on a terminal', () => {
  it.each([
    ['no', '\r', { runs: false, again: false }],
    ['this time', '\u001b[B\r', { runs: true, again: false }],
    ['always', '\u001b[B\u001b[B\r', { runs: true, again: true }],
  ])('they are shown in full and asked for: %s', async (_, keys, expected) => {
    const scene = setScene();
    const { output, exitCode } = await talkToProgram(['test', scene.pack], scene, [['Run these commands?', keys]]);
    expect(output).toContain('writeFileSync');
    expect([exitCode, scene.ran()]).toEqual([0, expected.runs]);
    await scene.run(['test', scene.pack]);
    expect(scene.ran()).toBe(expected.again);
  });
});
