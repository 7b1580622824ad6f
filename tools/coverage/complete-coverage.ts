// What a run of the tests executed, with the processes that it started.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addExecutions, type CompleteCoverage } from './add-executions.ts';
import type { CoverageMap } from './coverage-map.ts';
import { mapExecutions } from './map-executions.ts';
import { sumExecutions } from './sum-executions.ts';

/** Where a run of the tests leaves what the coverage is made of. */
export interface CoverageRun {
  /** Further arguments of the test runner. */
  readonly args: readonly string[];
  /** Further variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** `undefined` when the tests gave no coverage. */
  readonly read: () => Promise<(CompleteCoverage & { readonly inProcess: CoverageMap }) | undefined>;
}

/** @param directory empty, or not there yet. */
export function prepareCoverage(directory: string): CoverageRun {
  mkdirSync(directory, { recursive: true });
  const report = join(directory, 'in-process');
  return {
    args: ['--coverage', '--coverage.reportOnFailure', '--coverage.reporter=json', `--coverage.reportsDirectory=${report}`],
    env: { PACKSMITH_TEST_COVERAGE: directory },
    async read() {
      const file = join(report, 'coverage-final.json');
      if (!existsSync(file)) return undefined;
      const inProcess = JSON.parse(readFileSync(file, 'utf8')) as CoverageMap;
      const runs = join(directory, 'runs');
      const executed = existsSync(runs) ? await mapExecutions(join(directory, 'program'), sumExecutions(runs)) : new Map();
      return { ...addExecutions(inProcess, executed), inProcess };
    },
  };
}
