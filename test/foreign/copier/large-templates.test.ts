import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GitRepository } from '../../support/git-repository.ts';
import { runInProcess } from '../../support/run-in-process.ts';
import { makeWorkshops, runProgram } from '../../support/run-program.ts';
import type { LargeTemplate } from './large-template.ts';
import { MONOREPO_SERVICE } from './monorepo-service.ts';
import { PYTHON_LIBRARY } from './python-library.ts';

const makeWorkshop = makeWorkshops();

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function read(root: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name));
    if (!entry.isFile() || /^(?:\.packsmith\/|\.git\/|packsmith\.(?:toml|lock)$)/.test(path)) continue;
    result[path] = readFileSync(join(root, path), 'utf8').replaceAll(
      /_src_path: (?:'[^']*'|[^\n]*)(?:\n {2,}[^\n]*)*/g,
      '_src_path: TEMPLATE',
    );
  }
  return result;
}

function firstVersion({ versions }: LargeTemplate): Readonly<Record<string, string>> {
  return versions[0]?.files ?? {};
}

/** A repository with a tag for each version. */
function makeHistory(root: string, { versions }: LargeTemplate): string {
  const repository = new GitRepository(root, 'template.git');
  for (const { tag, files } of versions) {
    for (const entry of readdirSync(repository.work)) if (entry !== '.git') rmSync(join(repository.work, entry), { recursive: true });
    write(repository.work, files);
    repository.git('add', '--all', '--force');
    repository.git('commit', '--quiet', '-m', tag);
    repository.git('tag', tag);
  }
  repository.git('push', '--quiet', 'origin', 'main', '--tags');
  return `git+file://${repository.bare}`;
}

const TEMPLATES = [PYTHON_LIBRARY, MONOREPO_SERVICE];

describe.each(TEMPLATES.map((template) => [template.name, template] as const))('%s, a large template of Copier', (_name, template) => {
  it.each(template.runs.map((run) => [run.name, run] as const))(
    'gives every byte %s, and so does the pack that is made of it',
    async (name, run) => {
      const { root, home } = makeWorkshop();
      write(join(root, 'template'), firstVersion(template));
      const packs = async (...args: string[]): Promise<void> => {
        const end = await runInProcess(args, { cwd: root, home });
        expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      };
      await packs('import', './template', '--as', 'made', '--output', 'packs/made');
      await packs('validate', './packs/made');
      const given = Object.entries(run.answers).flatMap(([key, value]) => ['--var', `${key}=${value}`]);
      for (const [source, directory] of [
        ['./template', 'one/result'],
        ['./packs/made', 'two/result'],
      ] as const) {
        mkdirSync(join(root, directory), { recursive: true });
        write(join(root, directory), run.project ?? {});
        await packs('generate', source, directory, '--into-existing', '--defaults', '--skip-hooks', ...given);
      }
      const made = read(join(root, 'one/result'));
      const paths = [...new Set([...Object.keys(made), ...Object.keys(run.gives)])];
      const same = paths.filter((path) => made[path] === run.gives[path]);
      process.stdout.write(`  ${same.length} of ${paths.length}  ${template.name}, ${name}\n`);
      expect(made).toEqual(run.gives);
      expect(read(join(root, 'two/result'))).toEqual(made);
    },
  );

  it('is updated from one tag to the next, with edits kept, its tasks and migrations run', async () => {
    const { root, home } = makeWorkshop();
    const address = makeHistory(root, template);
    const app = join(root, 'app');
    const packs = async (args: readonly string[], cwd: string): Promise<string> => {
      const end = await runProgram(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const [run] = template.runs;
    const given = Object.entries(run?.answers ?? {}).flatMap(([key, value]) => ['--var', `${key}=${value}`]);
    await packs(['generate', `${address}#v1.0.0`, app, '--defaults', '--skip-hooks', ...given], root);
    const { edits, gives, holds } = template.update;
    for (const [path, [before, after]] of Object.entries(edits)) {
      const text = readFileSync(join(app, path), 'utf8');
      expect(text).toContain(before);
      writeFileSync(join(app, path), text.replace(before, after));
    }
    const bin = join(root, 'bin');
    write(bin, { uv: '#!/bin/sh\n', poetry: '#!/bin/sh\n' });
    await packs(['update', '--defaults', '--trust'], app);
    const made = read(app);
    for (const [path, text] of Object.entries(gives)) expect(made[path], path).toBe(text);
    for (const [path, part] of Object.entries(holds)) expect(made[path], path).toContain(part);
    expect(await packs(['status'], app)).toContain('template 2.0.0');
    expect(await packs(['update', '--defaults', '--frozen', '--skip-hooks'], app)).toContain('nothing to change');
  });
});
