import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import type { PendingConflict } from '../../core/lockfile/pending.ts';
import type { PlannedPath } from '../../core/plan/generation-plan.ts';
import { locateMarkers } from '../../core/reconcile/text/markers.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { Digest } from '../../core/tree/digest.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import { freeName } from './free-name.ts';

interface Beside {
  readonly paths: readonly PlannedPath[];
  readonly contents: ReadonlyMap<Digest, Uint8Array>;
  readonly conflicts: readonly PendingConflict[];
}

interface BesideFacts {
  readonly tree: DesiredTree;
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  /** The bytes that merges made. */
  readonly written: ReadonlyMap<Digest, Uint8Array>;
}

/**
 * Plans the pack's version as `PATH.theirs` beside each file of the user's that is in conflict and has no markers, or beside what the path
 * would lead through; lists all conflicts.
 */
export async function planBeside(
  planned: readonly PlannedPath[],
  { tree, disk, written }: BesideFacts,
  { project, hash }: Pick<Ports, 'project' | 'hash'>,
): Promise<Beside> {
  const contents = new Map<Digest, Uint8Array>();
  const paths: PlannedPath[] = [];
  const conflicts: PendingConflict[] = [];
  const leaving = new Map(planned.flatMap(({ path, action, before }) => (action === 'delete' && before ? [[path, before.digest]] : [])));
  for (const { path, action, packs, template, unsettled, from, after } of planned) {
    // A file that the user moved is known to the packs under another path.
    const file = tree.get(path) ?? (from && tree.get(from));
    if (unsettled !== true || file === undefined) continue;
    // What was renamed as it was has no markers either.
    const isAsItWas = action === 'keep' || (action === 'create' && from !== undefined && leaving.get(from) === after?.digest);
    if (!isAsItWas) {
      conflicts.push({ path, ...placeOfMarkers(after && written.get(after.digest)) });
      continue;
    }
    const entry = disk.get(path);
    const obstacle = entry?.kind === 'blocked' ? entry.by : path;
    const beside = await freeName(obstacle, '.theirs', project, path.slice(obstacle.length));
    const digest = hash(file.content);
    contents.set(digest, file.content);
    conflicts.push({ path, beside });
    paths.push({
      path: beside,
      class: 'beside',
      action: 'create',
      reason: `the pack's version of ${path}`,
      after: { digest, mode: file.mode },
      packs,
      ...(template === undefined ? {} : { template }),
    });
  }
  return { paths, contents, conflicts };
}

function placeOfMarkers(content: Uint8Array | undefined): Pick<PendingConflict, 'markers'> {
  const markers = content && locateMarkers(decodeText(content) ?? '');
  return markers === undefined ? {} : { markers };
}
