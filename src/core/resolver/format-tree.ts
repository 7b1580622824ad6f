import type { Resolution, ResolvedDependency, ResolvedPack } from './resolution.ts';
import { dependents, packOf } from './resolution-graph.ts';

type Graph = Pick<Resolution, 'packs' | 'roots'>;

export interface TreeOptions {
  /** Packs to start from; all that were asked for from outside unless told. Unknown ones are left out. */
  readonly from?: readonly string[];
  /** Text to add behind a pack the first time it is shown, such as its size. */
  readonly annotate?: (pack: ResolvedPack) => string | undefined;
}

/** Writes the packs as a tree of what depends on what. A pack that was shown before is marked `(see above)` and not unfolded again. No final newline. */
export function formatTree(graph: Graph, options: TreeOptions = {}): string {
  return drawForest(graph, options, {
    label: ({ pack, version }, edge) => `${pack} ${version}${edge?.optional === true ? ' (optional)' : ''}`,
    below: (pack) => pack.dependencies.map((dependency) => ({ pack: dependency.pack, edge: dependency })),
  });
}

/** Writes who depends on the given packs, up to those that were asked for from outside, which say so. Repeats are marked as in `formatTree`. */
export function formatInvertedTree(graph: Graph, options: TreeOptions = {}): string {
  const above = dependents(graph);
  return drawForest(graph, options, {
    label: ({ pack, version, requestedBy }) =>
      `${pack} ${version}${requestedBy.length === 0 ? '' : ` (asked for by ${requestedBy.join(', ')})`}`,
    below: ({ pack }) => (above.get(pack) ?? []).map((dependent) => ({ pack: dependent.pack, edge: undefined })),
  });
}

interface Drawing {
  readonly label: (pack: ResolvedPack, edge: ResolvedDependency | undefined) => string;
  readonly below: (pack: ResolvedPack) => readonly Branch[];
}

interface Branch {
  readonly pack: string;
  readonly edge: ResolvedDependency | undefined;
}

function drawForest(graph: Graph, { from = graph.roots, annotate }: TreeOptions, drawing: Drawing): string {
  const shown = new Set<string>();
  const lines: string[] = [];
  const draw = (branch: Branch, lead: string, indent: string): void => {
    const entry = packOf(graph, branch.pack);
    if (entry === undefined) return;
    const label = drawing.label(entry, branch.edge);
    if (shown.has(entry.pack)) {
      lines.push(`${lead}${label} (see above)`);
      return;
    }
    shown.add(entry.pack);
    const note = annotate?.(entry);
    lines.push(`${lead}${label}${note === undefined ? '' : ` ${note}`}`);
    const below = drawing.below(entry);
    below.forEach((next, index) => {
      const isLast = index === below.length - 1;
      draw(next, `${indent}${isLast ? '└─ ' : '├─ '}`, `${indent}${isLast ? '   ' : '│  '}`);
    });
  };
  for (const pack of from) draw({ pack, edge: undefined }, '', '');
  return lines.join('\n');
}
