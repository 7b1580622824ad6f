import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { InstalledLock } from '../../core/install/installed-lock.ts';
import { formatPackReference, parsePackReference } from '../../core/pack/pack-reference.ts';
import { isInRange } from '../../core/pack/versions.ts';
import type { Resolution, ResolvedPack } from '../../core/resolver/resolution.ts';
import { dependents, depth, levels } from '../../core/resolver/resolution-graph.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { anchorReference } from './plan-install.ts';
import { resolvePacks } from './resolve-packs.ts';
import type { ResolvedPacks, ResolvePorts } from './resolved-packs.ts';

export type PackGraph = Pick<Resolution, 'packs' | 'roots'>;

export interface TreeRequest {
  /** What is installed when empty. */
  readonly references: readonly string[];
  readonly workingDirectory: string;
  /** Show who depends on the packs, among those installed and those that are here. */
  readonly invert: boolean;
  readonly offline: boolean;
  readonly signal?: AbortSignal;
}

export interface PackTree {
  readonly graph: PackGraph;
  /** Ids that the drawing begins at. */
  readonly from: readonly string[];
  /** Bytes of the files of packs that are at hand, by id; what was not fetched is not measured. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly totals: {
    readonly packs: number;
    readonly bytes: number;
    /** Packs of which the size is not known. */
    readonly unmeasured: number;
    readonly depth: number;
    readonly levels: readonly (readonly string[])[];
  };
  readonly warnings: readonly string[];
}

/** What depends on what, with the sizes that can be measured without fetching. @throws PacksmithError as `resolvePacks` does, and `PACK_NOT_FOUND`. */
export async function showTree(request: TreeRequest, ports: ResolvePorts): Promise<PackTree> {
  if (request.invert) return showDependents(request, ports);
  const { lock } = await ports.store.readInstalled();
  if (request.references.length === 0) {
    const graph = installedGraph(lock);
    return describeTree(graph, { from: graph.roots, sizes: new Map(lock.packs.map(({ id, bytes }) => [id, bytes])), warnings: [] });
  }
  const resolved = await resolvePacks(
    {
      demands: request.references.map((text) => {
        const reference = anchorReference(parsePackReference(text), request.workingDirectory);
        return { reference: formatPackReference(reference), requestedBy: 'your request' };
      }),
      installed: lock,
      offline: request.offline,
      ...(request.signal && { signal: request.signal }),
    },
    ports,
  );
  const { resolution, warnings } = resolved;
  return describeTree(resolution, { from: resolution.roots, sizes: sizesOf(resolved), warnings });
}

/** Leaves out what is more than so many steps from where the drawing begins. */
export function cutGraph({ packs }: PackGraph, from: readonly string[], steps: number, isInverted: boolean): PackGraph {
  const above = dependents({ packs });
  const byName = new Map(packs.map((pack) => [pack.pack, pack]));
  const next = (id: string): readonly { readonly pack: string }[] => (isInverted ? above.get(id) : byName.get(id)?.dependencies) ?? [];
  const distance = new Map(from.map((id) => [id, 0]));
  // A map that grows while it is walked is walked to its end, nearest first.
  for (const [id, far] of distance) for (const { pack } of next(id)) if (!distance.has(pack)) distance.set(pack, far + 1);
  const isNear = (id: string, limit: number): boolean => (distance.get(id) ?? Infinity) <= limit;
  const kept = packs
    .filter(({ pack }) => isNear(pack, steps))
    .map((pack) => ({
      ...pack,
      dependencies: pack.dependencies.filter(
        (dependency) => isNear(pack.pack, steps - (isInverted ? 0 : 1)) && isNear(dependency.pack, steps),
      ),
    }));
  return { packs: kept, roots: from };
}

async function showDependents(request: TreeRequest, ports: ResolvePorts): Promise<PackTree> {
  const { lock } = await ports.store.readInstalled();
  const graph = await visibleGraph(lock, ports);
  const known = new Set(graph.packs.map(({ pack }) => pack));
  const from = request.references.map((text) => {
    const reference = parsePackReference(text);
    if (reference.kind === 'id' && known.has(reference.name)) return reference.name as string;
    throw new PacksmithError(
      'PACK_NOT_FOUND',
      `${formatPackReference(reference)} is neither installed nor here, so nothing is known to depend on it`,
    );
  });
  const sizes = new Map(lock.packs.map(({ id, bytes }) => [id as string, bytes]));
  return describeTree(graph, { from: from.length === 0 ? leavesOf(graph) : from, sizes, warnings: [] });
}

