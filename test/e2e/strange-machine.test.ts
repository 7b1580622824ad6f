import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { isLocal, makeWorkshops, programEnvironment, programFile, readWholeTree, type Workshop } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops();

/** Every byte and mode of a project but the instant in its lockfile, by path. */
function bytesOf(project: string): Record<string, string> {
  const files = Object.entries(readWholeTree(project, isLocal)).filter(([, { kind }]) => kind === 'file');
  return Object.fromEntries(
    files.map(([path, { content }]) => [path, path === 'packsmith.lock' ? content.replace(/"now": "[^"]*"/, '') : content]),
  );
}

function runShell({ work, home }: Workshop, umask: string, env: Readonly<Record<string, string>>, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `umask ${umask}; exec "$@"`, '-', process.execPath, programFile(), ...args],
    {
      cwd: work,
      env: programEnvironment({ home, env }),
      encoding: 'utf8',
    },
  );
  expect(status, stderr).toBe(0);
  return stdout;
}

describe('on another machine', () => {
  const args = ['generate', 'web-api-starter', 'out/istanbul', '--var', 'author=İbrahim Işık', '--var', 'description=ILIK ılık Straße ﬁ'];

  it.each([
    ['in Turkish, in Kathmandu, private to the user', '077', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' }],
    ['without a language', '022', { LC_ALL: 'C', TZ: 'Pacific/Kiritimati' }],
    ['that lets everybody write', '000', { LC_ALL: 'lt_LT.UTF-8', TZ: 'America/St_Johns' }],
    ['where source maps and warnings are wanted', '022', { NODE_OPTIONS: '--enable-source-maps --trace-warnings' }],
  ])('%s, the same bytes are generated and the same text is shown', (_, umask, env) => {
    const [here, there] = [makeWorkshop(), makeWorkshop()];
    runShell(here, '022', {}, args);
    runShell(there, umask, env, args);
    const [ours, theirs] = [here, there].map(({ work }) => bytesOf(join(work, 'out', 'istanbul')));
    expect(theirs).toEqual(ours);
    for (const words of [
      ['list'],
      ['show', 'web-api-starter'],
      ['search', 'API'],
      ['search', 'ISTANBUL SIGNIN'],
      ['status', '--all', '--cwd', 'out/istanbul'],
    ]) {
      expect(runShell(there, umask, env, words)).toBe(runShell(here, '022', {}, words));
    }
  });

  it('where the package belongs to somebody else and cannot be written, everything works', async () => {
    const workshop = makeWorkshop();
    const copy = join(workshop.root, 'read only');
    cpSync(inject('programRoot'), copy, { recursive: true });
    for (const path of Object.keys(readWholeTree(copy)))
      chmodSync(join(copy, path), statSync(join(copy, path)).isDirectory() ? 0o555 : 0o444);
    chmodSync(copy, 0o555);
    try {
      const run = (args: readonly string[]) =>
        spawnSync(process.execPath, [join(copy, 'bin', 'packsmith.cjs'), ...args], {
          cwd: workshop.work,
          env: programEnvironment(workshop),
          encoding: 'utf8',
        });
      expect(run(['list'])).toMatchObject({ status: 0, stderr: expect.not.stringContaining('error') });
      expect(run(['generate', 'cli-app-starter', 'out'])).toMatchObject({ status: 0 });
      // What is generated from read-only files can be written again.
      expect(statSync(join(workshop.work, 'out', 'README.md')).mode & 0o200).toBe(0o200);
    } finally {
      for (const path of ['', ...Object.keys(readWholeTree(copy))])
        if (statSync(join(copy, path)).isDirectory()) chmodSync(join(copy, path), 0o755);
    }
  });

  it('without a home that can be written, everything but the cache works', async () => {
    const workshop = makeWorkshop();
    mkdirSync(join(workshop.root, 'locked'), { mode: 0o555 });
    writeFileSync(join(workshop.root, 'a file'), '');
    const env = { HOME: join(workshop.root, 'locked'), PACKSMITH_HOME: join(workshop.root, 'a file', 'below') };
    await workshop.succeed(['list'], { env });
    await workshop.succeed(['generate', 'cli-app-starter', 'out'], { env });
    await workshop.succeed(['status', '--check'], { env, cwd: join(workshop.work, 'out') });
  });

  it('with an empty environment, everything works', () => {
    const { work } = makeWorkshop();
    const { status, stderr } = spawnSync(process.execPath, [programFile(), 'list'], { cwd: work, env: {}, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  });
});
