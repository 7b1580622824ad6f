import { constants, copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedFile } from '../../core/plan/generation-plan.ts';
import { type ProjectPath, parseProjectPath } from '../../core/tree/project-path.ts';
import { makeDurable } from '../files/durability.ts';
import { lookAt } from '../files/look-at.ts';
import { isDone, isThere, type OpenTransaction } from './commit.ts';
import { DiskView, digestPlainFile, parentOf } from './disk-view.ts';
import { besideName, move, removeFile, removeIfEmpty } from './move.ts';
import { type CommitStep, listSteps, type NewFile } from './steps.ts';

/**
 * Undoes what was done of a transaction, last step first, and removes it. A file that is not as the transaction left it is the user's, and stays:
 * what it had replaced is put beside it.
 *
 * @returns the paths of what was put beside.
 */
export async function takeBack(transaction: OpenTransaction): Promise<ProjectPath[]> {
  const { root, layout, journal, onStep } = transaction;
  onStep('take back');
  // From here on nobody may finish the transaction: half of it will be gone.
  if (!isThere(layout.takingBack)) writeFileSync(layout.takingBack, '', { flag: 'wx' });
  await makeDurable([layout.takingBack, layout.directory], layout.directory);
  const kept: ProjectPath[] = [];
  const touched = new Set<string>();
  for (const step of listSteps(journal).reverse()) {
    const beside = takeBackStep(step, transaction);
    if (beside !== undefined) kept.push(beside);
    touched.add(join(root, parentOf(step.path)));
  }
  await makeDurable([...touched].filter(isThere), layout.directory);
  onStep('taken back');
  removeTransaction(transaction.layout.directory, layout.journal);
  return kept.reverse();
}

/** Removes the journal last: while it is there, the rest is needed, or the removal is begun again. */
export function removeTransaction(directory: string, journal: string): void {
  // Without the journal, what is left is only debris of staging; but the marker must not outlive it, nor it the replaced files.
  rmSync(journal, { force: true });
  rmSync(directory, { recursive: true, force: true });
}

function takeBackStep(step: CommitStep, transaction: OpenTransaction): ProjectPath | undefined {
  const { root, layout, onStep } = transaction;
  removeBeside(root, step.path, layout.id);
  if (step.kind !== 'remove' && !isDone(step, transaction)) return undefined;
  if (step.kind === 'directory') {
    onStep(`withdraw ${step.path}/`);
    withdrawDirectory(root, step.path, step.files);
    return undefined;
  }
  if (step.kind === 'file' && step.before === undefined) {
    onStep(`withdraw ${step.path}`);
    withdrawFile(root, step);
    return undefined;
  }
  onStep(`restore ${step.path}`);
  return lookAt(layout.replacedFile(step.index))?.isFile() === true ? restore(step, transaction) : undefined;
}

/** Puts a replaced file back, unless something else than the transaction's own file is there by now. */
function restore(step: Exclude<CommitStep, { kind: 'directory' }>, transaction: OpenTransaction): ProjectPath | undefined {
  const { root, layout } = transaction;
  const replaced = layout.replacedFile(step.index);
  const target = join(root, step.path);
  const digest = isReachable(root, step.path) && !isThere(target) ? 'absent' : digestAt(root, step.path);
  const isOurs = digest === 'absent' || (step.kind === 'file' && digest === step.after.digest);
  if (isOurs) {
    mkdirSync(join(root, parentOf(step.path)), { recursive: true });
    move(replaced, target, layout.id);
    return undefined;
  }
  if (digest === step.before?.digest) return undefined;
  return putBeside(replaced, step.path, transaction);
}

/** Copies what was replaced to a name of its own; at the root when the directory it was in cannot be reached. */
function putBeside(replaced: string, path: ProjectPath, { root, layout }: OpenTransaction): ProjectPath {
  const isNear = isReachable(root, path);
  const place = isNear ? path : path.replaceAll('/', '~');
  const name = place.slice(place.lastIndexOf('/') + 1);
  const parent = parentOf(place);
  // A name may have 255 bytes, and a character of UTF-16 up to three.
  const beside = parseProjectPath(`${parent === '' ? '' : `${parent}/`}${[...name].slice(0, 60).join('').trim()}.packsmith-${layout.id}`);
  if (isNear) mkdirSync(join(root, parent), { recursive: true });
  if (!isThere(join(root, beside))) copyFileSync(replaced, join(root, beside), constants.COPYFILE_EXCL);
  return beside;
}

function withdrawDirectory(root: string, directory: string, files: readonly NewFile[]): void {
  const inner = new Set<string>();
  for (const file of files) {
    withdrawFile(root, file);
    for (let parent = parentOf(file.path); parent.length >= directory.length; parent = parentOf(parent)) inner.add(parent);
  }
  const view = new DiskView(root);
  const innermostFirst = [...inner].sort((a, b) => b.length - a.length);
  for (const path of innermostFirst) if (view.directoryAt(path) === 'plain') removeIfEmpty(join(root, path));
}

function withdrawFile(root: string, { path, after }: { readonly path: ProjectPath; readonly after: PlannedFile }): void {
  if (digestAt(root, path) === after.digest) removeFile(join(root, path));
}

/** Removes what a crash left of a copy beside a path. */
export function removeBeside(root: string, path: string, id: string): void {
  if (isReachable(root, path) && isThere(besideName(join(root, path), id))) rmSync(besideName(join(root, path), id), { recursive: true });
}

/** The digest of a plain file that is reached through plain directories. */
export function digestAt(root: string, path: string): string | undefined {
  return isReachable(root, path) ? digestPlainFile(join(root, path)) : undefined;
}

/** Whether the way to a path has only plain directories, as far as it exists. */
export function isReachable(root: string, path: string): boolean {
  return typeof new DiskView(root).directoryAt(parentOf(path)) === 'string';
}
