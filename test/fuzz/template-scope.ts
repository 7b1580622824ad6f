import type { Digest } from '../../src/core/tree/digest.ts';

/** What one run of a template may take. */
export const LIMITS = { steps: 20_000, outputBytes: 100_000, allocatedBytes: 1_000_000, depth: 200 };

/** A project that templates of other tools are rendered into. */
export const SCOPE = {
  now: '2026-01-02T03:04:05Z',
  parentDirectory: '/home/u',
  directory: 'project',
  external: new Map(),
  hash: () => '0'.repeat(64) as Digest,
};

/** How rendering may fail. */
export const FAILURES = ['TEMPLATE_SYNTAX', 'TEMPLATE_UNDEFINED', 'TEMPLATE_FAILED', 'LIMIT_EXCEEDED'] as const;
