import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runInProcess);

it('status --outdated sees that the folder of a pack has other content, under the same version', async () => {
  const { succeed, json, run, work } = makeWorkshop();
  writePack(join(work, 'tea'), { id: 'tea', files: { 'templates/a.txt': 'one\n' } });
  await succeed(['generate', './tea', 'out']);
  const at = { cwd: join(work, 'out') };
  expect((await json(['status', '--outdated', '--check'], at)).data).toMatchObject({ newer: [], changed: [] });
  writePack(join(work, 'tea'), { id: 'tea', files: { 'templates/a.txt': 'two\n' } });
  const shown = await run(['status', '--outdated', '--check'], at);
  expect(shown).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('changed  tea 1.0.0: ../tea has other content') });
  expect(shown.stdout).not.toContain('as new as');
  expect(shown.stderr).toContain('packs have other content than the project has');
  const { data } = await json(['status', '--outdated'], at);
  expect(data.changed).toEqual([{ id: 'tea', version: '1.0.0', source: '../tea' }]);
  await succeed(['update'], at);
  expect((await json(['status', '--outdated'], at)).data.changed).toEqual([]);
});

it('a directory of a tagged repository is taken as it is, which is said once, with the way to its tags', async () => {
  const { succeed, run, root, work } = makeWorkshop();
  const repository = new GitRepository(root, 'tea');
  writeFileSync(join(repository.work, 'copier.yml'), 'name:\n  type: str\n  default: x\n');
  writeFileSync(join(repository.work, 'a.txt.jinja'), '{{ name }}\n');
  repository.git('add', '.');
  repository.git('commit', '--quiet', '--message', 'one');
  const args = (directory: string) => ['generate', repository.work, directory];
  expect((await succeed(args('untagged'))).stderr).not.toContain('git+file');
  repository.git('tag', 'v1.0.0');
  const advice = `is taken as it is now, not at a tag of its repository; \`git+file://${repository.work}\` takes the newest one`;
  expect((await succeed(args('tagged'))).stderr).toContain(advice);
  expect((await succeed(['update'], { cwd: join(work, 'tagged') })).stderr).not.toContain('git+file');
  repository.git('pack-refs', '--all');
  expect((await succeed(args('packed'))).stderr).toContain(advice);
  for (const mark of ['#', '@']) {
    const { stderr, exitCode } = await run(['generate', `${repository.work}${mark}v1.0.0`, 'out']);
    expect(exitCode).toBe(7);
    expect(stderr).toContain(`\`git+file://${repository.work}#v1.0.0\` is its repository at v1.0.0`);
  }
  mkdirSync(join(work, 'plain'));
  expect((await run(['generate', './plain@1.0.0', 'out'])).stderr).toContain('has one version, as it is now: leave @1.0.0 out');
});
