import { renderOrder } from '../../core/compose/pack-order.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { isBehind } from '../../core/foreign/commit-release.ts';
import type { LockedPack } from '../../core/lockfile/lockfile.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { LockedVersion } from '../packs/pack-finder.ts';
import { resolvePacks } from '../packs/resolve-packs.ts';
import type { ResolvedPackEntry, ResolvePorts } from '../packs/resolved-packs.ts';
import type { LoadedPack } from './loaded-pack.ts';
import { recordedFolders, sourceElsewhere } from './relative-source.ts';

/** A pack that is asked for by name or place. */
export interface PackDemand {
  /** In the documented grammar; paths are absolute. */
  readonly reference: string;
  /** Whether it names the place, and not only the id. */
  readonly namesPlace: boolean;
  /** The source as the lockfile records it, where the demand decides about that. */
  readonly sourceOf: (pack: Pack) => string | undefined;
  /** What updates follow, where that is not the reference: an address without its commit. */
  readonly requested?: string;
}

export interface LoadRequest {
  readonly demands: readonly PackDemand[];
  /** What the lockfile has. */
  readonly recorded: readonly LockedPack[];
  /** Which recorded packs keep their version where it fits, and the content that it had. */
  readonly isLocked: (id: string) => boolean;
  /** Ranges that take the place of what packs ask of one another. */
  readonly overrides: ReadonlyMap<string, string>;
  /** Use only what was fetched before. */
  readonly offline: boolean;
  /** The project's directory. */
  readonly root: string;
  readonly signal?: AbortSignal;
}

export interface LoadedPacks {
  /** In the order in which they are rendered. */
  readonly packs: readonly LoadedPack[];
  /** Deprecated packs, yanked ones that are kept, and the like. */
  readonly warnings: readonly string[];
}

/** Kinds of places that a lockfile records by name: they are found again by the id. */
const LOCAL_KINDS: readonly string[] = ['builtin', 'project', 'directory'];

/**
 * Resolves and loads the packs that are asked for and all that they depend on.
 * @throws PacksmithError as `resolvePacks` does, and `MANIFEST_INVALID`.
 */
export async function loadPacks(request: LoadRequest, ports: ResolvePorts): Promise<LoadedPacks> {
  const { recorded, isLocked, overrides, offline, signal } = request;
  const locked = recorded.filter(({ id }) => isLocked(id));
  const demands = request.demands.map((demand) => pinDemand(demand, locked));
  const registries = recorded.flatMap(({ id, registry }) => (registry === undefined ? [] : [[id, registry] as const]));
  const refreshed = new Set(recorded.flatMap(({ id }) => (isLocked(id) ? [] : [id])));
  const resolved = await resolvePacks(
    {
      demands: demands.map(({ reference }) => ({ reference, requestedBy: 'project' })),
      locked: new Map(locked.map((pack) => [pack.id, toLocked(pack)])),
      recorded: new Map(recorded.map(({ id, version }) => [id, version])),
      registries: new Map(registries),
      folders: recordedFolders(recorded, request.root),
      refresh: refreshed,
      overrides,
      offline,
      ...(signal && { signal }),
    },
    ports,
  );
  const loaded = await Promise.all(
    resolved.packs.map(async (entry) => toLoaded(entry, await entry.load(), { demands, root: request.root })),
  );
  const ahead = loaded.flatMap((entry) => findAhead(entry, { demands, recorded, isLocked }));
  if (ahead.length > 0) return keepAhead(ahead, request, ports);
  for (const { pack } of loaded) ports.reporter.report({ kind: 'pack-loaded', pack: pack.manifest.id, version: pack.manifest.version });
  const moved = loaded.flatMap((entry) => findMovedContent(entry, recorded));
  const byId = new Map(loaded.map((entry) => [entry.pack.manifest.id as string, entry]));
  const roots = demands.flatMap(({ reference }) =>
    resolved.packs.filter(({ asked }) => asked?.reference === reference).map(({ id }) => id),
  );
  const order = renderOrder(
    loaded.map(({ pack }) => pack),
    roots,
  );
  return {
    packs: order.flatMap(({ manifest }) => byId.get(manifest.id) ?? []),
    warnings: [
      ...resolved.warnings,
      ...moved,
      ...findReplaced(loaded, { recorded, isLocked }),
      ...findUntagged(loaded, recorded),
      ...findRemarks(loaded, recorded),
    ],
  };
}

/** A template that is at a commit behind which the newest release of its repository lies. */
interface AheadPack {
  readonly locked: LockedPack;
  /** That release, as a tag names it or as its version. */
  readonly release: string;
  readonly demand: PackDemand;
}

/** An update that names no revision goes to the newest release, and never back to it. */
function findAhead(
  { pack: { manifest, provenance }, requested }: LoadedPack,
  { demands, recorded, isLocked }: Pick<LoadRequest, 'demands' | 'recorded' | 'isLocked'>,
): AheadPack[] {
  const { id, version } = manifest;
  const locked = recorded.find((other) => other.id === id);
  const demand = demands.find(({ reference }) => reference === requested);
  if (locked === undefined || demand === undefined || isLocked(id) || demand.reference.includes('#')) return [];
  const { revision } = provenance;
  return isBehind({ version, revision }, locked) ? [{ locked, release: revision ?? version, demand }] : [];
}

