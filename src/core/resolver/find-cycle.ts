import type { ResolvedPack } from './resolution.ts';

type Edges = Pick<ResolvedPack, 'pack' | 'dependencies'>;

/** Finds packs that depend on each other, as the path back to its first pack (`a, b, a`), or `undefined`. A pack that depends on itself gives `a, a`. */
export function findCycle(packs: readonly Edges[]): readonly string[] | undefined {
  const byName = new Map(packs.map((entry) => [entry.pack, entry]));
  const finished = new Set<string>();
  const path: { entry: Edges; next: number }[] = [];
  for (const start of packs) {
    if (!finished.has(start.pack)) path.push({ entry: start, next: 0 });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const dependency = top.entry.dependencies[top.next++];
      if (dependency === undefined) {
        finished.add(top.entry.pack);
        path.pop();
        continue;
      }
      const repeated = path.findIndex(({ entry }) => entry.pack === dependency.pack);
      if (repeated !== -1) return [...path.slice(repeated).map(({ entry }) => entry.pack), dependency.pack];
      const entry = byName.get(dependency.pack);
      if (entry !== undefined && !finished.has(entry.pack)) path.push({ entry, next: 0 });
    }
  }
  return undefined;
}
