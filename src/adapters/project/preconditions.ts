import { accessSync, constants, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import { isExecutable } from '../../core/tree/file-tree.ts';
import { foldPath } from '../../core/tree/project-path.ts';
import { lookAt } from '../files/look-at.ts';
import { throwIfAborted } from '../files/time-slice.ts';
import { type DiskNode, DiskView, parentOf } from './disk-view.ts';
import type { PlannedChange } from './planned-changes.ts';

/** What the check found, so that staging and committing need not look again. */
export interface CheckedProject {
  /** The files that will be replaced or removed, as they were when they were read. */
  readonly stats: ReadonlyMap<string, Stats>;
  /** The topmost directories that do not exist, each made as a whole; no two contain one another. */
  readonly newDirectories: readonly string[];
}

/**
 * Checks that every path of a plan is as it was when the plan was made, and can be changed.
 *
 * @throws PacksmithError `PROJECT_CHANGED` with one diagnostic for each path that differs, or `PATH_BLOCKED` when links and the like are all
 * that is wrong; `PERMISSION_DENIED` when a directory may not be written.
 */
export async function checkPreconditions(
  root: string,
  changes: readonly PlannedChange[],
  signal: AbortSignal | undefined,
): Promise<CheckedProject> {
  const removed = new Set<string>(changes.filter((change) => change.after === undefined).map((change) => change.path));
  const view = new DiskView(root, removed);
  const stats = new Map<string, Stats>();
  const newDirectories = new Set<string>();
  const findings: Diagnostic[] = isCaseInsensitive(root) ? findFoldCollisions(changes) : [];
  for (const [index, change] of changes.entries()) {
    if (index % 64 === 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      throwIfAborted(signal);
    }
    // Only a file that must be there is read; one that must not be there is in the way whatever is in it. It is looked at before it is read, so
    // that whoever writes to it meanwhile is noticed.
    const node = view.nodeAt(change.path);
    const entry = change.before === undefined ? node : await view.entryOf(change.path, node);
    const finding = checkChange(root, change, entry, removed);
    if (finding !== undefined) findings.push(finding);
    noteReplaced(change, node, stats);
    const missing = change.after === undefined ? undefined : view.topmostMissing(change.path);
    if (missing !== undefined) newDirectories.add(missing);
  }
  if (findings.length > 0) throw describe(findings);
  checkAccess(root, changes, newDirectories);
  return { stats, newDirectories: [...newDirectories] };
}

function noteReplaced({ path, before }: PlannedChange, node: DiskNode | undefined, stats: Map<string, Stats>): void {
  if (before !== undefined && node?.kind === 'file') stats.set(path, node.stats);
}

/** Whether a file is still the one that was checked, as far as can be told without reading it. */
export function isSameFile(full: string, checked: Stats): boolean {
  const now = lookAt(full);
  return now !== undefined && now.ino === checked.ino && now.size === checked.size && now.mtimeMs === checked.mtimeMs;
}

function checkChange(
  root: string,
  change: PlannedChange,
  entry: DiskNode | DiskEntry | undefined,
  removed: ReadonlySet<string>,
): Diagnostic | undefined {
  if (entry === undefined) return change.before === undefined ? undefined : changed(change, 'was deleted');
  switch (entry.kind) {
    case 'file':
      return checkFile(change, entry);
    case 'directory':
      if (change.before === undefined && isEmptiedBy(root, change.path, removed)) return undefined;
      return changed(change, 'is a directory now');
    case 'link':
      return blocked(change, entry.leadsOut ? 'is a link that leads out of the project' : 'is a link');
    case 'blocked':
      return blocked(change, `cannot be reached: ${entry.by} is ${entry.isLink ? 'a link' : 'not a directory'}`);
    case 'other':
      return blocked(change, 'is neither a file nor a directory');
    default:
      return entry satisfies never;
  }
}

function checkFile(change: PlannedChange, entry: DiskEntry | { readonly kind: 'file'; readonly stats: Stats }): Diagnostic | undefined {
  if (change.before === undefined) return changed(change, 'is there already');
  if (!('digest' in entry)) return undefined;
  if (entry.digest !== change.before.digest) return changed(change, 'was edited');
  if (isExecutable(entry.mode) === isExecutable(change.before.mode)) return undefined;
  return changed(change, `was made ${isExecutable(entry.mode) ? 'executable' : 'not executable'}`);
}

/** Whether a directory will be empty once these files are removed; false when none of them is in it. */
function isEmptiedBy(root: string, path: string, removed: ReadonlySet<string>): boolean {
  if (![...removed].some((file) => file.startsWith(`${path}/`))) return false;
  const isAllRemoved = (directory: string): boolean =>
    readdirSync(join(root, directory), { withFileTypes: true }).every((entry) => {
      const inner = `${directory}/${entry.name}`;
      return entry.isDirectory() ? isAllRemoved(inner) : removed.has(inner);
    });
  return isAllRemoved(path);
}

/** Whether the file system sees `.packsmith/LOCAL` as `.packsmith/local`, which exists by now. */
function isCaseInsensitive(root: string): boolean {
  const [lower, upper] = ['local', 'LOCAL'].map((name) => lookAt(join(root, '.packsmith', name)));
  return lower !== undefined && upper !== undefined && lower.ino === upper.ino;
}

/** The planned files that would overwrite one another on a file system that ignores case or Unicode form. */
export function findFoldCollisions(changes: readonly PlannedChange[]): Diagnostic[] {
  const seen = new Map<string, string>();
  const findings: Diagnostic[] = [];
  for (const change of changes) {
    if (change.after === undefined) continue;
    const folded = foldPath(change.path);
    const other = seen.get(folded);
    if (other === undefined) seen.set(folded, change.path);
    else findings.push(blocked(change, `and ${other} are the same file on this file system`));
  }
  return findings;
}

function checkAccess(root: string, changes: readonly PlannedChange[], newDirectories: ReadonlySet<string>): void {
  const parents = new Set([...newDirectories].map(parentOf));
  for (const change of changes) {
    const parent = parentOf(change.path);
    if (!isWithinAny(parent, newDirectories)) parents.add(parent);
  }
  for (const parent of parents) accessSync(join(root, parent), constants.W_OK | constants.X_OK);
}

function isWithinAny(path: string, directories: ReadonlySet<string>): boolean {
  for (let current = path; current !== ''; current = parentOf(current)) if (directories.has(current)) return true;
  return false;
}

function changed(change: PlannedChange, what: string): Diagnostic {
  return { code: 'PATH_NOT_AS_PLANNED', severity: 'error', message: `${change.path} ${what}`, where: { file: change.path } };
}

function blocked(change: PlannedChange, what: string): Diagnostic {
  return { code: 'PATH_NOT_PLAIN', severity: 'error', message: `${change.path} ${what}`, where: { file: change.path } };
}

function describe(findings: readonly Diagnostic[]): PacksmithError {
  const list = findings.map((finding) => `\n  ${finding.message}`).join('');
  if (findings.every((finding) => finding.code === 'PATH_NOT_PLAIN')) {
    return new PacksmithError('PATH_BLOCKED', `the project cannot be changed, and was left as it is:${list}`, { diagnostics: findings });
  }
  const hint = 'run the command again: it plans anew from what is there';
  return new PacksmithError('PROJECT_CHANGED', `the project is not as it was when the plan was made, and was left as it is:${list}`, {
    diagnostics: findings,
    hint,
  });
}
