import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import { compareText } from '../text/compare-text.ts';
import { nearest } from '../text/nearest.ts';
import type { NoSolution, Reason } from './derivation.ts';
import { demandsOfProof, nodesOf } from './explain-no-solution.ts';
import type { Fact, FactRequest } from './facts.ts';
import type { Resolution } from './resolution.ts';
import { packOf } from './resolution-graph.ts';
import type { ResolveRequest } from './resolve-request.ts';
import { solve } from './solve.ts';
import { bitsOf, isEmpty } from './version-set.ts';
import { isInRange, versionOfBit } from './version-universe.ts';

/** A change that makes the demands solvable; each but `rename` was tried. */
export type Remedy =
  | { readonly kind: 'unpin'; readonly pack: string }
  | { readonly kind: 'drop-override'; readonly pack: string }
  | { readonly kind: 'demand'; readonly changes: readonly DemandChange[] }
  | { readonly kind: 'prerelease'; readonly pack: string; readonly version: string }
  | { readonly kind: 'yanked'; readonly pack: string; readonly version: string }
  | { readonly kind: 'override'; readonly pack: string; readonly version: string }
  | { readonly kind: 'remove'; readonly pack: string }
  /** The pack doesn't exist; these names are similar. Not tried. */
  | { readonly kind: 'rename'; readonly pack: string; readonly names: readonly string[] };

/** Asking for another range of a pack, and the version it would give. */
export interface DemandChange {
  readonly pack: string;
  readonly range: string;
  readonly version: string;
}

export interface RemedyOptions {
  /** Names of packs that exist, to look for what was meant by one that doesn't. */
  readonly knownNames?: Iterable<string>;
  /** Most resolutions to try; 24 unless told. */
  readonly attempts?: number;
  /** Most remedies to return; 4 unless told. */
  readonly most?: number;
}

type Attempts = Generator<FactRequest, Remedy | undefined, Fact | undefined>;

const STEPS_PER_ATTEMPT = 200_000;

/**
 * Looks for changes that would help, best first, and tries each by resolving again within bounds. Asks for facts as `solve` does;
 * answer `undefined` for one that isn't to be had, and what depends on it isn't suggested. Never throws for a resolution that fails.
 */
export function* findRemedies(
  noSolution: NoSolution,
  options: RemedyOptions = {},
): Generator<FactRequest, readonly Remedy[], Fact | undefined> {
  const trial = new Trial(options.attempts ?? 24);
  const found = findSimilarNames(noSolution, options.knownNames ?? []);
  for (const propose of proposals(noSolution, trial, found)) {
    if (found.length >= (options.most ?? 4)) break;
    const remedy = yield* propose();
    if (remedy !== undefined) found.push(remedy);
  }
  return found;
}

/** From what costs least to what costs most; leaving a pack out is proposed only when nothing else was found. */
function* proposals(noSolution: NoSolution, trial: Trial, found: readonly Remedy[]): Generator<() => Attempts> {
  yield* proposeDropping(noSolution, trial);
  yield* proposeDemands(noSolution, trial);
  yield* proposePrereleases(noSolution, trial);
  yield* proposeYanked(noSolution, trial);
  const moved = found.flatMap((remedy) => (remedy.kind === 'demand' ? remedy.changes.map(({ pack }) => pack) : []));
  yield* proposeOverrides(noSolution, trial, moved);
  if (found.length === 0) yield* proposeRemoving(noSolution, trial);
}

/** Tries requests, remembering facts and counting attempts. */
class Trial {
  readonly #facts = new Map<string, Fact | undefined>();
  #left: number;

  constructor(attempts: number) {
    this.#left = attempts;
  }

