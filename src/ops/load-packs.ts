import { renderOrder } from '../core/compose/pack-order.ts';
import type { LockedPack } from '../core/lockfile/lockfile.ts';
import type { Pack } from '../core/pack/pack.ts';
import type { LoadedPack } from './loaded-pack.ts';
import type { LockedVersion } from './pack-finder.ts';
import { type ResolvedPackEntry, type ResolvePorts, resolvePacks } from './resolve-packs.ts';

/** A pack that is asked for by name or place. */
export interface PackDemand {
  /** In the documented grammar; paths are absolute. */
  readonly reference: string;
  /** Whether it names the place, and not only the id. */
  readonly namesPlace: boolean;
  /** The source as the lockfile records it, where the demand decides about that. */
  readonly sourceOf: (pack: Pack) => string | undefined;
}

export interface LoadRequest {
  readonly demands: readonly PackDemand[];
  /** Versions to keep where they fit. */
  readonly locked: readonly LockedPack[];
  /** Ranges that take the place of what packs ask of one another. */
  readonly overrides: ReadonlyMap<string, string>;
  /** Use only what was fetched before. */
  readonly offline: boolean;
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
  const { demands, overrides, offline, signal } = request;
  const resolved = await resolvePacks(
    {
      demands: demands.map(({ reference }) => ({ reference, requestedBy: 'project' })),
      locked: new Map(request.locked.map((pack) => [pack.id, toLocked(pack)])),
      overrides,
      offline,
      ...(signal && { signal }),
    },
    ports,
  );
  const loaded = await Promise.all(resolved.packs.map(async (entry) => toLoaded(entry, await entry.load(), demands)));
  for (const { pack } of loaded) ports.reporter.report({ kind: 'pack-loaded', pack: pack.manifest.id, version: pack.manifest.version });
  const byId = new Map(loaded.map((entry) => [entry.pack.manifest.id as string, entry]));
  const roots = demands.flatMap(({ reference }) =>
    resolved.packs.filter(({ asked }) => asked?.reference === reference).map(({ id }) => id),
  );
  const order = renderOrder(
    loaded.map(({ pack }) => pack),
    roots,
  );
  return { packs: order.flatMap(({ manifest }) => byId.get(manifest.id) ?? []), warnings: resolved.warnings };
}

/** Content and source find a locked pack in the store; a local one is found by its id. */
function toLocked({ version, source, integrity }: LockedPack): LockedVersion {
  return LOCAL_KINDS.includes(source) || source.startsWith('.') ? { version } : { version, source, integrity };
}

function toLoaded(entry: ResolvedPackEntry, pack: Pack, demands: readonly PackDemand[]): LoadedPack {
  const demand = demands.find(({ reference }) => reference === entry.asked?.reference);
  const { kind } = entry.provenance;
  const source = demand?.sourceOf(pack) ?? (LOCAL_KINDS.includes(kind) ? kind : entry.source);
  return { pack, source, because: entry.because, isFoundById: demand?.namesPlace !== true };
}
