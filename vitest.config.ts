import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests of the built program, which is built before them when it has to be. */
const program = { pool: 'forks', testTimeout: 120_000, hookTimeout: 600_000, globalSetup: 'test/support/program-setup.ts' } as const;

/** These take minutes and much of the machine, so that each has it for itself, behind all others. */
const long = { maxWorkers: 1, sequence: { groupOrder: 1 } } as const;

/** Integration tests that try all there is of something: each takes the better part of a minute or more. */
const THOROUGH = [
  'test/compose/pack-cases.test.ts',
  'test/compose/pack-matrix.test.ts',
  'test/contracts/sparql-engine.test.ts',
  'test/e2e/killed-changes.test.ts',
  'test/merge-oracle.test.ts',
  'test/model/**/*.test.ts',
  'test/safety/hostile-journal.test.ts',
  'test/safety/hostile-templates.test.ts',
  'test/transactions/kill.test.ts',
  'test/update/cases.test.ts',
];

export default defineConfig({
  test: {
    // A worker waits for the programs that it starts, more than it computes.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], pool: 'threads', isolate: false, testTimeout: 30_000 } },
      {
        test: {
          ...program,
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: [...THOROUGH, 'test/workflows/**', 'test/kills/**', '**/node_modules/**'],
        },
      },
      { test: { ...program, name: 'thorough', include: THOROUGH } },
      // What generated projects need from the npm registry takes minutes, not seconds.
      {
        test: {
          ...program,
          ...long,
          name: 'workflows',
          include: ['test/workflows/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      // Whole commands are killed at their steps and at random moments, and the next one recovers; the integration tests have a sample of it.
      { test: { ...program, ...long, name: 'kills', include: ['test/kills/**/*.test.ts'], testTimeout: 3_600_000 } },
    ],
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['**/*.test.ts'] },
  },
});
