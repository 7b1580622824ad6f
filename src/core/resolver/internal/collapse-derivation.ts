import type { DependencyReason, DerivationNode, DerivedNode, FactNode } from '../derivation.ts';

/** A proof made shorter for reading: facts, facts of one kind taken together, and what follows from two others. */
export type Premise = FactPremise | GroupPremise | Conclusion;

interface FactPremise {
  readonly kind: 'fact';
  readonly node: FactNode;
}

/** What several versions of one pack ask of another. */
interface GroupPremise {
  readonly kind: 'group';
  readonly reasons: readonly DependencyReason[];
}

export interface Conclusion {
  readonly kind: 'conclusion';
  readonly node: DerivedNode;
  readonly left: Premise;
  readonly right: Premise;
}

/** Takes together what is one thought to a reader: that each version of a pack asks something of one other pack. Shared nodes stay shared. */
export function collapseDerivation(root: DerivationNode): Premise {
  const found = new Map<DerivationNode, Premise>();
  const pending: DerivationNode[] = [root];
  for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
    const missing = top.kind === 'derived' ? [top.left, top.right].filter((node) => !found.has(node)) : [];
    if (missing.length > 0) pending.push(...missing);
    else {
      pending.pop();
      found.set(top, collapseNode(top, found));
    }
  }
  const result = found.get(root);
  if (result === undefined) throw new RangeError('the derivation has no root');
  return result;
}

function collapseNode(node: DerivationNode, found: ReadonlyMap<DerivationNode, Premise>): Premise {
  if (node.kind === 'fact') return { kind: 'fact', node };
  const left = found.get(node.left);
  const right = found.get(node.right);
  if (left === undefined || right === undefined) throw new RangeError('a cause is missing from the derivation');
  const [first, ...others] = [...dependenciesIn(left), ...dependenciesIn(right)];
  const isGroup = dependenciesIn(left).length > 0 && dependenciesIn(right).length > 0;
  const isSameEdge = others.every((other) => other.dependent === first?.dependent && other.pack === first.pack);
  if (first !== undefined && isGroup && isSameEdge) return { kind: 'group', reasons: [...new Set([first, ...others])] };
  return { kind: 'conclusion', node, left, right };
}

function dependenciesIn(premise: Premise): readonly DependencyReason[] {
  if (premise.kind === 'group') return premise.reasons;
  return premise.kind === 'fact' && premise.node.reason.kind === 'dependency' ? [premise.node.reason] : [];
}
