import type { DesiredTree } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import { decide } from '../reconcile/decision-table.ts';
import { compareText } from '../text/compare-text.ts';
import type { Digest, Hash } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import { type FileMode, isExecutable } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PlannedPath } from './generation-plan.ts';
import { type ConflictPolicy, type MergeFile, settleConflict } from './settle-conflict.ts';

export interface ReconcileRequest {
  readonly desired: DesiredTree;
  readonly generated: ReadonlyMap<ProjectPath, LockedFile>;
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly policy: ConflictPolicy;
  /** Whether files that the user deleted come back. */
  readonly restores: boolean;
  readonly hash: Hash;
  readonly merge: MergeFile;
}

/** The decisions for all paths of a project, and the bytes they need. */
export interface Reconciliation {
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
  /** SHA-256 of each desired file. */
  readonly digests: ReadonlyMap<ProjectPath, Digest>;
}

/** Decides every path of the desired tree and of the last generation, by the decision table; paths are sorted by code unit. */
export function reconcileTree(request: ReconcileRequest): Reconciliation {
  const contents = new Map<Digest, Uint8Array>();
  const digests = new Map([...request.desired].map(([path, file]) => [path, request.hash(file.content)] as const));
  const all = new Set([...request.desired.keys(), ...request.generated.keys()]);
  const paths = [...all].sort(compareText).map((path) => {
    const planned = planPath({ ...request, path, digest: digests.get(path), contents });
    const content = request.desired.get(path)?.content;
    const { after } = planned;
    if (content !== undefined && after !== undefined && writes(planned) && after.digest === digests.get(path))
      contents.set(after.digest, content);
    return planned;
  });
  return { paths, contents, digests };
}

interface PathRequest extends ReconcileRequest {
  readonly path: ProjectPath;
  readonly digest: Digest | undefined;
  /** Receives merged bytes. */
  readonly contents: Map<Digest, Uint8Array>;
}

function planPath(request: PathRequest): PlannedPath {
  const { path, desired, generated, disk } = request;
  const file = desired.get(path);
  const locked = generated.get(path);
  const entry = disk.get(path);
  const origin = { packs: file?.packs ?? locked?.packs ?? [], template: file?.template ?? locked?.template ?? '' };
  if (entry !== undefined && entry.kind !== 'file') {
    return { path, class: 'in-the-way', action: file === undefined ? 'keep' : 'conflict', reason: obstacleReason(entry), ...origin };
  }
  const decision = decide({
    wanted: identity(request.digest, file?.mode),
    generated: identity(locked?.sha256, locked?.mode),
    onDisk: identity(entry?.digest, entry?.mode),
  });
  const before = entry === undefined ? {} : { before: { digest: entry.digest, mode: entry.mode } };
  const after = file === undefined || request.digest === undefined ? {} : { after: { digest: request.digest, mode: file.mode } };
  const undecided = { ...decision, path, ...origin, ...before, ...after };
  if (file === undefined) return { ...undecided, action: decision.action === 'merge' ? 'keep' : decision.action };
  if (request.restores && decision.action === 'keep' && entry === undefined) return { ...undecided, action: 'create', reason: 'restored' };
  return settleConflict(undecided, { ...request, file });
}

/** Bytes and executability as one text, so that either change counts as a change. */
function identity(digest: Digest | undefined, mode: FileMode | undefined): string | undefined {
  if (digest === undefined) return undefined;
  return mode !== undefined && isExecutable(mode) ? `${digest} x` : digest;
}

function writes({ action }: PlannedPath): boolean {
  return action === 'create' || action === 'update';
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
