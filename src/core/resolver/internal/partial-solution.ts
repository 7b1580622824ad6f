import { ABSENT, hasBit, intersection, isDisjoint, isSubset, isSubsetWithin, type VersionSet } from '../version-set.ts';
import type { Incompatibility } from './incompatibility.ts';

interface PackHistory {
  readonly full: VersionSet;
  /** Positions in the trail of this pack's assignments, ascending. */
  readonly positions: number[];
  /** What was left of the pack's states after each of them; each a subset of the one before. */
  readonly sets: VersionSet[];
  isDecided: boolean;
}

/** Why the trail got an entry: the incompatibility it follows from, or nothing for a decision. */
interface Assignment {
  readonly pack: number;
  readonly level: number;
  readonly cause: Incompatibility | undefined;
}

/**
 * The decisions made and what follows from them, in order. Besides the trail it keeps one list of assignments per pack, with the states left
 * after each. They only shrink, so that the assignment which satisfied a term is found by bisection instead of a walk over the trail.
 */
export class PartialSolution {
  #level = 0;
  readonly #trail: Assignment[] = [];
  readonly #histories: PackHistory[] = [];
  #decided = 0;

  get level(): number {
    return this.#level;
  }

  get decidedCount(): number {
    return this.#decided;
  }

  /** Packs are numbered in the order in which they are added. */
  addPack(full: VersionSet): void {
    this.#histories.push({ full, positions: [], sets: [], isDecided: false });
  }

  /** The states still possible for a pack. */
  allowed(pack: number): VersionSet {
    const history = this.#history(pack);
    return history.sets[history.sets.length - 1] ?? history.full;
  }

  satisfies(pack: number, set: VersionSet): boolean {
    return isSubset(this.allowed(pack), set);
  }

  contradicts(pack: number, set: VersionSet): boolean {
    return isDisjoint(this.allowed(pack), set);
  }

  /** Needed by what was decided, but without a version yet. */
  isOpen(pack: number): boolean {
    return !this.#history(pack).isDecided && !hasBit(this.allowed(pack), ABSENT);
  }

  isPresent(pack: number): boolean {
    return this.#history(pack).isDecided;
  }

  decide(pack: number, set: VersionSet): void {
    this.#level++;
    this.#decided++;
    this.#history(pack).isDecided = true;
    this.#assign(pack, set, undefined);
  }

  derive(pack: number, set: VersionSet, cause: Incompatibility): void {
    this.#assign(pack, intersection(this.allowed(pack), set), cause);
  }

  /** Takes back every assignment above a level. */
  backtrackTo(level: number): void {
    for (let last = this.#trail.at(-1); last !== undefined && last.level > level; last = this.#trail.at(-1)) {
      this.#trail.pop();
      const history = this.#history(last.pack);
      history.positions.pop();
      history.sets.pop();
      if (last.cause !== undefined) continue;
      history.isDecided = false;
      this.#decided--;
    }
    this.#level = level;
  }

  assignmentAt(position: number): Assignment {
    const assignment = this.#trail[position];
    if (assignment === undefined) throw new RangeError(`the trail has no position ${position}`);
    return assignment;
  }

  /**
   * The position of the earliest assignment from which on the pack's states, cut down to `within`, lie in `set`; -1 when they do from the start.
   * The term must be satisfied now.
   */
  satisfierPosition(pack: number, set: VersionSet, within?: VersionSet): number {
    const history = this.#history(pack);
    const isIn = (states: VersionSet): boolean => (within === undefined ? isSubset(states, set) : isSubsetWithin(states, within, set));
    if (isIn(history.full)) return -1;
    let low = 0;
    let high = history.sets.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isIn(history.sets[middle] ?? history.full)) high = middle;
      else low = middle + 1;
    }
    return history.positions[low] ?? -1;
  }

  #assign(pack: number, set: VersionSet, cause: Incompatibility | undefined): void {
    const history = this.#history(pack);
    history.positions.push(this.#trail.length);
    history.sets.push(set);
    this.#trail.push({ pack, level: this.#level, cause });
  }

  #history(pack: number): PackHistory {
    const history = this.#histories[pack];
    if (history === undefined) throw new RangeError(`there is no pack ${pack}`);
    return history;
  }
}
