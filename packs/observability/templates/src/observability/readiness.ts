/** Resolves when what it asks is usable, and rejects when it is not. */
export type ReadinessCheck = () => Promise<unknown>;

export interface Readiness {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, 'ok' | 'failed' | 'timeout'>>;
}

export interface ReadinessOptions {
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  /** Keep it below the timeout of the probe. */
  readonly timeoutMilliseconds?: number;
  /** Told of each check that fails: the reason is for the log, not for the answer. */
  readonly onFailure?: (check: string, error: unknown) => void;
}

const timeout = Symbol('timeout');

/** Runs all checks at once; one that does not answer in time counts as failed. */
export async function checkReadiness(options: ReadinessOptions): Promise<Readiness> {
  const outcomes = await Promise.all(
    Object.entries(options.checks).map(async ([name, check]) => [name, await outcomeOf(name, check, options)] as const),
  );
  return { isReady: outcomes.every(([, outcome]) => outcome === 'ok'), checks: Object.fromEntries(outcomes) };
}

async function outcomeOf(
  name: string,
  check: ReadinessCheck,
  { timeoutMilliseconds = 2000, onFailure }: ReadinessOptions,
): Promise<'ok' | 'failed' | 'timeout'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof timeout>((resolve) => {
    timer = setTimeout(resolve, timeoutMilliseconds, timeout);
  });
  try {
    const winner = await Promise.race([check(), late]);
    if (winner !== timeout) return 'ok';
    onFailure?.(name, new Error(`no answer within ${timeoutMilliseconds} ms`));
    return 'timeout';
  } catch (error) {
    onFailure?.(name, error);
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}
