import type { Digest } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import { isExecutable } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { GenerationPlan, PlannedFile, PlannedPath } from './generation-plan.ts';
import { toPlannedContents } from './planned-contents.ts';

/** One path of a finished change: what was there and what was left. */
export interface FinishedChange {
  readonly path: ProjectPath;
  readonly before?: PlannedFile;
  readonly after?: PlannedFile;
}

export interface UndoRequest {
  readonly changes: readonly FinishedChange[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  /** The bytes that the change replaced. */
  readonly replaced: ReadonlyMap<Digest, Uint8Array>;
}

/** Plans the inverse of a finished change. A path that is no longer as the change left it is a conflict and keeps its bytes. Packsmith's records go last, as in any plan. */
export function planUndoOf({ changes, disk, replaced }: UndoRequest): GenerationPlan {
  const leaving = new Set<string>(
    changes.filter(({ before, after, path }) => !before && isLeft(disk.get(path), after)).map(({ path }) => path),
  );
  const paths = changes.map((change) => planInverse(change, withoutLeaving(change, disk.get(change.path), leaving)));
  const contents = toPlannedContents([replaced]);
  return { format: 1, operation: 'undo', packs: [], answers: [], paths, decisions: [], conflicts: [], contents, hooks: [], warnings: [] };
}

function planInverse({ path, before, after }: FinishedChange, entry: DiskEntry | undefined): PlannedPath {
  const common = { path, packs: [], template: '' } as const;
  const current = entry?.kind === 'file' ? { digest: entry.digest, mode: entry.mode } : undefined;
  const isAsLeft = entry === undefined ? after === undefined : current !== undefined && isSame(current, after);
  if (!isAsLeft) {
    const what = entry === undefined ? 'deleted' : 'changed';
    return {
      ...common,
      class: 'edited',
      action: 'conflict',
      reason: `${what} since`,
      ...(current === undefined ? {} : { before: current }),
    };
  }
  if (before === undefined)
    return { ...common, class: 'obsolete', action: 'delete', reason: 'was not there before', ...(current && { before: current }) };
  if (current === undefined) return { ...common, class: 'new', action: 'create', reason: 'was deleted', after: before };
  return { ...common, class: 'refreshed', action: 'update', reason: 'was changed', before: current, after: before };
}

/** Nothing, where what stands in the way of a removed file is what the change put there, and goes with it; apply looks whether there is more. */
function withoutLeaving(
  { path, after }: FinishedChange,
  entry: DiskEntry | undefined,
  leaving: ReadonlySet<string>,
): DiskEntry | undefined {
  if (after !== undefined) return entry;
  if (entry?.kind === 'blocked' && !entry.isLink && leaving.has(entry.by)) return undefined;
  return entry?.kind === 'directory' && [...leaving].some((other) => other.startsWith(`${path}/`)) ? undefined : entry;
}

function isLeft(entry: DiskEntry | undefined, after: PlannedFile | undefined): boolean {
  return entry?.kind === 'file' && isSame(entry, after);
}

function isSame(current: PlannedFile, after: PlannedFile | undefined): boolean {
  return after !== undefined && current.digest === after.digest && isExecutable(current.mode) === isExecutable(after.mode);
}
