import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endOf, programEnvironment, programFile, type Workshop } from './run-program.ts';

export interface TerminalTalk {
  /** Everything the terminal was sent. */
  readonly output: string;
  readonly exitCode: number;
}

/** What to wait for on the screen, after what was waited for before, and the keys to send then. The empty text is always there. */
export type TalkStep = readonly [text: string, keys: string];

export interface TerminalRequest {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs the built program in a pseudo-terminal of Python's. @throws Error with the screen where a text never came. */
export function talkToProgram(
  args: readonly string[],
  { work, home }: Pick<Workshop, 'work' | 'home'>,
  steps: readonly TalkStep[],
): Promise<TerminalTalk> {
  return talkTo({ argv: [process.execPath, programFile(), ...args], cwd: work, env: programEnvironment({ home }) }, steps);
}

/** Runs any program so. @throws Error with the screen where a text never came. */
export async function talkTo({ argv, cwd, env }: TerminalRequest, steps: readonly TalkStep[]): Promise<TerminalTalk> {
  const helper = spawn('python3', [fileURLToPath(new URL('./pseudo-terminal.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'pipe'] });
  const end = endOf(helper);
  const request = { argv, cwd, env: { ...env, TERM: 'xterm-256color' }, columns: 100, seconds: 60, steps };
  helper.stdin.end(JSON.stringify(request));
  const { stdout, stderr } = await end;
  if (stdout === '') throw new Error(stderr);
  const talk = JSON.parse(stdout) as TerminalTalk & { readonly reached: number };
  if (talk.reached < steps.length)
    throw new Error(`the terminal never showed ${JSON.stringify(steps[talk.reached]?.[0])}:\n${talk.output}`);
  return talk;
}
