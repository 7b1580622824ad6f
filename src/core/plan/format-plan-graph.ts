import { compareText } from '../text/compare-text.ts';
import type { GenerationPlan } from './generation-plan.ts';

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly label: string; readonly kind: 'pack' | 'path' | 'conflict' }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
}

/** A plan's packs and the paths that several of them write, as a Graphviz graph. */
export function formatPlanDot(plan: GenerationPlan): string {
  const { nodes, edges } = toGraph(plan);
  const shapes = { pack: 'box', path: 'note', conflict: 'octagon' } as const;
  const lines = [
    ...nodes.map(({ id, label, kind }) => `  ${quote(id)} [label=${quote(label)}, shape=${shapes[kind]}];`),
    ...edges.map(({ from, to, label }) => `  ${quote(from)} -> ${quote(to)}${label === '' ? '' : ` [label=${quote(label)}]`};`),
  ];
  return `digraph plan {\n  rankdir=LR;\n${lines.join('\n')}\n}\n`;
}

/** The same graph as Mermaid. */
export function formatPlanMermaid(plan: GenerationPlan): string {
  const { nodes, edges } = toGraph(plan);
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const forms = { pack: ['[', ']'], path: ['(', ')'], conflict: ['{{', '}}'] } as const;
  const lines = [
    ...nodes.map(({ id, label, kind }) => `  ${names.get(id)}${forms[kind][0]}"${escapeMermaid(label)}"${forms[kind][1]}`),
    ...edges.map(({ from, to, label }) => `  ${names.get(from)} -->${label === '' ? '' : `|"${escapeMermaid(label)}"|`} ${names.get(to)}`),
  ];
  return `flowchart LR\n${lines.join('\n')}\n`;
}

function toGraph({ packs, decisions, conflicts }: GenerationPlan): Graph {
  const settled = decisions.map(({ path, packs: from, how, driver }) => ({
    path,
    from,
    kind: 'path' as const,
    label: driver === undefined ? how : `${how} as ${driver}`,
  }));
  const open = conflicts.map(({ path, ours, theirs }) => ({ path, from: [ours, theirs], kind: 'conflict' as const, label: 'conflict' }));
  const paths = [...settled, ...open].sort((a, b) => compareText(a.path, b.path));
  return {
    nodes: [
      ...packs.map(({ id, version }) => ({ id: `pack ${id}`, label: `${id} ${version}`, kind: 'pack' as const })),
      ...paths.map(({ path, kind }) => ({ id: `path ${path}`, label: path, kind })),
    ],
    edges: paths.flatMap(({ path, from, label }) => from.map((pack) => ({ from: `pack ${pack}`, to: `path ${path}`, label }))),
  };
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', ' ')}"`;
}

function escapeMermaid(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('\n', ' ');
}
