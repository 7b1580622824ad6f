/**
 * Version solving by PubGrub, the algorithm that Natalie Weizenbaum devised for Dart's package manager ("PubGrub: Next-Generation Version
 * Solving", 2018, and the solver document of pub).
 *
 * ## The problem
 *
 * Choose at most one version of every pack so that everything demanded is there, every chosen version finds what it depends on, and nothing
 * else is there. That is NP-complete; but real graphs are mostly easy, and what matters when they aren't is to learn from failure instead of
 * trying the same mistake again below another choice, and to be able to say why it failed.
 *
 * ## The idea
 *
 * A pack's state is one of its versions, or absence. All knowledge has one form, the **incompatibility**: "these packs can't all be in these
 * states at once". `web 2 depends on core ^3` is `{ web: 2, core: not ^3 }`, absence being "not ^3" too; a demand is `{ core: not ^3 }`; an
 * optional dependency leaves absence out of the second set; a yanked version is `{ core: 2.1.0 }`. Sets are exact: bits over the versions that
 * exist, so that subset and overlap are machine words and no algebra of ranges is needed.
 *
 * The **partial solution** is a list of assignments, each cutting down the states of one pack: decisions (a version was chosen) and
 * derivations (all other sets of an incompatibility hold, so this one must not). The search repeats:
 *
 * 1. **Propagate.** Find incompatibilities of which all sets but one hold, and exclude the last. Two sets of each are watched, as in SAT
 *    solvers, so that a change touches few of them.
 * 2. **On conflict, learn.** If all sets of one hold, walk back: replace the incompatibility by its resolution with the cause of whatever made
 *    it hold last (united on that pack, intersected on the others), until it says something at an earlier decision. That is a new
 *    incompatibility: keep it, jump back to where all of it but one set held, and go on. If nothing is left of it, there is no solution, and
 *    the resolutions made on the way are the proof, which `explainNoSolution` puts into words.
 * 3. **Decide.** Take an open pack, ask for the dependencies of its best version (the locked one, else the newest), and add them as
 *    incompatibilities. If one of them can't be kept, the version is excluded without being chosen; else it is chosen.
 *
 * Versions of a pack that ask the same share one incompatibility, which grows as they are met: "every version of web depends on core ^3"
 * is one line of the proof, and one step of the search.
 *
 * ## Order
 *
 * Packs with one version left come first, then locked ones, demanded ones and those with few versions; once there were conflicts, the packs
 * that took part lately come before all others. Ties go by name. Nothing depends on the order in which facts or demands are given, nor
 * on time: the same facts give the same answer and the same number of steps. The price of an adversarial universe is bounded by steps.
 *
 * ## Facts
 *
 * The search knows neither files nor network. It is a generator that yields the fact it lacks and is resumed with the answer; each fact is
 * asked for once. `soon` names what it will want next, so that the caller can fetch it at the same time.
 */
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { compareText } from '../text/compare-text.ts';
import type { NoSolution } from './derivation.ts';
import type { DependenciesFact, DependenciesWanted, Fact, FactRequest, UnusableFact, VersionsWanted } from './facts.ts';
import { buildDerivation } from './internal/build-derivation.ts';
import { buildResolution } from './internal/build-resolution.ts';
import type { Incompatibility } from './internal/incompatibility.ts';
import { type Candidate, Search } from './internal/search.ts';
import type { Resolution } from './resolution.ts';
import type { Demand, ResolveRequest } from './resolve-request.ts';
import { isRange, versionOfBit } from './version-universe.ts';

const DEFAULT_PACK_LIMIT = 100;
const DEFAULT_STEP_LIMIT = 3_000_000;
const MOST_SOON = 16;

/**
 * Resolves demands to one version of each pack that is needed, or to the proof that it can't be done.
 *
 * Resume each yielded request with its fact. Demands are answered by the locked version where it fits, else the newest; a yanked version only
 * where it is locked; a pre-release only where a range names one, or `prereleases` has the pack. A version whose dependencies have an
 * ill-formed range counts as unusable.
 *
 * @throws RANGE_INVALID when a demand, pin or override is not a range
 * @throws LIMIT_EXCEEDED when more packs or steps are needed than the limits allow, or `isExpired` said so
 * @throws DEPENDENCY_CYCLE when packs of the answer depend on themselves or each other
 */
export function* solve(request: ResolveRequest): Generator<FactRequest, Resolution | NoSolution, Fact> {
  checkRanges(request);
  const search = new Search(request);
  yield* addDemands(search, request);
  for (;;) {
    checkLimits(search, request);
    const conflict = search.propagate();
    if (conflict !== undefined) {
      const lesson = search.learn(conflict);
      if (lesson.packs.length === 0) return buildNoSolution(lesson, search, request);
      continue;
    }
    const candidate = search.nextOpen();
    if (candidate === undefined) return buildResolution(search, request);
    const bit = search.preferredBit(candidate);
    if (!candidate.known.has(bit)) yield* learnDependencies(search, candidate, bit);
    if (search.examineVersion(candidate, bit)) continue;
    checkPackLimit(search, request);
    search.decide(candidate, bit);
  }
}

