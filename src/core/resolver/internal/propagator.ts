import { difference, type VersionSet } from '../version-set.ts';
import type { Incompatibility } from './incompatibility.ts';
import type { PartialSolution } from './partial-solution.ts';

/**
 * Keeps the incompatibilities and draws what follows from them. Each is watched by two of its terms that aren't satisfied yet,
 * as clauses are in a SAT solver, so that most of them aren't touched when a pack changes.
 */
export class Propagator {
  /** Terms examined so far, the measure of work. */
  steps = 0;
  readonly #solution: PartialSolution;
  readonly #fullOf: (pack: number) => VersionSet;
  readonly #watchers: Incompatibility[][] = [];
  readonly #units: Incompatibility[] = [];
  readonly #changed = new Set<number>();
  #conflict: Incompatibility | undefined;

  constructor(solution: PartialSolution, fullOf: (pack: number) => VersionSet) {
    this.#solution = solution;
    this.#fullOf = fullOf;
  }

  addPack(): void {
    this.#watchers.push([]);
  }

  /** Keeps an incompatibility without looking at it. Of one with more than two terms, the first must be the only one that isn't satisfied. */
  watch(incompatibility: Incompatibility): void {
    const [first, second] = incompatibility.packs;
    if (first === undefined) this.#conflict = incompatibility;
    else if (second === undefined) this.#units.push(incompatibility);
    else this.#watchers[second]?.push(incompatibility);
    if (first !== undefined) this.#watchers[first]?.push(incompatibility);
  }

  /** There is something that `propagate` has to follow up. */
  get isUnsettled(): boolean {
    return this.#conflict !== undefined || this.#changed.size > 0;
  }

  /** Looks at one incompatibility as a whole, and draws what follows: a derivation, or a conflict that `propagate` will return. */
  examine(incompatibility: Incompatibility): void {
    this.steps++;
    const { packs, sets } = incompatibility;
    let open = -1;
    for (let position = 0; position < packs.length; position++) {
      this.steps++;
      if (this.#isSatisfied(packs[position], sets[position])) continue;
      if (open !== -1) return;
      open = position;
    }
    if (open === -1) this.#conflict = incompatibility;
    else this.#derive(incompatibility, open);
  }

  /** Draws all consequences of what changed, and returns the first incompatibility found to be satisfied throughout. */
  propagate(): Incompatibility | undefined {
    for (const pack of this.#changed) {
      if (this.#conflict !== undefined) break;
      this.#changed.delete(pack);
      this.#visitWatchers(pack);
    }
    const conflict = this.#conflict;
    if (conflict !== undefined) this.#changed.clear();
    this.#conflict = undefined;
    return conflict;
  }

  noteChange(pack: number): void {
    this.#changed.add(pack);
  }

  /** Draws again what follows from single terms, which holds at any level but was lost with the levels taken back. At level 0 it stays. */
  restoreUnits(): void {
    for (const unit of this.#units) this.examine(unit);
    if (this.#solution.level === 0) this.#units.length = 0;
  }

  #visitWatchers(pack: number): void {
    const watchers = this.#watchers[pack] ?? [];
    let kept = 0;
    for (let index = 0; index < watchers.length; index++) {
      const incompatibility = watchers[index];
      if (incompatibility === undefined || incompatibility.isRetired) continue;
      if (this.#conflict !== undefined || this.#visit(incompatibility, pack)) watchers[kept++] = incompatibility;
    }
    watchers.length = kept;
  }

  /** Returns whether the pack goes on watching the incompatibility. */
  #visit(incompatibility: Incompatibility, pack: number): boolean {
    this.steps++;
    const { packs, sets } = incompatibility;
    if (packs.length === 1) return this.#settle(incompatibility);
    if (packs[0] === pack) swapTerms(incompatibility, 0, 1);
    if (!this.#isSatisfied(pack, sets[1]) || this.#isContradicted(packs[0], sets[0])) return true;
    for (let position = 2; position < packs.length; position++) {
      const other = packs[position];
      this.steps++;
      if (other === undefined || this.#isSatisfied(other, sets[position])) continue;
      swapTerms(incompatibility, 1, position);
      this.#watchers[other]?.push(incompatibility);
      return false;
    }
    return this.#settle(incompatibility);
  }

  /** All terms but the first are satisfied. */
  #settle(incompatibility: Incompatibility): true {
    if (this.#isSatisfied(incompatibility.packs[0], incompatibility.sets[0])) this.#conflict = incompatibility;
    else this.#derive(incompatibility, 0);
    return true;
  }

  #derive(incompatibility: Incompatibility, position: number): void {
    const pack = incompatibility.packs[position];
    const set = incompatibility.sets[position];
    if (pack === undefined || set === undefined || this.#solution.contradicts(pack, set)) return;
    this.#solution.derive(pack, difference(this.#fullOf(pack), set), incompatibility);
    this.#changed.add(pack);
  }

  #isSatisfied(pack: number | undefined, set: VersionSet | undefined): boolean {
    return pack !== undefined && set !== undefined && this.#solution.satisfies(pack, set);
  }

  #isContradicted(pack: number | undefined, set: VersionSet | undefined): boolean {
    return pack !== undefined && set !== undefined && this.#solution.contradicts(pack, set);
  }
}

function swapTerms({ packs, sets }: Incompatibility, a: number, b: number): void {
  [packs[a], packs[b]] = [packs[b] as number, packs[a] as number];
  [sets[a], sets[b]] = [sets[b] as VersionSet, sets[a] as VersionSet];
}
