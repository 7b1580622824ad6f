import { isOwnFormat } from '../pack/is-own-format.ts';
import type { Pack } from '../pack/pack.ts';
import { isInRange } from '../pack/versions.ts';
import { scoreStatically } from '../quality/gather-score-facts.ts';
import type { DependencyFacts } from '../quality/lint-facts.ts';
import type { PackScore } from '../quality/score-pack.ts';

/** Scores packs by what their files show; what they depend on is looked for among them. Templates of other tools have no score. */
export function createPackScorer(packs: readonly Pack[]): (pack: Pack) => PackScore | undefined {
  const byId = new Map<string, Pack[]>();
  for (const pack of packs) byId.set(pack.manifest.id, [...(byId.get(pack.manifest.id) ?? []), pack]);
  return (pack) => {
    // Templates in another language are judged only where what reads them is loaded.
    if (!isOwnFormat(pack) || (pack.manifest.language !== undefined && pack.foreign === undefined)) return undefined;
    const dependencies = pack.manifest.dependencies.map(({ id, version }): [string, DependencyFacts] => {
      const found = byId.get(id)?.find(({ manifest }) => isInRange(manifest.version, version));
      return [id, { manifest: found?.manifest, deprecated: undefined }];
    });
    return scoreStatically(pack, new Map(dependencies));
  };
}
