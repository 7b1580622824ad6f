import type { ChildProcess } from 'node:child_process';
import { endProcessGroup } from '../system/process-group.ts';

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

/** Time for what is in the pipes to arrive. */
const DRAIN_MILLISECONDS = 200;

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
export function waitForEnd(child: ChildProcess, { milliseconds, signal }: WaitOptions): Promise<ProcessEnd> {
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

/** The environment of a child: nothing but what `PASSED_VARIABLES` names. */
export function scrubEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(PASSED_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
