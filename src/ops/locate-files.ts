import type { DesiredTree } from '../core/compose/desired-tree.ts';
import type { Baseline } from '../core/lockfile/baseline.ts';
import type { LockedFile } from '../core/lockfile/lockfile.ts';
import { migrationsBetween } from '../core/manifest/migrate-manifest.ts';
import { type Placement, placeFiles } from '../core/reconcile/place-files.ts';
import { decodeText } from '../core/text/utf8.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import { isExecutable } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { FindBaseline } from './find-baseline.ts';
import { findMoved } from './find-moved.ts';
import type { PlanningPorts, PlanProjectRequest } from './plan-request.ts';

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
  /** Empty where the user changed nothing and no path changed. */
  readonly baseline: Baseline;
}

/** Looks at the project and finds out where each file is and goes: renamed by a pack, moved by the user, or where it was. */
export async function locateFiles({ request, concerned, known, findBase }: LocateRequest, ports: PlanningPorts): Promise<LocatedFiles> {
  const { tree } = request.composition;
  const { lockfile } = request.state;
  const disk = new Map(await ports.project.survey(known));
  await clearLeaving({ disk, concerned, tree }, ports);
  const outputs = new Set([...concerned.values()].map((locked) => locked.output ?? locked.path));
  const missing = [...concerned.values()].filter(({ path }) => !disk.has(path));
  const isEdited = [...concerned.values()].some(({ path, sha256 }) => !isDigest(disk.get(path), sha256));
  const isReshaped = [...tree.keys()].some((path) => !outputs.has(path)) && [...outputs].some((path) => !tree.has(path));
  const baseline: Baseline =
    (lockfile !== undefined || request.adopts) && (isEdited || isReshaped) ? (await findBase()).contents : new Map();
  const moved = request.policy === 'refuse' ? new Map<ProjectPath, ProjectPath>() : await findMoved({ missing, known, baseline }, ports);
  for (const [path, entry] of await ports.project.survey(moved.values())) disk.set(path, entry);
  const placements = placeFiles({
    desired: tree,
    generated: concerned,
    declared: declaredRenames(request),
    moved,
    isTaken: (path) => disk.has(path),
    baseText: (locked) => {
      const stored = baseline.get(locked.masked ?? locked.sha256);
      return stored && decodeText(stored);
    },
  });
  return { disk, placements, baseline };
}

/**
 * Sees nothing where only files of the last generation are in the way that leave now as they were generated: a directory that becomes a file, or
 * a file that becomes a directory.
 */
async function clearLeaving(
  { disk, concerned, tree }: { disk: Map<ProjectPath, DiskEntry>; concerned: LocateRequest['concerned']; tree: DesiredTree },
  { project }: PlanningPorts,
): Promise<void> {
  const leaving = new Set<string>();
  for (const { path, sha256, output = path, mode } of concerned.values()) {
    const entry = disk.get(path);
    const isAsGenerated = entry?.kind === 'file' && entry.digest === sha256 && isExecutable(entry.mode) === isExecutable(mode);
    if (isAsGenerated && !tree.has(output)) leaving.add(path);
  }
  if (leaving.size === 0) return;
  const isInTheWay = async (path: ProjectPath, entry: DiskEntry): Promise<boolean> => {
    if (entry.kind === 'blocked') return entry.isLink || !leaving.has(entry.by);
    if (entry.kind !== 'directory') return true;
    const inner = (await project.listFiles()).filter((file) => file.startsWith(`${path}/`));
    return inner.length === 0 || !inner.every((file) => leaving.has(file));
  };
  for (const [path, entry] of [...disk]) if (tree.has(path) && !(await isInTheWay(path, entry))) disk.delete(path);
}

function isDigest(entry: DiskEntry | undefined, digest: string): boolean {
  return entry?.kind === 'file' && entry.digest === digest;
}

/** What the `[[migrations]]` say that lead from the locked version of a pack to the one that is wanted; a path ending in `/` stands for all below it. */
function declaredRenames({ packs, state }: PlanProjectRequest): (output: ProjectPath) => string | undefined {
  const renames = packs.flatMap(({ pack: { manifest } }) => {
    const from = state.lockfile?.packs.find(({ id }) => id === manifest.id)?.version;
    return migrationsBetween(manifest, from).flatMap(({ rename }) => [...rename]);
  });
  return (output) => {
    const found = renames.find(([, renamed]) => (renamed.endsWith('/') ? output.startsWith(renamed) : output === renamed));
    return found && (found[1].endsWith('/') ? found[0] + output.slice(found[1].length) : found[0]);
  };
}
