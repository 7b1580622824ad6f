import { join } from 'node:path';
import type { Host } from '../../src/cli/host.ts';
import { runMain } from '../../src/cli/main.ts';
import type { ProgramEnd, RunOptions } from './run-program.ts';

/** Runs a command line inside this process, on real directories: the program without the time it takes to start. Nothing can be asked. */
export async function runInProcess(args: readonly string[], { cwd, home, packageRoot, env = {} }: RunOptions): Promise<ProgramEnd> {
  const printed = { stdout: '', stderr: '', exitCode: 0 };
  const own = join(home, 'packsmith');
  const output = (stream: 'stdout' | 'stderr'): Host['stdout'] => ({
    isTerminal: false,
    columns: undefined,
    write: (text) => {
      printed[stream] += text;
    },
  });
  await runMain({
    argv: args,
    env: { PATH: process.env['PATH'], ...env },
    home,
    workingDirectory: cwd,
    packageRoot: packageRoot ?? own,
    directories: { config: own, data: join(own, 'data'), cache: join(own, 'cache'), state: join(own, 'state') },
    version: '0.0.0',
    stdout: output('stdout'),
    stderr: output('stderr'),
    isInputTerminal: false,
    openPromptStreams: () => {
      throw new Error('nobody can be asked');
    },
    setExitCode: (code) => {
      printed.exitCode = code;
    },
    exit: () => undefined,
    onInterrupt: () => () => undefined,
  });
  return printed;
}
