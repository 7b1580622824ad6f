import { type Ranked, rankPacks } from '../../core/catalogue/rank-packs.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { routeRegistries } from '../../core/install/route-registries.ts';
import { unknownRegistry } from '../../core/install/unknown-registry.ts';
import type { PackRegistry } from '../../ports/pack-places.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import type { ListedPack } from '../../ports/pack-source.ts';
import type { Ports } from '../../ports/ports.ts';
import { passesFilters } from './list-packs.ts';

export interface SearchRequest {
  readonly query: string;
  readonly category?: string;
  readonly tags?: readonly string[];
  readonly limit?: number;
  /** Whether slips of the keyboard are forgiven even where something else hits exactly. */
  readonly fuzzy: boolean;
  /** Look only into this registry of the settings, by its name: also for what is on this machine already. */
  readonly registry?: string;
  /** Whether registries are asked only for what was fetched of them before. */
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
}

/** What a search finds: a pack on this machine, or one of a registry that was not fetched yet. */
export type FoundPack = CatalogueEntry | ListedPack;

export interface SearchResult {
  readonly hits: readonly Ranked<FoundPack>[];
  /** How many there are before `limit`. */
  readonly total: number;
  /** Registries that could not be asked, each with the reason. */
  readonly unasked: readonly { readonly registry: string; readonly reason: string }[];
}

/**
 * Ranks by a query the packs that can be used: those on this machine, then those of registries that can be listed; or those of one registry. Typing
 * errors are always forgiven when nothing hits without.
 * @throws PacksmithError `REGISTRY_UNKNOWN`, `INVALID_ARGUMENTS` for a registry that cannot be listed; what reading the named registry throws.
 */
export async function searchPacks(
  request: SearchRequest,
  { repository, places }: Pick<Ports, 'repository' | 'places'>,
): Promise<SearchResult> {
  const { registry } = request;
  const { packs, unasked } =
    registry === undefined
      ? await listEverywhere(request, { repository, places })
      : { packs: await listRegistry(findRegistry(registry, places.registries), places.registries, request), unasked: [] };
  const entries = packs.filter((entry) => passesFilters(entry, request));
  const exact = rankPacks<FoundPack>(entries, request.query, request.fuzzy);
  const hits = exact.length > 0 ? exact : rankPacks<FoundPack>(entries, request.query, true);
  return { hits: hits.slice(0, request.limit ?? hits.length), total: hits.length, unasked };
}

async function listEverywhere(request: SearchRequest, { repository, places }: Pick<Ports, 'repository' | 'places'>) {
  const all = await repository.list();
  const here: FoundPack[] = all.filter((entry) => !entry.isBroken && entry.shadowedBy === undefined);
  const { packs, unasked } = await listRegistries(places.registries, request);
  const known = new Set(here.map(({ id }) => id));
  return { packs: [...here, ...packs.filter(({ id }) => !known.has(id))], unasked };
}

function findRegistry(name: string, registries: readonly PackRegistry[]): PackRegistry {
  const found = registries.find((registry) => registry.name === name);
  if (found === undefined) {
    const names = registries.map((registry) => registry.name);
    throw unknownRegistry(
      name,
      names,
      names.length === 0 ? 'there are none: `packs config set` adds one' : `there are ${names.join(', ')}`,
    );
  }
  if (found.source.listPacks !== undefined) return found;
  throw new PacksmithError('INVALID_ARGUMENTS', `the registry ${name} cannot be searched: it is asked for ids only`, {
    hint: '`packs install ID` and `packs show ID --versions` ask it',
  });
}

/** The packs of all registries that can be listed, each from the first that may be asked for it. A registry that fails keeps none of the others from answering. */
async function listRegistries(registries: readonly PackRegistry[], request: SearchRequest) {
  const unasked: { readonly registry: string; readonly reason: string }[] = [];
  const listed = await Promise.all(
    registries.map(async (registry) => {
      try {
        return await listRegistry(registry, registries, request);
      } catch (error) {
        if (!(error instanceof PacksmithError) || error.code === 'INTERRUPTED') throw error;
        unasked.push({ registry: registry.name, reason: error.message });
        return [];
      }
    }),
  );
  const packs = new Map<string, ListedPack>();
  for (const pack of listed.flat()) if (!packs.has(pack.id)) packs.set(pack.id, pack);
  return { packs: [...packs.values()], unasked };
}

/** What a registry that can be listed has, as far as it may be asked for it. */
async function listRegistry(
  registry: PackRegistry,
  registries: readonly PackRegistry[],
  { offline = false, signal }: SearchRequest,
): Promise<readonly ListedPack[]> {
  const packs = (await registry.source.listPacks?.({ offline, ...(signal && { signal }) })) ?? [];
  return packs.filter(({ id }) => routeRegistries(id, registries).includes(registry));
}
