import { difference, type VersionSet } from '../version-set.ts';
import { type Incompatibility, type ResolutionStep, resolveInPlace, termsOf } from './incompatibility.ts';
import type { PartialSolution } from './partial-solution.ts';

/** What a conflict teaches. `incompatibility` without terms means that there is no solution. */
export interface Lesson {
  readonly incompatibility: Incompatibility;
  /** The level to go back to, where all terms but the first are satisfied. */
  readonly level: number;
  /** The packs that took part. */
  readonly involved: ReadonlySet<number>;
  /** How many terms were resolved on the way. */
  readonly work: number;
}

/**
 * Resolves a satisfied incompatibility with the causes of what satisfied it last, until going back to an earlier level leaves exactly one term
 * unsatisfied. Satisfier positions are kept per term and found anew only for the terms that a resolution changed.
 */
export function analyzeConflict(conflict: Incompatibility, solution: PartialSolution, fullOf: (pack: number) => VersionSet): Lesson {
  const terms = termsOf(conflict);
  const involved = new Set(terms.keys());
  const positions = new Map<number, number>();
  for (const [pack, set] of terms) positions.set(pack, solution.satisfierPosition(pack, set));
  const steps: ResolutionStep[] = [];
  let work = terms.size;
  for (;;) {
    const { pivot, last, second } = findLatest(positions);
    const set = terms.get(pivot);
    if (set === undefined) return { incompatibility: learn(conflict, steps, []), level: 0, involved, work };
    const { cause, level } = solution.assignmentAt(last);
    const previous = cause === undefined ? second : Math.max(second, ownRest(cause, pivot, set));
    const previousLevel = previous < 0 ? 0 : solution.assignmentAt(previous).level;
    if (cause === undefined || previousLevel < level) {
      const latestFirst = [...terms].sort(([a], [b]) => (positions.get(b) ?? 0) - (positions.get(a) ?? 0));
      return { incompatibility: learn(conflict, steps, latestFirst), level: previousLevel, involved, work };
    }
    const step = { pivot, with: cause };
    steps.push(step);
    work += terms.size + cause.packs.length;
    for (const pack of resolveInPlace(terms, step, fullOf)) locate(pack);
  }

  function locate(pack: number): void {
    involved.add(pack);
    const set = terms.get(pack);
    if (set === undefined) positions.delete(pack);
    else positions.set(pack, solution.satisfierPosition(pack, set));
  }

  /** The latest assignment of the pivot without which the last one would not have satisfied its term. */
  function ownRest(cause: Incompatibility, pivot: number, set: VersionSet): number {
    const excluded = cause.sets[cause.packs.indexOf(pivot)];
    if (excluded === undefined) return -1;
    return solution.satisfierPosition(pivot, set, difference(fullOf(pivot), excluded));
  }
}

function findLatest(positions: ReadonlyMap<number, number>): { pivot: number; last: number; second: number } {
  let pivot = -1;
  let last = -1;
  let second = -1;
  for (const [pack, position] of positions) {
    if (position > last) {
      second = last;
      last = position;
      pivot = pack;
    } else if (position > second) second = position;
  }
  return { pivot, last, second };
}

/** A conflict of at most two terms is watched by both anyway, and serves as its own lesson. */
function learn(
  conflict: Incompatibility,
  steps: readonly ResolutionStep[],
  terms: readonly (readonly [number, VersionSet])[],
): Incompatibility {
  if (steps.length === 0 && conflict.packs.length <= 2) return conflict;
  if (steps.length === 0) conflict.isRetired = true;
  return {
    packs: terms.map(([pack]) => pack),
    sets: terms.map(([, set]) => set),
    cause: steps.length === 0 ? conflict.cause : { kind: 'learned', start: conflict, steps },
    isRetired: false,
  };
}
