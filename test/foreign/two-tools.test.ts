// A template that two tools can use: a reference names the file of one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';
import { readResult, writeTemplate } from './template-world.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const BOTH = {
  'cookiecutter.json': '{"name": "one"}',
  'copier.yml': '_subdirectory: template\nname: two\n',
  '{{cookiecutter.name}}/a.txt': 'cookiecutter {{ cookiecutter.name }}\n',
  'template/a.txt.jinja': 'Copier {{ name }}\n',
  'template/{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
};

describe('a template of two tools', () => {
  it('is refused with both files where nobody is asked, and read by the tool whose file is named', async () => {
    const { root, home } = makeWorkshop();
    writeTemplate(join(root, 'tpl'), BOTH);
    const run = (...args: string[]) => runWithShipped(args, { cwd: root, home });
    const refused = await run('generate', './tpl', 'app');
    expect(refused.exitCode).toBe(2);
    for (const text of ['TEMPLATE_NOT_CHOSEN', 'cookiecutter.json, copier.yml', 'name one']) expect(refused.stderr).toContain(text);
    for (const [reference, app, text] of [
      ['./tpl', 'first', 'cookiecutter one\n'],
      ['./tpl/cookiecutter.json', 'old', 'cookiecutter one\n'],
      ['./tpl/copier.yml', 'new', 'Copier two\n'],
    ] as const) {
      const end = await run('generate', reference, app, '--defaults');
      expect(end.exitCode, end.stderr).toBe(0);
      expect(readFileSync(join(root, app, 'a.txt'), 'utf8')).toBe(text);
    }
    expect(readResult(join(root, 'new'))['.copier-answers.yml']).toBe(`_src_path: ${join(root, 'tpl')}\nname: two\n`);
    execFileSync('tar', ['-czf', join(root, 'tpl.tgz'), '-C', root, 'tpl']);
    const archive = await run('generate', './tpl.tgz/copier.yml', 'packed', '--defaults');
    expect(archive.exitCode, archive.stderr).toBe(0);
    expect(readFileSync(join(root, 'packed/a.txt'), 'utf8')).toBe('Copier two\n');
    expect((await run('generate', './tpl.tgz', 'none')).stderr).toContain('cookiecutter.json, copier.yml');
    const imported = await run('import', './tpl/copier.yml', '--as', 'made');
    expect(imported.stdout, imported.stderr).toContain('from a copier template');
  });

  it('is followed in git as the tool that was named, and adopted as that of the record', async () => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'both.git');
    const commit = (files: Readonly<Record<string, string>>, tag: string): void => {
      writeTemplate(repository.work, files);
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '-m', tag);
      repository.git('tag', tag);
      repository.git('push', '--quiet', 'origin', 'main', '--tags');
    };
    commit(BOTH, 'v1.0.0');
    const packs = async (directory: string, ...args: string[]): Promise<string> => {
      const end = await runWithShipped(args, { cwd: join(root, directory), home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout;
    };
    const address = `git+file://${repository.bare}`;
    await packs('.', 'generate', `${address}/copier.yml`, 'app', '--defaults');
    expect(await packs('app', 'status')).toContain('both 1.0.0');
    expect(readFileSync(join(root, 'app/.copier-answers.yml'), 'utf8')).toBe(`_commit: v1.0.0\n_src_path: ${address}\nname: two\n`);
    mkdirSync(join(root, 'mine'));
    writeFileSync(join(root, 'mine/.copier-answers.yml'), `_commit: v1.0.0\n_src_path: ${repository.bare}\nname: mine\n`);
    writeFileSync(join(root, 'mine/a.txt'), 'Copier mine\n');
    expect(await packs('mine', 'adopt')).toContain('both 1.0.0');
    commit({ 'template/a.txt.jinja': 'Copier {{ name }}, anew\n' }, 'v2.0.0');
    for (const [app, text] of [
      ['app', 'Copier two, anew\n'],
      ['mine', 'Copier mine, anew\n'],
    ] as const) {
      await packs(app, 'update', '--defaults');
      expect(readFileSync(join(root, app, 'a.txt'), 'utf8')).toBe(text);
      await packs(app, 'status', '--check');
    }
  });
});
