import { BENCHMARK_PHASES, type Benchmark, type BenchmarkPhase, type Machine } from '../../core/benchmark/benchmark.ts';
import { spreadOf } from '../../core/benchmark/spread.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { readPlannedContent } from '../../core/plan/planned-contents.ts';
import type { GivenAnswers } from '../../core/template/answers/answer-types.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ProgressEvent } from '../../ports/reporter.ts';
import type { Scratch } from '../../ports/scratch.ts';
import { applyGeneration } from '../project/apply-generation.ts';
import { type GenerateRequest, planGeneration } from '../project/plan-generation.ts';
import type { GenerationPorts, GenerationPreview } from '../project/plan-wanted.ts';

export interface BenchmarkRequest {
  /** Each is measured, in turns, so that what disturbs one disturbs the other. */
  readonly subjects: readonly (readonly string[])[];
  /** Absolute; references to directories are relative to it. */
  readonly workingDirectory: string;
  readonly given: readonly GivenAnswers[];
  readonly iterations: number;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export type BenchmarkPorts = Omit<GenerationPorts, 'project' | 'prompter'> &
  Pick<Ports, 'hooks'> & { readonly scratch: Scratch; readonly stopwatch: () => number; readonly machine: Machine };

/** Runs that nobody counts: code is compiled and files are in the system's cache when the measuring begins. */
const WARM_UPS = 2;

/** Generates projects into temporary directories with the engine that users run, hooks left out, and measures each phase. */
export async function benchmarkPacks(request: BenchmarkRequest, ports: BenchmarkPorts): Promise<Benchmark[]> {
  const runs: MeasuredRun[][] = request.subjects.map(() => []);
  for (let round = 0; round < WARM_UPS + request.iterations; round++) {
    for (const [index, references] of request.subjects.entries()) {
      // One after the other: what runs beside a measured run disturbs it.
      runs[index]?.push(await runOnce(references, request, ports));
    }
  }
  return runs.map((own) => summarize(own, ports));
}

interface MeasuredRun {
  readonly phases: Readonly<Record<BenchmarkPhase, number>>;
  readonly preview: GenerationPreview;
}

async function runOnce(references: readonly string[], request: BenchmarkRequest, ports: BenchmarkPorts): Promise<MeasuredRun> {
  const { workingDirectory, given, offline, signal } = request;
  signal?.throwIfAborted();
  const scratch = await ports.scratch.open('benchmark');
  try {
    const watch = new PhaseWatch(ports.stopwatch);
    const own = { ...ports, project: scratch.project, prompter: undefined, reporter: watch };
    const asked: GenerateRequest = {
      references,
      workingDirectory,
      given,
      ifExists: 'refuse',
      backup: false,
      skipHooks: true,
      ask: 'never',
      assume: true,
      offline,
      ...(signal && { signal }),
    };
    const preview = await planGeneration(asked, own);
    watch.begin('write');
    await applyGeneration({ plan: preview.plan, consentedHooks: [], ...(signal && { signal }) }, own);
    return { phases: watch.end(), preview };
  } finally {
    await scratch.dispose();
  }
}

/** Divides time by the phases that are reported. */
class PhaseWatch {
  readonly #now: () => number;
  readonly #started: number;
  readonly #spent = new Map<BenchmarkPhase, number>();
  #phase: BenchmarkPhase = 'load';
  #since: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#started = now();
    this.#since = this.#started;
  }

  report(event: ProgressEvent): void {
    if (event.kind === 'phase') this.begin(event.phase);
  }

  begin(phase: BenchmarkPhase): void {
    const now = this.#now();
    this.#spent.set(this.#phase, (this.#spent.get(this.#phase) ?? 0) + now - this.#since);
    this.#phase = phase;
    this.#since = now;
  }

  end(): Record<BenchmarkPhase, number> {
    this.begin('total');
    this.#spent.set('total', this.#since - this.#started);
    return Object.fromEntries(BENCHMARK_PHASES.map((phase) => [phase, this.#spent.get(phase) ?? 0])) as Record<BenchmarkPhase, number>;
  }
}

function summarize(runs: readonly MeasuredRun[], { machine, toolVersion = '' }: BenchmarkPorts): Benchmark {
  const measured = runs.slice(WARM_UPS);
  const [first] = runs as [MeasuredRun];
  const { plan, packs } = first.preview;
  const phases = BENCHMARK_PHASES.map((phase) => [phase, spreadOf(measured.map((run) => run.phases[phase]))] as const);
  return {
    format: 1,
    packs: packs.map(({ pack }) => ({ id: pack.manifest.id, version: pack.manifest.version })),
    ...sizeOf(plan),
    iterations: measured.length,
    machine,
    packsmith: toolVersion,
    first: Math.round(first.phases.total * 1000) / 1000,
    phases: Object.fromEntries(phases) as Benchmark['phases'],
  };
}

function sizeOf(plan: GenerationPlan): { files: number; bytes: number } {
  const digests = plan.paths.flatMap(({ class: kind, after }) => (kind === 'record' || after === undefined ? [] : [after.digest]));
  return { files: digests.length, bytes: digests.reduce((sum, digest) => sum + readPlannedContent(plan, digest).length, 0) };
}
