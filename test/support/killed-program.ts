import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isLocal, programEnvironment, programFile, readWholeTree, type Workshop } from './run-program.ts';

const PRELOAD = new URL('./die-at.cjs', import.meta.url).pathname;

/** A command in a project, which is killed again and again. */
export interface Killing {
  readonly workshop: Workshop;
  /** The project as the command finds it; it is copied, never changed. */
  readonly template: string;
  readonly args: readonly string[];
  /** Which exit code the command has when nobody kills it. */
  readonly exitCode?: number;
}

export interface WholeRun {
  /** Every change that the command makes to the disk below the project, in order. */
  readonly steps: readonly string[];
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly milliseconds: number;
}

type Snapshot = Readonly<Record<string, string>>;

/** How many are tried at once. */
const PARALLEL = 2;

let copies = 0;

/** The command as nobody kills it. */
export async function runWhole(killing: Killing): Promise<WholeRun> {
  const project = copyOf(killing);
  const before = snapshot(project);
  const report = join(killing.workshop.root, `steps-${copies}.json`);
  const started = performance.now();
  expect(await runDying(killing, { project, report })).toEqual([killing.exitCode ?? 0, null]);
  const milliseconds = performance.now() - started;
  return { steps: JSON.parse(readFileSync(report, 'utf8')), before, after: snapshot(project), milliseconds };
}

/** The change that is the point of no return, counted from 1. */
export function pointOfNoReturn({ steps }: WholeRun): number {
  const at = steps.findIndex((step) => /^renameSync .*journal\.json\.draft /.test(step));
  expect(at).toBeGreaterThan(0);
  return at + 1;
}

/**
 * Kills the command at each of these changes of its disk, and lets the next command recover: the project is exactly as it was before the command
 * when the point of no return was not passed, and else exactly as it is after it, and can be taken back.
 */
export async function killAtEach(killing: Killing, whole: WholeRun, numbers: Iterable<number>): Promise<void> {
  const last = pointOfNoReturn(whole);
  await inParallel(killing, numbers, async (at, project) => {
    expect([at, whole.steps[at - 1], ...(await runDying(killing, { project, at }))]).toEqual([at, whole.steps[at - 1], null, 'SIGKILL']);
    await recover(killing, project);
    expectSame(snapshot(project), at > last ? whole.after : whole.before, `killed at ${at}: ${whole.steps[at - 1]}`);
    return at > last;
  });
}

/** Kills the command behind its point of no return, and then each recovery at every change of the disk that it makes, until one is left to end. */
export async function killRecoveries(killing: Killing, whole: WholeRun, stride: number): Promise<void> {
  const numbers = whole.steps.map((_, index) => index + 1).filter((at) => at > pointOfNoReturn(whole) && at % stride === 0);
  expect(numbers.length).toBeGreaterThan(0);
  const status = { ...killing, args: ['status'] };
  for (const at of numbers) {
    let isDead = true;
    for (let second = 1; isDead; second += 1) {
      const project = copyOf(killing);
      expect(await runDying(killing, { project, at })).toEqual([null, 'SIGKILL']);
      const [, signal] = await runDying(status, { project, at: second });
      isDead = signal === 'SIGKILL';
      await recover(killing, project);
      expectSame(snapshot(project), whole.after, `killed at ${at}, and its recovery at ${second}`);
      rmSync(project, { recursive: true });
    }
  }
}

/** Kills the command so many times at a random moment. @returns how often the project was as before, and how often as after it. */
export async function killAtRandom(
  killing: Killing,
  whole: WholeRun,
  rounds: number,
): Promise<{ readonly before: number; readonly after: number }> {
  const outcomes = { before: 0, after: 0 };
  await inParallel(killing, Array(rounds).keys(), async (round, project) => {
    const moment = Math.random() * whole.milliseconds * 1.3;
    await runDying(killing, { project, moment });
    await recover(killing, project);
    const tree = snapshot(project);
    const outcome = differences(tree, whole.before).length === 0 ? 'before' : 'after';
    expectSame(tree, whole[outcome], `round ${round}, killed after ${moment} ms`);
    outcomes[outcome] += 1;
    return outcome === 'after';
  });
  return outcomes;
}

/** Every `stride`-th of so many, with the first, the last and those around the point of no return. */
export function sampleSteps(whole: WholeRun, stride: number): number[] {
  const last = pointOfNoReturn(whole);
  const numbers = whole.steps.map((_, index) => index + 1);
  return numbers.filter((at) => at % stride === 0 || at <= 3 || Math.abs(at - last) <= 2 || at > whole.steps.length - 4);
}

/** Everything in the project but what packsmith keeps for itself on this machine, with its bits. */
export function snapshot(project: string): Snapshot {
  const tree = readWholeTree(project, isLocal);
  return Object.fromEntries(Object.entries(tree).map(([path, { kind, mode, content }]) => [path, `${kind} ${mode} ${content}`]));
}

/** As `toEqual` for trees, but a difference is shown by its paths alone. */
export function expectSame(actual: Snapshot, expected: Snapshot, what: string): void {
  expect([what, differences(actual, expected)]).toEqual([what, []]);
}

function differences(actual: Snapshot, expected: Snapshot): string[] {
  const paths = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...paths].filter((path) => actual[path] !== expected[path]);
}

/** Whatever command comes next recovers; nothing of the change under way is left then. */
export async function recover({ workshop }: Pick<Killing, 'workshop'>, project: string): Promise<void> {
  const { ok, error } = await workshop.json(['status'], { cwd: project });
  expect([ok, error]).toEqual([true, null]);
  const transactions = join(project, '.packsmith/local/transactions');
  expect(existsSync(transactions) ? readdirSync(transactions) : []).toEqual([]);
}

interface Death {
  readonly project: string;
  readonly at?: number;
  readonly moment?: number;
  readonly report?: string;
}

/** @returns its exit code, or the signal that ended it. */
export function runDying(
  { workshop, args }: Killing,
  { project, at, moment, report }: Death,
): Promise<[number | null, NodeJS.Signals | null]> {
  const env = { DIE_WITHIN: project, ...(at !== undefined && { DIE_AT: String(at) }), ...(report !== undefined && { DIE_REPORT: report }) };
  const preload = moment === undefined ? ['--require', PRELOAD] : [];
  const child = spawn(process.execPath, [...preload, programFile(), ...args], {
    cwd: project,
    env: programEnvironment({ home: workshop.home, env }),
    stdio: 'ignore',
  });
  const timer = moment === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), moment);
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      settle([code, signal]);
    });
  });
}

function copyOf({ workshop, template }: Killing): string {
  copies += 1;
  const project = join(workshop.work, `copy ${copies}`);
  cpSync(template, project, { recursive: true });
  return project;
}

/** Calls `run` for each number with a project as the command finds it, some at once; one is used again unless `run` says that it was changed. */
async function inParallel(
  killing: Killing,
  numbers: Iterable<number>,
  run: (number: number, project: string) => Promise<boolean>,
): Promise<void> {
  const remaining = numbers[Symbol.iterator]();
  const work = async (): Promise<void> => {
    let project = copyOf(killing);
    for (let next = remaining.next(); next.done !== true; next = remaining.next()) {
      const isChanged = await run(next.value, project);
      // Who died held the lock; with it left, the next run would begin with other steps.
      rmSync(join(project, '.packsmith/local/lock'), { force: true });
      if (!isChanged) continue;
      rmSync(project, { recursive: true });
      project = copyOf(killing);
    }
    rmSync(project, { recursive: true });
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}
