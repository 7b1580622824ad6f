import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../../support/git-repository.ts';
import { talkToProgram } from '../../support/pseudo-terminal.ts';
import { runWithShipped } from '../../support/run-in-process.ts';
import { makeWorkshops } from '../../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

const TEMPLATE = {
  'cookiecutter.json': '{"name": "My Thing", "slug": "{{ cookiecutter.name | slugify }}"}',
  '{{cookiecutter.slug}}-app/a.txt': '{{ cookiecutter.name }} in {{ cookiecutter._output_dir }}\n',
};

const NESTED = {
  'cookiecutter.json': JSON.stringify({
    templates: {
      one: { path: './one', title: 'The first', description: 'plain' },
      two: { path: './sets/two', title: 'The second' },
    },
  }),
  'one/cookiecutter.json': '{"slug": "first"}',
  'one/{{cookiecutter.slug}}/a.txt': 'one\n',
  'sets/two/cookiecutter.json': '{"slug": "second", "template": ["Deep (deep)", "Other (other)"]}',
  'sets/two/deep/cookiecutter.json': '{"slug": "deeper"}',
  'sets/two/deep/{{cookiecutter.slug}}/a.txt': 'deep {{ cookiecutter.slug }}\n',
};

describe('a cookiecutter template without a directory', () => {
  it('goes where its own name with the answers says, beside the template', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), TEMPLATE);
    const run = async (args: readonly string[]) => runWithShipped(['generate', './tpl', ...args], { cwd: root, home });
    expect(await run(['--defaults'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(root, 'my-thing-app/a.txt'), 'utf8')).toBe(`My Thing in ${root}\n`);
    expect(await run(['--var', 'name=Other One'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(root, 'other-one-app/a.txt'), 'utf8')).toBe(`Other One in ${root}\n`);
    // As any other project: generating again finds nothing to do, and what was answered is recorded.
    expect((await run(['--var', 'name=Other One'])).stdout).not.toContain('created');
    expect(readFileSync(join(root, 'other-one-app/packsmith.toml'), 'utf8')).toContain('name = "Other One"');
    expect(await run(['--var', 'name=../../out', '--var', 'slug=../out'])).toMatchObject({ exitCode: 2 });
    // Neither hidden nor behind a link of the directory: only who runs the command may want that.
    for (const slug of ['.config/x', '.x', 'link/x']) {
      const refused = await run(['--var', `slug=${slug}`]);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stderr).toContain('no plain name of a directory');
    }
    expect(readdirSync(join(root, '..'))).not.toContain('out-app');
  });

  it('takes its answers from a replay file of cookiecutter 2', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), TEMPLATE);
    const replay = { cookiecutter: { name: 'Again', slug: 'again', _template: 'x', _checkout: null }, _cookiecutter: { name: 'My Thing' } };
    write(root, { 'replay.json': JSON.stringify(replay) });
    const { exitCode, stdout, stderr } = await runWithShipped(['generate', './tpl', '--vars-file', 'replay.json', '--defaults'], {
      cwd: root,
      home,
    });
    expect(exitCode, stdout + stderr).toBe(0);
    expect(readFileSync(join(root, 'again-app/a.txt'), 'utf8')).toContain('Again');
  });

  it('asks once where it asks', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), TEMPLATE);
    const talk = await talkToProgram(['generate', './tpl', '--interactive'], { work: root, home }, [
      ['name', '\u007f'.repeat(8)],
      ['', 'Asked Thing\r'],
      ['slug', '\r'],
      ['Use these answers', '\r'],
    ]);
    expect(talk.exitCode, talk.output).toBe(0);
    expect(talk.output).not.toMatch(/name.*slug.*Use these answers.*slug.*Use these answers/s);
    expect(readFileSync(join(root, 'asked-thing-app/a.txt'), 'utf8')).toContain('Asked Thing');
  });
});

describe('a repository of several templates', () => {
  it('is refused with the list where nobody is asked, and gives its first one by default', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), NESTED);
    const refused = await runWithShipped(['generate', './tpl'], { cwd: root, home });
    expect(refused.exitCode).toBe(2);
    for (const text of ['TEMPLATE_NOT_CHOSEN', 'one, sets/two', 'name one']) expect(refused.stderr).toContain(text);
    const adopted = await runWithShipped(['adopt', './tpl', '.'], { cwd: root, home });
    expect(adopted.stderr).toContain('TEMPLATE_NOT_CHOSEN');
    expect(await runWithShipped(['generate', './tpl', '--defaults'], { cwd: root, home })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(root, 'first/a.txt'), 'utf8')).toBe('one\n');
    expect(await runWithShipped(['generate', './tpl/sets/two', 'named', '--defaults'], { cwd: root, home })).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(root, 'named/a.txt'), 'utf8')).toBe('deep deeper\n');
  });

  it('is chosen by whoever is asked', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), NESTED);
    const talk = await talkToProgram(['generate', './tpl'], { work: root, home }, [
      ['The first (plain)', '\u001b[B\r'],
      ['Deep (deep)', '\r'],
      ['slug', '-still\r'],
    ]);
    expect(talk.exitCode, talk.output).toBe(0);
    expect(readFileSync(join(root, 'deeper-still/a.txt'), 'utf8')).toBe('deep deeper-still\n');
  });

  it('is found in git at its directory and revision', async () => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'templates.git');
    write(repository.work, NESTED);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', 'one');
    repository.git('tag', 'v1.0.0');
    repository.git('push', '--quiet', 'origin', 'main', '--tags');
    const reference = `git+file://${repository.bare}#v1.0.0`;
    const { exitCode, stdout, stderr } = await runWithShipped(['generate', reference, 'app', '--defaults'], { cwd: root, home });
    expect(exitCode, stdout + stderr).toBe(0);
    expect(readFileSync(join(root, 'app/a.txt'), 'utf8')).toBe('one\n');
    expect(readFileSync(join(root, 'app/packsmith.lock'), 'utf8')).toContain('templates.git/one');
    expect(await runWithShipped(['status', '--check'], { cwd: join(root, 'app'), home })).toMatchObject({ exitCode: 0 });
  });
});

