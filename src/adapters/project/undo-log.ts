import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { RanCommand, TransactionRecord } from '../../ports/project-dir.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { nativeHash } from '../hash.ts';
import { digestPlainFile, readPlainFile } from './disk-view.ts';
import { type Journal, readJournal, toRecord } from './journal.ts';
import { describeTransaction, type LocalLayout } from './layout.ts';
import { noteRanCommand, readRanCommands } from './ran-commands.ts';
import { isTransactionId } from './transaction-id.ts';

/** The journals of finished changes, newest first; one that cannot be read cannot be undone, and is left out. */
export function listFinished(local: LocalLayout): Journal[] {
  const journals: Journal[] = [];
  for (const id of listFinishedIds(local).reverse()) {
    const journal = readFinished(local, id);
    if (journal !== undefined) journals.push(journal);
  }
  return journals;
}

/** The ids of finished changes, oldest first. */
export function listFinishedIds(local: LocalLayout): string[] {
  try {
    return readdirSync(local.undo).filter(isTransactionId).sort();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** The finished changes as commands see them, newest first. */
export function listRecords(local: LocalLayout): TransactionRecord[] {
  return listFinished(local).map((journal) => {
    const commands = readRanCommands(describeTransaction(local.undo, journal.id).commands);
    return { ...toRecord(journal), ...(commands.length === 0 ? {} : { commands }) };
  });
}

/** Notes a command in a finished change; nothing where that is not kept. */
export function noteFinishedCommand(local: LocalLayout, id: string, command: RanCommand): void {
  const layout = describeTransaction(local.undo, id);
  if (lookAt(layout.directory)?.isDirectory() === true) noteRanCommand(layout.commands, command);
}

/** The bytes that a finished change replaced. @throws PacksmithError `UNDO_IMPOSSIBLE` */
export function readReplacedFile(local: LocalLayout, id: string, digest: Digest): Uint8Array {
  const journal = isTransactionId(id) ? readFinished(local, id) : undefined;
  if (journal === undefined) throw new PacksmithError('UNDO_IMPOSSIBLE', `the change ${id} is not kept any more`);
  const layout = describeTransaction(local.undo, id);
  const isDirectory = lookAt(layout.replaced)?.isDirectory() === true;
  for (const [index, { before }] of journal.changes.entries()) {
    if (before?.digest !== digest || !isDirectory) continue;
    const full = layout.replacedFile(index);
    const content = digestPlainFile(full) === digest ? readPlainFile(full) : undefined;
    if (content !== undefined && nativeHash(content) === digest) return content;
  }
  throw new PacksmithError('UNDO_IMPOSSIBLE', `what the change ${id} replaced is not kept any more, or was damaged (${digest})`, {
    hint: `it was kept in ${join(local.undo, id, 'replaced')}`,
  });
}

function readFinished(local: LocalLayout, id: string): Journal | undefined {
  const layout = describeTransaction(local.undo, id);
  if (lookAt(layout.directory)?.isDirectory() !== true) return undefined;
  try {
    return readJournal(layout);
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'JOURNAL_INVALID') return undefined;
    throw error;
  }
}
