import type { DesiredFile } from '../compose/desired-tree.ts';
import type { Placement } from '../reconcile/place-files.ts';
import type { Digest } from '../tree/digest.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import type { PlannedPath } from './generation-plan.ts';

export interface RelocateRequest {
  readonly placement: Placement;
  readonly file: DesiredFile | undefined;
  /** SHA-256 of the wanted file. */
  readonly digest: Digest | undefined;
  readonly contents: Map<Digest, Uint8Array>;
  readonly ours: (path: ProjectPath) => Uint8Array | undefined;
}

/** Turns a decision about a file that was moved or renamed into one about the paths it had and has. */
export function relocate(planned: PlannedPath, request: RelocateRequest): PlannedPath[] {
  const { how, by, locked } = request.placement;
  if (how === 'in-place' && by !== undefined && locked !== undefined)
    return [{ ...planned, class: 'renamed', reason: `renamed by the pack and by you; ${planned.reason}`, from: locked.path }];
  if (how === 'moved') return [relocateMoved(planned, request.placement)];
  return how === 'renamed' && planned.action !== 'conflict' ? relocateRenamed(planned, request) : [planned];
}

/** A moved file stays where the user has it; `from` is where the packs have it. */
function relocateMoved(planned: PlannedPath, { locked, output }: Placement): PlannedPath {
  const was = locked?.output ?? locked?.path;
  const reason = `${planned.reason}; moved by you${was === undefined || was === output ? '' : ` from ${was}`}`;
  if (output === undefined) return { ...planned, reason, ...(was === undefined ? {} : { from: was }) };
  return { ...planned, class: 'moved', reason, from: output };
}

/** The user's file, merged or not, goes to the new path. */
function relocateRenamed(planned: PlannedPath, request: RelocateRequest): PlannedPath[] {
  const { current, target } = request.placement;
  if (planned.before === undefined) return [{ ...planned, path: target, from: current }];
  const content = planned.action === 'keep' ? planned.before : planned.after;
  if (content === undefined) return [planned];
  if (planned.action === 'keep') {
    // What is kept as it is on disk and equals what the pack wants has the pack's bytes.
    const bytes = request.ours(current) ?? (content.digest === request.digest ? request.file?.content : undefined);
    if (bytes !== undefined) request.contents.set(content.digest, bytes);
  }
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

/** One entry a path: where a file leaves and another comes, it is updated. */
export function joinPaths(paths: readonly PlannedPath[]): PlannedPath[] {
  const leaving = new Map(paths.flatMap((planned) => (planned.action === 'delete' ? [[planned.path, planned] as const] : [])));
  const coming = new Set(paths.flatMap(({ action, path }) => (action === 'create' && leaving.has(path) ? [path] : [])));
  return paths.flatMap((planned): PlannedPath[] => {
    const { path, action } = planned;
    if (!coming.has(path)) return [planned];
    const before = leaving.get(path)?.before;
    return action !== 'create' || before === undefined ? [] : [{ ...planned, action: 'update', before }];
  });
}
