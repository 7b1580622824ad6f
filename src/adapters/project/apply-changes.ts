import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Operation } from '../../core/plan/generation-plan.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ApplyProgress, RecordedChange, TransactionRecord } from '../../ports/project-dir.ts';
import { makeDurable } from '../files/durability.ts';
import { throwIfAborted } from '../files/time-slice.ts';
import { commit, type OpenTransaction } from './commit.ts';
import { parentOf } from './disk-view.ts';
import { finish } from './finish.ts';
import { type Journal, toRecord, writeJournalDraft } from './journal.ts';
import { describeTransaction, type LocalLayout, type TransactionLayout } from './layout.ts';
import { findForbidden, type PlannedChange } from './planned-changes.ts';
import { type CheckedProject, checkPreconditions } from './preconditions.ts';
import { stageContents } from './stage.ts';
import { takeBack } from './take-back.ts';
import { makeTransactionId } from './transaction-id.ts';
import { listFinished, listFinishedIds } from './undo-log.ts';

export interface ApplyRequest {
  readonly operation: Operation;
  readonly changes: readonly PlannedChange[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ApplyProgress) => void;
}

export interface ApplyPlace {
  readonly root: string;
  readonly local: LocalLayout;
  /** Directories made for this change, to be made durable with it. */
  readonly made: readonly string[];
  readonly onStep: (step: string) => void;
}

/** Performs one transaction; the lock is held, and nothing unfinished is left. */
export async function applyChanges(request: ApplyRequest, place: ApplyPlace): Promise<TransactionRecord> {
  const { root, local, onStep } = place;
  const checked = await checkPreconditions(root, request.changes, request.signal);
  const layout = describeTransaction(local.transactions, makeTransactionId(Date.now(), listFinishedIds(local)));
  const journal = makeJournal(request, checked, layout.id, local);
  try {
    await prepare({ request, place, checked, layout, journal });
  } catch (error) {
    rmSync(layout.directory, { recursive: true, force: true });
    throw error;
  }
  const transaction: OpenTransaction = { root, layout, journal, onStep };
  try {
    onStep('journalled');
    await makeDurable([layout.directory], root);
    await finish(transaction, local, commit(transaction, checked.stats));
  } catch (error) {
    await takeBackAfter(error, transaction);
  }
  request.onProgress?.({ done: request.changes.length, total: request.changes.length });
  return toRecord(journal);
}

interface Preparation {
  readonly request: ApplyRequest;
  readonly place: ApplyPlace;
  readonly checked: CheckedProject;
  readonly layout: TransactionLayout;
  readonly journal: Journal;
}

/** Everything up to the point of no return: until the journal has its name, the transaction never was. */
async function prepare({ request, place, checked, layout, journal }: Preparation): Promise<void> {
  const { signal, onProgress, changes } = request;
  const { onStep, root, local } = place;
  onStep('begin');
  mkdirSync(layout.directory);
  const staged = await stageContents({
    root,
    layout,
    changes,
    directories: journal.directories,
    stats: checked.stats,
    signal,
    onSlice: (done) => onProgress?.({ done, total: changes.length }),
    onStep,
  });
  onStep('journal');
  const draft = writeJournalDraft(layout, journal);
  onStep('make durable');
  await makeDurable([...staged, draft, ...place.made, dirname(root), local.transactions], root);
  throwIfAborted(signal);
  onStep('commit');
  renameSync(draft, layout.journal);
}

function makeJournal(request: ApplyRequest, checked: CheckedProject, id: string, local: LocalLayout): Journal {
  const changes = request.changes.map(({ path, before, after }): RecordedChange => {
    const mode = checked.stats.get(path)?.mode;
    // The bits that are on disk, of which the plan compares only one, so that undoing restores them all.
    const replaced = before === undefined ? {} : { before: mode === undefined ? before : { digest: before.digest, mode: mode & 0o777 } };
    return { path, ...replaced, ...(after === undefined ? {} : { after }) };
  });
  return {
    format: 1,
    id,
    operation: request.operation,
    at: new Date().toISOString(),
    directories: checked.newDirectories as readonly ProjectPath[],
    emptied: listEmptied(request, local),
    changes,
  };
}

/**
 * The directories that go when the change empties them: those around removed files, but for those that get files. An undo removes only
 * directories that packsmith made, as far as the undo log tells, so that one which the user had made before is there again as it was.
 */
function listEmptied({ operation, changes }: ApplyRequest, local: LocalLayout): ProjectPath[] {
  const emptied = new Set<string>();
  for (const { path, after } of changes) if (after === undefined) for (const parent of parentsOf(path)) emptied.add(parent);
  for (const { path, after } of changes) if (after !== undefined) for (const parent of parentsOf(path)) emptied.delete(parent);
  if (operation === 'undo' && emptied.size > 0) keepOnlyMade(emptied, local);
  return [...emptied].filter((path) => findForbidden(path) === undefined).sort((a, b) => b.length - a.length) as ProjectPath[];
}

function keepOnlyMade(directories: Set<string>, local: LocalLayout): void {
  const made = new Set<string>(listFinished(local).flatMap((journal) => journal.directories));
  for (const directory of directories) {
    if (!made.has(directory) && !parentsOf(directory).some((parent) => made.has(parent))) directories.delete(directory);
  }
}

function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) parents.push(parent);
  return parents;
}

/** Takes back a commit that failed, and throws why; what cannot be taken back now is left to the next command. */
async function takeBackAfter(cause: unknown, transaction: OpenTransaction): Promise<never> {
  try {
    await takeBack(transaction);
  } catch (error) {
    const hint = 'the change was interrupted half way; the next command in this project finishes it or takes it back';
    if (cause instanceof PacksmithError) throw new PacksmithError(cause.code, cause.message, { hint, cause: error });
  }
  throw cause;
}
