// Every test twice without a mutant. What only the first time reaches is loaded or computed once; a test that passes only once is not used.
import type { Test } from '@vitest/runner';
import type { CoveringTest } from './job.ts';
import { collectReached, stopCollecting, type Watched } from './switch.ts';

export interface TestOfFile {
  readonly file: string;
  readonly index: number;
  readonly task: Test;
}

export interface Measured {
  readonly tests: readonly CoveringTest[];
  readonly reachedBy: Readonly<Record<number, readonly number[]>>;
  /** Reached the first time, and by no test the second time. */
  readonly once: readonly number[];
  /** Tests that do not pass twice without a mutant, with what they say. */
  readonly failing: readonly string[];
}

export async function measureCoverage(all: readonly TestOfFile[], run: (test: TestOfFile) => Promise<Watched>): Promise<Measured> {
  const tests: CoveringTest[] = [];
  const reachedBy: Record<number, number[]> = {};
  const first = new Set<number>();
  const failing: string[] = [];
  for (const test of all) {
    const passes = async (time: string): Promise<Watched | undefined> => {
      const watched = await run(test);
      if (watched.outcome === 'passed') return watched;
      failing.push(`${test.file}: ${test.task.name}: the ${time} time: ${watched.error}`);
      return undefined;
    };
    const before = collectReached();
    if ((await passes('first')) === undefined || before.size === 0) continue;
    for (const id of before) first.add(id);
    const reached = collectReached();
    const again = await passes('second');
    stopCollecting();
    if (again === undefined) continue;
    for (const id of reached) {
      reachedBy[id] ??= [];
      reachedBy[id].push(tests.length);
    }
    const { ticks, milliseconds } = again;
    tests.push({ file: test.file, index: test.index, name: test.task.name, milliseconds, ticks });
  }
  // A few may need more of the test runner than is here. If it is more than that, something is wrong.
  if (failing.length > all.length / 50)
    throw new Error(`${failing.length} tests do not pass twice without a mutant:\n${failing.join('\n')}`);
  return { tests, reachedBy, once: [...first].filter((id) => reachedBy[id] === undefined), failing };
}
