// What the test runner and the coverage tool wrote, as facts.
import { relative } from 'node:path';
import type { CoverageFact, TestFact } from './evidence.ts';

interface RunnerResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Every test of a run. A file that could not even be loaded counts as a failed test. */
export function readTestResults(json: string, repository: string): TestFact[] {
  const { testResults } = JSON.parse(json) as RunnerResults;
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(repository, name).replaceAll('\\', '/');
    const tests = assertionResults.map(({ fullName, status: result }) => ({ file, name: fullName.trim(), status: toStatus(result) }));
    const isBroken = status !== 'passed' && !tests.some((test) => test.status === 'failed');
    return isBroken ? [...tests, { file, name: message?.split('\n')[0] ?? 'could not be loaded', status: 'failed' as const }] : tests;
  });
}

function toStatus(status: string): TestFact['status'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

type Counts = { readonly covered: number; readonly total: number };

/** Sums of a coverage summary for each named layer of `src`. */
export function readCoverage(json: string, layers: readonly string[]): CoverageFact[] {
  const files = Object.entries(JSON.parse(json) as Record<string, { readonly branches: Counts; readonly lines: Counts }>);
  return layers.map((layer) => {
    const own = files.filter(([file]) => file.replaceAll('\\', '/').includes(`/src/${layer}/`)).map(([, counts]) => counts);
    return { layer, branches: sum(own.map(({ branches }) => branches)), lines: sum(own.map(({ lines }) => lines)) };
  });
}

function sum(counts: readonly Counts[]): Counts {
  return counts.reduce((total, one) => ({ covered: total.covered + one.covered, total: total.total + one.total }), {
    covered: 0,
    total: 0,
  });
}

/** Lines of an output that warn. What merely counts warnings ("0 warnings") does not. */
export function findWarnings(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\bwarn(?:ing|ings)?\b|⚠|deprecat/i.test(line) && !/\b(?:0|no) warnings?\b/i.test(line));
}
