import { run } from '../../src/run.js';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program inside this process, with its input and outputs in memory. */
export async function runProgram(
  args: readonly string[],
  world: { stdin?: string; cwd?: string } = {},
): Promise<Outcome> {
  const output = { stdout: '', stderr: '' };
  async function* stdin() {
    yield world.stdin ?? '';
  }
  const code = await run(args, {
    stdin: stdin(),
    stdout: { write: (text) => (output.stdout += text) },
    stderr: { write: (text) => (output.stderr += text) },
    cwd: world.cwd ?? import.meta.dirname,
  });
  return { code, ...output };
}
