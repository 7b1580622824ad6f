import { type ChildProcess, spawn } from 'node:child_process';
import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import type { HookOutcome, HookRunner } from '../../ports/hook-runner.ts';

/** What a hook may know of the user's environment: where programs are, and how to speak. No tokens, no credentials. */
const PASSED_VARIABLES = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'ComSpec', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA'];

const KEPT_OUTPUT = 16_384;
const GRACE_MILLISECONDS = 2_000;

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

  run(hook: PlannedHook, { directory, signal }: { readonly directory: string; readonly signal?: AbortSignal }): Promise<HookOutcome> {
    const { env, now } = this.#settings;
    const startedAt = now();
    const [program = '', ...args] = hook.run;
    const child = spawn(program, args, {
      cwd: directory,
      env: scrub(env),
      shell: false,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const output = collectOutput(child);
    return new Promise((settle) => {
      let isTimedOut = false;
      const stop = (): void => endGroup(child);
      const timer = setTimeout(() => {
        isTimedOut = true;
        stop();
      }, hook.timeout * 1000);
      signal?.addEventListener('abort', stop, { once: true });
      const finish = (exitCode: number | undefined, failure: string): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
        const result = isTimedOut ? 'timed-out' : exitCode === 0 ? 'done' : 'failed';
        settle({ hook, result, exitCode, milliseconds: now() - startedAt, output: stripControl(output() + failure) });
      };
      child.on('error', (error) => finish(undefined, error.message));
      // Background children hold the pipes open: they are ended, so that `close` comes.
      child.on('exit', stop);
      child.on('close', (code) => finish(code ?? undefined, ''));
    });
  }
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

/** Asks the whole process group to end, then ends it. A hook's background children do not outlive it. */
function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MILLISECONDS).unref();
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the group has ended already, which is what is wanted.
  }
}
