import type { StoreTransactionRecord } from '../../ports/pack-store.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** Unfinished and past changes of the installed packs, newest first. */
export function viewStoreTransactions(transactions: readonly StoreTransactionRecord[], terminal: Terminal): string {
  if (transactions.length === 0) return 'no transactions\n';
  return viewTable(
    [
      { title: 'TRANSACTION', cells: transactions.map(({ id }) => id), style: terminal.style.bold },
      { title: 'STATE', cells: transactions.map(({ state }) => state) },
      { title: 'BY', cells: transactions.map(({ operation }) => operation) },
      { title: 'WHEN', cells: transactions.map(({ startedAt }) => startedAt) },
      { title: 'FETCHED', cells: transactions.map(describeFetched) },
      { title: 'ASKED FOR', cells: transactions.map(({ plan }) => plan.requests.join(' ')), isFlexible: true },
    ],
    terminal,
  );
}

function describeFetched({ state, staged, plan }: StoreTransactionRecord): string {
  return state === 'interrupted' ? `${staged.length} of ${plan.packs.filter(({ action }) => action !== 'keep').length}` : '';
}
