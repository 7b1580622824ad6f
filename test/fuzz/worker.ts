// Runs one target in a thread of its own, so that what never ends or takes all memory can be ended from outside; `tools/fuzz.mjs` starts it.
import { Session } from 'node:inspector';
import { parentPort, workerData } from 'node:worker_threads';
import { type Coverage, fuzz, minimise } from './fuzz-loop.ts';
import { Random } from './random.ts';
import { FUZZ_TARGETS } from './targets.ts';

interface Order {
  readonly target: string;
  readonly seed: number;
  readonly seconds: number;
  readonly corpus: readonly Uint8Array[];
  /** The number of the input that runs, its length, and its bytes: what is left where the thread is ended. */
  readonly shared: SharedArrayBuffer;
}

const { target: name, seed, seconds, corpus, shared } = workerData as Order;
const target = FUZZ_TARGETS.find((candidate) => candidate.name === name);
if (target === undefined) throw new Error(`there is no target ${name}`);
const counters = new Int32Array(shared, 0, 2);
const bytes = new Uint8Array(shared, 8);
const until = Date.now() + seconds * 1000;

const report = await fuzz(target, {
  corpus,
  random: new Random(seed),
  isOver: () => Date.now() > until,
  onStart: (input) => {
    bytes.set(input.subarray(0, bytes.length));
    Atomics.store(counters, 1, input.length);
    Atomics.add(counters, 0, 1);
  },
  coverage: startCoverage(),
});
const findings = [];
for (const finding of report.findings) findings.push(await minimise(target, finding));
parentPort?.postMessage({ ...report, findings });

/** What V8 counts in precise mode: a place is a range of a script that ran since the last look. */
function startCoverage(): Coverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    take: () => {
      let places: readonly string[] = [];
      session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
        places = result.flatMap(({ scriptId, functions }) =>
          functions
            .flatMap(({ ranges }) => ranges)
            .filter(({ count }) => count > 0)
            .map(({ startOffset, endOffset }) => `${scriptId}:${startOffset}-${endOffset}`),
        );
      });
      return new Set(places);
    },
  };
}
