import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { resolveUserDirectories } from '../../src/adapters/config/user-directories.ts';
import type { Host } from '../../src/cli/host.ts';
import { runMain } from '../../src/cli/main.ts';
import { type ProgramEnd, programEnvironment, type RunOptions } from './run-program.ts';

/** As `runInProcess`, with all that is installed with the program. */
export function runWithShipped(args: readonly string[], options: RunOptions): Promise<ProgramEnd> {
  return runInProcess(args, { packageRoot: inject('programRoot'), ...options });
}

/** Runs a command line inside this process, on real directories: the program without the time it takes to start. Nothing can be asked. */
export async function runInProcess(args: readonly string[], options: RunOptions): Promise<ProgramEnd> {
  const { cwd, home, packageRoot } = options;
  if (options.input !== undefined || options.node !== undefined) throw new Error('only a process has an input, and a Node of its own');
  const printed: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  let exitCode = 0;
  const env = programEnvironment(options);
  const output = (stream: 'stdout' | 'stderr'): Host['stdout'] => ({
    isTerminal: false,
    columns: undefined,
    write: (text) => {
      printed[stream].push(Buffer.from(text as string));
    },
  });
  await runMain({
    argv: args,
    env,
    home,
    workingDirectory: cwd,
    isDirectory: (path) => existsSync(path),
    packageRoot: packageRoot ?? join(home, 'packsmith'),
    directories: resolveUserDirectories({ env, platform: process.platform, home }),
    version: packageJson.version,
    stdout: output('stdout'),
    stderr: output('stderr'),
    isInputTerminal: false,
    openPromptStreams: () => {
      throw new Error('nobody can be asked');
    },
    setExitCode: (code) => {
      exitCode = code;
    },
    exit: () => undefined,
    onInterrupt: () => () => undefined,
  });
  return { stdout: Buffer.concat(printed.stdout).toString(), stderr: Buffer.concat(printed.stderr).toString(), exitCode };
}
