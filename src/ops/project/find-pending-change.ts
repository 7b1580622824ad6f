import { PENDING_PATH } from '../../core/lockfile/pending.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TransactionRecord } from '../../ports/project-dir.ts';

/** The change in the undo log that left the conflicts which wait to be settled; `undefined` where it was made in another copy of the project. */
export async function findPendingChange({ project }: Pick<Ports, 'project'>): Promise<TransactionRecord | undefined> {
  const entry = (await project.survey([PENDING_PATH])).get(PENDING_PATH);
  if (entry?.kind !== 'file') return undefined;
  // An undo that brings the pending state back is not what made it, nor is an older change that left another one.
  const isMaker = ({ operation, paths }: TransactionRecord): boolean =>
    operation !== 'undo' &&
    paths.some(({ path, before, after }) => path === PENDING_PATH && before === undefined && after?.digest === entry.digest);
  return (await project.listTransactions()).find(isMaker);
}
