import type { DesiredFile, DesiredTree } from '../compose/desired-tree.ts';
import { type Decision, decide } from '../reconcile/decision-table.ts';
import type { Placement } from '../reconcile/place-files.ts';
import { compareText } from '../text/compare-text.ts';
import type { Digest, Hash } from '../tree/digest.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { fileIdentity } from './file-identity.ts';
import { situationsOf } from './find-situations.ts';
import type { PlannedPath } from './generation-plan.ts';
import { describeObstacle } from './obstacles.ts';
import { joinPaths, relocate } from './relocate.ts';
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
  /** What the user's file is but for its form, where that is all that differs. */
  readonly likeness: (placement: Placement) => 'wanted' | 'generated' | undefined;
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
    const planned = withSituations(planPlacement(facts), facts);
    addContent(planned, facts);
    return relocate(planned, { ...facts, file: placement.output === undefined ? undefined : request.desired.get(placement.output) });
  });
  return { paths: joinPaths(paths).sort((a, b) => compareText(a.path, b.path)), contents, digests };
}

interface PathRequest extends ReconcileRequest {
  readonly placement: Placement;
  readonly digest: Digest | undefined;
  /** Receives the bytes of what is written. */
  readonly contents: Map<Digest, Uint8Array>;
}

/** The decision as if the file stayed where the user has it. */
function planPlacement(request: PathRequest): PlannedPath {
  const { placement, desired, digest } = request;
  const { output, locked, current: path } = placement;
  const file = output === undefined ? undefined : desired.get(output);
  const entry = entryOf(request);
  const decision = decidePlacement(request, file, entry);
  const reason = entry === undefined || entry.kind === 'file' ? decision.reason : describeObstacle(entry, decision);
  const before = entry?.kind === 'file' ? { before: { digest: entry.digest, mode: entry.mode } } : {};
  const undecided = {
    ...decision,
    reason,
    path,
    packs: (file ?? locked)?.packs ?? [],
    template: (file ?? locked)?.template ?? '',
    ...before,
  };
  if (file === undefined || digest === undefined) return { ...undecided, action: decision.action === 'merge' ? 'keep' : decision.action };
  return settleWanted({ ...undecided, after: { digest, mode: file.mode } }, file, request);
}

function decidePlacement(request: PathRequest, file: DesiredFile | undefined, entry: DiskEntry | undefined): Decision {
  const { placement, digest } = request;
  const { locked } = placement;
  const onDisk = entry?.kind === 'file' ? entry : undefined;
  return decide({
    wanted: fileIdentity(digest, file?.mode),
    generated: fileIdentity(locked?.sha256, locked?.mode),
    onDisk: fileIdentity(onDisk?.digest, onDisk?.mode),
    isObstacle: entry !== undefined && onDisk === undefined,
    isLike: onDisk === undefined ? undefined : request.likeness(placement),
    wasThere: locked?.wasThere === true,
  });
}

/** What stands where the user has the file; nothing where it is another file, which goes elsewhere. */
function entryOf({ placement, disk }: PathRequest): DiskEntry | undefined {
  return placement.isVacated === true ? undefined : disk.get(placement.current);
}

function settleWanted(wanted: Undecided, file: DesiredFile, request: PathRequest): PlannedPath {
  const { action } = wanted;
  const isRestored = request.restores && (wanted.class === 'missing' || wanted.class === 'deleted-changed');
  if (isRestored) return { ...wanted, action: 'create', reason: 'restored' };
  // What a template leaves to its users once it is there is not written again, edited or not.
  if (action === 'update' && file.wholeOf === 'ours')
    return { ...wanted, action: 'keep', reason: `${wanted.reason}; the template leaves it as it is` };
  // Most files are new or as they were, so that nothing has to be gathered for them.
  return action !== 'merge' && action !== 'conflict'
    ? { ...wanted, action }
    : settleConflict(wanted, { ...request, file, generatedMode: request.placement.locked?.mode });
}

function withSituations(planned: PlannedPath, request: PathRequest): PlannedPath {
  const { placement, desired, likeness, ours } = request;
  const file = placement.output === undefined ? undefined : desired.get(placement.output);
  const entry = entryOf(request);
  const like = entry?.kind === 'file' ? likeness(placement) : undefined;
  const situations = situationsOf({ planned, placement, entry, file, like, ours: ours(placement.current) });
  return situations.length === 0 ? planned : { ...planned, situations };
}

function addContent({ action, after }: PlannedPath, { placement, desired, digest, contents }: PathRequest): void {
  const content = placement.output === undefined ? undefined : desired.get(placement.output)?.content;
  if (content === undefined || after === undefined || after.digest !== digest) return;
  if (action === 'create' || action === 'update') contents.set(after.digest, content);
}
