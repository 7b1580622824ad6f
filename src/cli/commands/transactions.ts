import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { listStoreTransactions, resumeTransaction, rollbackTransaction } from '../../ops/packs/store-transactions.ts';
import type { PackStore } from '../../ports/pack-store.ts';
import type { RunCommand } from '../command.ts';
import type { transactionsSpec } from '../specs/install.ts';
import { toInstallResult } from '../views/install-result.ts';
import { viewStoreTransactions } from '../views/store-transactions.ts';

export const runTransactions: RunCommand<typeof transactionsSpec> = async ({ positionals }, context) => {
  const ports = await context.openPorts();
  const [action = 'list', given] = positionals;
  if (action === 'list') {
    const transactions = await listStoreTransactions(ports);
    const open = transactions.find(({ state }) => state === 'interrupted');
    return {
      data: { transactions },
      view: (terminal) => viewStoreTransactions(transactions, terminal),
      next: open === undefined ? [] : [`packs transactions resume ${open.id}`, `packs transactions rollback ${open.id}`],
    };
  }
  const id = given ?? (await findInterrupted(ports));
  if (action === 'resume')
    return toInstallResult(await resumeTransaction({ id, offline: context.globals.offline, signal: context.signal }, ports));
  const transaction = await rollbackTransaction(id, ports);
  return {
    data: { transaction },
    view: () => `forgot ${transaction.id}; nothing of it was installed\n`,
    next: ['packs transactions list'],
  };
};

async function findInterrupted(ports: { readonly store: PackStore }): Promise<string> {
  const open = (await listStoreTransactions(ports)).find(({ state }) => state === 'interrupted');
  if (open === undefined) throw new PacksmithError('TRANSACTION_NOT_FOUND', 'there is no unfinished transaction');
  return open.id;
}
