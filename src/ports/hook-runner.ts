import type { PlannedHook } from '../core/plan/generation-plan.ts';

/** What became of one hook. */
export interface HookOutcome {
  readonly hook: PlannedHook;
  readonly result: 'done' | 'failed' | 'timed-out' | 'skipped';
  /** The exit code, or `undefined` when the program could not be started, was ended by a signal, or did not run. */
  readonly exitCode: number | undefined;
  readonly milliseconds: number;
  /** The last lines of its output, without control sequences. */
  readonly output: string;
}

/** Runs hooks that the user consented to: no shell, a scrubbed environment, a time limit on the whole process group. */
export interface HookRunner {
  /** The interpreters of scripts among the hooks that are not installed. */
  findMissing(hooks: readonly PlannedHook[]): readonly string[];
  run(hook: PlannedHook, options: { readonly directory: string; readonly signal?: AbortSignal }): Promise<HookOutcome>;
}
