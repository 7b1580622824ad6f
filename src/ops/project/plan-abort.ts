import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { PENDING_PATH, type Pending } from '../../core/lockfile/pending.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { planUndoOf } from '../../core/plan/plan-undo.ts';
import { compareText } from '../../core/text/compare-text.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { RecordedChange } from '../../ports/project-dir.ts';
import { freeName } from '../reconcile/free-name.ts';
import { describeRan } from './describe-commands.ts';
import { findPendingChange } from './find-pending-change.ts';
import { requirePending } from './finish-update.ts';

/**
 * Plans taking back a change that left conflicts, whatever was edited since in the files it is about; the plan can itself be undone. What was
 * settled goes with the change, and is named. Other files that were edited since are kept as copies, `PATH.bak`.
 * @throws PacksmithError `NOTHING_PENDING`, `UNDO_IMPOSSIBLE` when the change is no longer in the undo log.
 */
export async function planAbort(_request: object, ports: Pick<Ports, 'project' | 'reporter'>): Promise<GenerationPlan> {
  const pending = await requirePending(ports);
  const { project } = ports;
  const record = await findPendingChange(ports);
  if (record === undefined)
    throw new PacksmithError('UNDO_IMPOSSIBLE', 'what the change replaced is no longer kept', {
      hint: 'restore the project from version control',
    });
  const disk = await project.survey(record.paths.map(({ path }) => path));
  const replaced = new Map<Digest, Uint8Array>();
  for (const { before } of record.paths)
    if (before !== undefined) replaced.set(before.digest, await project.readReplaced(record.id, before.digest));
  // What is there now is taken for what the change left. A file that was only in between is gone already.
  const changes = record.paths
    .filter(({ path, before }) => before !== undefined || disk.has(path))
    .map(({ path, before }) => ({ path, ...(before && { before }), ...currentAsAfter(disk.get(path)) }));
  const plan = planUndoOf({ changes, disk, replaced });
  const { paths, warnings } = await keepEdits({ pending, changes: record.paths, disk }, ports);
  const sorted = [...plan.paths, ...paths].sort((a, b) => compareText(a.path, b.path));
  return { ...plan, paths: sorted, warnings: [...warnings, ...describeRan(record)] };
}

interface AbortedChange {
  readonly pending: Pending;
  readonly changes: readonly RecordedChange[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
}

/** Copies of what was edited since and is no part of settling, and what to say of all that was. */
async function keepEdits({ pending, changes, disk }: AbortedChange, { project }: Pick<Ports, 'project'>) {
  const settling = new Set(pending.conflicts.flatMap(({ path, beside = path }) => [path, beside]));
  const edited = findEdited(changes, disk);
  const others = edited.filter(({ path }) => !settling.has(path));
  const restored = changes.filter(({ before }) => before !== undefined).map(({ path }) => path);
  const copies: PlannedPath[] = [];
  for (const { path, after } of others) {
    const common = { class: 'backup', action: 'create', reason: `your edited ${path}`, packs: [], template: '', after } as const;
    // What becomes a file again cannot have the copy below it.
    const parent = restored.find((other) => path.startsWith(`${other}/`)) ?? path;
    copies.push({ path: await freeName(parent, '.bak', project, path.slice(parent.length)), ...common });
  }
  const gone = edited.flatMap(({ path }) => (settling.has(path) ? [path] : []));
  return { paths: copies, warnings: [...describeCopies(others, copies), ...describeGone(gone)] };
}

type EditedFile = Required<Pick<PlannedPath, 'path' | 'after'>>;

/** The files with bytes that are neither what the change left nor what it replaced. */
function findEdited(changes: readonly RecordedChange[], disk: AbortedChange['disk']): EditedFile[] {
  return changes.flatMap(({ path, before, after }) => {
    const entry = disk.get(path);
    if (entry?.kind !== 'file' || entry.digest === after?.digest || entry.digest === before?.digest || path === PENDING_PATH) return [];
    return [{ path, after: { digest: entry.digest, mode: entry.mode } }];
  });
}

function describeCopies(files: readonly EditedFile[], copies: readonly PlannedPath[]): string[] {
  const each = files.map(({ path }, index) => `${path} in ${copies[index]?.path}`);
  return each.length === 0 ? [] : [`edited since the change, and kept as copies beside what is there again: ${nameSome(each)}`];
}

function describeGone(paths: readonly string[]): string[] {
  return paths.length === 0
    ? []
    : [
        `what was settled goes with the change, and comes back where the abort is taken back, which \`packs undo --list\` names: ${nameSome(paths)}`,
      ];
}

const NAMED = 10;

function nameSome(texts: readonly string[]): string {
  const more = texts.length - NAMED;
  return `${texts.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function currentAsAfter(entry: DiskEntry | undefined): Pick<RecordedChange, 'after'> {
  return entry?.kind === 'file' ? { after: { digest: entry.digest, mode: entry.mode } } : {};
}
