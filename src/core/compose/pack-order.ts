import type { PackManifest } from '../pack/pack-manifest.ts';

/** The part of a pack that its place in an order depends on. */
type Ordered = { readonly manifest: Pick<PackManifest, 'id' | 'dependencies'> };

/**
 * The order in which packs are rendered and composed: what a pack depends on comes before it, otherwise as asked for and declared.
 * Every pack is reached from the roots or comes last, by its place in `packs`.
 */
export function renderOrder<Pack extends Ordered>(packs: readonly Pack[], roots: readonly string[]): Pack[] {
  return walk(packs, roots, 'after');
}

/** The order in which answers are asked, and in which the first definition of a shared variable counts: a pack comes before what it depends on. */
export function answerOrder<Pack extends Ordered>(packs: readonly Pack[], roots: readonly string[]): Pack[] {
  return walk(packs, roots, 'before');
}

function walk<Pack extends Ordered>(packs: readonly Pack[], roots: readonly string[], place: 'before' | 'after'): Pack[] {
  const byId = new Map(packs.map((pack) => [pack.manifest.id as string, pack]));
  const seen = new Set<string>();
  const order: Pack[] = [];
  const visit = (id: string): void => {
    const pack = byId.get(id);
    if (pack === undefined || seen.has(id)) return;
    seen.add(id);
    if (place === 'before') order.push(pack);
    for (const dependency of pack.manifest.dependencies) visit(dependency.id);
    if (place === 'after') order.push(pack);
  };
  for (const id of [...roots, ...byId.keys()]) visit(id);
  return order;
}
