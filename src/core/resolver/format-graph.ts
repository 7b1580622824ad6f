import type { Resolution } from './resolution.ts';

type Graph = Pick<Resolution, 'packs' | 'roots'>;

/** Writes the graph in the DOT language of Graphviz; optional dependencies are dashed, packs asked for from outside have a thick border. */
export function formatDot({ packs, roots }: Graph): string {
  const lines = ['digraph packs {', '  node [shape=box];'];
  for (const { pack, version } of packs) {
    lines.push(`  ${quoteDot(pack)} [label=${quoteDot(`${pack} ${version}`)}${roots.includes(pack) ? ', penwidth=2' : ''}];`);
  }
  for (const { pack, dependencies } of packs) {
    for (const dependency of dependencies) {
      const style = dependency.optional ? ', style=dashed' : '';
      lines.push(`  ${quoteDot(pack)} -> ${quoteDot(dependency.pack)} [label=${quoteDot(dependency.range)}${style}];`);
    }
  }
  return `${lines.join('\n')}\n}\n`;
}

/** Writes the graph as a Mermaid flowchart; optional dependencies are dotted. */
export function formatMermaid({ packs }: Graph): string {
  const ids = new Map(packs.map(({ pack }, index) => [pack, `p${index}`]));
  const lines = ['flowchart TD'];
  for (const { pack, version } of packs) lines.push(`  ${ids.get(pack)}["${escapeMermaid(`${pack} ${version}`)}"]`);
  for (const { pack, dependencies } of packs) {
    for (const dependency of dependencies) {
      const arrow = dependency.optional ? '-.->' : '-->';
      lines.push(`  ${ids.get(pack)} ${arrow}|"${escapeMermaid(dependency.range)}"| ${ids.get(dependency.pack)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function quoteDot(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ')}"`;
}

/** Mermaid reads HTML entities with `#` in place of `&`. */
function escapeMermaid(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll('\n', ' ');
}
