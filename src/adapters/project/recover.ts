import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Recovery } from '../../ports/project-dir.ts';
import { isErrno } from '../files/errno.ts';
import { lookAt } from '../files/look-at.ts';
import { commit, isDone, isThere, type OpenTransaction } from './commit.ts';
import { DiskView, digestPlainFile, parentOf } from './disk-view.ts';
import { finish } from './finish.ts';
import { readJournal } from './journal.ts';
import { describeTransaction, type LocalLayout, type TransactionLayout } from './layout.ts';
import { type CommitStep, listSteps } from './steps.ts';
import { digestAt, isReachable, removeBeside, takeBack } from './take-back.ts';
import { isTransactionId } from './transaction-id.ts';

/** The transactions that were not finished, oldest first. Without the lock they may be another process's, under way. */
export function listUnfinished(local: LocalLayout): string[] {
  try {
    return readdirSync(local.transactions).filter(isTransactionId).sort();
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/**
 * Finishes or takes back what an interrupted process left; call it with the lock held. It may itself be killed and called again at any moment.
 *
 * @returns `undefined` when nothing was left, or only what had not passed the point of no return, which is removed.
 * @throws PacksmithError `JOURNAL_INVALID`; then nothing was touched.
 */
export async function recoverUnfinished(root: string, local: LocalLayout, onStep: (step: string) => void): Promise<Recovery | undefined> {
  let last: Recovery | undefined;
  for (const id of listUnfinished(local)) {
    const layout = describeTransaction(local.transactions, id);
    assertPlainDirectories(layout);
    const journal = readJournal(layout);
    onStep('recover');
    if (journal === undefined) rmSync(layout.directory, { recursive: true, force: true });
    else last = await settle({ root, layout, journal, onStep }, local);
  }
  return last;
}

async function settle(transaction: OpenTransaction, local: LocalLayout): Promise<Recovery> {
  const { layout, journal } = transaction;
  const { id, operation } = journal;
  if (!isThere(layout.takingBack) && canFinish(transaction) && (await tryFinish(transaction, local))) {
    return { id, operation, outcome: 'finished', kept: [] };
  }
  return { id, operation, outcome: 'taken-back', kept: await takeBack(transaction) };
}

/** False when something turned out to be in the way after all. */
async function tryFinish(transaction: OpenTransaction, local: LocalLayout): Promise<boolean> {
  const { root, layout, journal } = transaction;
  for (const step of listSteps(journal)) removeBeside(root, step.path, layout.id);
  try {
    await finish(transaction, local, commit(transaction));
    return true;
  } catch (error) {
    if (error instanceof PacksmithError && error.code === 'PROJECT_CHANGED') return false;
    throw error;
  }
}

/** Whether everything that remains to be done still fits what is on disk, and its staged bytes are whole. */
function canFinish(transaction: OpenTransaction): boolean {
  const steps = listSteps(transaction.journal);
  const removed = new Set<string>(steps.flatMap((step) => (step.kind === 'remove' ? [step.path] : [])));
  return steps.every((step) => isDone(step, transaction) || isFeasible(step, transaction, removed));
}

function isFeasible(step: CommitStep, { root, layout }: OpenTransaction, removed: ReadonlySet<string>): boolean {
  switch (step.kind) {
    case 'remove':
      return digestAt(root, step.path) === step.before.digest;
    case 'file':
      if (digestPlainFile(layout.stagedFile(step.index)) !== step.after.digest || !isReachable(root, step.path)) return false;
      if (step.before !== undefined) return digestAt(root, step.path) === step.before.digest;
      return canBeMade(root, step.path, removed);
    case 'directory':
      return isWhole(layout.stagedDirectory(step.index), step) && canBeMade(root, step.path, removed);
    default:
      return step satisfies never;
  }
}

/** Nothing is in the way but what the transaction removes, or a directory, which the commit replaces only when it is empty; and the parent exists. */
function canBeMade(root: string, path: string, removed: ReadonlySet<string>): boolean {
  const view = new DiskView(root);
  if (view.directoryAt(parentOf(path)) !== 'plain') return false;
  const node = view.nodeAt(path);
  return node === undefined || node.kind === 'directory' || (node.kind === 'file' && removed.has(path));
}

/** Whether a staged directory has exactly the files it should, and no link or anything else. */
function isWhole(staged: string, step: Extract<CommitStep, { kind: 'directory' }>): boolean {
  const expected = new Map(step.files.map((file) => [file.path.slice(step.path.length + 1), file.after.digest]));
  let found = 0;
  const check = (inner: string): boolean =>
    readdirSync(join(staged, inner), { withFileTypes: true }).every((entry) => {
      const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
      if (entry.isDirectory()) return check(path);
      found += 1;
      return expected.has(path) && digestPlainFile(join(staged, path)) === expected.get(path);
    });
  return lstatSync(staged).isDirectory() && check('') && found === expected.size;
}

/** The directories of a transaction are followed when it is settled, so none may be a link. */
function assertPlainDirectories(layout: TransactionLayout): void {
  for (const directory of [layout.directory, layout.staged, layout.replaced]) {
    const stats = lookAt(directory);
    if (stats === undefined || stats.isDirectory()) continue;
    throw new PacksmithError('PATH_BLOCKED', `${directory} is not a plain directory, so the interrupted change in it is left alone`);
  }
}
