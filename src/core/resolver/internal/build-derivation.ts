import type { DerivationNode, DerivationTerm } from '../derivation.ts';
import type { VersionSet } from '../version-set.ts';
import { type Incompatibility, resolveInPlace, type TermMap, termsOf } from './incompatibility.ts';

interface PackNaming {
  readonly nameOf: (pack: number) => string;
  readonly fullOf: (pack: number) => VersionSet;
}

/** Spells out the proof of an incompatibility, one node a resolution. What was learned once and used often is one shared node. */
export function buildDerivation(root: Incompatibility, naming: PackNaming): DerivationNode {
  const built = new Map<Incompatibility, DerivationNode>();
  const pending = [root];
  for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
    const missing = parentsOf(top).filter((parent) => !built.has(parent));
    if (missing.length > 0) pending.push(...missing);
    else {
      pending.pop();
      if (!built.has(top)) built.set(top, buildNode(top, built, naming));
    }
  }
  const node = built.get(root);
  if (node === undefined) throw new RangeError('the derivation has no root');
  return node;
}

function parentsOf({ cause }: Incompatibility): readonly Incompatibility[] {
  return cause.kind === 'learned' ? [cause.start, ...cause.steps.map((step) => step.with)] : [];
}

function buildNode(
  incompatibility: Incompatibility,
  built: ReadonlyMap<Incompatibility, DerivationNode>,
  naming: PackNaming,
): DerivationNode {
  const { cause } = incompatibility;
  if (cause.kind !== 'learned') return { kind: 'fact', terms: publicTerms(termsOf(incompatibility), naming), reason: cause };
  const terms = termsOf(cause.start);
  let node = built.get(cause.start);
  for (const step of cause.steps) {
    const right = built.get(step.with);
    resolveInPlace(terms, step, naming.fullOf);
    if (node === undefined || right === undefined) break;
    node = { kind: 'derived', terms: publicTerms(terms, naming), pivot: naming.nameOf(step.pivot), left: node, right };
  }
  if (node === undefined) throw new RangeError('a cause is missing from the derivation');
  return node;
}

function publicTerms(terms: TermMap, { nameOf }: PackNaming): DerivationTerm[] {
  return [...terms].map(([pack, set]) => ({ pack: nameOf(pack), set })).sort((a, b) => (a.pack < b.pack ? -1 : 1));
}
