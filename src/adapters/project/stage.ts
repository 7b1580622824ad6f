import { chmodSync, lstatSync, mkdirSync, type Stats, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { DEFAULT_MODE, EXECUTABLE_MODE, type FileMode, isExecutable } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import { forEachInSlices } from '../files/time-slice.ts';
import { nativeHash } from '../hash.ts';
import { parentOf, readPlainFile } from './disk-view.ts';
import type { TransactionLayout } from './layout.ts';
import type { PlannedChange } from './planned-changes.ts';
import { DirectoryOwners } from './steps.ts';

export interface StageRequest {
  readonly root: string;
  readonly layout: TransactionLayout;
  readonly changes: readonly PlannedChange[];
  readonly directories: readonly ProjectPath[];
  /** The files that will be replaced, as they are. */
  readonly stats: ReadonlyMap<string, Stats>;
  readonly signal?: AbortSignal | undefined;
  readonly onSlice: (done: number) => void;
  readonly onStep: (step: string) => void;
}

/**
 * Writes what will be, beside the project: single files by number, new directories whole.
 *
 * @returns every file and directory made, to be made durable.
 * @throws PacksmithError `PLAN_INVALID` when a content is not what its digest says, `INTERRUPTED`.
 */
export async function stageContents(request: StageRequest): Promise<string[]> {
  const { layout } = request;
  const made = [layout.directory, layout.staged];
  mkdirSync(layout.staged);
  const owners = new DirectoryOwners(request.directories);
  const madeDirectories = new Set<string>();
  const masked = new Map<number, boolean>();
  for (const index of request.directories.keys()) makeDirectory(layout.stagedDirectory(index));
  await forEachInSlices(request.changes, (change, index) => stageOne(change, index), request);
  return made;

  function makeDirectory(full: string): void {
    mkdirSync(full);
    made.push(full);
    madeDirectories.add(full);
  }

  function stageOne(change: PlannedChange, index: number): void {
    if (change.after === undefined) return;
    request.onStep(`stage ${change.path}`);
    const full = locate(change.path, index);
    writeStaged(full, readContent(request.root, change), chooseMode(change.after.mode, request.stats.get(change.path)), masked);
    made.push(full);
  }

  function locate(path: ProjectPath, index: number): string {
    const owner = owners.find(path);
    if (owner === undefined) return layout.stagedFile(index);
    const base = layout.stagedDirectory(owner.index);
    const inner = path.slice(owner.path.length + 1);
    ensureInner(base, parentOf(inner));
    return join(base, inner);
  }

  function ensureInner(base: string, inner: string): void {
    const full = join(base, inner);
    if (inner === '' || madeDirectories.has(full)) return;
    ensureInner(base, parentOf(inner));
    makeDirectory(full);
  }
}

/** Permission bits to create a file with, and bits to force on it beyond what the umask leaves. */
interface CreationMode {
  readonly open: number;
  readonly force?: number;
}

/**
 * A new file gets what the umask leaves of the usual bits, as any program's does, unless the plan asks for others. A file that replaces one
 * keeps its permissions but for the execute bits, so that a private file stays private.
 */
function chooseMode(wanted: FileMode, replaced: Stats | undefined): CreationMode {
  if (wanted !== DEFAULT_MODE && wanted !== EXECUTABLE_MODE) return { open: wanted & 0o777 };
  if (replaced === undefined) return { open: isExecutable(wanted) ? 0o777 : 0o666 };
  const kept = replaced.mode & 0o777;
  const isSame = isExecutable(kept) === isExecutable(wanted);
  const force = isSame ? kept : isExecutable(wanted) ? kept | ((kept & 0o444) >> 2) : kept & ~0o111;
  return { open: force, force };
}

/** @param masked which bits the umask has been seen to cut, so that it is asked once for each. */
function writeStaged(full: string, content: Uint8Array | string, { open, force }: CreationMode, masked: Map<number, boolean>): void {
  writeFileSync(full, content, { flag: 'wx', mode: open });
  if (force === undefined) return;
  const isMasked = masked.get(force) ?? (lstatSync(full).mode & 0o777) !== force;
  masked.set(force, isMasked);
  if (isMasked) chmodSync(full, force);
}

function readContent(root: string, change: PlannedChange): Uint8Array | string {
  const content = readSource(root, change);
  if (nativeHash(content) === change.after?.digest) return content;
  if (change.source !== undefined && 'copyOf' in change.source) {
    throw new PacksmithError(
      'PROJECT_CHANGED',
      `${change.source.copyOf} was edited while the project was being changed; it was left as it is`,
    );
  }
  throw new PacksmithError('PLAN_INVALID', `the content of ${change.path} in the plan is not what its digest says`);
}

function readSource(root: string, { source, path }: PlannedChange): Uint8Array | string {
  if (source === undefined) throw new TypeError(`no source for ${path}`);
  if ('text' in source) return source.text;
  if ('base64' in source) return Buffer.from(source.base64, 'base64');
  return readPlainFile(join(root, source.copyOf)) ?? '';
}
