// What one session of the test runner is told, and what it tells back. All of it goes through files, so that it outlives a session that has to be killed.

export interface Job {
  readonly repository: string;
  /** Instrumented text of the sources, by absolute path: a JSON file. */
  readonly instrumented: string;
  /** Absolute paths of test files. */
  readonly tests: readonly string[];
  readonly mutants: readonly MutantToRun[];
  /** Where the coverage is, or goes once it was measured. */
  readonly coverage: string;
  /** A line of JSON for each verdict is appended here. */
  readonly verdicts: string;
  /** What is being run now, with the milliseconds that it may take. */
  readonly state: string;
  /** The mutant that is run first, whose verdict stands without a second look: the session before was spoilt when it came to it. */
  readonly again?: number;
}

export interface MutantToRun {
  readonly id: number;
  /** Absolute path. */
  readonly file: string;
}

export type Status = 'killed' | 'timed-out' | 'survived' | 'no-coverage';

export interface Verdict {
  readonly id: number;
  readonly status: Status;
  /** The test that saw it. */
  readonly by?: string;
}

/** A mutant changed what other tests see: the session is started anew, with this mutant first. */
export interface Spoilt {
  readonly spoilt: number;
}

export interface CoveringTest {
  readonly file: string;
  /** Among the tests of the file. */
  readonly index: number;
  readonly name: string;
  readonly milliseconds: number;
  /** How many blocks and switches it passes. */
  readonly ticks: number;
}

export interface Coverage {
  readonly tests: readonly CoveringTest[];
  /** For each mutant the tests that reach it, as indices. */
  readonly reachedBy: Readonly<Record<number, readonly number[]>>;
  /** What is reached when modules are loaded, or only the first time. */
  readonly loaded: readonly number[];
  /** For each test file the sources that it loads. */
  readonly loads: Readonly<Record<string, readonly string[]>>;
  /** Tests that are not used, since they do not pass twice without a mutant, with what they say. */
  readonly failing: readonly string[];
}
