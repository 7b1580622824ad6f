import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LOCKFILE_PATH, MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import { PENDING_PATH } from '../../core/lockfile/pending.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { planUndoOf } from '../../core/plan/plan-undo.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TransactionRecord } from '../../ports/project-dir.ts';
import { readHistory } from './changes-in-effect.ts';
import { describeRan } from './describe-commands.ts';
import { findPendingChange } from './find-pending-change.ts';

/** A change that is kept, and what became of it. */
export interface ListedChange extends TransactionRecord {
  /** The undo that took it back, as far as later ones left it so; of an undo the one that did its change again. */
  readonly takenBackBy?: string;
}

/** The changes to a project that are kept to be taken back, newest first; or one of them. @throws PacksmithError `UNDO_IMPOSSIBLE` when it is not there, `PROJECT_NOT_FOUND`. */
export async function listChanges({ id }: { readonly id?: string }, { project }: Pick<Ports, 'project'>): Promise<readonly ListedChange[]> {
  await project.recover();
  const records = await project.listTransactions();
  if (records.length === 0) await requireSomething(project);
  const { takenBackBy } = readHistory(records);
  const listed = records.map((record): ListedChange => {
    const by = takenBackBy.get(record.id);
    return by === undefined ? record : { ...record, takenBackBy: by };
  });
  return id === undefined ? listed : [findRecord(id, listed)];
}

/** A project whose changes are not kept has nothing to take back; a directory that is none was likely not meant. */
async function requireSomething(project: Ports['project']): Promise<void> {
  const records = await project.survey([MANIFEST_PATH, LOCKFILE_PATH]);
  if (records.size > 0) return;
  throw new PacksmithError('PROJECT_NOT_FOUND', `${project.root} is not a packsmith project, and packsmith changed nothing in it`, {
    hint: 'run the command in the project, or name its directory with `--cwd DIR`',
  });
}

/**
 * Plans taking back one change; when no id is given, the newest that was not taken back, so that repeated undos go back step by step. An older one goes back where every file that it changed is still as it left it:
 * where later changes are not about the same files, or were taken back. The plan is applied like any other, and can itself be undone.
 * @throws PacksmithError `UNDO_IMPOSSIBLE` when there is no such change, files were changed since (all are listed, with what changed them), or replaced bytes are gone.
 */
export async function planUndo({ id }: { readonly id?: string }, { project }: Pick<Ports, 'project'>): Promise<GenerationPlan> {
  const records = await listChanges({}, { project });
  const record = id === undefined ? findNewest(records) : findRecord(id, records);
  const disk = await project.survey(record.paths.map(({ path }) => path));
  const wanted = new Set(record.paths.flatMap(({ before }) => (before === undefined ? [] : [before.digest])));
  const replaced = new Map<Digest, Uint8Array>();
  for (const digest of wanted) replaced.set(digest, await project.readReplaced(record.id, digest));
  const plan = planUndoOf({ changes: record.paths, disk, replaced });
  const pending = await findPendingChange({ project });
  refuseChanged(plan, { record, records, pending });
  const redone = record.operation === 'undo' ? [REDONE] : describeRan(record);
  return { ...plan, warnings: [...plan.warnings, ...redone, ...describeWaiting(plan)] };
}

const REDONE = 'the change that this takes back is an undo: what that had taken back is there again';

const ABORT = '`packs update --abort`';

/** Taking back that a change was recorded brings the state before, in which it waits. */
function describeWaiting({ paths }: GenerationPlan): string[] {
  const waits = paths.some(({ path, action }) => path === PENDING_PATH && action === 'create');
  return waits ? [`the change waits to be recorded again: ${ABORT} takes all of it back, \`packs update --continue\` records it`] : [];
}

function findNewest(records: readonly TransactionRecord[]): TransactionRecord {
  const [newest] = readHistory(records).inEffect;
  if (newest !== undefined) return newest;
  const [last] = records;
  if (last === undefined)
    throw new PacksmithError('UNDO_IMPOSSIBLE', 'there is no change to take back', {
      hint: 'changes that were made elsewhere, or before a clone, are not kept here',
    });
  throw new PacksmithError('UNDO_IMPOSSIBLE', 'every change that is kept was taken back already', {
    hint: `\`packs undo ${last.id}\` does the last one that was taken back again; \`packs undo --list\` shows all`,
  });
}

function findRecord<Kept extends TransactionRecord>(id: string, records: readonly Kept[]): Kept {
  const record = records.find((candidate) => candidate.id === id);
  if (record !== undefined) return record;
  throw new PacksmithError('UNDO_IMPOSSIBLE', `there is no change ${id}`, { hint: '`packs undo --list` shows what can be taken back' });
}

interface UndoFacts {
  readonly record: TransactionRecord;
  /** All changes, newest first. */
  readonly records: readonly TransactionRecord[];
  /** The change that waits to be recorded. */
  readonly pending: TransactionRecord | undefined;
}

function refuseChanged({ paths }: GenerationPlan, facts: UndoFacts): void {
  const later = facts.records.slice(0, facts.records.indexOf(facts.record));
  const changed = paths.filter(({ action }) => action === 'conflict');
  if (changed.length === 0) return;
  const changers = changed.map((path) => ({ path, by: later.find((record) => isLastBy(record, path)) }));
  const diagnostics = changers.map(({ path: { path, reason }, by }): Diagnostic => {
    const whose = by === undefined ? '' : ` by ${by.operation}, the change ${by.id}`;
    return { code: 'PATH_IN_THE_WAY', severity: 'error', message: `${path}: ${reason}${whose}`, where: { file: path } };
  });
  const files = changed.length === 1 ? 'a file was' : `${changed.length} files were`;
  throw new PacksmithError('UNDO_IMPOSSIBLE', `${files} changed since: nothing was taken back`, {
    diagnostics,
    hint: describeWay(changed, facts),
  });
}

/** How a change that cannot be taken back now can be. */
function describeWay(changed: readonly PlannedPath[], { record, records, pending }: UndoFacts): string {
  if (record.id === pending?.id) return `${ABORT} takes this change back, whatever was edited since`;
  const { inEffect: standing, takenBackBy } = readHistory(records);
  const by = takenBackBy.get(record.id);
  if (by !== undefined) return `it was taken back already, by the change ${by}; \`packs undo --list\` shows all changes`;
  const files = new Set(changed.map(({ path }) => path));
  const later = standing.filter(({ id, paths }) => id > record.id && paths.some(({ path }) => files.has(path)));
  if (later.length === 0) return 'move your edits of these files away, or keep the change';
  const first = later.slice(0, NAMED).map(({ id }) => `\`packs undo ${id}\``);
  const isPending = record.paths.some(({ path, before }) => path === PENDING_PATH && before === undefined);
  const last = isPending ? ABORT : `\`packs undo ${record.id}\``;
  return `take back first what was done since, then this: ${[...first, ...(later.length > NAMED ? ['…'] : []), last].join(', ')}`;
}

const NAMED = 5;

/** Whether a file is now as a change left it. */
function isLastBy({ paths }: TransactionRecord, { path, before: now }: PlannedPath): boolean {
  return paths.some((change) => change.path === path && change.after?.digest === now?.digest);
}
