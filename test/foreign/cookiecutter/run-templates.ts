import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { askDebian } from '../../support/debian-package.ts';
import type { TemplateCase } from './template-case.ts';

/** The files of a result: text or base64 by path, with `*` behind the path of an executable one. */
export type ResultFiles = Readonly<Record<string, string>>;

/** Writes a template below a directory. */
export function writeTemplate(directory: string, { files }: Pick<TemplateCase, 'files'>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content);
    else if ('base64' in content) writeFileSync(file, Buffer.from(content.base64, 'base64'));
    else {
      writeFileSync(file, content.text);
      chmodSync(file, 0o755);
    }
  }
}

/** Reads everything below a directory but packsmith's own records. */
export function readResult(directory: string): ResultFiles {
  const result: Record<string, string> = {};
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(directory, file);
    if (!entry.isFile() || /^(?:\.packsmith\/|packsmith\.(?:toml|lock)$)/.test(path)) continue;
    const bytes = readFileSync(file);
    const text = bytes.toString('utf8');
    const mark = (lstatSync(file).mode & 0o100) === 0 ? '' : '*';
    result[path + mark] = Buffer.from(text, 'utf8').equals(bytes) ? text : `base64 ${bytes.toString('base64')}`;
  }
  return Object.fromEntries(Object.entries(result).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Debian's package, whatever else is called so on the PATH. */
const PROGRAM = '/usr/bin/cookiecutter';

/** The version of cookiecutter that is here, or could be installed; `undefined` where there is none. */
export function findCookiecutter(): string | undefined {
  return /\d+(?:\.\d+)+/.exec(askDebian(['cookiecutter'], [PROGRAM, '--version']) ?? '')?.[0];
}

/** What cookiecutter makes of a template: the content of the one folder that it writes. */
export function runCookiecutter(template: string, output: string, { answers = {} }: TemplateCase): ResultFiles {
  mkdirSync(output, { recursive: true });
  const given = Object.entries(answers).map(([name, value]) => `${name}=${value}`);
  const env = { PATH: process.env['PATH'] ?? '', HOME: output, LC_ALL: 'C.UTF-8' };
  const run = spawnSync(PROGRAM, ['--no-input', '--output-dir', join(output, 'made'), template, ...given], { encoding: 'utf8', env });
  if (run.status !== 0) throw new Error(`cookiecutter failed on ${template}: ${run.stderr}${run.stdout}`);
  const [folder = ''] = readdirSync(join(output, 'made'));
  return readResult(join(output, 'made', folder));
}
