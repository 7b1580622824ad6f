import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { makeReadable } from './readable-program.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of the built package that is tested. */
    readonly programRoot: string;
    /** That of the package as it is published, where `programRoot` has a build of which is measured what it executes. */
    readonly publishedRoot: string;
    /** Where all programs that the tests start keep their compiled code. */
    readonly codeDirectory: string;
  }
}

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** What decides the bytes of the program, and what is made from it. */
const SOURCES = ['src', 'tools/build.mjs', 'tsdown.config.ts', 'package.json'];
const BUILT = ['dist/bin/fast-path.cjs', 'dist/cli/program.cjs', 'dist/sparql/worker.mjs', 'dist/shacl/worker.mjs'];

interface PackageJson {
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

let copy: string | undefined;
let readable: string | undefined;
let code: string | undefined;

/**
 * Builds the program when it is missing or older than its sources, and copies what would be published into a directory of its own, with a
 * space and a letter outside ASCII in its path: it is tested as it is installed, and another build does not disturb it.
 * `PACKSMITH_TEST_PROGRAM` names an installed package to be tested instead. `PACKSMITH_TEST_COVERAGE` names a directory for what the program executes,
 * which is then built so that it can be told.
 */
export function setup(project: TestProject): void {
  const installed = process.env['PACKSMITH_TEST_PROGRAM'];
  const coverage = process.env['PACKSMITH_TEST_COVERAGE'];
  if (installed === undefined) copy ??= copyProgram();
  if (installed === undefined && coverage !== undefined) readable ??= copyReadable(coverage);
  const published = installed === undefined ? (copy ?? '') : resolve(installed);
  code ??= mkdtempSync(join(tmpdir(), 'packsmith cöde '));
  project.provide('codeDirectory', code);
  project.provide('publishedRoot', published);
  project.provide('programRoot', readable ?? published);
}

export function teardown(): void {
  for (const directory of [copy, readable, code]) if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  copy = undefined;
  readable = undefined;
  code = undefined;
}

function copyReadable(coverage: string): string {
  const target = copyProgram();
  const build = (directory: string) => run('node', ['tools/build.mjs', 'bin', 'cli'], { PACKSMITH_READABLE_BUILD: directory });
  makeReadable(target, { coverage: resolve(coverage), repository: REPOSITORY, build });
  return target;
}

function copyProgram(): string {
  if (!isBuilt()) run('node', ['tools/build.mjs', 'bin', 'cli', 'sparql', 'shacl']);
  const target = mkdtempSync(join(tmpdir(), 'packsmith prógram '));
  const { files, dependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as PackageJson;
  for (const name of ['package.json', ...files, ...Object.keys(dependencies).map((dependency) => join('node_modules', dependency))]) {
    const source = join(REPOSITORY, name);
    if (existsSync(source)) cpSync(source, join(target, name), { recursive: true });
  }
  return target;
}

function isBuilt(): boolean {
  const built = BUILT.map((file) => statSync(join(REPOSITORY, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(...SOURCES.map((source) => newest(join(REPOSITORY, source)))) < Math.min(...built);
}

function newest(path: string): number {
  if (!statSync(path).isDirectory()) return path.endsWith('.test.ts') ? 0 : statSync(path).mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status, stderr } = spawnSync(command, args, { cwd: REPOSITORY, encoding: 'utf8', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`the program cannot be built:\n${stderr}`);
}
