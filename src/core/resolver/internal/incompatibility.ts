import type { Reason } from '../derivation.ts';
import { intersection, isSubset, union, type VersionSet } from '../version-set.ts';

/**
 * States that the sets of `packs` can't all hold at once. The first two terms are the watched ones; their order changes as the search goes.
 * A pack appears once; a set is neither empty nor everything.
 */
export interface Incompatibility {
  readonly packs: number[];
  readonly sets: VersionSet[];
  readonly cause: Reason | LearnedCause;
  /** Replaced by a wider one; still valid as a cause. */
  isRetired: boolean;
}

/** The chain of resolutions that led to it: `start` resolved with each of `steps` in turn. */
export interface LearnedCause {
  readonly kind: 'learned';
  readonly start: Incompatibility;
  readonly steps: readonly ResolutionStep[];
}

export interface ResolutionStep {
  readonly pivot: number;
  readonly with: Incompatibility;
}

/** Terms by pack, as needed while resolving. */
export type TermMap = Map<number, VersionSet>;

/**
 * Resolves `terms` with an incompatibility in place, and returns the packs whose set changed or appeared.
 * On the pivot the sets are united (and the term goes once it excludes nothing), on all other packs intersected.
 */
export function resolveInPlace(terms: TermMap, step: ResolutionStep, fullOf: (pack: number) => VersionSet): number[] {
  const changed: number[] = [];
  step.with.packs.forEach((pack, position) => {
    const set = step.with.sets[position];
    if (set === undefined) return;
    const mine = terms.get(pack);
    const next = mine === undefined ? set : pack === step.pivot ? union(mine, set) : intersection(mine, set);
    if (pack === step.pivot && isSubset(fullOf(pack), next)) terms.delete(pack);
    else terms.set(pack, next);
    changed.push(pack);
  });
  return changed;
}

export function termsOf(incompatibility: Incompatibility): TermMap {
  const terms: TermMap = new Map();
  incompatibility.packs.forEach((pack, position) => {
    const set = incompatibility.sets[position];
    if (set !== undefined) terms.set(pack, set);
  });
  return terms;
}
