import { defineConfig } from 'vitest/config';

/** Tests of the built program, which is built before them when it has to be. */
const program = { pool: 'forks', testTimeout: 120_000, hookTimeout: 600_000, globalSetup: 'test/support/program-setup.ts' } as const;

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], pool: 'threads', isolate: false, testTimeout: 30_000 } },
      {
        test: {
          ...program,
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/workflows/**', 'test/kills/**', '**/node_modules/**'],
        },
      },
      // What generated projects need from the npm registry takes minutes, not seconds.
      { test: { ...program, name: 'workflows', include: ['test/workflows/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 600_000 } },
      // Whole commands are killed at their steps and at random moments, and the next one recovers; the integration tests have a sample of it.
      { test: { ...program, name: 'kills', include: ['test/kills/**/*.test.ts'], testTimeout: 3_600_000 } },
    ],
    coverage: { provider: 'v8', include: ['src/**'], exclude: ['**/*.test.ts'] },
  },
});
