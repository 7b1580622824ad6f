import { readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDurable } from '../files/durability.ts';
import { isErrno } from '../files/errno.ts';
import type { OpenTransaction } from './commit.ts';
import type { LocalLayout } from './layout.ts';
import { isTransactionId } from './transaction-id.ts';

/** How many finished changes can be taken back. */
export const UNDO_LIMIT = 20;

/** Marks a transaction whose steps are all done as finished: it becomes the newest entry of the undo log, and the oldest ones go. */
export async function finish(transaction: OpenTransaction, local: LocalLayout, touched: ReadonlySet<string>): Promise<void> {
  const { layout, onStep, root } = transaction;
  onStep('settle');
  await makeDurable([...touched, dirname(root)], root);
  rmSync(layout.staged, { recursive: true, force: true });
  onStep('finish');
  // Should this rename be lost with the power, the next command finds every step done and performs it again.
  renameSync(layout.directory, join(local.undo, layout.id));
  onStep('finished');
  prune(local);
}

/** The change is done whether or not this succeeds; what stays is removed after the next one. */
function prune(local: LocalLayout): void {
  const ids = readdirSync(local.undo).filter(isTransactionId).sort();
  for (const id of ids.slice(0, Math.max(0, ids.length - UNDO_LIMIT))) {
    try {
      rmSync(join(local.undo, id), { recursive: true, force: true });
    } catch (error) {
      if (!isErrno(error, 'EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY')) throw error;
    }
  }
}
