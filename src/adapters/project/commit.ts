import { mkdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { lookAt } from '../files/look-at.ts';
import { DiskView, digestPlainFile, parentOf } from './disk-view.ts';
import type { Journal } from './journal.ts';
import type { TransactionLayout } from './layout.ts';
import { keep, move, removeIfEmpty } from './move.ts';
import { isSameFile } from './preconditions.ts';
import { type CommitStep, listSteps } from './steps.ts';

/** A transaction past its point of no return. */
export interface OpenTransaction {
  readonly root: string;
  readonly layout: TransactionLayout;
  readonly journal: Journal;
  /** Called before each change on disk; see `NodeProjectDirOptions`. */
  readonly onStep: (step: string) => void;
}

/**
 * Performs the steps of a journal that are not done yet. Every step is one rename, and can be told to be done by what is left: a staged file
 * that is gone was placed, a removed file is among the replaced ones.
 *
 * @param checked of a transaction that was not begun yet, the files to replace as they were checked; one that changed since stops the commit.
 * @returns the directories whose entries changed, to be made durable.
 * @throws PacksmithError `PROJECT_CHANGED`; any failed system call. The caller then takes back what was done.
 */
export function commit(transaction: OpenTransaction, checked?: ReadonlyMap<string, Stats>): Set<string> {
  const { root, layout, journal } = transaction;
  const touched = new Set<string>();
  if (journal.changes.some((change) => change.before !== undefined)) mkdirSync(layout.replaced, { recursive: true });
  const emptied = new Set<string>(journal.emptied);
  for (const step of listSteps(journal)) {
    touched.add(parentOf(step.path));
    if (checked !== undefined || !isDone(step, transaction)) {
      const stats = step.kind === 'directory' ? undefined : checked?.get(step.path);
      if (stats !== undefined && !isSameFile(join(root, step.path), stats)) throw changedMeanwhile(step.path);
      perform(step, transaction);
    }
    // Also after a removal done earlier: a kill may have come between the two.
    if (step.kind === 'remove') removeEmptyParents(step.path, emptied, transaction);
  }
  for (const directory of emptied) touched.add(parentOf(directory));
  return new Set([layout.replaced, ...[...touched].map((path) => join(root, path))].filter(isThere));
}

/** Whether a step was performed. */
export function isDone(step: CommitStep, { root, layout }: Pick<OpenTransaction, 'root' | 'layout'>): boolean {
  switch (step.kind) {
    case 'file':
      return !isThere(layout.stagedFile(step.index));
    case 'directory':
      return !isThere(layout.stagedDirectory(step.index));
    case 'remove': {
      const target = join(root, step.path);
      // A copy that could not be a rename may be there before the file is gone; then the file is still as it was.
      return !isThere(target) || (isThere(layout.replacedFile(step.index)) && digestPlainFile(target) !== step.before.digest);
    }
    default:
      return step satisfies never;
  }
}

export function isThere(full: string): boolean {
  return lookAt(full) !== undefined;
}

function perform(step: CommitStep, transaction: OpenTransaction): void {
  const { root, layout, onStep } = transaction;
  const target = join(root, step.path);
  switch (step.kind) {
    case 'remove':
      onStep(`remove ${step.path}`);
      move(target, layout.replacedFile(step.index), layout.id);
      return;
    case 'file':
      if (step.before === undefined) clearWay(target, step.path);
      else {
        onStep(`keep ${step.path}`);
        keep(target, layout.replacedFile(step.index));
      }
      onStep(`place ${step.path}`);
      move(layout.stagedFile(step.index), target, layout.id);
      return;
    case 'directory':
      onStep(`place ${step.path}/`);
      clearWay(target, step.path);
      move(layout.stagedDirectory(step.index), target, layout.id);
      return;
    default:
      step satisfies never;
  }
}

/** Makes sure that nothing is overwritten: an empty directory may go, and anything else stops the commit. */
function clearWay(target: string, path: string): void {
  const stats = lookAt(target);
  if (stats === undefined) return;
  if (!stats.isDirectory() || !removeIfEmpty(target)) throw changedMeanwhile(path);
}

function removeEmptyParents(path: string, emptied: ReadonlySet<string>, { root, onStep }: OpenTransaction): void {
  for (let parent = parentOf(path); emptied.has(parent); parent = parentOf(parent)) {
    const state = new DiskView(root).directoryAt(parent);
    if (state === 'missing') continue;
    if (state !== 'plain') return;
    onStep(`clear ${parent}/`);
    if (!removeIfEmpty(join(root, parent))) return;
  }
}

function changedMeanwhile(path: string): PacksmithError {
  return new PacksmithError(
    'PROJECT_CHANGED',
    `${path} was changed by another program at this very moment; the project was left as it was`,
    {
      diagnostics: [{ code: 'PATH_NOT_AS_PLANNED', severity: 'error', message: `${path} was changed meanwhile`, where: { file: path } }],
      hint: 'run the command again: it plans anew from what is there',
    },
  );
}
