import { writeFileSync } from 'node:fs';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Operation, PlannedFile } from '../../core/plan/generation-plan.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { isRecord } from '../../core/text/is-record.ts';
import { isDigest } from '../../core/tree/digest.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { RecordedChange, TransactionRecord } from '../../ports/project-dir.ts';
import { lookAt } from '../files/look-at.ts';
import { readPlainFile } from './disk-view.ts';
import type { TransactionLayout } from './layout.ts';
import { findForbidden } from './planned-changes.ts';

/** All that is needed to finish a transaction, to take it back, and to undo it later. */
export interface Journal {
  readonly format: 1;
  readonly id: string;
  readonly operation: Operation;
  /** When the point of no return was passed; ISO 8601, UTC. */
  readonly at: string;
  /** Directories that did not exist: each is staged whole, and placed by one rename. None contains another. */
  readonly directories: readonly ProjectPath[];
  /** Directories that are removed when the change leaves them empty, innermost first. */
  readonly emptied: readonly ProjectPath[];
  /** In the order in which they are done. The index of a change names its staged and its replaced file. */
  readonly changes: readonly RecordedChange[];
}

/** A table, so that the compiler asks for each: a journal of an operation that is not known cannot be taken back. */
const OPERATIONS: Readonly<Record<Operation, true>> = {
  generate: true,
  compose: true,
  add: true,
  remove: true,
  update: true,
  regenerate: true,
  adopt: true,
  merge: true,
  undo: true,
};
/** `Date.parse` takes anything in brackets for a comment. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const MAX_JOURNAL_BYTES = 256 << 20;

/** Writes the journal under a temporary name; renaming it to its own is the point of no return. */
export function writeJournalDraft(layout: TransactionLayout, journal: Journal): string {
  const draft = `${layout.journal}.draft`;
  writeFileSync(draft, JSON.stringify(journal), { flag: 'wx' });
  return draft;
}

/**
 * Reads the journal of a transaction, trusting nothing in it: the directory may have come out of somebody's archive.
 *
 * @returns `undefined` when there is none, so that the transaction was never begun.
 * @throws PacksmithError `JOURNAL_INVALID`
 */
export function readJournal(layout: TransactionLayout): Journal | undefined {
  const stats = lookAt(layout.journal);
  if (stats === undefined) return undefined;
  if (!stats.isFile() || stats.size > MAX_JOURNAL_BYTES) throw invalid(layout, 'it is not a plain file of a sensible size');
  const content = readPlainFile(layout.journal);
  if (content === undefined) return undefined;
  const journal = parseJournal(Buffer.from(content).toString('utf8'), layout);
  if (journal.id !== layout.id) throw invalid(layout, 'it belongs to another transaction');
  return journal;
}

/** A journal as the record that commands see, sorted by path. */
export function toRecord(journal: Journal): TransactionRecord {
  const paths = [...journal.changes].sort((a, b) => compareText(a.path, b.path));
  return { id: journal.id, operation: journal.operation, finishedAt: journal.at, paths };
}

function parseJournal(text: string, layout: TransactionLayout): Journal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(layout, 'it is not JSON');
    throw error;
  }
  const problem = findJournalProblem(value);
  if (problem !== undefined) throw invalid(layout, problem);
  return value as Journal;
}

function findJournalProblem(value: unknown): string | undefined {
  if (!isRecord(value) || value['format'] !== 1) return 'it is not of format 1';
  if (typeof value['id'] !== 'string' || typeof value['at'] !== 'string' || !INSTANT.test(value['at'])) return 'it has no id or date';
  if (!Object.hasOwn(OPERATIONS, String(value['operation']))) return 'its operation is unknown';
  const { directories, emptied, changes } = value;
  if (!isPaths(directories) || !isPaths(emptied)) return 'it names a directory outside the project';
  if (!Array.isArray(changes) || changes.length === 0) return 'it lists no changes';
  if (!changes.every(isChange)) return 'it lists a change that is malformed or outside the project';
  if (new Set(changes.map((change) => change.path)).size !== changes.length) return 'it changes a path twice';
  const isNested = directories.some((directory) => directories.some((other) => directory.startsWith(`${other}/`)));
  return isNested ? 'it makes a directory twice' : undefined;
}

function isChange(value: unknown): value is RecordedChange {
  if (!isRecord(value) || !isPath(value['path'])) return false;
  const { before, after } = value;
  return (before !== undefined || after !== undefined) && isFileState(before) && isFileState(after);
}

function isFileState(value: unknown): value is PlannedFile | undefined {
  if (value === undefined) return true;
  if (!isRecord(value) || typeof value['digest'] !== 'string' || !isDigest(value['digest'])) return false;
  const mode = value['mode'];
  return Number.isInteger(mode) && (mode as number) >= 0 && (mode as number) <= 0o777;
}

function isPaths(value: unknown): value is ProjectPath[] {
  return Array.isArray(value) && value.every(isPath);
}

function isPath(value: unknown): value is ProjectPath {
  return typeof value === 'string' && findForbidden(value) === undefined;
}

function invalid(layout: TransactionLayout, why: string): PacksmithError {
  return new PacksmithError(
    'JOURNAL_INVALID',
    `the journal of an interrupted change is damaged, so it is left alone: ${layout.journal}: ${why}`,
    {
      hint: `look into ${layout.directory}; "replaced" has what was there before. Delete the directory when nothing in it is needed`,
    },
  );
}
