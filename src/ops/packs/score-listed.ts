import { createPackScorer } from '../../core/metadata/score-catalogue.ts';
import { compareText } from '../../core/text/compare-text.ts';
import type { PackRepository } from '../../ports/pack-repository.ts';
import type { PackList } from './list-packs.ts';
import { withLanguage } from './read-pack-tree.ts';

/** Scores by the directories of packs. */
export type ListedScores = ReadonlyMap<string, number>;

/** Scores every pack of the catalogue by what its files show. Packs that cannot be read, and templates of other tools, have none. */
export async function scoreListed({ repository }: { readonly repository: Pick<PackRepository, 'survey'> }): Promise<ListedScores> {
  const found = await (await repository.survey()).load();
  const packs = await Promise.all(found.map(({ pack }) => withLanguage(pack)));
  const scorer = createPackScorer(packs);
  return new Map(
    packs.flatMap((pack) => {
      const score = scorer(pack);
      return score === undefined ? [] : [[pack.provenance.location, score.score] as const];
    }),
  );
}

/** The best first, and at most so many. */
export function orderByScore(list: PackList, scores: ListedScores, limit: number | undefined): PackList {
  const of = (location: string): number => scores.get(location) ?? -1;
  const packs = list.packs.toSorted((a, b) => of(b.provenance.location) - of(a.provenance.location) || compareText(a.id, b.id));
  return { ...list, packs: packs.slice(0, limit ?? packs.length) };
}
