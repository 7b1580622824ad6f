import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import type { HookOutcome, HookRunner } from '../../ports/hook-runner.ts';
import { toDiskError } from '../files/errno.ts';
import { makeDirectory } from './make-directory.ts';
import { endProcessGroup } from './process-group.ts';

/** What a hook may know of the user's environment: where programs are, and how to speak. No tokens, no credentials. */
const PASSED_VARIABLES = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
];

const KEPT_OUTPUT = 16_384;
/** Time for what is in the pipes to arrive. */
const DRAIN_MILLISECONDS = 200;

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
    const script = hook.script === undefined ? undefined : writeScript(hook.script);
    const [program = '', ...args] = programOf(hook, script?.file, env);
    const child = spawn(program, args, {
      cwd: directory,
      env: scrub(env),
      shell: false,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const output = collectOutput(child);
    const { exitCode, failure, isTimedOut } = await waitForEnd(child, { milliseconds: hook.timeout * 1000, signal });
    script?.remove();
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

function programOf({ run }: PlannedHook, script: string | undefined, env: HookRunnerSettings['env']): readonly string[] {
  if (script === undefined) return run;
  const [program = '', ...args] = run;
  return [findInterpreter(program, env) ?? program, ...args, script];
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

interface ProcessEnd {
  readonly exitCode: number | undefined;
  /** Why it could not be started, or nothing. */
  readonly failure: string;
  readonly isTimedOut: boolean;
}

interface WaitOptions {
  readonly milliseconds: number;
  readonly signal: AbortSignal | undefined;
}

/** Waits until a child has ended, or ends it when its time is over or the command is interrupted. Its group is gone when this settles. */
function waitForEnd(child: ChildProcess, { milliseconds, signal }: WaitOptions): Promise<ProcessEnd> {
  return new Promise((settle) => {
    let isTimedOut = false;
    let ending: Promise<void> | undefined;
    const stop = (): void => {
      ending ??= endProcessGroup(child).then(() => closePipes(child));
    };
    const timer = setTimeout(() => {
      isTimedOut = true;
      stop();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    const finish = async (exitCode: number | undefined, failure: string): Promise<void> => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      await ending;
      settle({ exitCode, failure, isTimedOut });
    };
    child.on('error', (error) => void finish(undefined, error.message));
    // Background children hold the pipes open: they are ended, so that `close` comes.
    child.on('exit', stop);
    child.on('close', (code) => void finish(code ?? undefined, ''));
  });
}

/** A process that left the group may hold the pipes as long as it likes; what it prints is not waited for. */
function closePipes(child: ChildProcess): void {
  setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MILLISECONDS).unref();
}

function scrub(env: HookRunnerSettings['env']): Record<string, string> {
  return Object.fromEntries(PASSED_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
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