/** Packs that need no other. */
function leavesOf({ packs }: PackGraph): string[] {
  return packs.filter(({ dependencies }) => dependencies.length === 0).map(({ pack }) => pack);
}

function installedGraph({ packs }: InstalledLock): PackGraph {
  const versions = new Map<string, string>(packs.map(({ id, version }) => [id, version]));
  const nodes = packs.map((pack): ResolvedPack => {
    const edges = [...toEdges(pack.dependencies, false, versions), ...toEdges(pack.optional, true, versions)];
    return toNode({ pack: pack.id, version: pack.version, edges, isRequested: pack.requested !== undefined });
  });
  return { packs: nodes, roots: packs.filter(({ requested }) => requested !== undefined).map(({ id }) => id) };
}

/** What is installed, and what the folders here have beside it. */
async function visibleGraph(lock: InstalledLock, { repository }: Pick<ResolvePorts, 'repository'>): Promise<PackGraph> {
  const installed = installedGraph(lock);
  const has = new Set(installed.packs.map(({ pack }) => pack));
  const entries = (await repository.list()).filter(({ id, isBroken, shadowedBy }) => !isBroken && shadowedBy === undefined && !has.has(id));
  const local = await Promise.all(entries.map(({ provenance }) => repository.load({ kind: 'path', path: provenance.location })));
  const versions = new Map<string, string>([
    ...installed.packs.map(({ pack, version }) => [pack, version] as const),
    ...local.map(({ manifest }) => [manifest.id, manifest.version] as const),
  ]);
  const nodes = local.map(({ manifest }) => {
    const ranges = (optional: boolean) =>
      Object.fromEntries(manifest.dependencies.filter((entry) => entry.optional === optional).map(({ id, version }) => [id, version]));
    const edges = [...toEdges(ranges(false), false, versions), ...toEdges(ranges(true), true, versions)];
    return toNode({ pack: manifest.id, version: manifest.version, edges, isRequested: false });
  });
  return { packs: [...installed.packs, ...nodes].sort((a, b) => compareText(a.pack, b.pack)), roots: installed.roots };
}

function toEdges(
  ranges: Readonly<Record<string, string>>,
  optional: boolean,
  versions: ReadonlyMap<string, string>,
): ResolvedPack['dependencies'] {
  return Object.entries(ranges).flatMap(([pack, range]) => {
    const version = versions.get(pack);
    return version === undefined || (optional && !isInRange(version, range)) ? [] : [{ pack, version, range, optional }];
  });
}

interface NodeFacts {
  readonly pack: string;
  readonly version: string;
  readonly edges: ResolvedPack['dependencies'];
  readonly isRequested: boolean;
}

function toNode({ pack, version, edges, isRequested }: NodeFacts): ResolvedPack {
  const dependencies = [...edges].sort((a, b) => compareText(a.pack, b.pack));
  return { pack, version, requestedBy: isRequested ? ['you'] : [], dependencies, isLocked: false, isYanked: false };
}

function sizesOf({ packs }: ResolvedPacks): Map<string, number> {
  return new Map(packs.flatMap(({ id, found }) => (found.bytes === undefined ? [] : [[id as string, found.bytes] as const])));
}

function describeTree(
  graph: PackGraph,
  {
    from,
    sizes,
    warnings,
  }: { readonly from: readonly string[]; readonly sizes: ReadonlyMap<string, number>; readonly warnings: readonly string[] },
): PackTree {
  const { packs } = graph;
  const measured = packs.flatMap(({ pack }) => sizes.get(pack) ?? []);
  const bytes = measured.reduce((sum, size) => sum + size, 0);
  const totals = { packs: packs.length, bytes, unmeasured: packs.length - measured.length, depth: depth(graph), levels: levels(graph) };
  return { graph, from, sizes, totals, warnings };
}
