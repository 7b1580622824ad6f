import type { Baseline } from '../../core/lockfile/baseline.ts';
import type { LockedFile } from '../../core/lockfile/lockfile.ts';
import { oldPath } from '../../core/manifest/migrate-path.ts';
import { migrationsBetween } from '../../core/manifest/migration-path.ts';
import type { Placement } from '../../core/reconcile/place-files.ts';
import { isSameButForForm } from '../../core/reconcile/text/same-but-for-form.ts';
import { decodeText } from '../../core/text/utf8.ts';
import type { DiskEntry } from '../../core/tree/disk-entry.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { PlanningPorts, PlanProjectRequest } from '../project/plan-request.ts';
import type { FindBaseline } from './find-baseline.ts';
import { findMoved } from './find-moved.ts';
import { findHeld } from './hold-renamed.ts';
import { placeAround } from './place-around.ts';

interface LocateRequest {
  readonly request: PlanProjectRequest;
  /** The last generation, as far as the plan is about it. */
  readonly concerned: ReadonlyMap<ProjectPath, LockedFile>;
  /** Every path that the plan may read or write. */
  readonly known: ReadonlySet<ProjectPath>;
  /** The bytes of the last generation. */
  readonly findBase: FindBaseline;
}

export interface LocatedFiles {
  readonly disk: ReadonlyMap<ProjectPath, DiskEntry>;
  readonly placements: readonly Placement[];
  /** Files that the packs renamed to where everything is left alone. */
  readonly held: readonly Placement[];
  /** Empty where the user changed nothing and no path changed. */
  readonly baseline: Baseline;
}

/** Looks at the project and finds out where each file is and goes: renamed by a pack, moved by the user, or where it was. */
export async function locateFiles({ request, concerned, known, findBase }: LocateRequest, ports: PlanningPorts): Promise<LocatedFiles> {
  const { tree } = request.composition;
  const { lockfile } = request.state;
  const disk = new Map(await ports.project.survey(known));
  const outputs = new Set([...concerned.values()].map((locked) => locked.output ?? locked.path));
  const missing = [...concerned.values()].filter(({ path }) => !disk.has(path));
  const isEdited = [...concerned.values()].some(({ path, sha256 }) => !isDigest(disk.get(path), sha256));
  const isNewInTheWay = [...tree.keys()].some((path) => !outputs.has(path) && disk.has(path));
  const isReshaped =
    [...tree.keys(), ...(request.preserved?.keys() ?? [])].some((path) => !outputs.has(path)) &&
    [...outputs].some((path) => !tree.has(path));
  const needsBase = isEdited || isReshaped || isNewInTheWay;
  const baseline: Baseline =
    (lockfile !== undefined || request.stored !== undefined) && needsBase ? (await findBase()).contents : new Map();
  // A file may have been moved to where a pack wants it now, and to no other path that is spoken for.
  const takenUp = new Set([...known].filter((path) => !tree.has(path) || outputs.has(path)));
  const { isPreserved, state } = request;
  const isKnown = (path: ProjectPath): boolean =>
    takenUp.has(path) || isPreserved?.(path) === true || (state.generated.has(path) && !concerned.has(path));
  const moved = await findMoved({ missing, isKnown, baseline }, ports);
  for (const [path, entry] of await ports.project.survey(moved.values())) disk.set(path, entry);
  const placement = {
    desired: tree,
    generated: concerned,
    declared: declaredRenames(request),
    moved,
    baseText: (locked: LockedFile) => {
      const stored = baseline.get(locked.masked ?? locked.sha256);
      return stored && decodeText(stored);
    },
  };
  const isLike = async (locked: LockedFile): Promise<boolean> => {
    const [base, bytes] = [placement.baseText(locked), await ports.project.readFile(locked.path)];
    const ours = bytes && decodeText(bytes);
    return base !== undefined && ours !== undefined && isSameButForForm(ours, base, locked.path);
  };
  const held = findHeld({ ...placement, isTaken: (path) => disk.has(path) }, request);
  return { held, ...(await placeAround(placement, disk, { project: ports.project, isLike })), baseline };
}

function isDigest(entry: DiskEntry | undefined, digest: string): boolean {
  return entry?.kind === 'file' && entry.digest === digest;
}

/** The old output of a new one, by all `[[migrations]]` on the way from the locked versions to the wanted ones. */
function declaredRenames({ packs, state }: PlanProjectRequest): (output: ProjectPath) => string | undefined {
  const steps = packs.flatMap(({ pack: { manifest } }) => {
    const from = state.lockfile?.packs.find(({ id }) => id === manifest.id)?.version;
    return migrationsBetween(manifest, from).map(({ rename }) => rename);
  });
  return (output) => oldPath(output, steps);
}
