import * as v from 'valibot';
import type { Spread } from './spread.ts';

/** What is measured of one generation, in order; `total` is all of it. */
export const BENCHMARK_PHASES = ['load', 'answers', 'data', 'render', 'compose', 'plan', 'write', 'total'] as const;

export type BenchmarkPhase = (typeof BENCHMARK_PHASES)[number];

const spread = v.object({ min: v.number(), lower: v.number(), median: v.number(), upper: v.number(), max: v.number() });

const benchmarkSchema = v.object({
  format: v.literal(1),
  /** What was measured: ids and versions, in the order in which they are rendered. */
  packs: v.array(v.object({ id: v.string(), version: v.string() })),
  files: v.number(),
  bytes: v.number(),
  iterations: v.number(),
  machine: v.object({ node: v.string(), platform: v.string(), processor: v.string(), processors: v.number() }),
  packsmith: v.string(),
  /** The very first generation, when nothing was warm. */
  first: v.number(),
  phases: v.object({
    load: spread,
    answers: spread,
    data: spread,
    render: spread,
    compose: spread,
    plan: spread,
    write: spread,
    total: spread,
  }),
});

/** What generating a project took, by phase. It is also the form of saved results. */
export interface Benchmark {
  readonly format: 1;
  readonly packs: readonly { readonly id: string; readonly version: string }[];
  readonly files: number;
  readonly bytes: number;
  readonly iterations: number;
  readonly machine: Machine;
  /** The version of packsmith that was measured. */
  readonly packsmith: string;
  /** The very first generation in milliseconds, when nothing was warm. */
  readonly first: number;
  readonly phases: Readonly<Record<BenchmarkPhase, Spread>>;
}

/** What a time depends on besides the packs. */
export interface Machine {
  /** Of Node.js. */
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly processors: number;
}

/** Reads a saved result; what is wrong with it otherwise. Never throws. */
export function parseBenchmark(text: string): { readonly benchmark: Benchmark } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `it is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = v.safeParse(benchmarkSchema, value);
  if (parsed.success) return { benchmark: parsed.output };
  const [issue] = parsed.issues;
  const place = v.getDotPath(issue) ?? 'the document';
  return { problem: issue.input === undefined ? `it has no "${place}"` : `${place}: ${issue.message}` };
}

export interface PhaseChange {
  readonly phase: BenchmarkPhase;
  readonly before: number;
  readonly after: number;
  /** Of the medians, in percent: positive is slower. */
  readonly percent: number;
  /** Whether the middle halves of the two do not even touch, so that it is more than noise. */
  readonly isClear: boolean;
}

/** Compares the medians of each phase. */
export function compareBenchmarks(before: Benchmark, after: Benchmark): PhaseChange[] {
  return BENCHMARK_PHASES.map((phase) => {
    const [old, current] = [before.phases[phase], after.phases[phase]];
    const percent = old.median === 0 ? 0 : Math.round((current.median / old.median - 1) * 1000) / 10;
    const isClear = current.lower > old.upper || current.upper < old.lower;
    return { phase, before: old.median, after: current.median, percent, isClear };
  });
}

/** Whether the whole has become slower by more than is allowed, and clearly so. */
export function findRegression(changes: readonly PhaseChange[], maximumPercent: number): PhaseChange | undefined {
  return changes.find(({ phase, percent, isClear }) => phase === 'total' && isClear && percent > maximumPercent);
}
