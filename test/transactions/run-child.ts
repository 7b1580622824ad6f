import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';
import { buildScript, childEnvironment } from '../support/build-script.ts';
import type { ChildAnswer, ChildRequest } from './child.ts';

export interface ChildEnd {
  readonly signal: NodeJS.Signals | null;
  /** Absent when the child was killed before it could answer. */
  readonly answer?: ChildAnswer;
}

export interface RunningChild {
  readonly process: ChildProcess;
  readonly end: Promise<ChildEnd>;
  /** Resolves when the child has printed this line. */
  waitFor(line: string): Promise<void>;
}

/** Runs the child to its end. */
export async function runChild(request: ChildRequest, prefix: readonly string[] = []): Promise<ChildEnd> {
  return (await startChild(request, prefix)).end;
}

/** @param prefix a command that runs another one, such as `['bash', '-c', 'ulimit -f 8; exec "$@"', '-']`. */
export async function startChild(request: ChildRequest, prefix: readonly string[] = []): Promise<RunningChild> {
  const script = await buildScript(new URL('./child.ts', import.meta.url));
  const [command = process.execPath, ...rest] = [...prefix, process.execPath, script, JSON.stringify(request)];
  const child = spawn(command, rest, { env: childEnvironment(), stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const wake of waiting) wake();
  });
  const end = new Promise<ChildEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      for (const wake of waiting) wake();
      const last = output.trimEnd().split('\n').at(-1) ?? '';
      resolve(last.startsWith('{') ? { signal, answer: JSON.parse(last) as ChildAnswer } : { signal });
    });
  });
  const waitFor = (line: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output.split('\n').includes(line)) resolve();
        else if (child.exitCode !== null || child.signalCode !== null) reject(new Error(`the child ended without "${line}": ${output}`));
      };
      waiting.add(look);
      look();
    });
  return { process: child, end, waitFor };
}

/** Puts a plan where a child can read it, outside the project. */
export function writePlan(directory: string, plan: GenerationPlan): string {
  const file = join(directory, 'plan.json');
  writeFileSync(file, JSON.stringify(plan));
  return file;
}
