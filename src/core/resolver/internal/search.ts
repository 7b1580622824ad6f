import type { Reason } from '../derivation.ts';
import type { AvailableVersion, DependenciesFact, DependencyRange, UnusableFact } from '../facts.ts';
import type { ResolveRequest } from '../resolve-request.ts';
import { countBits, difference, highestBit, isEmpty, isSubset, singleton, union, type VersionSet } from '../version-set.ts';
import { bitOfVersion, createUniverse, isRange, rangeSet, type VersionUniverse, versionOfBit } from '../version-universe.ts';
import { analyzeConflict } from './analyze-conflict.ts';
import type { Incompatibility } from './incompatibility.ts';
import { PartialSolution } from './partial-solution.ts';
import { Propagator } from './propagator.ts';

/** A pack whose versions are known. */
export interface Candidate {
  readonly id: number;
  readonly name: string;
  readonly universe: VersionUniverse;
  /** The bit of the locked version, 0 for none. */
  readonly lockedBit: number;
  isDemanded: boolean;
  /** How much the pack took part in recent conflicts. */
  activity: number;
  /** What is known of each version, by bit. */
  readonly known: Map<number, KnownVersion>;
  /** One incompatibility for all versions that ask the same, by what they ask. */
  readonly shared: Map<string, Slot>;
}

export interface KnownVersion {
  readonly dependencies: readonly DependencyRange[];
  readonly slots: Slot[];
}

interface Slot {
  incompatibility: Incompatibility;
}

/** A condition on a pack that matters only once the pack is looked at. */
interface Waiting {
  readonly owner: { readonly candidate: Candidate; readonly bit: number } | undefined;
  readonly pack: string;
  readonly range: string;
  readonly requestedBy: string;
  readonly kind: 'demand' | 'pin' | 'dependency';
}

const ACTIVITY_GROWTH = 1.05;
const ACTIVITY_CEILING = 1e100;

/** The state of one resolution, without the questions: packs, what is incompatible, and the partial solution. */
export class Search {
  readonly solution = new PartialSolution();
  readonly candidates = new Map<string, Candidate>();
  readonly #byId: Candidate[] = [];
  readonly #request: ResolveRequest;
  readonly #fullOf = (pack: number): VersionSet => this.candidateOf(pack).universe.full;
  readonly #propagator = new Propagator(this.solution, this.#fullOf);
  readonly #waiting = new Map<string, Waiting[]>();
  #activityUnit = 1;

  constructor(request: ResolveRequest) {
    this.#request = request;
  }

  get steps(): number {
    return this.#propagator.steps;
  }

  candidateOf(id: number): Candidate {
    const candidate = this.#byId[id];
    if (candidate === undefined) throw new RangeError(`there is no pack ${id}`);
    return candidate;
  }

