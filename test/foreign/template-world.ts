import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { inject } from 'vitest';
import { runInProcess } from '../support/run-in-process.ts';
import type { ProgramEnd } from '../support/run-program.ts';

export type TemplateFiles = Readonly<Record<string, string | { readonly base64: string }>>;

/** An empty directory, though the test may have run before: each mutant of the core meets it again. */
export function emptyDirectory(...parts: readonly string[]): string {
  const directory = join(...parts);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  return directory;
}

/** Writes a template of another tool. */
export function writeTemplate(directory: string, files: TemplateFiles): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), typeof content === 'string' ? content : Buffer.from(content.base64, 'base64'));
  }
}

/** Every file of a project but packsmith's own records. */
export function readResult(directory: string): Record<string, string> {
  const result: Record<string, string> = {};
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = relative(directory, join(entry.parentPath, entry.name));
    if (!entry.isFile() || /^(?:\.packsmith\/|packsmith\.(?:toml|lock)$)/.test(path)) continue;
    const bytes = readFileSync(join(directory, path));
    const text = bytes.toString('utf8');
    result[path] = Buffer.from(text, 'utf8').equals(bytes) && !bytes.includes(0) ? text : `base64 ${bytes.toString('base64')}`;
  }
  return result;
}

/** Makes the project `my-result` below `root`. */
export async function generateResult(root: string, template: string, answers: Readonly<Record<string, string>> = {}): Promise<ProgramEnd> {
  const given = Object.entries(answers).flatMap(([name, value]) => ['--var', `${name}=${value}`]);
  const args = ['generate', template, 'my-result', '--defaults', ...given];
  return runInProcess(args, { cwd: root, home: join(root, 'home'), packageRoot: inject('programRoot') });
}
