import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writeWholePack } from './authors.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const PASSING = 'name = "has it"\n[expect]\nfiles = ["hello.txt"]\n';
const FAILING = 'name = "says more"\n[expect.contains]\n"hello.txt" = ["goodbye"]\n';
const RUNNING = `${PASSING}[[commands]]\nrun = ["node", "-e", "require('fs').writeFileSync(process.env.HOME + '/ran', '')"]\n`;

function makePack(workshop: Workshop, tests: Readonly<Record<string, string>>, version = '1.0.0'): string {
  const cases = Object.entries(tests).map(([name, text]) => [`tests/${name}.toml`, text]);
  return writeWholePack(workshop, {
    id: 'tested',
    version,
    files: { 'templates/hello.txt': `hello ${version}\nsecond\nthird\nfourth\n`, ...Object.fromEntries(cases) },
  });
}

const UPDATE =
  'name = "from the one before"\n[update]\nfrom = "previous"\n[[update.edits]]\npath = "hello.txt"\nappend = "mine\\n"\n[expect]\nupdated = ["hello.txt", "tested.txt"]\n';

describe('publishing', () => {
  it('runs the test cases, and refuses where one fails, with everything else that is wrong', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop, { a: PASSING, b: FAILING });
    writeFileSync(join(pack, 'README.md'), '');
    const refused = await workshop.json(['publish', pack, '--registry', './registry']);
    expect(refused).toMatchObject({
      exitCode: 2,
      data: { published: false, passes: false, tests: { passed: 1, failed: 1, leftOut: [] } },
      error: {
        code: 'PUBLISH_REFUSED',
        message: 'tested 1.0.0 is not published: it does not pass readme, tests',
        diagnostics: [
          { code: 'PACK_FILE_MISSING' },
          {
            code: 'CASE_FAILED',
            where: { file: 'tests/b.toml', line: 3 },
            message: expect.stringContaining('says more: hello.txt does not'),
          },
        ],
      },
    });
    expect(existsSync(join(workshop.work, 'registry'))).toBe(false);
    const shown = await workshop.run(['publish', pack, '--registry', './registry', '--dry-run']);
    expect([shown.exitCode, shown.stdout]).toEqual([2, expect.stringContaining('FAIL  its test cases pass\n')]);
  });

  it('publishes with --no-test whatever the cases say, and says that they were not run', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop, { b: FAILING });
    const shown = await workshop.succeed(['publish', pack, '--registry', './registry', '--dry-run', '--no-test']);
    expect(shown.stdout).toContain('-     its test cases were not run\n');
    const published = await workshop.json(['publish', pack, '--registry', './registry', '--no-test']);
    expect(published.data).toMatchObject({ published: true });
    expect(published.data.tests).toBeUndefined();
    const both = await workshop.json(['publish', pack, '--registry', './registry', '--no-test', '--trust']);
    expect(both).toMatchObject({ exitCode: 2, error: { code: 'INVALID_ARGUMENTS' } });
  });

  it('refuses cases that cannot be read', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop, { a: PASSING, b: 'name = "b"\n[expect]\nfile = []\n' });
    const refused = await workshop.json(['publish', pack, '--registry', './registry']);
    expect(refused).toMatchObject({
      error: { code: 'PUBLISH_REFUSED', diagnostics: [{ code: 'MANIFEST_UNKNOWN_KEY', where: { file: 'tests/b.toml', line: 3 } }] },
    });
  });

  it('runs the commands of cases only with consent', async () => {
    const workshop = makeWorkshop();
    const pack = makePack(workshop, { a: RUNNING });
    const ran = (): boolean => readdirSync(workshop.home).includes('ran');
    const publish = (...flags: string[]) => workshop.json(['publish', pack, '--registry', '../registry', '--dry-run', ...flags]);
    expect(await publish()).toMatchObject({ exitCode: 2, error: { code: 'COMMANDS_NOT_TRUSTED' } });
    expect(await publish('--skip-commands')).toMatchObject({ ok: true, data: { tests: { passed: 1 } } });
    expect(await publish('--trust', '--skip-commands')).toMatchObject({ error: { code: 'INVALID_ARGUMENTS' } });
    expect(ran()).toBe(false);
    expect(await publish('--trust')).toMatchObject({ ok: true, data: { tests: { passed: 1 } } });
    expect(ran()).toBe(true);
    rmSync(join(workshop.home, 'ran'));
    await workshop.succeed(['trust', 'add', pack, '--own']);
    expect(await workshop.json(['publish', pack, '--registry', '../registry'])).toMatchObject({ ok: true, data: { published: true } });
    expect(ran()).toBe(true);
  });

  it('updates from the version in the registry that it publishes to, and leaves such cases out the first time', async () => {
    const workshop = makeWorkshop();
    const first = await workshop.succeed(['publish', makePack(workshop, { update: UPDATE }), '--registry', './registry', '--dry-run']);
    expect(first.stdout).toContain('ok    it has no test case to run; tests/update.toml left out, as no earlier version is published\n');
    const told = await workshop.json(['publish', makePack(workshop, { a: PASSING, update: UPDATE }), '--registry', './registry']);
    expect(told.data).toMatchObject({ published: true, tests: { passed: 1, failed: 0, leftOut: ['tests/update.toml'] } });
    const next = makePack(workshop, { a: PASSING, update: UPDATE }, '1.1.0');
    const again = await workshop.json(['publish', next, '--registry', './registry', '--dry-run']);
    expect(again.data).toMatchObject({ passes: true, previous: '1.0.0', tests: { passed: 2, failed: 0, leftOut: [] } });
    writeFileSync(join(next, 'tests', 'update.toml'), UPDATE.replace('"hello.txt", "tested.txt"', '"hello.txt"'));
    const lost = await workshop.json(['publish', next, '--registry', './registry']);
    expect(lost.error?.diagnostics.map(({ code }) => code)).toEqual(['CASE_FAILED']);
    expect(readFileSync(join(workshop.work, 'registry', 'index.json'), 'utf8')).not.toContain('1.1.0');
  });
});
