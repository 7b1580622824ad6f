import { compareText } from '../text/compare-text.ts';
import type { Resolution, ResolvedPack } from './resolution.ts';

type Graph = Pick<Resolution, 'packs'>;

/** A pack that depends on another, and what it asks. */
export interface Dependent {
  readonly pack: string;
  readonly range: string;
  readonly optional: boolean;
}

/** Groups packs for installing in parallel: each depends only on packs of earlier groups. Names are sorted within a group. */
export function levels(graph: Graph): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const [pack, height] of heights(graph)) {
    while (groups.length < height) groups.push([]);
    groups[height - 1]?.push(pack);
  }
  return groups.map((group) => group.sort(compareText));
}

/** The number of packs on the longest chain of dependencies; 0 of an empty resolution. */
export function depth(graph: Graph): number {
  let deepest = 0;
  for (const height of heights(graph).values()) deepest = Math.max(deepest, height);
  return deepest;
}

/** Who depends directly on each pack, sorted; an empty list for those only asked for from outside. */
export function dependents(graph: Graph): ReadonlyMap<string, readonly Dependent[]> {
  const found = new Map<string, Dependent[]>(graph.packs.map(({ pack }) => [pack, []]));
  for (const { pack, dependencies } of graph.packs) {
    for (const { pack: target, range, optional } of dependencies) found.get(target)?.push({ pack, range, optional });
  }
  return found;
}

/** Finds a pack by name. */
export function packOf(graph: Graph, name: string): ResolvedPack | undefined {
  return graph.packs.find(({ pack }) => pack === name);
}

/** For each pack the length of the longest chain that starts at it, itself included. The graph must be free of cycles, as every resolution is. */
function heights(graph: Graph): Map<string, number> {
  const byName = new Map(graph.packs.map((entry) => [entry.pack, entry]));
  const found = new Map<string, number>();
  const pending = graph.packs.toReversed();
  for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
    const below = top.dependencies.flatMap(({ pack }) => byName.get(pack) ?? []);
    const missing = below.filter(({ pack }) => !found.has(pack));
    if (missing.length > 0) pending.push(...missing);
    else {
      pending.pop();
      found.set(top.pack, 1 + Math.max(0, ...below.map(({ pack }) => found.get(pack) ?? 0)));
    }
  }
  return found;
}
