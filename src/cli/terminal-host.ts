import { statSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Host, Program } from './host.ts';
import { runMain } from './main.ts';
import { createOutput } from './terminal-output.ts';

/** Runs the command line of this process with the full program. */
export async function startFullProgram(program: Program): Promise<void> {
  // When this event comes all is done and written; Node would go on to take its heap apart, for as long as flushing a dozen files takes.
  process.once('exit', (code) => process.exit(code));
  await runMain(createHost(program));
}

/** The real process. */
function createHost(program: Program): Host {
  return {
    ...program,
    argv: process.argv.slice(2),
    env: process.env,
    workingDirectory: process.cwd(),
    isDirectory: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
    stdout: createOutput(process.stdout),
    stderr: createOutput(process.stderr),
    isInputTerminal: isatty(0),
    openPromptStreams: () => ({ input: process.stdin, output: process.stderr }),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    exit: (code) => process.exit(code),
    onInterrupt,
  };
}

function onInterrupt(callback: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, callback);
  return () => {
    for (const signal of signals) process.off(signal, callback);
  };
}
