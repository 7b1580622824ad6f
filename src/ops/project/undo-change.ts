import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LOCKFILE_PATH, MANIFEST_PATH } from '../../core/lockfile/lockfile.ts';
import type { GenerationPlan, PlannedPath } from '../../core/plan/generation-plan.ts';
import { planUndoOf } from '../../core/plan/plan-undo.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TransactionRecord } from '../../ports/project-dir.ts';
import { describeRan } from './describe-commands.ts';

/** The changes to a project that are kept to be taken back, newest first; or one of them. @throws PacksmithError `UNDO_IMPOSSIBLE` when it is not there, `PROJECT_NOT_FOUND`. */
export async function listChanges(
  { id }: { readonly id?: string },
  { project }: Pick<Ports, 'project'>,
): Promise<readonly TransactionRecord[]> {
  await project.recover();
  const records = await project.listTransactions();
  if (records.length === 0) await requireSomething(project);
  return id === undefined ? records : [findRecord(id, records)];
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
 * Plans taking back one change, the newest when no id is given. An older one goes back where every file that it changed is still as it left it:
 * where later changes are not about the same files, or were taken back. The plan is applied like any other, and can itself be undone.
 * @throws PacksmithError `UNDO_IMPOSSIBLE` when there is no such change, files were changed since (all are listed, with what changed them), or replaced bytes are gone.
 */
export async function planUndo({ id }: { readonly id?: string }, { project }: Pick<Ports, 'project'>): Promise<GenerationPlan> {
  const records = await listChanges({}, { project });
  const record = findRecord(id, records);
  const disk = await project.survey(record.paths.map(({ path }) => path));
  const wanted = new Set(record.paths.flatMap(({ before }) => (before === undefined ? [] : [before.digest])));
  const replaced = new Map<Digest, Uint8Array>();
  for (const digest of wanted) replaced.set(digest, await project.readReplaced(record.id, digest));
  const plan = planUndoOf({ changes: record.paths, disk, replaced });
  refuseChanged(plan, records.slice(0, records.indexOf(record)));
  return { ...plan, warnings: [...plan.warnings, ...(record.operation === 'undo' ? [REDONE] : describeRan(record))] };
}

const REDONE =
  'the change that this takes back is an undo: what that had taken back is there again. To go back further, give the id of an older change; `packs undo --list` shows them';

function findRecord(id: string | undefined, records: readonly TransactionRecord[]): TransactionRecord {
  const record = id === undefined ? records[0] : records.find((candidate) => candidate.id === id);
  if (record !== undefined) return record;
  throw new PacksmithError('UNDO_IMPOSSIBLE', id === undefined ? 'there is no change to take back' : `there is no change ${id}`, {
    hint:
      records.length === 0
        ? 'changes that were made elsewhere, or before a clone, are not kept here'
        : '`packs undo --list` shows what can be taken back',
  });
}

/** @param later the changes since, newest first. */
function refuseChanged({ paths }: GenerationPlan, later: readonly TransactionRecord[]): void {
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
    hint: changers.some(({ by }) => by !== undefined)
      ? '`packs undo` takes changes back one by one, the newest first'
      : 'move your edits of these files away, or keep the change',
  });
}

/** Whether a file is now as a change left it. */
function isLastBy({ paths }: TransactionRecord, { path, before: now }: PlannedPath): boolean {
  return paths.some((change) => change.path === path && change.after?.digest === now?.digest);
}
