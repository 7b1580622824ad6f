import { searchPacks } from '../../ops/packs/search-packs.ts';
import type { RunCommand } from '../command.ts';
import { definedOnly } from '../defined-only.ts';
import type { searchSpec } from '../specs/search.ts';
import { describeEntry } from '../views/pack-list.ts';
import { viewSearchHits } from '../views/search-hits.ts';

export const runSearch: RunCommand<typeof searchSpec> = async ({ flags, positionals }, context) => {
  const { repository } = await context.openPorts();
  const { category, limit, tag: tags, fuzzy } = flags;
  const query = positionals.join(' ');
  const { hits, total } = await searchPacks(definedOnly({ query, category, limit, tags, fuzzy }), { repository });
  const best = hits[0]?.entry.id;
  return {
    data: { query, hits: hits.map(({ entry, score, because }) => ({ pack: describeEntry(entry), score, because })), total },
    view: (terminal) => viewSearchHits(query, hits, terminal),
    next: best === undefined ? ['packs list'] : [`packs show ${best}`],
  };
};
