import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { StoreTransactionRecord } from '../../ports/pack-store.ts';
import { type ApplyInstallOptions, applyInstall, type InstallResult } from './install-packs.ts';
import type { ResolvePorts } from './resolved-packs.ts';

/** Unfinished and past changes of the installed packs, newest first. */
export function listStoreTransactions({ store }: Pick<ResolvePorts, 'store'>): Promise<readonly StoreTransactionRecord[]> {
  return store.listTransactions();
}

/**
 * Goes on with an interrupted change: the same plan, with what is staged and what was downloaded used again.
 * @throws PacksmithError `TRANSACTION_NOT_FOUND`, `STORE_CHANGED` when other packs were installed meanwhile, and as `applyInstall` does.
 */
export async function resumeTransaction(
  { id, ...options }: { readonly id: string } & Omit<ApplyInstallOptions, 'resume'>,
  ports: ResolvePorts,
): Promise<InstallResult> {
  const record = (await ports.store.listTransactions()).find((candidate) => candidate.id === id);
  if (record === undefined || record.state === 'done' || record.state === 'rolled-back') throw notFound(id);
  if (record.plan.basis === (await ports.store.readInstalled()).digest) return applyInstall(record.plan, { ...options, resume: id }, ports);
  throw new PacksmithError('STORE_CHANGED', `packs were installed or removed since ${id} was interrupted, so its plan is no longer true`, {
    hint: `run \`packs ${record.operation} ${record.plan.requests.join(' ')}\` again, and forget this one with \`packs transactions rollback ${id}\``,
  });
}

/** Forgets an interrupted change and what it fetched. @throws PacksmithError `TRANSACTION_NOT_FOUND`, `STORE_LOCKED`. */
export function rollbackTransaction(id: string, { store }: Pick<ResolvePorts, 'store'>): Promise<StoreTransactionRecord> {
  return store.rollback(id);
}

function notFound(id: string): PacksmithError {
  return new PacksmithError('TRANSACTION_NOT_FOUND', `there is no unfinished transaction ${JSON.stringify(id)}`, {
    hint: '`packs transactions list` shows what there is',
  });
}
