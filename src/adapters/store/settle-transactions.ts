import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from '../files/errno.ts';
import { isTransactionId } from '../project/transaction-id.ts';
import { readInstalledFile } from './installed-file.ts';
import { isThere, movePack } from './move-pack.ts';
import { readStoreJournal, type StoreJournal, writeStoreJournal } from './store-journal.ts';
import { describeTransactionFiles, type StoreLayout, storedDirectory, type TransactionFiles, toHex } from './store-layout.ts';
import { removeTree } from './stored-tree.ts';

/** How many finished transactions are kept to be listed. */
const KEPT = 20;

/** The ids of all transactions that left a directory, oldest first. */
export function listTransactionIds({ transactions }: Pick<StoreLayout, 'transactions'>): string[] {
  try {
    return readdirSync(transactions).filter(isTransactionId).sort();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/**
 * Brings what killed commands left into a clear state; call it with the lock held. A transaction whose lock is in place is finished; one
 * that did not come so far is taken out of the store again and can be resumed. It may itself be killed and called again.
 *
 * @throws PacksmithError `JOURNAL_INVALID`; then nothing of that transaction was touched.
 */
export function settleTransactions(layout: StoreLayout, onStep: (step: string) => void): void {
  const finished: TransactionFiles[] = [];
  for (const id of listTransactionIds(layout)) {
    const files = describeTransactionFiles(layout, id);
    const journal = readStoreJournal(files);
    if (journal === undefined) removeTree(files.directory);
    else if (journal.phase === 'committing') settle(layout, files, { journal, onStep });
    else if (journal.phase !== 'staging') finished.push(files);
  }
  for (const { directory } of finished.slice(0, -KEPT)) removeTree(directory);
}

interface Unsettled {
  readonly journal: StoreJournal;
  readonly onStep: (step: string) => void;
}

function settle(layout: StoreLayout, files: TransactionFiles, { journal, onStep }: Unsettled): void {
  onStep(`settle ${files.id}`);
  if (readInstalledFile(layout).digest === journal.lockAfter) finishTransaction(files, journal);
  else retreat(layout, files, journal);
}

/** Past the commit: only what is left over is removed. */
export function finishTransaction(files: TransactionFiles, journal: StoreJournal): void {
  writeStoreJournal(files, { ...journal, phase: 'done' });
  removeTree(files.staged);
  removeTree(files.replaced);
}

/** Before the commit: what was moved into the store goes back to be resumed, and what was replaced comes back. */
export function retreat(layout: StoreLayout, files: TransactionFiles, journal: StoreJournal): void {
  for (const integrity of journal.adds) {
    const stored = storedDirectory(layout, integrity);
    const staged = join(files.staged, toHex(integrity));
    if (isThere(stored) && !isThere(staged)) movePack(stored, staged);
    removeTree(`${stored}.incoming`);
    const replaced = join(files.replaced, toHex(integrity));
    if (isThere(replaced) && !isThere(stored)) movePack(replaced, stored);
  }
  writeStoreJournal(files, { ...journal, phase: 'staging', adds: [], lockAfter: undefined });
}