async function keepAhead(ahead: readonly AheadPack[], request: LoadRequest, ports: ResolvePorts): Promise<LoadedPacks> {
  const kept = (demand: PackDemand): PackDemand => {
    const { locked } = ahead.find((one) => one.demand.reference === demand.reference) ?? {};
    return locked === undefined ? demand : { ...demand, reference: locked.source, requested: demand.reference };
  };
  const isLocked = (id: string): boolean => request.isLocked(id) || ahead.some(({ locked }) => locked.id === id);
  const loaded = await loadPacks({ ...request, demands: request.demands.map(kept), isLocked }, ports);
  const notes = ahead.map(
    ({ locked: { id, revision, version }, release }) =>
      `${id} stays at ${revision ?? version}, which is newer than its newest release; \`packs update ${id} --to ${release}\` goes back to that`,
  );
  return { ...loaded, warnings: [...notes, ...loaded.warnings] };
}

/** Packs that nobody asked to update, and that could not keep their version: one of several never changes without a word. */
function findReplaced(loaded: readonly LoadedPack[], { recorded, isLocked }: Pick<LoadRequest, 'recorded' | 'isLocked'>): string[] {
  return loaded.flatMap(({ pack: { manifest } }) => {
    const before = recorded.find(({ id }) => id === manifest.id)?.version;
    if (before === undefined || before === manifest.version || !isLocked(manifest.id)) return [];
    return [`${manifest.id} goes from ${before} to ${manifest.version}: its locked version is no longer to be had, or no longer fits`];
  });
}

/** Templates that their tools would take at a tag, and that are taken as they are; said when they come into the project. */
function findUntagged(loaded: readonly LoadedPack[], recorded: readonly LockedPack[]): string[] {
  return loaded.flatMap(({ pack: { manifest, provenance } }) => {
    if (provenance.hasTags !== true || recorded.some(({ id }) => id === manifest.id)) return [];
    const { location } = provenance;
    return [
      `${manifest.id}: ${location} is taken as it is now, not at a tag of its repository; \`git+file://${location}\` takes the newest one`,
    ];
  });
}

/** What is not quite as the tool does it that a template is for; said once for each version of it. */
function findRemarks(loaded: readonly LoadedPack[], recorded: readonly LockedPack[]): string[] {
  return loaded.flatMap(({ pack: { foreign: read, translated, manifest } }) => {
    const foreign = read ?? translated;
    const isKnown = recorded.some(({ id, version }) => id === manifest.id && version === manifest.version);
    if (isKnown || foreign === undefined) return [];
    return foreign.remarks.map(({ code, message, where }) => {
      const place = where?.file === undefined ? '' : [where.file, where.line, where.column].filter((part) => part !== undefined).join(':');
      return `${manifest.id}: ${place}${place === '' ? '' : ': '}${message} (${code})`;
    });
  });
}

/** Content and source find a locked pack in the store; a local one is found by its id. */
function toLocked({ version, source, integrity, registry, revision }: LockedPack): LockedVersion {
  if (isLocal(source)) return { version };
  return { version, source, integrity, ...(registry !== undefined && { registry }), ...(revision !== undefined && { revision }) };
}

/** Packs of these places are worked on: their bytes may differ under one version. */
function isLocal(source: string): boolean {
  return LOCAL_KINDS.includes(source) || source.startsWith('.');
}

/** Asks for the commit that a branch or tag was found at, so that one that moved changes nothing until there is an update. */
function pinDemand(demand: PackDemand, locked: readonly LockedPack[]): PackDemand {
  const known = locked.find(({ requested }) => requested === demand.reference);
  return known === undefined ? demand : { ...demand, reference: known.source, requested: demand.reference };
}

/**
 * Compares what was loaded with what the lockfile has of the same version: other content from the very same place is refused; from a place
 * that was changed, or a branch or tag that moved, it is an update, and said.
 */
function findMovedContent({ pack, source }: LoadedPack, recorded: readonly LockedPack[]): string[] {
  const { id, version } = pack.manifest;
  const before = recorded.find((locked) => locked.id === id && locked.version === version);
  if (before === undefined || before.integrity === pack.integrity || isLocal(before.source) || isLocal(source)) return [];
  if (before.source !== source) return [`${id} ${version} has other content than before: it was ${before.source}, and is now ${source}`];
  const message = `${id} ${version} from ${source} should be ${before.integrity}, as packsmith.lock says, and is ${pack.integrity}`;
  throw new PacksmithError('INTEGRITY_MISMATCH', message, {
    hint: `find out who changed it; to take it as it is now, \`packs remove ${id}\` and add it again`,
  });
}

function toLoaded(entry: ResolvedPackEntry, pack: Pack, { demands, root }: Pick<LoadRequest, 'demands' | 'root'>): LoadedPack {
  const demand = demands.find(({ reference }) => reference === entry.asked?.reference);
  const { kind } = entry.provenance;
  const source = demand?.sourceOf(pack) ?? sourceElsewhere(entry, root) ?? (LOCAL_KINDS.includes(kind) ? kind : entry.source);
  const { registry } = entry.found;
  const isMutable = entry.found.pinned.kind === 'git' && demand?.namesPlace === true;
  const asked = entry.found.followsTags === true ? demand?.reference.replace(/#.*$/, '') : demand?.reference;
  const requested = isMutable ? (demand.requested ?? asked) : undefined;
  return {
    pack,
    source,
    ...(registry !== undefined && { registry }),
    ...(requested !== undefined && requested !== source && { requested }),
    ...(entry.graph.overriddenBy !== undefined && { override: entry.graph.overriddenBy }),
    because: entry.because,
    isFoundById: demand?.namesPlace !== true,
  };
}
