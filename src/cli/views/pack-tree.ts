import { formatDot, formatMermaid } from '../../core/resolver/format-graph.ts';
import { formatInvertedTree, formatTree } from '../../core/resolver/format-tree.ts';
import { graphToJson } from '../../core/resolver/graph-to-json.ts';
import { stripControl } from '../../core/text/strip-control.ts';
import type { PackTree } from '../../ops/packs/show-tree.ts';
import { formatJson } from '../envelope.ts';
import { formatBytes } from './format-bytes.ts';

/** A graph of packs as JSON has it. */
export function describeTree({ graph, totals, sizes }: PackTree): object {
  const json = graphToJson(graph);
  return { ...json, packs: json.packs.map((pack) => ({ ...pack, bytes: sizes.get(pack.id) ?? null })), totals };
}

export interface TreeForm {
  readonly format: 'tree' | 'json' | 'dot' | 'mermaid';
  readonly isInverted: boolean;
}

/** A graph of packs in one of its forms. */
export function viewTree(tree: PackTree, { format, isInverted }: TreeForm): string {
  if (format === 'json') return formatJson(describeTree(tree));
  if (format === 'dot') return stripControl(formatDot(tree.graph));
  if (format === 'mermaid') return stripControl(formatMermaid(tree.graph));
  const { graph, from, sizes } = tree;
  if (graph.packs.length === 0) return 'no packs are installed\n';
  const annotate = ({ pack }: { readonly pack: string }): string | undefined => {
    const bytes = sizes.get(pack);
    return bytes === undefined ? undefined : `(${formatBytes(bytes)})`;
  };
  const text = (isInverted ? formatInvertedTree : formatTree)(graph, { from, annotate });
  return `${stripControl(text)}\n${isInverted ? '' : `\n${describeTotals(tree)}\n`}`;
}

function describeTotals({ totals }: PackTree): string {
  const { packs, bytes, unmeasured, depth, levels } = totals;
  const size = `${formatBytes(bytes)}${unmeasured === 0 ? '' : ` and ${unmeasured} not fetched yet`}`;
  return `${packs} pack${packs === 1 ? '' : 's'} · depth ${depth} · ${levels.length} level${levels.length === 1 ? '' : 's'} · ${size}`;
}
