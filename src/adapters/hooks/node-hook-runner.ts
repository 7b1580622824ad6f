import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import { hookArguments } from '../../core/plan/hook-arguments.ts';
import { setAsideFor } from '../../core/plan/set-aside.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import type { HookOutcome, HookRunner } from '../../ports/hook-runner.ts';
import { toDiskError } from '../files/errno.ts';
import { scrubEnvironment, waitForEnd } from './child-end.ts';
import { makeDirectory, makeDirectoryBelow } from './make-directory.ts';
import { setAside } from './set-aside.ts';

const KEPT_OUTPUT = 16_384;

export interface HookRunnerSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
}

/** Runs hooks as child processes, each the leader of a process group that ends as a whole. */
export class NodeHookRunner implements HookRunner {
  readonly #settings: HookRunnerSettings;

  constructor(settings: HookRunnerSettings) {
    this.#settings = settings;
  }

  findMissing(hooks: readonly PlannedHook[]): readonly string[] {
    const programs = hooks.flatMap(({ run: [program = ''], script }) => (script === undefined ? [] : [program]));
    return [...new Set(programs)].filter((program) => findInterpreter(program, this.#settings.env) === undefined);
  }

  async run(hook: PlannedHook, { directory, signal }: { readonly directory: string; readonly signal?: AbortSignal }): Promise<HookOutcome> {
    const { env, now } = this.#settings;
    const startedAt = now();
    // A hook that runs before generating has no directory yet.
    const takeAway = makeDirectory(directory);
    const leave = (hook.directories ?? []).map((path) => makeDirectoryBelow(directory, path));
    const script = hook.script === undefined ? undefined : writeScript(hook.script);
    const record = setAsideFor(hook);
    const putBack = record === undefined ? () => {} : setAside(directory, record);
    const [program = '', ...args] = programOf(hook, script?.file, env);
    const child = spawn(program, args, {
      cwd: directory,
      env: scrubEnvironment(env),
      shell: false,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const output = collectOutput(child);
    const { exitCode, failure, isTimedOut } = await waitForEnd(child, { milliseconds: hook.timeout * 1000, signal });
    script?.remove();
    putBack();
    for (const takeEmptyAway of leave.reverse()) takeEmptyAway();
    const result = isTimedOut ? 'timed-out' : exitCode === 0 ? 'done' : 'failed';
    if (result !== 'done') takeAway();
    return { hook, result, exitCode, milliseconds: now() - startedAt, output: stripControl(output() + failure) };
  }
}

/** A script as a file that only this user can read, outside the project. */
function writeScript({ name, text }: NonNullable<PlannedHook['script']>): { readonly file: string; readonly remove: () => void } {
  try {
    const directory = mkdtempSync(join(tmpdir(), 'packsmith-hook-'));
    const file = join(directory, name.replace(/[^\w.-]/g, '_'));
    writeFileSync(file, text, { mode: 0o700 });
    return { file, remove: () => rmSync(directory, { recursive: true, force: true }) };
  } catch (error) {
    throw toDiskError(error, `write the hook ${name} to a temporary file`);
  }
}

function programOf(hook: PlannedHook, script: string | undefined, env: HookRunnerSettings['env']): readonly string[] {
  if (script === undefined) return hook.run;
  const [program = '', ...args] = hookArguments(hook, script);
  return [findInterpreter(program, env) ?? program, ...args];
}

/** Other names of one interpreter, tried in order. */
const INTERPRETERS: Readonly<Record<string, readonly string[]>> = { python3: ['python3', 'python'] };

/** The interpreter of a script on the PATH; `undefined` where it is not installed. */
function findInterpreter(program: string, env: HookRunnerSettings['env']): string | undefined {
  if (isAbsolute(program)) return existsSync(program) ? program : undefined;
  const directories = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((directory) => directory !== '');
  const endings = process.platform === 'win32' ? (env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [''];
  for (const name of INTERPRETERS[program] ?? [program]) {
    for (const directory of directories) {
      const found = endings.map((ending) => join(directory, name + ending)).find((file) => existsSync(file));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Keeps the end of what a child prints; a flood costs no memory. */
function collectOutput(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}
