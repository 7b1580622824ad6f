import type { DesiredFile, DesiredTree } from '../compose/desired-tree.ts';
import { decide } from '../reconcile/decision-table.ts';
import type { Placement } from '../reconcile/place-files.ts';
import { compareText } from '../text/compare-text.ts';
import type { Digest, Hash } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import { type FileMode, isExecutable } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PlannedFile, PlannedPath } from './generation-plan.ts';
import { type ConflictPolicy, type MergeFile, settleConflict, type Undecided } from './settle-conflict.ts';

export interface ReconcileRequest {
  readonly desired: DesiredTree;
  /** Where each wanted or last generated file is and goes. */
  readonly placements: readonly Placement[];
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly policy: ConflictPolicy;
  /** Whether files that the user deleted come back. */
  readonly restores: boolean;
  readonly hash: Hash;
  readonly merge: MergeFile;
  /** The user's bytes at a path that a merge may need. */
  readonly ours: (path: ProjectPath) => Uint8Array | undefined;
}

/** The decisions for all paths of a project, and the bytes they need. */
export interface Reconciliation {
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
  /** SHA-256 of each desired file, by output. */
  readonly digests: ReadonlyMap<ProjectPath, Digest>;
}

/** Decides every wanted file and every file of the last generation, by the decision table; paths are sorted by code unit. */
export function reconcileTree(request: ReconcileRequest): Reconciliation {
  const contents = new Map<Digest, Uint8Array>();
  const digests = new Map([...request.desired].map(([path, file]) => [path, request.hash(file.content)] as const));
  const paths = request.placements.flatMap((placement) => {
    const digest = placement.output === undefined ? undefined : digests.get(placement.output);
    const facts: PathRequest = { ...request, placement, digest, contents };
    const planned = planPlacement(facts);
    addContent(planned, facts);
    return relocate(planned, facts);
  });
  return { paths: paths.sort((a, b) => compareText(a.path, b.path)), contents, digests };
}

interface PathRequest extends ReconcileRequest {
  readonly placement: Placement;
  readonly digest: Digest | undefined;
  /** Receives the bytes of what is written. */
  readonly contents: Map<Digest, Uint8Array>;
}

/** The decision as if the file stayed where the user has it. */
function planPlacement(request: PathRequest): PlannedPath {
  const { placement, desired, disk, digest } = request;
  const { output, locked, current: path } = placement;
  const file = output === undefined ? undefined : desired.get(output);
  const entry = disk.get(path);
  const origin = { packs: (file ?? locked)?.packs ?? [], template: (file ?? locked)?.template ?? '' };
  if (entry !== undefined && entry.kind !== 'file') {
    return { path, class: 'in-the-way', action: file === undefined ? 'keep' : 'conflict', reason: obstacleReason(entry), ...origin };
  }
  const decision = decide({
    wanted: identity(digest, file?.mode),
    generated: identity(locked?.sha256, locked?.mode),
    onDisk: identity(entry?.digest, entry?.mode),
  });
  const before = entry && { before: { digest: entry.digest, mode: entry.mode } };
  const undecided = { ...decision, path, ...origin, ...before };
  if (file === undefined || digest === undefined) return { ...undecided, action: decision.action === 'merge' ? 'keep' : decision.action };
  return settleWanted({ ...undecided, after: { digest, mode: file.mode } }, file, request);
}

function settleWanted(wanted: Undecided, file: DesiredFile, request: PathRequest): PlannedPath {
  const { action } = wanted;
  const isRestored = request.restores && action === 'keep' && wanted.before === undefined;
  if (isRestored) return { ...wanted, action: 'create', reason: 'restored' };
  // Most files are new or as they were, so that nothing has to be gathered for them.
  return action !== 'merge' && action !== 'conflict'
    ? { ...wanted, action }
    : settleConflict(wanted, { ...request, file, generatedMode: request.placement.locked?.mode });
}

function addContent({ action, after }: PlannedPath, { placement, desired, digest, contents }: PathRequest): void {
  const content = placement.output === undefined ? undefined : desired.get(placement.output)?.content;
  if (content === undefined || after === undefined || after.digest !== digest) return;
  if (action === 'create' || action === 'update') contents.set(after.digest, content);
}

/** Turns a decision about a file that a pack renamed into one about both paths: the user's file, merged or not, goes to the new one. */
function relocate(planned: PlannedPath, request: PathRequest): PlannedPath[] {
  const { how, current, target, output } = request.placement;
  if (how === 'moved')
    return [{ ...planned, class: 'moved', reason: `${planned.reason}; moved by you`, ...(output === undefined ? {} : { from: output }) }];
  if (how !== 'renamed' || planned.action === 'conflict') return [planned];
  if (planned.before === undefined) return [{ ...planned, path: target, from: current }];
  const content = planned.action === 'keep' ? planned.before : planned.after;
  if (content === undefined) return [planned];
  const ours = request.ours(current);
  if (planned.action === 'keep' && ours !== undefined) request.contents.set(content.digest, ours);
  if (planned.action === 'keep' && ours === undefined) addOwnBytes(content, request);
  const { before, ...rest } = planned;
  const reason = `renamed by the pack; ${planned.reason}`;
  return [
    { ...rest, path: target, class: 'renamed', action: 'create', reason, after: content, from: current },
    {
      path: current,
      class: 'renamed',
      action: 'delete',
      reason: `renamed by the pack to ${target}`,
      before,
      packs: planned.packs,
      ...(rest.template === undefined ? {} : { template: rest.template }),
    },
  ];
}

/** What is kept as it is on disk and equals what the pack wants has the pack's bytes. */
function addOwnBytes(content: PlannedFile, { placement, desired, digest, contents }: PathRequest): void {
  const bytes = placement.output === undefined ? undefined : desired.get(placement.output)?.content;
  if (bytes !== undefined && content.digest === digest) contents.set(content.digest, bytes);
}

/** Bytes and executability as one text, so that either change counts as a change. */
function identity(digest: Digest | undefined, mode: FileMode | undefined): string | undefined {
  if (digest === undefined) return undefined;
  return mode !== undefined && isExecutable(mode) ? `${digest} x` : digest;
}

function obstacleReason(entry: Exclude<DiskEntry, { kind: 'file' }>): string {
  switch (entry.kind) {
    case 'directory':
      return 'a directory is in the way';
    case 'link':
      return entry.leadsOut ? 'a link out of the project is in the way' : 'a link is in the way';
    case 'blocked':
      return `${entry.by} is ${entry.isLink ? 'a link' : 'a file'}, so that nothing can be written below it`;
    case 'other':
      return 'something that is no file is in the way';
    default:
      return entry satisfies never;
  }
}
