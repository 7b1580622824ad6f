import { spawn } from 'node:child_process';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { throwIfAborted } from '../../files/time-slice.ts';
import { endProcessGroup } from '../../system/process-group.ts';

/** What git may know of the user's environment: where programs, keys, helpers and proxies are, and nothing that steers git itself. */
const PASSED_VARIABLES = [
  'PATH',
  'Path',
  'HOME',
  'USER',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'SSH_AUTH_SOCK',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
];

const MAX_ERROR_BYTES = 16_384;

export interface GitSettings {
  /** Absolute, or a name on the PATH. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
}

export interface GitRun {
  readonly args: readonly string[];
  /** A bare repository. Absent: none. */
  readonly directory?: string;
  /** Further configuration, given by the environment so that no other process can see it. */
  readonly config?: readonly (readonly [key: string, value: string])[];
  readonly input?: string;
  readonly maximumBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export type GitOutcome =
  | { readonly kind: 'done'; readonly output: Uint8Array }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'too-large' };

/** No hooks, no other protocol than the one that was asked for, nobody to ask, nothing from outside that a repository could name. */
const HARDENING: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.askPass', ''],
  ['core.alternateRefsCommand', ''],
  ['protocol.allow', 'never'],
  ['protocol.ext.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['filter.lfs.smudge', ''],
  ['filter.lfs.process', ''],
  ['filter.lfs.required', 'false'],
  ['fetch.fsckObjects', 'true'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.lowSpeedLimit', '100'],
  ['http.lowSpeedTime', '30'],
];

/**
 * Runs git as a child process: an argument vector, a scrubbed environment, a time limit that ends the whole process group.
 *
 * @throws PacksmithError `GIT_MISSING`, `INTERRUPTED`.
 */
export async function runGit(run: GitRun, settings: GitSettings): Promise<GitOutcome> {
  throwIfAborted(run.signal);
  const { args, directory, config = [], signal } = run;
  const place = directory === undefined ? [] : [`--git-dir=${directory}`];
  const child = spawn(settings.program, [...place, ...args], {
    cwd: directory,
    env: environment(settings.env, [...HARDENING, ...config]),
    shell: false,
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const chunks: Uint8Array[] = [];
  let received = 0;
  let message = '';
  let stopped: GitOutcome | undefined;
  let ending: Promise<void> | undefined;
  const stop = (outcome: GitOutcome): void => {
    stopped ??= outcome;
    ending ??= endProcessGroup(child);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    received += chunk.byteLength;
    if (received > run.maximumBytes) stop({ kind: 'too-large' });
    else chunks.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    message = (message + chunk.toString('utf8')).slice(-MAX_ERROR_BYTES);
  });
  // A child that ends before it has read everything is judged by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(run.input ?? '');
  const timer = setTimeout(() => stop({ kind: 'timed-out' }), settings.timeoutMilliseconds);
  const abort = (): void => stop({ kind: 'failed', message: 'interrupted' });
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const code = await ended(child);
    throwIfAborted(signal);
    if (stopped !== undefined) return stopped;
    return code === 0 ? { kind: 'done', output: new Uint8Array(Buffer.concat(chunks)) } : { kind: 'failed', message };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await ending;
  }
}

function ended(child: ReturnType<typeof spawn>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => {
      const hint = 'install git, or use a pack from a registry or an archive';
      reject(new PacksmithError('GIT_MISSING', 'git cannot be started, and this pack comes from a git repository', { hint, cause }));
    });
    child.on('close', resolve);
  });
}

function environment(env: GitSettings['env'], config: readonly (readonly [string, string])[]): Record<string, string> {
  const passed = PASSED_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const entries = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return Object.fromEntries([
    ...passed,
    ...entries,
    ['GIT_CONFIG_COUNT', String(config.length)],
    ['GIT_CONFIG_NOSYSTEM', '1'],
    ['GIT_TERMINAL_PROMPT', '0'],
    ['GIT_ASKPASS', ''],
    ['SSH_ASKPASS', ''],
    ['GCM_INTERACTIVE', 'never'],
    ['GIT_SSH_COMMAND', env['GIT_SSH_COMMAND'] ?? 'ssh -oBatchMode=yes -oConnectTimeout=15'],
    ['GIT_OPTIONAL_LOCKS', '0'],
    ['GIT_NO_LAZY_FETCH', '1'],
    ['GIT_NO_REPLACE_OBJECTS', '1'],
    ['LC_ALL', 'C'],
  ]);
}
