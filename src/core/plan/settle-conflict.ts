import type { DesiredFile } from '../compose/desired-tree.ts';
import type { Decision } from '../reconcile/decision-table.ts';
import type { Digest, Hash } from '../tree/digest.ts';
import { DEFAULT_MODE, EXECUTABLE_MODE, type FileMode, isExecutable } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PlannedPath } from './generation-plan.ts';

/**
 * What happens to what cannot be merged: `refuse` makes it a conflict that stops apply; `overwrite` and `theirs` take the pack's version,
 * `ours` the user's; `markers` leaves both in the file, `reject` puts the pack's version beside it, and both ask to be settled.
 */
export type ConflictPolicy = 'refuse' | 'overwrite' | 'markers' | 'reject' | 'ours' | 'theirs';

/** A merge of what the user and the pack have at one path. `marked` is absent where the file is not text. */
export type FileMerge =
  | { readonly kind: 'merged'; readonly content: Uint8Array }
  | {
      readonly kind: 'conflict';
      readonly marked: Uint8Array | undefined;
      /** The merge with one side's version where both changed the same; absent where the file cannot be taken apart. */
      readonly sided?: (side: 'ours' | 'theirs') => Uint8Array | undefined;
    };

/** Merges the user's file at a path with what the packs want of it: three-way where its last generation is stored, else two-way. */
export type MergeFile = (path: ProjectPath, desired: DesiredFile) => FileMerge;

export interface ConflictRequest {
  readonly file: DesiredFile;
  /** The permissions as they were generated last; absent where the file is new. */
  readonly generatedMode: FileMode | undefined;
  readonly policy: ConflictPolicy;
  readonly hash: Hash;
  readonly merge: MergeFile;
  /** Receives the bytes that a merge makes. */
  readonly contents: Map<Digest, Uint8Array>;
}

/** A path whose row of the decision table asks for a merge, or is a conflict. */
export type Undecided = Omit<PlannedPath, 'action'> & Pick<Decision, 'action'>;

/** Turns `merge` and `conflict` into what the merge and the policy give. */
export function settleConflict(planned: Undecided, request: ConflictRequest): PlannedPath {
  const { file, policy, merge } = request;
  const { action } = planned;
  if (action !== 'merge' && action !== 'conflict') return { ...planned, action };
  if (planned.before === undefined) return leaveObstacle(planned, request);
  if (action === 'conflict' && file.onExists === 'keep')
    return { ...planned, action: 'keep', reason: 'the pack leaves a file of yours alone' };
  if (action === 'conflict' && file.onExists === 'fail') return { ...planned, action: 'conflict' };
  if (action === 'conflict' && file.onExists === 'overwrite') return takeTheirs(planned, 'overwritten, as the pack asks');
  if (file.wholeOf === 'ours') return { ...planned, action: 'keep', reason: `${planned.reason}; the template leaves it to you` };
  if (file.wholeOf === 'theirs') return takeTheirs(planned, 'the template writes it anew');
  // Without a stored base, files that merely stand in the way are united only where a conflict can be left for later.
  const isMerged = action === 'merge' || !(policy === 'refuse' || policy === 'overwrite');
  const outcome: FileMerge = isMerged ? merge(planned.path, file) : { kind: 'conflict', marked: undefined };
  return outcome.kind === 'merged' ? takeMerged(planned, outcome.content, request) : leaveConflict(planned, outcome, request);
}

function takeMerged(planned: Undecided, content: Uint8Array, request: ConflictRequest): PlannedPath {
  const { before } = planned;
  const digest = request.hash(content);
  const mode = mergedMode(planned, request);
  request.contents.set(digest, content);
  const isKept = digest === before?.digest && isExecutable(mode) === isExecutable(before.mode);
  return { ...planned, action: isKept ? 'keep' : 'update', reason: `${planned.reason}; merged`, after: { digest, mode } };
}

/** Executable as the pack has it now where the pack changed that, else as the user has it. A new file that meets one of the user's leaves it executable. */
function mergedMode({ before }: Undecided, { file, generatedMode }: ConflictRequest): FileMode {
  if (before === undefined || isExecutable(before.mode) === isExecutable(file.mode)) return file.mode;
  const isChanged = generatedMode === undefined ? isExecutable(file.mode) : isExecutable(file.mode) !== isExecutable(generatedMode);
  if (isChanged) return file.mode;
  return isExecutable(before.mode) ? EXECUTABLE_MODE : DEFAULT_MODE;
}

function leaveConflict(planned: Undecided, outcome: Extract<FileMerge, { kind: 'conflict' }>, request: ConflictRequest): PlannedPath {
  const { marked } = outcome;
  const { policy, hash, contents } = request;
  if (policy === 'refuse') return { ...planned, action: 'conflict' };
  if (policy === 'ours' || policy === 'theirs') return takeSide(planned, outcome.sided?.(policy), request);
  if (policy === 'overwrite') return takeTheirs(planned, 'overwritten');
  if (policy === 'markers' && marked !== undefined) {
    const digest = hash(marked);
    contents.set(digest, marked);
    return {
      ...planned,
      action: 'update',
      reason: `${planned.reason}; marked in the file`,
      after: { digest, mode: mergedMode(planned, request) },
      unsettled: true,
    };
  }
  return { ...planned, action: 'keep', reason: `${planned.reason}; the pack's version stands beside it`, unsettled: true };
}

/** Something that is no file stays in any case; where a conflict can be left for later, the pack's version goes beside it. */
function leaveObstacle(planned: Undecided, { policy, file }: ConflictRequest): PlannedPath {
  if (policy === 'refuse' || policy === 'overwrite') return { ...planned, action: 'conflict' };
  if (policy === 'ours' || file.onExists === 'keep') return { ...planned, action: 'keep', reason: `${planned.reason}; yours kept` };
  return { ...planned, action: 'keep', reason: `${planned.reason}; the pack's version stands beside it`, unsettled: true };
}

function takeTheirs(planned: Undecided, how: string): PlannedPath {
  return { ...planned, action: 'update', reason: `${planned.reason}; ${how}`, situations: ['overwritten'] };
}

/** One side's version of each place where both changed the same, the rest merged; the whole file where it cannot be taken apart. */
function takeSide(planned: Undecided, sided: Uint8Array | undefined, request: ConflictRequest): PlannedPath {
  const isOurs = request.policy === 'ours';
  if (sided === undefined) {
    return isOurs ? { ...planned, action: 'keep', reason: `${planned.reason}; yours kept` } : takeTheirs(planned, 'overwritten');
  }
  const taken = takeMerged(planned, sided, request);
  const reason = `${taken.reason}, with ${isOurs ? 'yours' : "the pack's"} where both changed the same`;
  return isOurs ? { ...taken, reason } : { ...taken, reason, situations: ['overwritten'] };
}
