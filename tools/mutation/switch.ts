// The functions that instrumented sources call: which mutant is active, and what is reached. Every block and switch also counts a tick, so that a loop without
// an end is ended where it runs, and the session needn't be killed.

export class TooLong extends Error {}

const NONE = -1;

let active = NONE;
let ticks = 0;
let limit = Number.POSITIVE_INFINITY;
let reached: Set<number> | undefined;

Object.assign(globalThis, {
  stryMutAct_9fa48: (id: number): boolean => {
    tick();
    return id === active;
  },
  stryCov_9fa48: (...ids: number[]): void => {
    tick();
    if (reached !== undefined) for (const id of ids) reached.add(id);
  },
});

function tick(): void {
  ticks += 1;
  if (ticks > limit) throw new TooLong('the mutant runs too long');
}

export interface Watched {
  /** What came of it: nothing, what was thrown, or that it went on too long. */
  readonly outcome: 'passed' | 'failed' | 'too long';
  readonly error?: unknown;
  readonly ticks: number;
  /** Of the processor, so that it does not matter what else the machine does. */
  readonly milliseconds: number;
}

export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs with a mutant active, or with none, and at most so many ticks. */
export async function watch(run: () => unknown, mutant: number | undefined, atMost: number): Promise<Watched> {
  active = mutant ?? NONE;
  ticks = 0;
  limit = atMost;
  const started = processorTime();
  try {
    await run();
    return { outcome: ticks > atMost ? 'too long' : 'passed', ticks, milliseconds: processorTime() - started };
  } catch (error) {
    return { outcome: ticks > atMost ? 'too long' : 'failed', error, ticks, milliseconds: processorTime() - started };
  } finally {
    active = NONE;
    limit = Number.POSITIVE_INFINITY;
  }
}

/** The mutants that are reached from now on, until it is called again. */
export function collectReached(): Set<number> {
  reached = new Set();
  return reached;
}

export function stopCollecting(): void {
  reached = undefined;
}
