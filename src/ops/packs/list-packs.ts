import { compareText } from '../../core/text/compare-text.ts';
import type { CatalogueEntry, PackRepository } from '../../ports/pack-repository.ts';

export interface ListRequest {
  readonly category?: string;
  /** A pack must have all of them. */
  readonly tags?: readonly string[];
  /** A kind of source, such as `builtin` or `project`. */
  readonly source?: string;
  /** Only packs that are installed. */
  readonly installed?: boolean;
  readonly sort?: 'name' | 'category' | 'source';
  readonly limit?: number;
}

export interface CategoryCount {
  readonly name: string;
  readonly count: number;
}

export interface PackList {
  readonly packs: readonly CatalogueEntry[];
  /** How many there are before `limit`. */
  readonly total: number;
  /** Over the whole catalogue, by name. */
  readonly categories: readonly CategoryCount[];
}

/** Lists the packs of the catalogue that pass every filter. */
export async function listPacks(
  request: ListRequest,
  { repository }: { readonly repository: Pick<PackRepository, 'list'> },
): Promise<PackList> {
  const all = await repository.list();
  const matching = all.filter((entry) => passesFilters(entry, request)).sort(orderBy(request.sort ?? 'name'));
  return { packs: matching.slice(0, request.limit ?? matching.length), total: matching.length, categories: countCategories(all) };
}

/** Tells whether an entry has the category, all tags and the source that are asked for, and is installed where that is. */
export function passesFilters(
  entry: Pick<CatalogueEntry, 'category' | 'keywords' | 'provenance'>,
  { category, tags, source, installed }: Pick<ListRequest, 'category' | 'tags' | 'source' | 'installed'>,
): boolean {
  if (category !== undefined && entry.category !== category) return false;
  if (source !== undefined && entry.provenance.kind !== source) return false;
  if (installed === true && entry.provenance.kind !== 'installed') return false;
  return (tags ?? []).every((tag) => entry.keywords.includes(tag));
}

function orderBy(sort: 'name' | 'category' | 'source'): (a: CatalogueEntry, b: CatalogueEntry) => number {
  const key = (entry: CatalogueEntry): string => {
    if (sort === 'category') return entry.category ?? '';
    return sort === 'source' ? entry.provenance.kind : entry.id;
  };
  return (a, b) => compareText(key(a), key(b)) || compareText(a.id, b.id);
}

function countCategories(entries: readonly CatalogueEntry[]): CategoryCount[] {
  const counts = new Map<string, number>();
  for (const { category, shadowedBy } of entries) {
    if (category !== undefined && shadowedBy === undefined) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => compareText(a.name, b.name));
}
