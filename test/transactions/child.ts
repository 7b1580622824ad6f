/** A process of its own that applies a plan or recovers, and may end itself by SIGKILL at a given step. Prints one line of JSON. */
import { readFileSync } from 'node:fs';
import { NodeProjectDir } from '../../src/adapters/project/node-project-dir.ts';
import { PacksmithError } from '../../src/core/diagnostics/packsmith-error.ts';
import type { GenerationPlan } from '../../src/core/plan/generation-plan.ts';

export interface ChildRequest {
  readonly root: string;
  /** A file with the plan as JSON; without it, the child recovers. */
  readonly planFile?: string;
  /** Counts from 1. */
  readonly killAtStep?: number;
  /** Prints `ready` at this step and stays there, alive. */
  readonly stopAt?: string;
  readonly userId?: number;
  readonly lockWaitMilliseconds?: number;
  readonly command?: string;
}

export interface ChildAnswer {
  readonly steps: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
  readonly outcome?: string;
}

const request = JSON.parse(process.argv[2] ?? '{}') as ChildRequest;
const plan = request.planFile === undefined ? undefined : (JSON.parse(readFileSync(request.planFile, 'utf8')) as GenerationPlan);
if (request.userId !== undefined) becomeUser(request.userId);
const steps: string[] = [];
const project = new NodeProjectDir(request.root, {
  command: request.command ?? 'child',
  lockWaitMilliseconds: request.lockWaitMilliseconds ?? 10_000,
  onStep,
});
process.stdout.write('started\n');
process.stdout.write(`${JSON.stringify(await run())}\n`);

function onStep(step: string): void {
  steps.push(step);
  if (steps.length === request.killAtStep) process.kill(process.pid, 'SIGKILL');
  if (step !== request.stopAt) return;
  process.stdout.write('ready\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

async function run(): Promise<ChildAnswer> {
  try {
    const recovery = await project.recover();
    if (plan !== undefined) await project.apply(plan);
    return recovery === undefined ? { steps } : { steps, outcome: recovery.outcome };
  } catch (error) {
    if (error instanceof PacksmithError) return { steps, error: { code: error.code, message: error.message } };
    return { steps, error: { code: 'BUG', message: String(error) } };
  }
}

function becomeUser(id: number): void {
  process.setgroups?.([]);
  process.setgid?.(id);
  process.setuid?.(id);
}
