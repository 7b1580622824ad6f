import type { FuzzTarget } from './fuzz-target.ts';

/** What one input did. `key` tells one kind of failure from another. */
export type Verdict =
  | { readonly kind: 'held'; readonly outcome: string }
  | { readonly kind: 'broken'; readonly key: string; readonly message: string };

/** Seconds of work, of this process, that one input may take. Time that others have of the machine does not count. */
const DEFAULT_MAX_SECONDS = 2;
/** What is too slow is tried again, since the compiler and the collector of garbage have their moments. */
const TRIALS = 3;

/** Runs one input and says whether the laws held. */
export async function judge(target: FuzzTarget, input: Uint8Array): Promise<Verdict> {
  const maxSeconds = target.maxSeconds ?? DEFAULT_MAX_SECONDS;
  let seconds = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < TRIALS; trial++) {
    const before = process.cpuUsage();
    let outcome: string;
    try {
      outcome = await target.run(input);
    } catch (error) {
      return { kind: 'broken', ...describe(error) };
    }
    const { user, system } = process.cpuUsage(before);
    seconds = Math.min(seconds, (user + system) / 1e6);
    if (seconds <= maxSeconds) return { kind: 'held', outcome };
  }
  return { kind: 'broken', key: 'slow', message: `${input.length} bytes took ${seconds.toFixed(1)} s, of at most ${maxSeconds}` };
}

function describe(error: unknown): { key: string; message: string } {
  if (!(error instanceof Error)) return { key: typeof error, message: `threw ${String(error)}` };
  const frames = [...(error.stack ?? '').matchAll(/^ +at (?:async )?([^\s(]+) \(/gm)].slice(0, 3).map(([, name]) => name);
  const form = error.message.replace(/"(?:[^"\\]|\\.)*"|\d+/g, '_').slice(0, 60);
  return { key: `${error.name} ${form} ${frames.join(' ')}`, message: error.stack ?? error.message };
}
