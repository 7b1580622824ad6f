/** What came of each item, in the order of the items; `undefined` for those that were not begun. */
export type Settled<Result> = { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'failed'; readonly error: unknown };

export interface ConcurrentOptions {
  /** Most at a time. */
  readonly limit: number;
  /** Whether a failure stops what was not begun yet; what runs is waited for. */
  readonly isFatal: (error: unknown) => boolean;
}

/** Runs work over items, a bounded number at a time, beginning them in order. Never rejects. */
export async function mapConcurrent<Item, Result>(
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Result>,
  { limit, isFatal }: ConcurrentOptions,
): Promise<(Settled<Result> | undefined)[]> {
  const settled: (Settled<Result> | undefined)[] = items.map(() => undefined);
  const remaining = items.entries();
  let isStopped = false;
  const work = async (): Promise<void> => {
    // One iterator is shared: each of the parallel runs takes the next item when it is free.
    for (const [index, item] of remaining) {
      if (isStopped) return;
      try {
        settled[index] = { kind: 'done', result: await run(item, index) };
      } catch (error) {
        settled[index] = { kind: 'failed', error };
        if (isFatal(error)) isStopped = true;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return settled;
}
