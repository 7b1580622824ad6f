import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProjectManifest } from '../../src/core/manifest/format-project-manifest.ts';
import type { PackName } from '../../src/core/pack/pack-name.ts';
import { gitEnvironment } from '../support/git-repository.ts';
import { makeWorkshops, programEnvironment, programFile, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';
import { REPOSITORY } from './list-pages.ts';

const makeWorkshop = makeWorkshops();
const PAGE = readFileSync(join(REPOSITORY, 'docs/how-to/ci.md'), 'utf8');

/** The text of a block of the page, by its title. */
function block(title: string): string {
  const start = PAGE.indexOf(`title="${title}"\n`);
  expect(start, title).toBeGreaterThan(0);
  return PAGE.slice(PAGE.indexOf('\n', start) + 1, PAGE.indexOf('\n```', start));
}

/** A clone of a repository with a project whose pack has a new version; programs that jobs use stand in a directory of their own. */
async function setScene(edited: boolean) {
  const workshop = makeWorkshop();
  const { work, root, home } = workshop;
  const bare = join(root, 'shop.git');
  const clone = join(root, 'clone');
  const runner = join(root, 'runner');
  const own = { RUNNER_TEMP: runner, GH_TOKEN: 'x', UPDATE_REMOTE: bare };
  const env: Record<string, string> = { ...programEnvironment({ home }), ...gitEnvironment(home), ...own };
  const git = (cwd: string, ...args: string[]): string => execFileSync('git', args, { cwd, env, encoding: 'utf8' }).trim();
  const pack = (version: string, last: string) =>
    writePack(join(work, 'packs', 'web'), { id: 'web', version, files: { 'templates/a.txt': `one\ntwo\n${last}\n` } });
  pack('1.0.0', 'three');
  await workshop.succeed(['generate', 'web', '.', '--into-existing']);
  pack('1.1.0', 'THREE');
  if (edited) writeFileSync(join(work, 'a.txt'), 'one\ntwo\nmine\n');
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
  git(bare, 'config', 'receive.advertisePushOptions', 'true');
  git(work, 'init', '--quiet', '--initial-branch=main');
  git(work, 'add', '-A');
  git(work, 'commit', '--quiet', '-m', 'a project');
  git(work, 'push', '--quiet', bare, 'main');
  git(root, 'clone', '--quiet', bare, clone);
  mkdirSync(runner);
  return { ...workshop, bare, clone, runner, git, env: { ...env, PATH: `${makePrograms(workshop)}:${env['PATH']}` } };
}

/** `npx` that runs this build, and `gh` that writes down what it is asked. */
function makePrograms({ root }: Workshop): string {
  const bin = join(root, 'bin');
  mkdirSync(bin);
  const put = (name: string, script: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  put('npx', `shift 2\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(programFile())} "$@"`);
  put('gh', `[ "$2" = view ] && exit 1\necho "$@" >> ${JSON.stringify(join(root, 'gh.txt'))}`);
  return bin;
}

describe.each([false, true])('the jobs of the page (with a conflict: %s)', (isConflicted) => {
  const check = ({ git, bare }: Awaited<ReturnType<typeof setScene>>): void => {
    expect(git(bare, 'log', '--format=%s', 'update-packs', '-1')).toBe('Update packs');
    const files = git(bare, 'ls-tree', '-r', '--name-only', 'update-packs').split('\n');
    expect(files.filter((path) => path.startsWith('.packsmith/local'))).toEqual([]);
    expect(files.includes('a.txt.theirs')).toBe(isConflicted);
    expect(files.includes('.packsmith/pending.json')).toBe(isConflicted);
    expect(git(bare, 'show', 'update-packs:a.txt')).toBe(isConflicted ? 'one\ntwo\nmine' : 'one\ntwo\nTHREE');
    expect(git(bare, 'show', 'main:a.txt')).toBe(isConflicted ? 'one\ntwo\nmine' : 'one\ntwo\nthree');
  };

  it('on GitHub propose the update as a pull request', async () => {
    const scene = await setScene(isConflicted);
    const job = parse(block('.github/workflows/update-packs.yml')).jobs.update;
    for (const { run } of job.steps.filter((step: { run?: string }) => step.run !== undefined))
      execFileSync('bash', ['-e', '-o', 'pipefail', '-c', run], { cwd: scene.clone, env: scene.env, stdio: 'pipe' });
    check(scene);
    expect(readFileSync(join(scene.root, 'gh.txt'), 'utf8')).toContain('pr create --head update-packs --title Update packs --body-file');
    expect(readFileSync(join(scene.runner, 'update.txt'), 'utf8')).toContain('web 1.1.0');
  });

  it('on GitLab push the update with the options that open a merge request', async () => {
    const scene = await setScene(isConflicted);
    const job = parse(block('.gitlab-ci.yml'))['update-packs'];
    execFileSync('bash', ['-e', '-o', 'pipefail', '-c', job.script.join('\n').replaceAll('/tmp/update.txt', 'x/../../update.txt')], {
      cwd: mkdirIn(scene.clone, 'x'),
      env: scene.env,
      stdio: 'pipe',
    });
    check(scene);
    expect(existsSync(join(scene.root, 'update.txt'))).toBe(true);
  });
});

/** The clone, in which an ignored directory makes a relative path outside of it possible. */
function mkdirIn(directory: string, name: string): string {
  mkdirSync(join(directory, name));
  return directory;
}

describe('the settings of the bot on the page', () => {
  it('find versions and sources on the lines that packsmith writes', () => {
    const { customManagers } = JSON.parse(block('renovate.json'));
    const pack = (id: string, version: string | undefined, source: string) => ({
      id: id as PackName,
      version,
      source,
      variables: new Map(),
    });
    const text = formatProjectManifest({
      format: 1,
      name: 'shop',
      packs: [
        pack('monitoring', undefined, 'gh:acme/packs/monitoring#v2.1.0'),
        pack('api', '^1.2.0', 'npm:@acme/pack-api'),
        pack('own', undefined, './packs/own'),
      ],
      variables: new Map(),
      merge: { mode: 'merge', rules: [] },
      preserve: [],
      overrides: new Map(),
    } as Parameters<typeof formatProjectManifest>[0]);
    const found = customManagers.flatMap(({ matchStrings, datasourceTemplate }: { matchStrings: string[]; datasourceTemplate: string }) =>
      matchStrings.flatMap((match) =>
        [...text.matchAll(new RegExp(match, 'g'))].map(({ groups }) => ({ datasource: datasourceTemplate, ...groups })),
      ),
    );
    expect(found).toEqual([
      { datasource: 'github-tags', depName: 'acme/packs', currentValue: 'v2.1.0' },
      { datasource: 'npm', depName: '@acme/pack-api', currentValue: '^1.2.0' },
    ]);
    for (const { managerFilePatterns } of customManagers) expect('packsmith.toml').toMatch(new RegExp(managerFilePatterns[0].slice(1, -1)));
  });
});
