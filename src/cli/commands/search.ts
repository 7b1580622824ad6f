import { searchPacks } from '../../ops/packs/search-packs.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import type { searchSpec } from '../specs/search.ts';
import { describeFound, isHere, viewSearchHits } from '../views/search-hits.ts';

export const runSearch: RunCommand<typeof searchSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const { category, limit, registry, tag: tags, fuzzy } = flags;
  const query = positionals.join(' ');
  const { signal, globals } = context;
  const request = { ...definedOnly({ query, category, limit, registry, tags, fuzzy }), offline: globals.offline, signal };
  const { hits, total, unasked } = await searchPacks(request, ports);
  const best = hits[0]?.entry;
  return {
    data: { query, hits: hits.map(({ entry, score, because }) => ({ pack: describeFound(entry), score, because })), total },
    view: (terminal) => viewSearchHits(query, hits, terminal),
    warnings: unasked.map(({ registry, reason }) => `the registry ${registry} was not searched: ${reason}`),
    next: best === undefined ? ['packs list'] : [isHere(best) ? `packs show ${best.id}` : `packs install ${best.id}`],
  };
};
