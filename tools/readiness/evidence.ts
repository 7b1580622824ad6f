// What one run of `npm run readiness` executed and saw. Plain data: nothing in it is an opinion, and nothing that counts is kept from an earlier
// run.

import type { Counts } from '../coverage/summarize.ts';
import type { Summary } from '../mutation/register.ts';

/** One command that was run. */
export interface CommandFact {
  readonly name: string;
  readonly command: string;
  readonly exitCode: number;
  /** Lines that warn: of a compiler, a bundler or a linter. */
  readonly warnings: readonly string[];
  readonly seconds: number;
}

export interface TestFact {
  /** Relative to the repository. */
  readonly file: string;
  /** The names of the groups and of the test, with spaces between. */
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why it failed, as the test runner says it: with the counterexample and the seed of a property. */
  readonly failure?: string;
}

export interface WorkflowFact {
  readonly number: number;
  readonly title: string;
  readonly tests: readonly TestFact[];
  /** The packs commands of the workflow alone, in seconds; `undefined` when one of them failed. */
  readonly seconds: number | undefined;
  /** What the seconds may be at most. */
  readonly secondsAtMost: number;
}

/** Of the lines and branches of one layer that tests execute, in their own process and in the programs that they start. */
export interface CoverageFact {
  readonly layer: string;
  readonly branches: Counts;
  /** Branches that they execute in their own process alone. */
  readonly inProcess: Counts;
  /** Branches that count only where tests execute them in their own process, since they can't be told apart in the program. */
  readonly unmatched: number;
  readonly lines: Counts;
}

/** A threat or a failure mode, and the tests that prove its control. */
export interface RegisterFact {
  readonly id: string;
  readonly register: 'threats' | 'failure modes';
  readonly tests: readonly { readonly file: string; readonly name: string; readonly found: readonly TestFact[] }[];
}

export interface Evidence {
  readonly commit: string;
  /** Whether the work tree had changes that are not in the commit. */
  readonly isDirty: boolean;
  readonly machine: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly build: readonly CommandFact[];
  readonly tests: readonly TestFact[];
  /** Runs of the test runner that did not even give results. */
  readonly brokenRuns: readonly string[];
  readonly workflows: readonly WorkflowFact[];
  readonly quality: {
    readonly lint: CommandFact;
    readonly layers: CommandFact;
    readonly unused: CommandFact;
    readonly coverage: readonly CoverageFact[];
    /** Lines that stand twice, in percent of all lines of the program; `undefined` when it could not be measured. */
    readonly duplicatedPercent: number | undefined;
    /** What `npm run mutation` recorded, and whether the sources are still those. Not executed in this run: it is shown, and gives no points. */
    readonly mutation: Summary;
  };
  readonly documentation: { readonly commands: readonly CommandFact[]; readonly tests: readonly TestFact[] };
  readonly security: { readonly commands: readonly CommandFact[]; readonly register: readonly RegisterFact[] };
}
