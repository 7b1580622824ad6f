// Runs inside the test runner, in place of its own way to run tests: all test files are collected once, and then every mutant is switched on in turn and
// meets the tests that reach it, until one fails. So a mutant costs what its tests cost, which is milliseconds, and not a start of the test runner.
import { appendFileSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { collectTests, type File, type Suite, type Test } from '@vitest/runner';
import { chai, vi } from 'vitest';
import { VitestTestRunner } from 'vitest/runners';
import { getFn } from 'vitest/suite';
import type { Coverage, CoveringTest, Job, MutantToRun, Spoilt, Verdict } from './job.ts';
import { measureCoverage } from './measure-coverage.ts';
import { collectReached, processorTime, stopCollecting, type Watched, watch } from './switch.ts';

/** Milliseconds of the processor for tests that a mutant meets at most; one that none of them sees counts as survived. */
const BUDGET = 1_000;
/** What a test may take at most, in multiples of what it takes without a mutant, and beside that. */
const SLOWER = 30;
const TICKS_BESIDE = 500_000;
const MILLISECONDS_BESIDE = 10_000;
const LOADING = { milliseconds: 60_000, ticks: 50_000_000 };

const job = JSON.parse(readFileSync(process.env['MUTATION_JOB'] ?? '', 'utf8')) as Job;
const state = openSync(job.state, 'w');
const collected: File[] = [];
const reachedByLoading = existsSync(job.coverage) ? undefined : collectReached();

/** The test that is being run. Assertions of snapshots ask for it among their flags, where the test runner's own way to run tests puts it. */
let current: Test | undefined;
const assertions = chai.Assertion.prototype as unknown as Record<string, unknown>;
for (const name of ['toMatchSnapshot', 'toMatchInlineSnapshot', 'toThrowErrorMatchingSnapshot', 'toThrowErrorMatchingInlineSnapshot']) {
  const assertion = assertions[name];
  // A getter, since the place of an inline snapshot is found by counting the calls that lead to it.
  Object.defineProperty(assertions, name, {
    get(this: object) {
      chai.util.flag(this, 'vitest-test', current);
      return assertion;
    },
  });
}

// biome-ignore lint/style/noDefaultExport: the test runner asks for it.
export default class MutationRunner extends VitestTestRunner {
  onCollected(files: File[]): void {
    for (const file of files) {
      if (file.result?.state === 'fail') throw new Error(`${file.filepath}: ${file.result.errors?.[0]?.message}`);
      collected.push(file);
      remember(file);
      leaveOut(file);
    }
  }

  override async onAfterRunFiles(): Promise<void> {
    if (collected.length < job.tests.length) return;
    for (const file of collected) await this.onBeforeRunSuite({ ...file, mode: 'run' } as File);
    const coverage = reachedByLoading === undefined ? readCoverage() : await this.#measure(reachedByLoading);
    const again = job.mutants.filter(({ id }) => id === job.again);
    const later: MutantToRun[] = [];
    for (const mutant of [...again, ...job.mutants.filter(({ id }) => id !== job.again)]) {
      const verdict = await this.#judge(mutant, coverage);
      if (verdict === undefined) later.push(mutant);
      else if (settle(verdict)) return;
    }
    // Last, since what is loaded meanwhile by tests that were collected first is another copy.
    for (const mutant of later) settle(await this.#judgeLoaded(mutant, coverage));
  }

  async #measure(loadedAtFirst: ReadonlySet<number>): Promise<Coverage> {
    stopCollecting();
    const loads = Object.fromEntries(collected.map(({ filepath }) => [filepath, this.#sourcesOf(filepath)]));
    const all = [...testsOf.entries()].flatMap(([file, tasks]) => tasks.map((task, index) => ({ file, index, task })));
    const { tests, reachedBy, once, failing } = await measureCoverage(all, (test) => this.#run(test.task, undefined, MEASURED));
    const coverage = { tests, reachedBy, loads, failing, loaded: [...new Set([...loadedAtFirst, ...once])] };
    writeFileSync(job.coverage, JSON.stringify(coverage));
    return coverage;
  }

  /** Gives nothing for a mutant that has to be loaded anew. */
  async #judge(mutant: MutantToRun, coverage: Coverage): Promise<Verdict | Spoilt | undefined> {
    const { id } = mutant;
    const reaching = (coverage.reachedBy[id] ?? []).map((index) => coverage.tests[index] as CoveringTest).sort(near(mutant.file));
    const isLoaded = coverage.loaded.includes(id);
    if (reaching.length === 0 && !isLoaded) return { id, status: 'no-coverage' };
    const verdict = await this.#judgeReached(id, reaching);
    return verdict ?? (isLoaded ? undefined : { id, status: 'survived' });
  }

  /** Gives nothing if all of the tests pass. */
  async #judgeReached(id: number, reaching: readonly CoveringTest[]): Promise<Verdict | Spoilt | undefined> {
    let spent = 0;
    for (const test of reaching) {
      const task = testsOf.get(test.file)?.[test.index] as Test;
      const { outcome, milliseconds } = await this.#run(task, id, test);
      if (outcome === 'too long') return { id, status: 'timed-out', by: test.name };
      if (outcome === 'failed') {
        const isSpoilt = id !== job.again && (await this.#run(task, undefined, test)).outcome !== 'passed';
        return isSpoilt ? { spoilt: id } : { id, status: 'killed', by: test.name };
      }
      spent += milliseconds;
      if (spent > BUDGET) break;
    }
    return undefined;
  }

  /** For what is only evaluated when modules are loaded: they are loaded anew with the mutant, for one test file after the other. */
  async #judgeLoaded({ id, file }: MutantToRun, { tests, loads }: Coverage): Promise<Verdict> {
    const files = job.tests.filter((test) => loads[test]?.includes(file)).sort(nearFile(file, tests));
    let spent = 0;
    vi.resetModules();
    for (const path of files) {
      const started = processorTime();
      const known = tests.filter((test) => test.file === path);
      const seen = await this.#judgeFile(id, path, known);
      if (seen !== undefined) return { id, ...seen };
      spent += processorTime() - started;
      if (spent > BUDGET) break;
    }
    return { id, status: 'survived' };
  }

  /** Gives nothing if all tests of the file pass. */
  async #judgeFile(id: number, path: string, known: readonly CoveringTest[]): Promise<Omit<Verdict, 'id'> | undefined> {
    announce(id, LOADING.milliseconds);
    let file: File | undefined;
    const load = async () => {
      [file] = await collectTests([path], this);
    };
    const { outcome } = await watch(load, id, LOADING.ticks);
    if (outcome === 'too long') return { status: 'timed-out', by: path };
    if (outcome === 'failed' || file === undefined || file.result?.state === 'fail') return { status: 'killed', by: path };
    const tasks = flatten(file);
    if (tasks.length !== testsOf.get(path)?.length) return { status: 'killed', by: path };
    for (const test of known) {
      const seen = await this.#run(tasks[test.index] as Test, id, test);
      if (seen.outcome !== 'passed') return { status: seen.outcome === 'failed' ? 'killed' : 'timed-out', by: test.name };
    }
    return undefined;
  }

  async #run(task: Test, mutant: number | undefined, usual: Pick<CoveringTest, 'milliseconds' | 'ticks'>): Promise<Watched> {
    announce(mutant, MILLISECONDS_BESIDE + SLOWER * usual.milliseconds);
    current = task;
    this.onBeforeTryTask(task);
    const run = async () => {
      await getFn(task)();
      this.onAfterTryTask(task);
    };
    return watch(run, mutant, TICKS_BESIDE + SLOWER * usual.ticks);
  }

  /** Sources below `src` that a test file loads, itself or by what it loads. */
  #sourcesOf(test: string): string[] {
    const { idToModuleMap } = (globalThis as unknown as { __vitest_worker__: WorkerState }).__vitest_worker__.evaluatedModules;
    const seen = new Set<string>();
    const visit = (id: string): void => {
      const module = idToModuleMap.get(id);
      if (module === undefined || seen.has(id)) return;
      seen.add(id);
      for (const imported of module.imports) visit(imported);
    };
    visit(test);
    return [...seen].filter((id) => id.startsWith(`${job.repository}/src/`) && !id.endsWith('.test.ts'));
  }
}

