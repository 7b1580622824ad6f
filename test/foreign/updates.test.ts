import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

/** A template with a history: two versions with tags, and a commit that has none. */
function makeHistory(root: string): { readonly repository: GitRepository; readonly address: string } {
  const repository = new GitRepository(root, 'cookiecutter-thing.git');
  const write = (path: string, text: string): void => {
    const file = join(repository.work, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  };
  const commit = (message: string, ...more: readonly string[]): void => {
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', message);
    for (const tag of more) repository.git('tag', tag);
  };
  write('cookiecutter.json', '{"name": "Thing", "slug": "{{ cookiecutter.name | slugify }}", "port": 80}');
  write('{{cookiecutter.slug}}/README.md', '# {{ cookiecutter.name }}\n\none\n\ntwo\n\nthree\n');
  write('{{cookiecutter.slug}}/old.txt', 'to go\n');
  write('{{cookiecutter.slug}}/removed.txt', 'a hook removes this\n');
  write('{{cookiecutter.slug}}/{{cookiecutter.slug}}.conf', 'port = {{ cookiecutter.port }}\n');
  write('hooks/post_gen_project.py', 'import os\nos.remove("removed.txt")\nopen("ran.txt", "a").write("ran ")\n');
  commit('one', 'v1.0.0');
  write('cookiecutter.json', '{"name": "Thing", "slug": "{{ cookiecutter.name | slugify }}", "port": 80, "host": "localhost"}');
  write('{{cookiecutter.slug}}/README.md', '# {{ cookiecutter.name }}\n\none\n\ntwo\n\nTHREE\n');
  write('{{cookiecutter.slug}}/{{cookiecutter.slug}}.conf', 'port = {{ cookiecutter.port }}\nhost = {{ cookiecutter.host }}\n');
  write('{{cookiecutter.slug}}/removed.txt', 'a hook removes this still\n');
  write('{{cookiecutter.slug}}/new.txt', 'new {{ cookiecutter.slug }}\n');
  rmSync(join(repository.work, '{{cookiecutter.slug}}/old.txt'));
  commit('two', 'v1.1.0', 'not-a-version');
  write('{{cookiecutter.slug}}/new.txt', 'newer {{ cookiecutter.slug }}\n');
  commit('three');
  repository.git('push', '--quiet', 'origin', 'main', '--tags');
  return { repository, address: `git+file://${repository.bare}` };
}

describe('a project that cruft made', () => {
  it('is adopted by its own record, and updated with every edit kept', async () => {
    const { root, home } = makeWorkshop();
    const { repository } = makeHistory(root);
    const app = join(root, 'app');
    mkdirSync(app);
    const write = (path: string, text: string): void => writeFileSync(join(app, path), text);
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    const packs = async (args: readonly string[]): Promise<string> => {
      const end = await runWithShipped(args, { cwd: app, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    // As `cruft create --checkout v1.0.0` leaves it, with an edit since.
    const record = {
      template: repository.bare,
      commit: repository.git('rev-parse', 'v1.0.0').trim(),
      checkout: 'v1.0.0',
      context: { cookiecutter: { name: 'My Thing', slug: 'my-thing', port: '8080', _template: repository.bare } },
      directory: null,
    };
    const texts = { 'README.md': '# My Thing\n\none, mine\n\ntwo\n\nthree\n', 'my-thing.conf': 'port = 8080\n', 'old.txt': 'to go\n' };
    for (const [path, text] of Object.entries(texts)) write(path, text);
    write('.cruft.json', JSON.stringify(record, undefined, 2));

    // cruft records the commit, which has a tag.
    expect(await packs(['adopt'])).toContain('cookiecutter-thing 1.0.0');
    for (const [path, text] of Object.entries(texts)) expect(read(path)).toBe(text);
    expect(read('packsmith.toml')).toContain('name = "My Thing"');
    await packs(['update', '--defaults', '--skip-hooks']);
    expect(read('README.md')).toBe('# My Thing\n\none, mine\n\ntwo\n\nTHREE\n');
    expect(read('my-thing.conf')).toBe('port = 8080\nhost = localhost\n');
    expect(read('new.txt')).toBe('new my-thing\n');
    expect(() => read('old.txt')).toThrow();
  });
});

it('that cruft made from a branch does not go back to a tag that came before', async () => {
  const { root, home } = makeWorkshop();
  const { repository } = makeHistory(root);
  const app = join(root, 'app');
  mkdirSync(app);
  const release = (text: string): void => {
    writeFileSync(join(repository.work, '{{cookiecutter.slug}}/new.txt'), text);
    repository.git('commit', '--quiet', '--all', '-m', text);
    repository.git('push', '--quiet', 'origin', 'main');
  };
  release('after the tag\n');
  const context = { name: 'My Thing', slug: 'my-thing', port: '80' };
  const commit = repository.git('rev-parse', 'HEAD').trim();
  writeFileSync(
    join(app, '.cruft.json'),
    JSON.stringify({ template: repository.bare, commit, checkout: null, context: { cookiecutter: context } }),
  );
  writeFileSync(join(app, 'new.txt'), 'after the tag\n');
  const packs = async (args: readonly string[]): Promise<void> => {
    const end = await runWithShipped(args, { cwd: app, home });
    expect(end.exitCode, end.stdout + end.stderr).toBe(0);
  };
  await packs(['adopt']);
  await packs(['update', '--defaults', '--skip-hooks']);
  expect(readFileSync(join(app, 'new.txt'), 'utf8')).toBe('after the tag\n');
  release('later\n');
  await packs(['update', '--defaults', '--skip-hooks']);
  expect(readFileSync(join(app, 'new.txt'), 'utf8')).toBe('later\n');
});

describe('a cookiecutter template in git', () => {
  it('is updated from tag to tag, with every edit kept, and its hooks run once', async () => {
    const { root, home } = makeWorkshop();
    const { address } = makeHistory(root);
    const app = join(root, 'app');
    const packs = async (args: readonly string[], cwd: string, exitCode = 0): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(exitCode);
      return end.stdout + end.stderr;
    };
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');

    await packs(['generate', `${address}#v1.0.0`, app, '--var', 'name=My Thing', '--defaults', '--trust'], root);
    expect(read('my-thing.conf')).toBe('port = 80\n');
    expect(read('ran.txt')).toBe('ran ');
    expect(read('packsmith.lock')).toMatch(/"version":"1\.0\.0","source":"git\+file:.*#[0-9a-f]{40}"/);
    const atOne = await packs(['status'], app);
    expect(atOne).toContain('cookiecutter-thing 1.0.0');
    expect(atOne).toContain('removed.txt');

    writeFileSync(join(app, 'README.md'), read('README.md').replace('one', 'ONE, mine'));
    writeFileSync(join(app, 'mine.txt'), 'mine');
    await packs(['update', '--defaults'], app);
    expect(read('README.md')).toBe('# My Thing\n\nONE, mine\n\ntwo\n\nTHREE\n');
    expect(read('my-thing.conf')).toBe('port = 80\nhost = localhost\n');
    expect(read('new.txt')).toBe('new my-thing\n');
    expect(read('mine.txt')).toBe('mine');
    expect(read('ran.txt')).toBe('ran ');
    expect(() => read('old.txt')).toThrow();
    // What the hook removed is left removed, though the template has changed it.
    expect(() => read('removed.txt')).toThrow();

    expect(await packs(['update', '--defaults', '--frozen'], app)).toContain('nothing to change');
    await packs(['undo'], app);
    expect(read('README.md')).toBe('# My Thing\n\nONE, mine\n\ntwo\n\nthree\n');
    expect(read('old.txt')).toBe('to go\n');

    await packs(['update', '--defaults'], app);
    await packs(['update', 'cookiecutter-thing', '--to', '1.0.0', '--defaults'], app);
    expect(read('README.md')).toContain('three');
    expect(read('packsmith.lock')).toContain('"version":"1.0.0"');
    await packs(['update', '--defaults', '--offline'], app);
    expect(read('packsmith.lock')).toContain('"version":"1.1.0"');
  });

  it('follows a branch that was asked for', async () => {
    const { root, home } = makeWorkshop();
    const { repository, address } = makeHistory(root);
    const app = join(root, 'app');
    const run = (args: readonly string[], cwd: string) => runWithShipped(args, { cwd, home });
    expect((await run(['generate', `${address}#main`, app, '--defaults', '--skip-hooks'], root)).exitCode).toBe(0);
    expect(readFileSync(join(app, 'new.txt'), 'utf8')).toBe('newer thing\n');
    writeFileSync(join(repository.work, '{{cookiecutter.slug}}/new.txt'), 'newest\n');
    repository.git('commit', '--quiet', '--all', '-m', 'four');
    repository.git('push', '--quiet', 'origin', 'main');
    const same = await run(['regenerate', '--defaults'], app);
    expect(same.stdout).toContain('nothing to change');
    expect((await run(['update', '--defaults'], app)).exitCode).toBe(0);
    expect(readFileSync(join(app, 'new.txt'), 'utf8')).toBe('newest\n');
  });

  it('is put together with packs, and conflicts are named', async () => {
    const { root, home } = makeWorkshop();
    const { address } = makeHistory(root);
    const app = join(root, 'app');
    const composed = await runWithShipped(['compose', address, 'devops-basics', '--output', app, '--defaults', '--skip-hooks'], {
      cwd: root,
      home,
    });
    expect(composed.stderr + composed.stdout).toContain('cookiecutter-thing 1.1.0');
  });

  it('is not installed, and says what to do', async () => {
    const { root, home } = makeWorkshop();
    const { address } = makeHistory(root);
    const { exitCode, stderr } = await runWithShipped(['install', address], { cwd: root, home });
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('template of another tool');
    expect(stderr).toContain(`packs generate ${address} DIR`);
  });
});

describe('the settings of cookiecutter', () => {
  it('answer what is answered nowhere else', async () => {
    const { root, home } = makeWorkshop();
    const { address } = makeHistory(root);
    writeFileSync(join(home, '.cookiecutterrc'), 'default_context:\n  name: From Settings\n  port: 8080\n  unknown: x\n');
    const end = await runWithShipped(['generate', address, join(root, 'app'), '--defaults', '--skip-hooks', '--var', 'host=h'], {
      cwd: root,
      home,
    });
    expect(end.exitCode, end.stderr).toBe(0);
    expect(readFileSync(join(root, 'app/from-settings.conf'), 'utf8')).toBe('port = 8080\nhost = h\n');
  });
});

describe('the settings of cookiecutter, as defaults', () => {
  it('are templates as these are, merged into dictionaries, and words for truth values', async () => {
    const { root, home } = makeWorkshop();
    const questions = {
      slug: 'demo',
      name: 'Ada',
      kind: ['a', 'b'],
      other: ['a', 'b'],
      ci: true,
      opts: { a: '1', deep: { b: '{{ cookiecutter.slug }}', c: 'c' } },
      _extensions: ['local_extensions.Own'],
    };
    mkdirSync(join(root, 'tpl/{{cookiecutter.slug}}'), { recursive: true });
    writeFileSync(join(root, 'tpl/cookiecutter.json'), JSON.stringify(questions));
    const text = '{{ cookiecutter.name }} {{ cookiecutter.kind }} {{ cookiecutter.other }} {{ cookiecutter.ci }} {{ cookiecutter.opts }}\n';
    writeFileSync(join(root, 'tpl/{{cookiecutter.slug}}/a.txt'), text);
    const settings = {
      name: '{{ cookiecutter.slug | upper }}',
      kind: 'b',
      other: 'none of them',
      ci: 'no',
      opts: { deep: { c: '{{ cookiecutter.name }}' }, more: 'm' },
    };
    writeFileSync(join(home, '.cookiecutterrc'), JSON.stringify({ default_context: settings }));
    const { exitCode, stderr } = await runWithShipped(['generate', './tpl', 'app', '--defaults'], { cwd: root, home });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('the extension "local_extensions.Own" is Python code');
    const opts = "{'a': '1', 'deep': {'b': 'demo', 'c': 'DEMO'}, 'more': 'm'}";
    expect(readFileSync(join(root, 'app/a.txt'), 'utf8')).toBe(`DEMO b a False ${opts}\n`);
  });
});

describe('what a cookiecutter template cannot do', () => {
  it('run a hook, in Python or for a shell, before or after, without consent', async () => {
    const { root, home } = makeWorkshop();
    const ran = join(root, 'ran.txt');
    const files = {
      'cookiecutter.json': '{"slug": "x"}',
      '{{cookiecutter.slug}}/a.txt': 'x',
      'hooks/pre_prompt.py': `open(${JSON.stringify(ran)}, "a").write("a")\n`,
      'hooks/pre_gen_project.sh': `#!/bin/sh\necho b >> '${ran}'\n`,
      'hooks/post_gen_project.py': `open(${JSON.stringify(ran)}, "a").write("c")\n`,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, 'tpl', path, '..'), { recursive: true });
      writeFileSync(join(root, 'tpl', path), text);
    }
    const { exitCode, stdout, stderr } = await runWithShipped(['generate', './tpl', 'out', '--defaults', '--yes'], { cwd: root, home });
    expect({ exitCode, hasRun: existsSync(ran) }).toEqual({ exitCode: 0, hasRun: false });
    for (const hook of ['pre_prompt.py', 'pre_gen_project.sh', 'post_gen_project.py']) expect(stdout + stderr).toContain(`hooks/${hook}`);
  });

  const refused = async (files: Record<string, string>): Promise<string> => {
    const { root, home } = makeWorkshop();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, 'tpl', path, '..'), { recursive: true });
      writeFileSync(join(root, 'tpl', path), text);
    }
    const { exitCode, stderr } = await runWithShipped(['generate', './tpl', 'out', '--defaults', '--trust'], { cwd: root, home });
    expect(exitCode).not.toBe(0);
    return stderr;
  };
  const plain = { 'cookiecutter.json': '{"slug": "x"}' };

  it.each([
    [
      'what code of its own defines',
      {
        'cookiecutter.json': '{\n  "slug": "x",\n  "_extensions": ["local_extensions.Mine"]\n}',
        '{{cookiecutter.slug}}/a': 'x\n{{ mine() }}',
      },
      ['{{cookiecutter.slug}}/a:2', 'mine'],
    ],
    [
      'a statement that code of its own defines',
      {
        'cookiecutter.json': '{"slug": "x", "_extensions": ["own.Loud"]}',
        'own.py':
          'from jinja2.ext import Extension\nclass Loud(Extension):\n    tags = {"loud"}\n    def parse(self, parser):\n        return next(parser.stream)\n',
        '{{cookiecutter.slug}}/a': 'x\n{% loud %}',
      },
      ['{{cookiecutter.slug}}/a:2', '"loud"', 'no statements are read'],
    ],
    [
      'code of its own that fails',
      {
        'cookiecutter.json': '{"slug": "x", "_extensions": ["own.first"]}',
        'own.py': 'from cookiecutter.utils import simple_filter\n@simple_filter\ndef first(v):\n    return v.split("-")[1]\n',
        '{{cookiecutter.slug}}/a': 'x\n{{ "a" | first }}',
      },
      ['{{cookiecutter.slug}}/a:2', 'own.py:4', 'IndexError', 'computed value'],
    ],
    ['broken JSON', { 'cookiecutter.json': '{"slug": }', '{{cookiecutter.slug}}/a': 'x' }, ['cookiecutter.json:1:10', 'not valid JSON']],
    ['no folder', { ...plain, 'a.txt': 'x' }, ['no folder at the top']],
    [
      'an undefined name',
      { ...plain, '{{cookiecutter.slug}}/a.txt': 'x\n{{ cookiecutter.nope }}\n' },
      ['{{cookiecutter.slug}}/a.txt:2', 'nope'],
    ],
    ['a path out of the project', { ...plain, '{{cookiecutter.slug}}/{{ "../../x" }}': 'x' }, ['TEMPLATE_FAILED']],
    [
      'a hook that fails before',
      { ...plain, '{{cookiecutter.slug}}/a.txt': 'x', 'hooks/pre_gen_project.py': 'import sys\nsys.exit(3)\n' },
      ['HOOK_FAILED', 'exit code 3', 'nothing was written'],
    ],
    [
      'an interpreter that is not there',
      { ...plain, '{{cookiecutter.slug}}/a.txt': 'x', 'hooks/post_gen_project.sh': '#!/nowhere/sh\n' },
      ['/nowhere/sh is not installed', '--skip-hooks'],
    ],
  ])('%s is refused with the place and a way out', async (_name, files, expected) => {
    const stderr = await refused(files as Record<string, string>);
    for (const part of expected) expect(stderr).toContain(part);
  });
});