describe('a hook after generating', () => {
  it('is heard: its last lines stand with the result, without control sequences', async () => {
    const { root, home } = makeWorkshop();
    const script = 'for n in range(30):\n    print("line", n)\nprint("\\x1b[31mnext:\\x1b[0m make")\n';
    write(join(root, 'tpl'), { ...TEMPLATE, 'hooks/post_gen_project.py': script });
    const { exitCode, stdout, stderr } = await runWithShipped(['generate', './tpl', 'app', '--defaults', '--trust'], { cwd: root, home });
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/ran: python3 post_gen_project\.py \(.* s\)\n {2}line 11\n/);
    expect(stdout).toContain('  line 29\n  next: make\n');
  });
});

describe('a hook before the questions', () => {
  const files = (script: string) => ({ ...TEMPLATE, 'hooks/pre_prompt.py': script });
  const LOOK = 'import json\nimport sys\nwant = json.load(open("cookiecutter.json"))["name"]\nopen("mine", "w")\n';

  it('runs once with consent, in a copy of the template, and stops everything where it fails', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), files(`${LOOK}open(${JSON.stringify(join(root, 'ran'))}, "a").write(want)\n`));
    const made = await runWithShipped(['generate', './tpl', '--defaults', '--trust'], { cwd: root, home });
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    expect(readFileSync(join(root, 'ran'), 'utf8')).toBe('My Thing');
    expect(readdirSync(join(root, 'tpl'))).not.toContain('mine');
    expect(readdirSync(join(root, 'my-thing-app'))).not.toContain('mine');
    write(join(root, 'tpl'), files('import sys\nprint("no docker here")\nsys.exit(4)\n'));
    const refused = await runWithShipped(['generate', './tpl', 'other', '--defaults', '--trust'], { cwd: root, home });
    expect(refused.exitCode).not.toBe(0);
    for (const text of ['HOOK_FAILED', 'exit code 4', 'no docker here', 'nothing was written']) expect(refused.stderr).toContain(text);
    expect(readdirSync(root)).not.toContain('other');
  });

  it('does not run without consent, for a plan, and where hooks are left out', async () => {
    const { root, home } = makeWorkshop();
    write(join(root, 'tpl'), files(`open(${JSON.stringify(join(root, 'ran'))}, "a")\n`));
    for (const args of [
      ['plan', './tpl', 'a', '--defaults'],
      ['generate', './tpl', 'b', '--defaults', '--dry-run', '--trust'],
      ['generate', './tpl', 'c', '--defaults', '--skip-hooks'],
      ['generate', './tpl', 'd', '--defaults', '--yes'],
    ]) {
      const { exitCode, stdout, stderr } = await runWithShipped(args, { cwd: root, home });
      expect(exitCode, stdout + stderr).toBe(0);
      if (!args.includes('--skip-hooks')) expect(stdout + stderr).toContain('hooks/pre_prompt.py');
    }
    expect(readdirSync(root)).not.toContain('ran');
  });
});

it('where a default fails, the questions that name it are passed over, and all others go on', async () => {
  const { root, home } = makeWorkshop();
  write(join(root, 'tpl'), {
    'cookiecutter.json': JSON.stringify({
      title: '{{ cookiecutter | its_own }}',
      slug: '{{ cookiecutter.title | lower }}',
      kind: 'x',
      __both: '{{ cookiecutter.title }} {{ cookiecutter.kind }}',
      both: '{{ cookiecutter.kind }} {{ cookiecutter.__both }}',
      more: '{{ cookiecutter.kind }}',
      _extensions: ['local_extensions.Own'],
    }),
    '{{cookiecutter.slug}}/a.txt': '{{ cookiecutter.more }} {{ cookiecutter.both }}\n',
  });
  const run = (args: readonly string[]) => runWithShipped(['generate', './tpl', '--defaults', '--json', ...args], { cwd: root, home });
  const failed = await run([]);
  expect(failed.exitCode).toBe(2);
  const found: { variable: string }[] = JSON.parse(failed.stdout).error.diagnostics;
  expect(found.map(({ variable }) => variable)).toEqual(['title', 'both']);
  expect(await run(['--var', 'title=Thing'])).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(root, 'thing/a.txt'), 'utf8')).toBe('x x Thing x\n');
});