  /** Takes in the versions of a pack, and what was said about it before it was needed. */
  addPack(name: string, versions: readonly AvailableVersion[]): void {
    if (this.candidates.has(name)) return;
    const universe = createUniverse(name, versions, this.#request.prereleases?.has(name) ?? false);
    const locked = this.#request.locked?.get(name);
    const lockedBit = locked === undefined ? 0 : bitOfVersion(universe, locked);
    const candidate: Candidate = {
      id: this.#byId.length,
      name,
      universe,
      lockedBit,
      isDemanded: false,
      activity: 0,
      known: new Map(),
      shared: new Map(),
    };
    this.candidates.set(name, candidate);
    this.#byId.push(candidate);
    this.solution.addPack(universe.full);
    this.#propagator.addPack();
    const banned = lockedBit === 0 ? universe.yanked : difference(universe.yanked, singleton(universe.versions.length + 1, lockedBit));
    this.#state([[candidate, banned]], { kind: 'yanked', pack: name });
    for (const waiting of this.#waiting.get(name) ?? []) this.#stateWaiting(waiting, candidate);
    this.#waiting.delete(name);
  }

  /** Takes in what is asked from outside the graph; the packs of demands that aren't optional must have been added. */
  addDemand(pack: string, range: string, requestedBy: string): void {
    const candidate = this.candidates.get(pack);
    if (candidate === undefined) throw new RangeError(`the versions of ${pack} are not known`);
    candidate.isDemanded = true;
    const override = this.#request.overrides?.get(pack);
    const outside = difference(candidate.universe.full, this.#rangeSet(candidate, range));
    this.#state([[candidate, outside]], { kind: 'demand', pack, range, requestedBy, optional: false, override });
  }

  /** Takes in a condition that doesn't pull the pack in: a pin, or an optional demand. */
  addCondition(kind: 'demand' | 'pin', condition: { readonly pack: string; readonly range: string; readonly requestedBy: string }): void {
    this.#addWaiting({ kind, owner: undefined, ...condition });
  }

  /** Takes in what a version depends on. The versions of all packs it depends on must have been added, those of optional ones need not. */
  addVersion(candidate: Candidate, bit: number, fact: DependenciesFact | UnusableFact): void {
    const set = singleton(candidate.universe.versions.length + 1, bit);
    const version = versionOfBit(candidate.universe, bit);
    const invalid = fact.kind === 'dependencies' ? fact.dependencies.find(({ range }) => !isRange(range)) : undefined;
    if (fact.kind === 'unusable' || invalid !== undefined) {
      const reason = fact.kind === 'unusable' ? fact.reason : `asks for ${invalid?.pack} "${invalid?.range}", which is not a range`;
      const incompatibility = this.#state([[candidate, set]], { kind: 'unusable', pack: candidate.name, version, reason });
      candidate.known.set(bit, { dependencies: [], slots: incompatibility === undefined ? [] : [{ incompatibility }] });
      return;
    }
    const known: KnownVersion = { dependencies: fact.dependencies, slots: [] };
    candidate.known.set(bit, known);
    for (const { pack, range, optional = false } of fact.dependencies) {
      if (optional) this.#addWaiting({ kind: 'dependency', owner: { candidate, bit }, pack, range, requestedBy: candidate.name });
      else this.#addDependency(candidate, bit, { pack, range, optional: false });
    }
  }

  /** Draws conclusions from what a version depends on; `true` when there are any to follow first, so that the version must not be decided on yet. */
  examineVersion(candidate: Candidate, bit: number): boolean {
    for (const slot of candidate.known.get(bit)?.slots ?? []) this.#propagator.examine(slot.incompatibility);
    return this.#propagator.isUnsettled;
  }

  decide(candidate: Candidate, bit: number): void {
    this.solution.decide(candidate.id, singleton(candidate.universe.versions.length + 1, bit));
    this.#propagator.noteChange(candidate.id);
  }

  /** Draws all consequences, and returns a conflict when there is one. */
  propagate(): Incompatibility | undefined {
    return this.#propagator.propagate();
  }

  /** Learns from a conflict and goes back to where the lesson applies; the lesson has no terms when there is no solution. */
  learn(conflict: Incompatibility): Incompatibility {
    const { incompatibility, level, involved, work } = analyzeConflict(conflict, this.solution, this.#fullOf);
    if (incompatibility.packs.length === 0) return incompatibility;
    this.#propagator.steps += work;
    this.#raiseActivity(involved);
    this.solution.backtrackTo(level);
    if (incompatibility !== conflict) this.#propagator.watch(incompatibility);
    this.#propagator.examine(incompatibility);
    this.#propagator.restoreUnits();
    return incompatibility;
  }

  /** The pack to decide on next: where conflicts were, then those with one version left, locked ones, demanded ones, and those with fewest versions. */
  nextOpen(): Candidate | undefined {
    let best: Candidate | undefined;
    let bestRank: readonly number[] = [];
    this.#propagator.steps += this.#byId.length >>> 3;
    for (const candidate of this.#byId) {
      if (!this.solution.isOpen(candidate.id)) continue;
      if (best !== undefined && candidate.activity < best.activity) continue;
      const rank = this.#rank(candidate);
      const order = best === undefined ? -1 : compareRanks(rank, bestRank) || (candidate.name < best.name ? -1 : 1);
      if (order > 0) continue;
      best = candidate;
      bestRank = rank;
    }
    return best;
  }

  /** The version to try: the locked one if it is allowed, else the newest. */
  preferredBit(candidate: Candidate): number {
    const allowed = this.solution.allowed(candidate.id);
    if (this.isLockedAllowed(candidate)) return candidate.lockedBit;
    return highestBit(allowed);
  }

  isLockedAllowed({ id, lockedBit, universe }: Candidate): boolean {
    return lockedBit !== 0 && isSubset(singleton(universe.versions.length + 1, lockedBit), this.solution.allowed(id));
  }

  openCandidates(): Candidate[] {
    return this.#byId.filter(({ id }) => this.solution.isOpen(id));
  }

  #rank(candidate: Candidate): readonly number[] {
    const count = countBits(this.solution.allowed(candidate.id));
    return [-candidate.activity, count === 1 ? 0 : 1, this.isLockedAllowed(candidate) ? 0 : 1, candidate.isDemanded ? 0 : 1, count];
  }

  #raiseActivity(involved: ReadonlySet<number>): void {
    this.#activityUnit *= ACTIVITY_GROWTH;
    for (const id of involved) this.candidateOf(id).activity += this.#activityUnit;
    if (this.#activityUnit < ACTIVITY_CEILING) return;
    for (const candidate of this.#byId) candidate.activity /= ACTIVITY_CEILING;
    this.#activityUnit /= ACTIVITY_CEILING;
  }

  #addDependency(candidate: Candidate, bit: number, dependency: { pack: string; range: string; optional: boolean }): void {
    const { pack, range, optional } = dependency;
    const target = this.candidates.get(pack);
    if (target === undefined) throw new RangeError(`the versions of ${pack} are not known`);
    const key = JSON.stringify([pack, range, optional]);
    const before = candidate.shared.get(key);
    const own = singleton(candidate.universe.versions.length + 1, bit);
    const versions = before === undefined ? own : union(own, dependentVersions(before.incompatibility, own));
    const override = this.#request.overrides?.get(pack);
    const universe = optional ? target.universe.present : target.universe.full;
    const terms: [Candidate, VersionSet][] = [
      [candidate, versions],
      [target, difference(universe, this.#rangeSet(target, range))],
    ];
    const incompatibility = this.#state(terms, {
      kind: 'dependency',
      dependent: candidate.name,
      versions,
      pack,
      range,
      optional,
      override,
    });
    if (incompatibility === undefined) return;
    const slot = before ?? { incompatibility };
    if (before !== undefined) before.incompatibility.isRetired = true;
    slot.incompatibility = incompatibility;
    candidate.shared.set(key, slot);
    candidate.known.get(bit)?.slots.push(slot);
  }

  #addWaiting(waiting: Waiting): void {
    const target = this.candidates.get(waiting.pack);
    if (target !== undefined) this.#stateWaiting(waiting, target);
    else this.#waiting.set(waiting.pack, [...(this.#waiting.get(waiting.pack) ?? []), waiting]);
  }

  #stateWaiting({ kind, owner, pack, range, requestedBy }: Waiting, target: Candidate): void {
    if (owner !== undefined) {
      this.#addDependency(owner.candidate, owner.bit, { pack, range, optional: true });
      return;
    }
    const override = kind === 'pin' ? undefined : this.#request.overrides?.get(pack);
    const allowed = kind === 'pin' ? (rangeSet(target.universe, range) ?? target.universe.absent) : this.#rangeSet(target, range);
    const reason: Reason = kind === 'pin' ? { kind, pack, range } : { kind: 'demand', pack, range, requestedBy, optional: true, override };
    this.#state([[target, difference(target.universe.present, allowed)]], reason);
  }

  /** What a demand for the range comes to, after overrides. */
  #rangeSet({ name, universe }: Candidate, range: string): VersionSet {
    const set = rangeSet(universe, this.#request.overrides?.get(name) ?? range);
    if (set === undefined) throw new RangeError(`${range} is not a range`);
    return set;
  }

  /** States that the terms can't hold together, unless that goes without saying. */
  #state(terms: readonly [Candidate, VersionSet][], cause: Reason): Incompatibility | undefined {
    const byCandidate = new Map<Candidate, VersionSet>();
    for (const [candidate, set] of terms) {
      const other = byCandidate.get(candidate);
      byCandidate.set(candidate, other === undefined ? set : difference(set, difference(candidate.universe.full, other)));
    }
    if ([...byCandidate.values()].some(isEmpty)) return undefined;
    const limiting = [...byCandidate].filter(([candidate, set]) => !isSubset(candidate.universe.full, set));
    const incompatibility: Incompatibility = {
      packs: limiting.map(([candidate]) => candidate.id),
      sets: limiting.map(([, set]) => set),
      cause,
      isRetired: false,
    };
    this.#propagator.watch(incompatibility);
    this.#propagator.examine(incompatibility);
    return incompatibility;
  }
}

function dependentVersions({ cause }: Incompatibility, fallback: VersionSet): VersionSet {
  return cause.kind === 'dependency' ? cause.versions : fallback;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = (a[index] ?? 0) - (b[index] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
