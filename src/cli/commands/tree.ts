import { cutGraph, showTree } from '../../ops/packs/show-tree.ts';
import type { RunCommand } from '../command.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { treeSpec } from '../specs/discover.ts';
import { describeTree, viewTree } from '../views/pack-tree.ts';

export const runTree: RunCommand<typeof treeSpec> = async ({ flags, positionals }, context) => {
  const ports = await context.openPorts();
  const { depth, format = 'tree', invert } = flags;
  const tree = await showTree({ references: positionals, invert, ...loadOptionsOf(context) }, ports);
  const graph = depth === undefined ? tree.graph : cutGraph(tree.graph, tree.from, depth, invert);
  const shown = { ...tree, graph };
  return {
    data: describeTree(shown),
    view: () => viewTree(shown, { format, isInverted: invert }),
    warnings: tree.warnings,
    next: positionals.length === 0 || invert || format !== 'tree' ? [] : [`packs install ${positionals.join(' ')}`],
  };
};
