import type { PackStore, SweepReport, SweepRequest } from '../../ports/pack-store.ts';

/** Frees what nothing uses, or counts it. Without a wish it is the store alone, since downloads make `--offline` work. @throws PacksmithError `STORE_LOCKED`. */
export function cleanStore(request: SweepRequest, { store }: { readonly store: Pick<PackStore, 'sweep'> }): Promise<SweepReport> {
  return store.sweep(request.cache || request.store ? request : { ...request, store: true });
}
