import { formatArguments } from '../../core/text/format-arguments.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';
import type { ListedChange } from '../../ops/project/undo-change.ts';
import type { RanCommand, RecordedChange, TransactionRecord } from '../../ports/project-dir.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';
import { viewTable } from './table.ts';

/** The changes that are kept, newest first, with what became of those that were taken back. */
export function viewTransactions(changes: readonly ListedChange[], terminal: Terminal): string {
  if (changes.length === 0) return 'no change can be taken back\n';
  return viewTable(
    [
      { title: 'CHANGE', cells: changes.map(({ id }) => id), style: terminal.style.bold },
      { title: 'BY', cells: changes.map(({ operation }) => operation) },
      { title: 'WHEN', cells: changes.map(({ finishedAt }) => finishedAt), isOptional: true },
      { title: 'DID', cells: changes.map(describeChange) },
      { title: 'NOTE', cells: changes.map(({ takenBackBy }) => (takenBackBy === undefined ? '' : `taken back by ${takenBackBy}`)) },
    ],
    terminal,
  );
}

/** What each change did to each file. */
export function viewTransactionPaths(changes: readonly TransactionRecord[], { style }: Terminal): string {
  return changes
    .map((change) => {
      const head = `${style.bold(change.id)}  ${change.operation}, ${change.finishedAt}: ${describeChange(change)}\n`;
      const commands = change.commands ?? [];
      const paths = change.paths.map((path) => `  ${kindOf(path).padEnd(7)}  ${stripControlLine(path.path)}\n`);
      return head + [...paths, ...commands.map(viewCommand)].join('');
    })
    .join('');
}

/** Shown beside what can be taken back, as what cannot. */
function viewCommand({ pack, name, run }: RanCommand): string {
  return `  ran      ${formatArguments(run)}  ${stripControlLine(`"${name}" of ${pack}, not taken back`)}\n`;
}

function describeChange({ paths }: TransactionRecord): string {
  const counted = KINDS.map((kind) => ({ kind, count: paths.filter((path) => kindOf(path) === kind).length }));
  return counted
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${formatCount(count, 'file')} ${kind}`)
    .join(', ');
}

const KINDS = ['created', 'updated', 'deleted'] as const;

function kindOf({ before, after }: RecordedChange): (typeof KINDS)[number] {
  if (before === undefined) return 'created';
  return after === undefined ? 'deleted' : 'updated';
}
