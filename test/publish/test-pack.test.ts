import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readWholeTree, startProgram, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';
import { writeSettings } from './authors.ts';

const makeWorkshop = makeWorkshops();

const PASSING = 'name = "a"\n[expect]\nfiles = ["hello.txt"]\n';
const RUNNING = `${PASSING}\n[[commands]]\nrun = ["node", "-e", "console.log(require('fs').readFileSync('hello.txt', 'utf8'), process.cwd())"]\noutput = ["hello"]\n`;

function makeTested(workshop: Workshop, test: string, place = workshop.work): string {
  return writePack(join(place, 'tested'), { id: 'tested', files: { 'templates/hello.txt': 'hello\n', 'tests/a.toml': test } });
}

/** What tests leave in the directory for temporary files. */
const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('packsmith-test-'));

describe('packs test', () => {
  it('passes for a pack as it is created, in text, JSON and JUnit', async () => {
    const { succeed, json, run } = makeWorkshop();
    await succeed(['create', 'my-pack']);
    expect((await succeed(['test', './my-pack'])).stdout).toMatch(
      /^my-pack 0\.1\.0: 1 case\n {2}ok {3}the defaults \(tests\/defaults\.toml; \d+ ms\)\n1 passed in /,
    );
    expect(await json(['test', './my-pack'])).toMatchObject({
      ok: true,
      data: { passed: 1, failed: 0, cases: [{ kind: 'generate', problems: [] }] },
    });
    const { stdout } = await run(['test', './my-pack', '--format', 'junit']);
    expect(stdout).toMatch(/^<\?xml [^\n]*\n<testsuites [^>]*tests="1" failures="0"[^\n]*\n {2}<testsuite name="my-pack 0\.1\.0"/);
    expect(JSON.parse((await run(['test', './my-pack', '--format', 'json'])).stdout)).toMatchObject({ id: 'my-pack', passed: 1 });
  });

  it('exits with 2 where a case fails, and shows where and how', async () => {
    const workshop = makeWorkshop();
    makeTested(workshop, `${PASSING}[expect.text]\n"hello.txt" = "hello <world>\\n"\n`);
    const { exitCode, stdout, stderr } = await workshop.run(['test', './tested']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain('tests/a.toml:5:15: hello.txt is not as expected\n');
    expect(stdout).toContain('-hello <world>\n');
    expect(stderr).toContain('error[CHECK_FAILED]: 1 of 1 cases of tested failed');
    const junit = await workshop.run(['test', './tested', '--format', 'junit']);
    expect(junit.exitCode).toBe(2);
    expect(junit.stdout).toContain('<failure message="hello.txt is not as expected">tests/a.toml:5:15');
    expect(junit.stdout).toContain('-hello &lt;world&gt;');
    expect(await workshop.json(['validate', './tested'])).toMatchObject({ ok: true });
  });

  it('lists what is wrong with the cases themselves, as validate does', async () => {
    const workshop = makeWorkshop();
    makeTested(workshop, 'name = "a"\n[expect]\nfile = ["x"]\n');
    const finding = {
      code: 'MANIFEST_UNKNOWN_KEY',
      where: { file: 'tests/a.toml', line: 3, column: 1 },
      suggestion: 'did you mean "files"?',
    };
    expect(await workshop.json(['test', './tested'])).toMatchObject({
      exitCode: 2,
      error: { code: 'CASE_INVALID', diagnostics: [finding] },
    });
    expect(await workshop.json(['validate', './tested'])).toMatchObject({
      exitCode: 2,
      data: { diagnostics: expect.arrayContaining([expect.objectContaining(finding)]) },
    });
  });

  it('runs commands in the generated project, and leaves nothing behind', async () => {
    const workshop = makeWorkshop();
    makeTested(workshop, RUNNING);
    const before = leftovers();
    const tree = readWholeTree(workshop.work);
    const passed = await workshop.json(['test', './tested', '--trust']);
    expect(passed).toMatchObject({ ok: true, data: { cases: [{ commands: { run: 1, skipped: 0 } }] } });
    expect(readWholeTree(workshop.work)).toEqual(tree);
    expect(leftovers().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('stores no snapshot in what is installed', async () => {
    const workshop = makeWorkshop();
    await workshop.succeed(['install', makeTested(workshop, RUNNING)]);
    const stored = await workshop.json(['test', 'tested', '--update', '--skip-commands']);
    expect(stored).toMatchObject({ exitCode: 2, error: { code: 'INVALID_ARGUMENTS' } });
    expect(await workshop.json(['verify'])).toMatchObject({ ok: true });
  });

  it('stores snapshots with --update, compares with them, and deletes those that nothing asks for', async () => {
    const workshop = makeWorkshop();
    const pack = makeTested(workshop, `${PASSING}snapshots = ["*.txt"]\n`);
    expect(await workshop.json(['test', './tested'])).toMatchObject({ exitCode: 2 });
    expect(await workshop.json(['test', './tested', '--update'])).toMatchObject({
      data: { failed: 0, snapshots: { written: ['tests/a.snap/hello.txt.snap'] } },
    });
    expect(readFileSync(join(pack, 'tests/a.snap/hello.txt.snap'), 'utf8')).toBe('hello\n');
    await workshop.succeed(['test', './tested']);
    writeFileSync(join(pack, 'templates', 'hello.txt'), 'hello again\n');
    expect((await workshop.run(['test', './tested'])).stdout).toContain('+hello again');
    writeFileSync(join(pack, 'tests', 'a.toml'), PASSING);
    expect(await workshop.json(['test', './tested', '-u'])).toMatchObject({
      data: { failed: 0, snapshots: { removed: ['tests/a.snap/hello.txt.snap'] } },
    });
    expect(readdirSync(join(pack, 'tests'))).toEqual(['a.toml']);
  });

  it('keeps in a snapshot that a file can be run, and begins with files of a directory of the pack', async () => {
    const workshop = makeWorkshop();
    const text = 'name = "a"\n[start]\ndirectory = "tests/old"\n[expect]\nsnapshots = ["run.sh"]\ncreated = ["hello.txt", "run.sh"]\n';
    const pack = makeTested(workshop, `${text}text = { "bin/own" = "own\\n" }\nexecutable = ["bin/own"]\n`);
    mkdirSync(join(pack, 'tests', 'old', 'bin'), { recursive: true });
    writeFileSync(join(pack, 'tests', 'old', 'bin', 'own'), 'own\n', { mode: 0o755 });
    writeFileSync(join(pack, 'templates', 'run.sh'), 'true\n', { mode: 0o755 });
    await workshop.succeed(['test', './tested', '--update']);
    const snapshot = join(pack, 'tests', 'a.snap', 'run.sh.snap');
    expect(statSync(snapshot).mode & 0o111).not.toBe(0);
    await workshop.succeed(['test', './tested']);
    chmodSync(join(pack, 'templates', 'run.sh'), 0o644);
    const { exitCode, stdout } = await workshop.run(['test', './tested']);
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining('run.sh cannot be run, and its snapshot can')]);
    await workshop.succeed(['test', './tested', '--update']);
    expect(statSync(snapshot).mode & 0o111).toBe(0);
  });

  it('writes no snapshot through a link', async () => {
    const workshop = makeWorkshop();
    const pack = makeTested(workshop, `${PASSING}snapshots = ["*.txt"]\n`);
    mkdirSync(join(workshop.root, 'outside'));
    symlinkSync(join(workshop.root, 'outside'), join(pack, 'tests', 'a.snap'));
    expect((await workshop.run(['test', './tested', '--update'])).exitCode).not.toBe(0);
    expect(readdirSync(join(workshop.root, 'outside'))).toEqual([]);
  });

  it('updates from the version that was published before', async () => {
    const workshop = makeWorkshop();
    mkdirSync(join(workshop.home, 'packsmith'));
    writeSettings(workshop, `[registries.shared]\ntype = "folder"\nurl = ${JSON.stringify(join(workshop.root, 'registry'))}\n`);
    await workshop.succeed(['create', 'my-pack']);
    const pack = join(workshop.work, 'my-pack');
    writeFileSync(join(pack, 'templates', 'README.md.jinja'), '# {{ project_name }}\n\nFirst.\n\nEnd.\n');
    await workshop.succeed(['publish', 'my-pack']);
    writeFileSync(join(pack, 'pack.toml'), readFileSync(join(pack, 'pack.toml'), 'utf8').replace('0.1.0', '0.2.0'));
    writeFileSync(join(pack, 'templates', 'README.md.jinja'), '# {{ project_name }}\n\nSecond.\n\nEnd.\n');
    const test = (edit: string) =>
      `name = "from 0.1.0"\n[update]\nfrom = "previous"\n[[update.edits]]\npath = "README.md"\n${edit}\n[expect]\nupdated = ["README.md"]\ncontains = { "README.md" = ["Second."] }\n`;
    writeFileSync(join(pack, 'tests', 'update.toml'), test('append = "Mine.\\n"'));
    expect(await workshop.json(['test', './my-pack'])).toMatchObject({ ok: true, data: { passed: 2, cases: [{}, { kind: 'update' }] } });
    writeFileSync(join(pack, 'tests', 'update.toml'), test('replace = "First."\nwith = "Mine."'));
    const { stdout, exitCode } = await workshop.run(['test', './my-pack', '--filter', 'update']);
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining('README.md is left in conflict')]);
  });

  it('watches: runs again when a file changes, and ends with Ctrl+C', async () => {
    const workshop = makeWorkshop();
    const pack = makeTested(workshop, PASSING);
    const child = startProgram(['test', './tested', '--watch'], { cwd: workshop.work, home: workshop.home });
    let shown = '';
    const waitFor = (text: string): Promise<void> =>
      new Promise((settle, fail) => {
        const timer = setTimeout(() => fail(new Error(`never shown: ${text}\n${shown}`)), 20_000);
        const look = (): void => {
          if (!shown.includes(text)) return;
          clearTimeout(timer);
          shown = '';
          settle();
        };
        child.stderr?.on('data', (chunk) => {
          shown += String(chunk);
          look();
        });
        look();
      });
    await waitFor('Ctrl+C ends');
    rmSync(join(pack, 'templates', 'hello.txt'));
    await waitFor('there is no hello.txt');
    const ended = new Promise((settle) => child.once('close', settle));
    child.kill('SIGINT');
    expect(await ended).toBe(2);
  });
});
