import type { TransactionRecord } from '../../ports/project-dir.ts';

/** What became of the changes of a project, as later ones show. */
export interface ChangeHistory {
  /** The changes that were not taken back, or were done again, newest first; no undo is among them. */
  readonly inEffect: readonly TransactionRecord[];
  /** The undo that took a change back, by the id of the change; of an undo the one that did its change again. */
  readonly takenBackBy: ReadonlyMap<string, string>;
}

/** Reads from what each change left which of them later ones took back. `records` are newest first. */
export function readHistory(records: readonly TransactionRecord[]): ChangeHistory {
  const standing: TransactionRecord[] = [];
  const targets = new Map<TransactionRecord, TransactionRecord>();
  const takenBackBy = new Map<string, string>();
  for (const record of [...records].reverse()) {
    const at = record.operation === 'undo' ? standing.findLastIndex((other) => isInverse(record, other)) : -1;
    const [target] = at < 0 ? [] : standing.splice(at, 1);
    const again = target && targets.get(target);
    standing.push(again ?? record);
    if (target !== undefined) takenBackBy.set(target.id, record.id);
    if (again !== undefined) takenBackBy.delete(again.id);
    else if (target !== undefined) targets.set(record, target);
  }
  return { inEffect: standing.filter(({ operation }) => operation !== 'undo').reverse(), takenBackBy };
}

/** Whether one change left every file as the other had found it; an abort may have left more, and left out what was gone already. */
function isInverse({ paths }: TransactionRecord, other: TransactionRecord): boolean {
  const left = new Map(paths.map(({ path, after }) => [path, after?.digest]));
  const isAbout = other.paths.some(({ path }) => left.has(path));
  return isAbout && other.paths.every(({ path, before }) => left.get(path) === before?.digest);
}
