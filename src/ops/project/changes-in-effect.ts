import type { TransactionRecord } from '../../ports/project-dir.ts';

/** The changes that were not taken back, or were done again, newest first; no undo is among them. Both lists are newest first. */
export function changesInEffect(records: readonly TransactionRecord[]): readonly TransactionRecord[] {
  const standing: TransactionRecord[] = [];
  const takenBackBy = new Map<TransactionRecord, TransactionRecord>();
  for (const record of [...records].reverse()) {
    const at = record.operation === 'undo' ? standing.findLastIndex((other) => isInverse(record, other)) : -1;
    const [target] = at < 0 ? [] : standing.splice(at, 1);
    const again = target && takenBackBy.get(target);
    standing.push(again ?? record);
    if (target !== undefined && again === undefined) takenBackBy.set(record, target);
  }
  return standing.filter(({ operation }) => operation !== 'undo').reverse();
}

/** Whether one change left every file as the other had found it; an abort may have left more, and left out what was gone already. */
function isInverse({ paths }: TransactionRecord, other: TransactionRecord): boolean {
  const left = new Map(paths.map(({ path, after }) => [path, after?.digest]));
  const isAbout = other.paths.some(({ path }) => left.has(path));
  return isAbout && other.paths.every(({ path, before }) => left.get(path) === before?.digest);
}
