import type { Pack } from '../pack/pack.ts';
import { compareVersions } from '../pack/versions.ts';
import { compareText } from '../text/compare-text.ts';
import { type PackFacts, statePack } from './describe-pack.ts';
import type { RdfQuad } from './rdf.ts';
import { packName } from './resource-names.ts';
import { Statements } from './statements.ts';

export interface CataloguePack {
  readonly pack: Pack;
  readonly facts: PackFacts;
}

/** A version of a pack, by name. */
interface Named {
  readonly id: string;
  readonly version: string;
}

/** All packs, and how they hang together: which pack a dependency names, and which version takes the place of which. */
export function describeCatalogue(packs: readonly CataloguePack[]): readonly RdfQuad[] {
  const out = new Statements();
  const distinct = distinctVersions(packs);
  const usable = new Map(
    distinct.filter(({ facts }) => facts.isShadowed !== true).map(({ pack }) => [pack.manifest.id as string, pack.manifest]),
  );
  const newest = findNewest(distinct.map(({ pack }) => pack.manifest));
  for (const { pack, facts } of distinct) {
    statePack(out, pack, facts);
    for (const { id } of pack.manifest.dependencies) {
      const needed = usable.get(id);
      if (needed !== undefined) out.say(nameOf(pack.manifest), 'dependsOn', nameOf(needed));
    }
    stateSuccessor(out, pack.manifest, newest);
  }
  return out.quads;
}

/** The newest of some versions, by id. */
export function findNewest(versions: readonly Named[]): ReadonlyMap<string, string> {
  const newest = new Map<string, string>();
  for (const { id, version } of versions) {
    const known = newest.get(id);
    if (known === undefined || compareVersions(version, known) > 0) newest.set(id, version);
  }
  return newest;
}

/** Says which version takes the place of one, where one does; gives it. */
export function stateSuccessor(out: Statements, { id, version }: Named, newest: ReadonlyMap<string, string>): string | undefined {
  const other = newest.get(id);
  if (other === undefined || compareVersions(other, version) <= 0) return undefined;
  out.say(packName(id, version), 'supersededBy', packName(id, other));
  return other;
}

/** The same version from two places is one thing; the place that comes first is the one it has. */
function distinctVersions(packs: readonly CataloguePack[]): readonly CataloguePack[] {
  const seen = new Set<string>();
  return packs
    .filter(({ pack }) => {
      const key = nameOf(pack.manifest).value;
      return seen.has(key) ? false : seen.add(key);
    })
    .sort(
      (a, b) => compareText(a.pack.manifest.id, b.pack.manifest.id) || compareVersions(a.pack.manifest.version, b.pack.manifest.version),
    );
}

function nameOf({ id, version }: Named): ReturnType<typeof packName> {
  return packName(id, version);
}
