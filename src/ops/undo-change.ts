import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import type { GenerationPlan } from '../core/plan/generation-plan.ts';
import { planUndoOf } from '../core/plan/plan-undo.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { Ports } from '../ports/ports.ts';
import type { TransactionRecord } from '../ports/project-dir.ts';

/** The changes to a project that can be taken back, newest first. */
export async function listChanges(_request: object, { project }: Pick<Ports, 'project'>): Promise<readonly TransactionRecord[]> {
  await project.recover();
  return project.listTransactions();
}

/**
 * Plans taking back one change, the newest when no id is given. The plan is applied like any other, and can itself be undone.
 * @throws PacksmithError `UNDO_IMPOSSIBLE` when there is no such change, files were edited since (all are listed), or replaced bytes are gone.
 */
export async function planUndo({ id }: { readonly id?: string }, { project }: Pick<Ports, 'project'>): Promise<GenerationPlan> {
  const record = findRecord(id, await listChanges({}, { project }));
  const disk = await project.survey(record.paths.map(({ path }) => path));
  const wanted = new Set(record.paths.flatMap(({ before }) => (before === undefined ? [] : [before.digest])));
  const replaced = new Map<Digest, Uint8Array>();
  for (const digest of wanted) replaced.set(digest, await project.readReplaced(record.id, digest));
  const plan = planUndoOf({ changes: record.paths, disk, replaced });
  refuseEdited(plan);
  return plan;
}

function findRecord(id: string | undefined, records: readonly TransactionRecord[]): TransactionRecord {
  const record = id === undefined ? records[0] : records.find((candidate) => candidate.id === id);
  if (record !== undefined) return record;
  throw new PacksmithError('UNDO_IMPOSSIBLE', id === undefined ? 'there is no change to take back' : `there is no change ${id}`, {
    hint: '`packs undo --list` shows what can be taken back',
  });
}

function refuseEdited({ paths }: GenerationPlan): void {
  const edited = paths.filter(({ action }) => action === 'conflict');
  if (edited.length === 0) return;
  throw new PacksmithError(
    'UNDO_IMPOSSIBLE',
    `${edited.length === 1 ? 'a file was' : `${edited.length} files were`} changed since: nothing was taken back`,
    {
      diagnostics: edited.map(({ path, reason }) => ({
        code: 'PATH_IN_THE_WAY',
        severity: 'error',
        message: `${path}: ${reason}`,
        where: { file: path },
      })),
      hint: 'undo later changes first, or move your edits of these files away',
    },
  );
}
