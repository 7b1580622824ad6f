import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, inject } from 'vitest';

export interface RunOptions {
  readonly cwd: string;
  /** The user's home directory; packsmith's own directories are below it. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on stdin, which is never a terminal. */
  readonly input?: string;
  /** Another Node than the one that runs the tests. */
  readonly node?: string;
  /** The directory of the package, where it is not the one that is tested. */
  readonly packageRoot?: string;
}

export interface ProgramEnd {
  readonly stdout: string;
  readonly stderr: string;
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
}

/** The program's file: what the names `packs` and `packsmith` start. */
export function programFile(packageRoot: string = inject('programRoot')): string {
  return join(packageRoot, 'bin', 'packsmith.cjs');
}

/** Nothing of the developer's machine but where programs are, and one place for compiled code, which every new home would compile again. */
export function programEnvironment({ home, env = {} }: Pick<RunOptions, 'home' | 'env'>): Record<string, string> {
  const own = { HOME: home, PACKSMITH_HOME: join(home, 'packsmith') };
  return { PATH: process.env['PATH'] ?? '', ...own, NODE_COMPILE_CACHE: inject('codeDirectory'), ...env };
}

/** Starts the built program. */
export function startProgram(args: readonly string[], options: RunOptions): ChildProcess {
  const child = spawn(options.node ?? process.execPath, [programFile(options.packageRoot), ...args], {
    cwd: options.cwd,
    env: programEnvironment(options),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A program that ends without reading its input is no failure of the test.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  return child;
}

/** Runs the built program to its end. */
export function runProgram(args: readonly string[], options: RunOptions): Promise<ProgramEnd> {
  return endOf(startProgram(args, options));
}

/** Collects what a child prints until it ends. */
export function endOf(child: ChildProcess): Promise<ProgramEnd> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => settle({ stdout, stderr, exitCode }));
  });
}

/** The document that `--json` prints. */
export interface Envelope {
  readonly ok: boolean;
  readonly command: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: each test reads the shape it expects, and fails where it is another
  readonly data: any;
  readonly warnings: readonly string[];
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string | null;
    readonly suggestions: readonly string[];
    readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly where?: { readonly file: string } }[];
  } | null;
}

/** An empty home, an empty working directory, and the program in them. */
export interface Workshop {
  readonly root: string;
  readonly home: string;
  /** Where commands run unless they say otherwise. */
  readonly work: string;
  run(args: readonly string[], options?: Partial<RunOptions>): Promise<ProgramEnd>;
  /** As `run`, and fails unless the exit code is 0. */
  succeed(args: readonly string[], options?: Partial<RunOptions>): Promise<ProgramEnd>;
  /** Runs with `--json` and reads the one document. */
  json(args: readonly string[], options?: Partial<RunOptions>): Promise<Envelope & { readonly exitCode: number | null }>;
}

/** How a command line is run to its end: by the built program, unless a suite is not about that. */
export type RunLine = (args: readonly string[], options: RunOptions) => Promise<ProgramEnd>;

/** Makes workshops below temporary directories, with spaces and letters outside ASCII in their paths, that go when the tests of the file are done. */
export function makeWorkshops(runLine: RunLine = runProgram): () => Workshop {
  const made: string[] = [];
  afterAll(() => {
    for (const directory of made) rmSync(directory, { recursive: true, force: true });
  });
  return () => {
    const root = mkdtempSync(join(tmpdir(), 'packsmith wörkshop '));
    made.push(root);
    chmodSync(root, 0o755);
    return openWorkshop(root, runLine);
  };
}

function openWorkshop(root: string, runLine: RunLine): Workshop {
  const home = join(root, 'hôme');
  const work = join(root, 'wörk place');
  for (const directory of [home, work]) mkdirSync(directory);
  const run: Workshop['run'] = (args, options) => runLine(args, { cwd: work, home, ...options });
  return {
    root,
    home,
    work,
    run,
    async succeed(args, options) {
      const end = await run(args, options);
      expect(end.exitCode, `${args.join(' ')}\n${end.stdout}\n${end.stderr}`).toBe(0);
      return end;
    },
    async json(args, options) {
      const { stdout, stderr, exitCode } = await run([...args, '--json'], options);
      expect(stdout, stderr).toMatch(/^\{[\s\S]*\}\n$/);
      return { ...(JSON.parse(stdout) as Envelope), exitCode };
    },
  };
}

/** What stands at one path: its kind, mode, times and bytes as latin1. */
export interface TreeEntry {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly mode: string;
  readonly modified: number;
  readonly content: string;
}

/** Everything below a directory, byte for byte, by path. A directory that does not exist is empty. */
export function readWholeTree(root: string, leaveOut: (path: string) => boolean = () => false): Record<string, TreeEntry> {
  if (!existsSync(root)) return {};
  const paths = readdirSync(root, { withFileTypes: true, recursive: true }).map((entry) =>
    relative(root, join(entry.parentPath, entry.name)),
  );
  return Object.fromEntries(
    paths
      .filter((path) => !leaveOut(path))
      .sort()
      .map((path) => [path, readEntry(join(root, path))]),
  );
}

/** The text of every file that a person would commit, by path. */
export function readTexts(root: string): Record<string, string> {
  const files = Object.entries(readWholeTree(root, isLocal)).filter(([, { kind }]) => kind === 'file');
  return Object.fromEntries(files.map(([path, { content }]) => [path, Buffer.from(content, 'latin1').toString('utf8')]));
}

/** Whether a path belongs to what packsmith keeps for itself on this machine. */
export function isLocal(path: string): boolean {
  return path === join('.packsmith', 'local') || path.startsWith(join('.packsmith', 'local', '/'));
}

function readEntry(full: string): TreeEntry {
  const stats = lstatSync(full);
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : 'other';
  const content = kind === 'file' ? readFileSync(full, 'latin1') : kind === 'link' ? readlinkSync(full) : '';
  // The times of a directory change with the lock files that come and go in it.
  return { kind, mode: (stats.mode & 0o777).toString(8), modified: kind === 'directory' ? 0 : stats.mtimeMs, content };
}