function* addDemands(search: Search, request: ResolveRequest): Generator<FactRequest, void, Fact> {
  const demands = uniqueDemands(request.demands);
  for (const { optional, ...condition } of demands) if (optional === true) search.addCondition('demand', condition);
  for (const [pack, range] of [...(request.pins ?? [])].sort(([a], [b]) => compareText(a, b)))
    search.addCondition('pin', { pack, range, requestedBy: 'project' });
  const required = demands.filter(({ optional }) => optional !== true);
  yield* learnVersions(
    search,
    required.map(({ pack }) => pack),
  );
  for (const { pack, range, requestedBy } of required) search.addDemand(pack, range, requestedBy);
}

function* learnVersions(search: Search, packs: readonly string[]): Generator<FactRequest, void, Fact> {
  const missing = [...new Set(packs)].filter((pack) => !search.candidates.has(pack)).sort(compareText);
  const wanted = missing.map((pack): VersionsWanted => ({ kind: 'versions', pack }));
  for (const [index, want] of wanted.entries()) {
    const fact = yield { ...want, soon: wanted.slice(index + 1, index + 1 + MOST_SOON) };
    if (fact.kind !== 'versions') throw new TypeError(`asked for the versions of ${want.pack}, was answered with ${fact.kind}`);
    search.addPack(want.pack, fact.versions);
  }
}

function* learnDependencies(search: Search, candidate: Candidate, bit: number): Generator<FactRequest, void, Fact> {
  const wanted = dependenciesWanted(candidate, bit);
  const fact = yield { ...wanted, soon: nextDependencies(search, candidate) };
  if (fact.kind === 'versions') throw new TypeError(`asked for the dependencies of ${wanted.pack}, was answered with versions`);
  const sorted = sortFact(fact);
  if (sorted.kind === 'dependencies') {
    const required = sorted.dependencies.filter(({ optional, range }) => optional !== true && isRange(range));
    yield* learnVersions(
      search,
      required.map(({ pack }) => pack),
    );
  }
  search.addVersion(candidate, bit, sorted);
}

function nextDependencies(search: Search, candidate: Candidate): DependenciesWanted[] {
  const found: DependenciesWanted[] = [];
  for (const other of search.openCandidates()) {
    if (found.length === MOST_SOON) break;
    const bit = search.preferredBit(other);
    if (other !== candidate && !other.known.has(bit)) found.push(dependenciesWanted(other, bit));
  }
  return found;
}

function dependenciesWanted({ name, universe }: Candidate, bit: number): DependenciesWanted {
  return { kind: 'dependencies', pack: name, version: versionOfBit(universe, bit) };
}

/** Brings dependencies into one order, whatever order they were given in. */
function sortFact(fact: DependenciesFact | UnusableFact): DependenciesFact | UnusableFact {
  if (fact.kind === 'unusable') return fact;
  const byText = fact.dependencies.toSorted(
    (a, b) => compareText(a.pack, b.pack) || compareText(a.range, b.range) || Number(a.optional ?? false) - Number(b.optional ?? false),
  );
  return { kind: 'dependencies', dependencies: byText };
}

function uniqueDemands(demands: readonly Demand[]): Demand[] {
  const byKey = new Map(
    demands.map((demand) => [JSON.stringify([demand.pack, demand.range, demand.requestedBy, demand.optional ?? false]), demand]),
  );
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, demand]) => demand);
}

function checkRanges({ demands, pins, overrides }: ResolveRequest): void {
  for (const { pack, range, requestedBy } of demands) checkRange(range, `${requestedBy} asks for ${pack}`);
  for (const [pack, range] of pins ?? []) checkRange(range, `the pin of ${pack} is`);
  for (const [pack, range] of overrides ?? []) checkRange(range, `the override of ${pack} is`);
}

function checkRange(range: string, subject: string): void {
  if (isRange(range)) return;
  throw new PacksmithError('RANGE_INVALID', `${subject} "${range}", which is not a version range`, {
    hint: 'ranges are written as in npm: ^1.2.0, ~1.2, >=1.0 <3, 1.x, 2.1.0',
  });
}

function checkLimits(search: Search, request: ResolveRequest): void {
  const limit = request.limits?.steps ?? DEFAULT_STEP_LIMIT;
  if (search.steps > limit) {
    throw new PacksmithError('LIMIT_EXCEEDED', `no answer within ${limit} steps of resolution`, {
      hint: 'narrow the ranges of the packs asked for, or pin some of them, so that fewer combinations are left',
    });
  }
  if (request.isExpired?.() === true) {
    throw new PacksmithError('LIMIT_EXCEEDED', `no answer within the time allowed for resolution, after ${search.steps} steps`, {
      hint: 'narrow the ranges of the packs asked for, or pin some of them, so that fewer combinations are left',
    });
  }
}

function checkPackLimit({ solution }: Search, request: ResolveRequest): void {
  const limit = request.limits?.packs ?? DEFAULT_PACK_LIMIT;
  if (solution.decidedCount < limit) return;
  throw new PacksmithError('LIMIT_EXCEEDED', `the resolution needs more than ${limit} packs`, {
    hint: 'ask for fewer packs, or for packs with fewer dependencies',
  });
}

function buildNoSolution(lesson: Incompatibility, search: Search, request: ResolveRequest): NoSolution {
  const derivation = buildDerivation(lesson, {
    nameOf: (pack) => search.candidateOf(pack).name,
    fullOf: (pack) => search.candidateOf(pack).universe.full,
  });
  const universes = new Map([...search.candidates].sort(([a], [b]) => compareText(a, b)).map(([name, { universe }]) => [name, universe]));
  return { kind: 'no-solution', derivation, universes, request, steps: search.steps };
}