interface WorkerState {
  readonly evaluatedModules: { readonly idToModuleMap: Map<string, { readonly imports: Set<string> }> };
}

const MEASURED = { milliseconds: 10_000, ticks: Number.POSITIVE_INFINITY };

/** The tests of each file that are to be run, before the test runner is told to leave them out. */
const testsOf = new Map<string, Test[]>();

function remember(file: File): void {
  testsOf.set(file.filepath, flatten(file));
}

function flatten(suite: Suite | File): Test[] {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? flatten(task) : task.mode === 'run' ? [task] : []));
}

function leaveOut(suite: Suite | File): void {
  suite.mode = 'skip';
  for (const task of suite.tasks) {
    if (task.type === 'suite') leaveOut(task);
    else task.mode = 'skip';
  }
}

/** Hands a verdict on; tells whether the session is over: what a mutant spoilt is good for its own verdict only. */
function settle(verdict: Verdict | Spoilt): boolean {
  appendFileSync(job.verdicts, `${JSON.stringify(verdict)}\n`);
  return 'spoilt' in verdict || verdict.id === job.again;
}

function readCoverage(): Coverage {
  return JSON.parse(readFileSync(job.coverage, 'utf8')) as Coverage;
}

/** Counts on, so that something new is seen every time. */
let announced = 0;

/** Says what is run now, for who has to end it. */
function announce(mutant: number | undefined, milliseconds: number): void {
  announced += 1;
  writeSync(state, `${JSON.stringify({ mutant: mutant ?? null, milliseconds, announced })}\n`.padEnd(100), 0);
}

/** Tests beside the mutated file first, then those of its folder, and fast ones before slow ones. */
function near(file: string) {
  const cost = (test: CoveringTest) => (test.milliseconds + 0.1) * distance(file, test.file);
  return (a: CoveringTest, b: CoveringTest) => cost(a) - cost(b);
}

function nearFile(file: string, tests: readonly CoveringTest[]) {
  const time = new Map<string, number>();
  for (const test of tests) time.set(test.file, (time.get(test.file) ?? 100) + test.milliseconds);
  const cost = (path: string) => (time.get(path) ?? 100) * distance(file, path);
  return (a: string, b: string) => cost(a) - cost(b);
}

function distance(file: string, test: string): number {
  if (test === file.replace(/\.ts$/, '.test.ts')) return 0.01;
  return dirname(test).startsWith(dirname(file)) || dirname(file).startsWith(dirname(test)) ? 0.1 : 1;
}
