import type { TransactionRecord } from '../../ports/project-dir.ts';
import type { Terminal } from '../terminal.ts';
import { viewTable } from './table.ts';

/** The changes that can be taken back, newest first. */
export function viewTransactions(changes: readonly TransactionRecord[], terminal: Terminal): string {
  if (changes.length === 0) return 'no change can be taken back\n';
  return viewTable(
    [
      { title: 'CHANGE', cells: changes.map(({ id }) => id), style: terminal.style.bold },
      { title: 'BY', cells: changes.map(({ operation }) => operation) },
      { title: 'WHEN', cells: changes.map(({ finishedAt }) => finishedAt) },
      { title: 'FILES', cells: changes.map(({ paths }) => String(paths.length)) },
    ],
    terminal,
  );
}
