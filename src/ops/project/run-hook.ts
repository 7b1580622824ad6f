import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { PlannedHook } from '../../core/plan/generation-plan.ts';
import type { HookOutcome } from '../../ports/hook-runner.ts';
import type { Ports } from '../../ports/ports.ts';

export interface RunHookRequest {
  /** Where it works. */
  readonly directory: string;
  readonly signal?: AbortSignal;
  /** What there is, and what to do, where the command is interrupted now. */
  readonly hint: string;
}

/**
 * Runs a hook to its end, whatever that is. One that had to be ended because the command is interrupted has not failed.
 * @throws PacksmithError `INTERRUPTED`.
 */
export async function runHook(hook: PlannedHook, request: RunHookRequest, hooks: Ports['hooks']): Promise<HookOutcome> {
  const { directory, signal } = request;
  const { pack, name } = hook;
  const isAborted = (): boolean => signal?.aborted === true;
  if (isAborted()) throw interrupted(`the hook "${name}" of ${pack} did not run`, request);
  const outcome = await hooks.run(hook, { directory, ...(signal && { signal }) });
  if (isAborted() && outcome.result !== 'done') throw interrupted(`the hook "${name}" of ${pack} was ended`, request);
  return outcome;
}

function interrupted(what: string, { signal, hint }: RunHookRequest): PacksmithError {
  return new PacksmithError('INTERRUPTED', `interrupted: ${what}`, { hint, cause: signal?.reason });
}
