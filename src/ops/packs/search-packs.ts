import { type Ranked, rankPacks } from '../../core/catalogue/rank-packs.ts';
import type { CatalogueEntry } from '../../ports/pack-repository.ts';
import type { Ports } from '../../ports/ports.ts';
import { passesFilters } from './list-packs.ts';

export interface SearchRequest {
  readonly query: string;
  readonly category?: string;
  readonly tags?: readonly string[];
  readonly limit?: number;
  /** Whether slips of the keyboard are forgiven even where something else hits exactly. */
  readonly fuzzy: boolean;
}

export interface SearchResult {
  readonly hits: readonly Ranked<CatalogueEntry>[];
  /** How many there are before `limit`. */
  readonly total: number;
}

/** Ranks the usable packs by a query. Typing errors are always forgiven when nothing hits without. */
export async function searchPacks(request: SearchRequest, { repository }: Pick<Ports, 'repository'>): Promise<SearchResult> {
  const all = await repository.list();
  const entries = all.filter((entry) => !entry.isBroken && entry.shadowedBy === undefined && passesFilters(entry, request));
  const exact = rankPacks(entries, request.query, request.fuzzy);
  const hits = exact.length > 0 ? exact : rankPacks(entries, request.query, true);
  return { hits: hits.slice(0, request.limit ?? hits.length), total: hits.length };
}