  *resolve(request: ResolveRequest): Generator<FactRequest, Resolution | undefined, Fact | undefined> {
    if (this.#left <= 0) return undefined;
    this.#left--;
    const steps = Math.min(STEPS_PER_ATTEMPT, request.limits?.steps ?? STEPS_PER_ATTEMPT);
    const search = solve({ ...request, limits: { ...request.limits, steps } });
    try {
      let turn = search.next();
      while (turn.done !== true) {
        const fact = yield* this.#ask(turn.value);
        if (fact === undefined) return undefined;
        turn = search.next(fact);
      }
      return turn.value.kind === 'resolution' ? turn.value : undefined;
    } catch (error) {
      if (error instanceof PacksmithError) return undefined;
      throw error;
    }
  }

  *#ask(wanted: FactRequest): Generator<FactRequest, Fact | undefined, Fact | undefined> {
    const key = JSON.stringify([wanted.kind, wanted.pack, wanted.kind === 'versions' ? '' : wanted.version]);
    if (!this.#facts.has(key)) this.#facts.set(key, yield wanted);
    return this.#facts.get(key);
  }
}

function findSimilarNames({ universes }: NoSolution, knownNames: Iterable<string>): Remedy[] {
  const names = [...knownNames];
  return [...universes.values()].flatMap(({ pack, versions }): Remedy[] => {
    const similar = versions.length === 0 ? nearest(pack, names) : [];
    return similar.length === 0 ? [] : [{ kind: 'rename', pack, names: similar }];
  });
}

function reasonsOf({ derivation }: NoSolution): Reason[] {
  return [...nodesOf(derivation)].flatMap((node) => (node.kind === 'fact' ? [node.reason] : []));
}

function sortedNames(reasons: readonly Reason[]): string[] {
  return [...new Set(reasons.map(({ pack }) => pack))].sort(compareText);
}

function proposeDropping(noSolution: NoSolution, trial: Trial): (() => Attempts)[] {
  const { request } = noSolution;
  const reasons = reasonsOf(noSolution);
  const pinned = sortedNames(reasons.filter(({ kind }) => kind === 'pin'));
  const overridden = sortedNames(reasons.filter((reason) => 'override' in reason && reason.override !== undefined));
  return [
    ...pinned.map(
      (pack) =>
        function* (): Attempts {
          const answer = yield* trial.resolve({ ...request, pins: without(request.pins, pack) });
          return answer && { kind: 'unpin', pack };
        },
    ),
    ...overridden.map(
      (pack) =>
        function* (): Attempts {
          const answer = yield* trial.resolve({ ...request, overrides: without(request.overrides, pack) });
          return answer && { kind: 'drop-override', pack };
        },
    ),
  ];
}

/** Another range for one of the demands of the proof; if none helps alone, for all of them. */
function proposeDemands(noSolution: NoSolution, trial: Trial): (() => Attempts)[] {
  const { request } = noSolution;
  const names = sortedNames(demandsOfProof(noSolution));
  let isFound = false;
  function* widen(packs: readonly string[]): Attempts {
    const demands = request.demands.map((demand) => (packs.includes(demand.pack) ? { ...demand, range: '*' } : demand));
    const answer = yield* trial.resolve({ ...request, demands });
    const changes = answer === undefined ? [] : changesIn(answer, noSolution, packs);
    isFound ||= changes.length > 0;
    return changes.length === 0 ? undefined : { kind: 'demand', changes };
  }
  function* widenAll(): Attempts {
    return isFound || names.length < 2 ? undefined : yield* widen(names);
  }
  return [...names.map((pack) => () => widen([pack])), widenAll];
}

function changesIn(answer: Resolution, { request, universes }: NoSolution, packs: readonly string[]): DemandChange[] {
  return packs.flatMap((pack): DemandChange[] => {
    const version = packOf(answer, pack)?.version;
    const universe = universes.get(pack);
    const isAsked = request.demands
      .filter((demand) => demand.pack === pack)
      .every(({ range }) => version !== undefined && universe !== undefined && isInRange(universe, version, range));
    return version === undefined || isAsked ? [] : [{ pack, range: `^${version}`, version }];
  });
}

function proposePrereleases(noSolution: NoSolution, trial: Trial): (() => Attempts)[] {
  const { request, universes } = noSolution;
  const names = new Set(reasonsOf(noSolution).map(({ pack }) => pack));
  const candidates = [...universes.values()].filter(
    ({ pack, prerelease, includePrerelease }) => names.has(pack) && !includePrerelease && !isEmpty(prerelease),
  );
  return candidates.map(
    ({ pack }) =>
      function* (): Attempts {
        const answer = yield* trial.resolve({ ...request, prereleases: new Set([...(request.prereleases ?? []), pack]) });
        const version = answer && packOf(answer, pack)?.version;
        return version === undefined ? undefined : { kind: 'prerelease', pack, version };
      },
  );
}

/** The newest yanked version of each pack that would do. */
function proposeYanked(noSolution: NoSolution, trial: Trial): (() => Attempts)[] {
  const { request, universes } = noSolution;
  return sortedNames(reasonsOf(noSolution).filter(({ kind }) => kind === 'yanked')).map((pack) => {
    const universe = universes.get(pack);
    const versions = universe === undefined ? [] : bitsOf(universe.yanked).map((bit) => versionOfBit(universe, bit));
    return function* (): Attempts {
      for (const version of versions.toReversed()) {
        const answer = yield* trial.resolve({ ...request, locked: new Map([...(request.locked ?? []), [pack, version]]) });
        if (answer !== undefined && packOf(answer, pack)?.version === version) return { kind: 'yanked', pack, version };
      }
      return undefined;
    };
  });
}

function proposeOverrides(noSolution: NoSolution, trial: Trial, except: readonly string[]): (() => Attempts)[] {
  const { request } = noSolution;
  const names = sortedNames(reasonsOf(noSolution).filter(({ kind }) => kind === 'dependency')).filter(
    (pack) => !request.overrides?.has(pack) && !except.includes(pack),
  );
  return names.map(
    (pack) =>
      function* (): Attempts {
        const answer = yield* trial.resolve({ ...request, overrides: new Map([...(request.overrides ?? []), [pack, '*']]) });
        const version = answer && packOf(answer, pack)?.version;
        return version === undefined ? undefined : { kind: 'override', pack, version };
      },
  );
}

function proposeRemoving(noSolution: NoSolution, trial: Trial): (() => Attempts)[] {
  const { request } = noSolution;
  const names = sortedNames(demandsOfProof(noSolution));
  if (new Set(request.demands.map(({ pack }) => pack)).size < 2) return [];
  return names.map(
    (pack) =>
      function* (): Attempts {
        const answer = yield* trial.resolve({ ...request, demands: request.demands.filter((demand) => demand.pack !== pack) });
        return answer && { kind: 'remove', pack };
      },
  );
}

function without(map: ReadonlyMap<string, string> | undefined, key: string): ReadonlyMap<string, string> {
  return new Map([...(map ?? [])].filter(([name]) => name !== key));
}
