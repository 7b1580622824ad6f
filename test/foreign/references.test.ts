import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { makeTgz } from '../support/make-tar.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { makeTagged } from './tagged-template.ts';
import { writeTemplate } from './template-world.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const TEMPLATE = {
  'cookiecutter.json': '{"name": "Thing", "licence": ["MIT", "ISC"]}',
  '{{cookiecutter.name}}/README.md': 'by {{ cookiecutter.name }}\n',
};

const PLACES: readonly [string, (root: string) => string][] = [
  ['a repository', (root) => makeTagged(root, 'thing', { 'v1.2.0': TEMPLATE }, [])],
  [
    'an archive',
    (root) => {
      const files = Object.entries(TEMPLATE).map(([path, content]) => ({ path: `thing-main/${path}`, content }));
      writeFileSync(join(root, 'thing.tgz'), makeTgz(files));
      return './thing.tgz';
    },
  ],
];

describe.each(PLACES)('a template that nobody has fetched, in %s', (_name, make) => {
  it.each([
    ['show', ['show', 'REF', '--variables'], 'one of: MIT, ISC'],
    ['show its files', ['show', 'REF', '--files'], '{{cookiecutter.name}}/README.md'],
    ['validate', ['validate', 'REF'], 'valid: thing'],
    ['validate by rendering', ['validate', 'REF', '--deep'], 'tried: 2 projects'],
    ['ask', ['query', 'REF', '--query', 'SELECT ?n WHERE { ?v a ps:Variable; ps:name ?n }'], 'licence'],
    ['export', ['export', 'REF', '--format', 'turtle'], 'ps:id "thing"'],
    ['trust', ['trust', 'add', 'REF'], 'sha512-'],
  ])('can be told to %s', async (_what, argv, expected) => {
    const { root, home } = makeWorkshop();
    const reference = make(root);
    const run = await runWithShipped(
      argv.map((word) => (word === 'REF' ? reference : word)),
      { cwd: root, home },
    );
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    expect(run.stdout).toContain(expected);
  });

  it('is refused by name where packs of packsmith are judged', async () => {
    const { root, home } = makeWorkshop();
    const run = await runWithShipped(['score', make(root)], { cwd: root, home });
    expect(run.stderr).toContain('is a template of another tool');
  });
});

it('is not asked for in the network where nothing may be fetched', async () => {
  const { root, home } = makeWorkshop();
  const run = await runWithShipped(['show', 'https://127.0.0.1:9/owner/repo.git', '--offline'], { cwd: root, home });
  expect(run.stderr).toContain('OFFLINE_MISSING');
  expect(run.exitCode).toBe(5);
});

it('is the first of several in a work tree whose address has no ending', async () => {
  const { root, home } = makeWorkshop();
  const repository = new GitRepository(root, 'several');
  writeTemplate(repository.work, {
    'cookiecutter.json': '{"templates": {"a": {"path": "./a", "title": "A"}, "b": {"path": "./b", "title": "B"}}}',
    ...Object.fromEntries(
      Object.entries(TEMPLATE).flatMap(([path, text]) => [
        [`a/${path}`, text],
        [`b/${path}`, text],
      ]),
    ),
  });
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'two');
  const run = await runWithShipped(['generate', `git+file://${repository.work}`, 'thing', '--defaults'], { cwd: root, home });
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  expect(readFileSync(join(root, 'thing/packsmith.toml'), 'utf8')).toContain(`git+file://${repository.work}/.git/a`);
});
