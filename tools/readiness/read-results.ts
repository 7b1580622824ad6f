// What the test runner and other tools wrote, as facts.
import { relative } from 'node:path';
import type { TestFact } from './evidence.ts';

interface RunnerResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Every test of a run. A file that could not even be loaded counts as a failed test. */
export function readTestResults(json: string, repository: string): TestFact[] {
  const { testResults } = JSON.parse(json) as RunnerResults;
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(repository, name).replaceAll('\\', '/');
    const tests = assertionResults.map(({ fullName, status: result, failureMessages = [] }) => ({
      file,
      name: fullName.trim(),
      status: toStatus(result),
      ...(result === 'failed' && { failure: failureMessages.join('\n') }),
    }));
    const isBroken = status !== 'passed' && !tests.some((test) => test.status === 'failed');
    return isBroken ? [...tests, { file, name: message?.split('\n')[0] ?? 'could not be loaded', status: 'failed' as const }] : tests;
  });
}

function toStatus(status: string): TestFact['status'] {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

/** Lines of an output that warn. What merely counts warnings ("0 warnings") does not. */
export function findWarnings(output: string): string[] {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\bwarn(?:ing|ings)?\b|⚠|deprecat/i.test(line) && !/\b(?:0|no) warnings?\b/i.test(line));
}
