import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../support/git-repository.ts';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops } from '../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);
const FOLDER = '{{cookiecutter.slug}}';

/** A repository that lists one template, whose folder has links: to its own files, to those beside and above it, to each other, and astray. */
function writeTemplate(root: string): void {
  const files: Record<string, string> = {
    'cookiecutter.json': '{"templates": {"one": {"path": "./sets/one"}}}',
    LICENSE: 'licence of {{ cookiecutter.slug }}\n',
    'sets/one/cookiecutter.json': '{"slug": "demo"}',
    'sets/one/notes.txt': 'notes\n',
    [`sets/one/${FOLDER}/AGENTS.md`]: 'agents of {{ cookiecutter.slug }}\n',
    [`sets/one/${FOLDER}/deep/a.txt`]: 'a\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  writeFileSync(join(root, 'sets/tool.sh'), '#!/bin/sh\n', { mode: 0o755 });
  const links = {
    'CLAUDE.md': 'AGENTS.md',
    LICENSE: '../../../LICENSE',
    'notes.txt': '../notes.txt',
    'tool.sh': '../../tool.sh',
    'again.md': 'CLAUDE.md',
    nowhere: 'missing',
    round: 'round',
    folder: 'deep',
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, 'sets/one', FOLDER, name));
}

function addLinkOut(root: string, target: string): void {
  symlinkSync(target, join(root, 'sets/one', FOLDER, 'out'));
}

function checkProject(directory: string): void {
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  const names = readdirSync(directory).filter((name) => !/^(?:\.packsmith|packsmith\..*)$/.test(name));
  expect(names.sort()).toEqual(['AGENTS.md', 'CLAUDE.md', 'LICENSE', 'again.md', 'deep', 'notes.txt', 'tool.sh']);
  for (const name of ['AGENTS.md', 'CLAUDE.md', 'again.md']) expect(read(name)).toBe('agents of demo\n');
  expect(read('LICENSE')).toBe('licence of demo\n');
  expect(read('notes.txt')).toBe('notes\n');
  expect(statSync(join(directory, 'tool.sh')).mode & 0o111).not.toBe(0);
}

it('gives files the line ends with which git would check them out', async () => {
  const { root, home } = makeWorkshop();
  const repository = new GitRepository(root, 'template.git');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(repository.work, path)), { recursive: true });
    writeFileSync(join(repository.work, path), text);
  };
  write('cookiecutter.json', '{"slug": "demo"}');
  write('.gitattributes', '*.ps1 text eol=crlf\n');
  write(`${FOLDER}/.gitattributes`, '* text=auto\n*.bat text eol=crlf\n');
  write(`${FOLDER}/run.bat`, 'echo {{ cookiecutter.slug }}\r\nexit\r\n');
  write(`${FOLDER}/run.ps1`, 'echo\n');
  write(`${FOLDER}/run.sh`, 'echo\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'one');
  repository.git('push', '--quiet', 'origin', 'main');
  const made = await runWithShipped(['generate', `git+file://${repository.bare}`, 'app', '--defaults'], { cwd: root, home });
  expect(made.exitCode, made.stdout + made.stderr).toBe(0);
  const read = (name: string): string => readFileSync(join(root, 'app', name), 'utf8');
  expect(['run.bat', 'run.ps1', 'run.sh'].map(read)).toEqual(['echo demo\r\nexit\r\n', 'echo\r\n', 'echo\n']);
});

it('uses a template with files in Git LFS, and says that only their pointers are generated', async () => {
  const { root, home } = makeWorkshop();
  const repository = new GitRepository(root, 'template.git');
  mkdirSync(join(repository.work, FOLDER), { recursive: true });
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n';
  writeFileSync(join(repository.work, 'cookiecutter.json'), '{"slug": "demo"}');
  for (const name of ['a.png', 'b.png']) writeFileSync(join(repository.work, FOLDER, name), pointer);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'one');
  repository.git('push', '--quiet', 'origin', 'main');
  for (const [reference, app] of [[`git+file://${repository.bare}`, 'one'] as const, [repository.work, 'two'] as const]) {
    const made = await runWithShipped(['generate', reference, app, '--defaults'], { cwd: root, home });
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    expect(made.stderr).toContain('a.png: this file and 1 more are kept in Git LFS');
    expect(readFileSync(join(root, app, 'b.png'), 'utf8')).toBe(pointer);
  }
});

describe('links in a template of cookiecutter become what they lead to in its repository', () => {
  it.each(['folder', 'git'])('from a %s', async (kind) => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'templates.git');
    writeTemplate(repository.work);
    addLinkOut(repository.work, '/etc/passwd');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '-m', 'one');
    repository.git('push', '--quiet', 'origin', 'main');
    const reference = kind === 'git' ? `git+file://${repository.bare}` : repository.work;
    const { exitCode, stdout, stderr } = await runWithShipped(['generate', reference, 'app', '--defaults'], { cwd: root, home });
    expect(exitCode, stdout + stderr).toBe(0);
    checkProject(join(root, 'app'));
  });

  it.each(['tar.gz', 'zip'])('from an archive as hosts make it of a commit: %s', async (ending) => {
    const { root, home } = makeWorkshop();
    const repository = new GitRepository(root, 'templates.git');
    const pack = (message: string): void => {
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '-m', message);
      repository.git('archive', `--format=${ending}`, '--prefix=templates-main/', `--output=${join(root, `templates.${ending}`)}`, 'HEAD');
    };
    writeTemplate(repository.work);
    // What is no part of the template may lead anywhere.
    symlinkSync('/etc/passwd', join(repository.work, 'elsewhere'));
    pack('one');
    const made = await runWithShipped(['generate', `./templates.${ending}`, 'app', '--defaults'], { cwd: root, home });
    expect(made.exitCode, made.stdout + made.stderr).toBe(0);
    checkProject(join(root, 'app'));
    addLinkOut(repository.work, '../../../../outside');
    pack('two');
    const refused = await runWithShipped(['generate', `./templates.${ending}`, 'other', '--defaults'], { cwd: root, home });
    expect(refused.exitCode).not.toBe(0);
    for (const text of ['ARCHIVE_REFUSED', '/out" is a symbolic link that leads out of it']) expect(refused.stderr).toContain(text);
  });
});
