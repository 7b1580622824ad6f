import fc from 'fast-check';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import type { DerivationNode, NoSolution } from './derivation.ts';
import { explainNoSolution, formatExplanation, nodesOf } from './explain-no-solution.ts';
import type { AvailableVersion, DependencyRange, FactProvider } from './facts.ts';
import type { Remedy } from './find-remedies.ts';
import type { Resolution } from './resolution.ts';
import type { Demand, ResolveRequest } from './resolve-request.ts';
import { solve } from './solve.ts';
import { solveWithFacts } from './solve-with-facts.ts';
import { describeRemedy, suggestRemedies } from './suggest-remedies.ts';
import { intersection, isEqual, union } from './version-set.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e'];
const VERSIONS = ['1.0.0', '1.1.0', '2.0.0-beta.1', '2.0.0', '3.0.0'];
const RANGES = ['*', '^1.0.0', '~1.1.0', '^2.0.0', '>=2.0.0', '1.0.0 || 3.0.0', '^2.0.0-beta', '<3.0.0', '^9.0.0', '3.0.0'];

interface World {
  readonly packs: ReadonlyMap<string, ReadonlyMap<string, { readonly yanked: boolean; readonly dependencies: readonly DependencyRange[] }>>;
  readonly request: ResolveRequest;
}

/** Worlds small enough for trying everything. A pack depends only on later ones, so that cycles (refused after solving) don't get in the way. */
const worlds: fc.Arbitrary<World> = fc
  .record({
    packs: fc.tuple(
      ...NAMES.map((_, index) =>
        fc.dictionary(
          fc.constantFrom(...VERSIONS),
          fc.record({
            yanked: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
            dependencies: fc.array(
              fc.record({
                pack: fc.constantFrom(...NAMES.slice(index + 1), 'missing'),
                range: fc.constantFrom(...RANGES),
                optional: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
              }),
              { maxLength: index === NAMES.length - 1 ? 0 : 3 },
            ),
          }),
          { noNullPrototype: true },
        ),
      ),
    ),
    demands: fc.array(
      fc.record({
        pack: fc.constantFrom(...NAMES),
        range: fc.constantFrom(...RANGES.slice(0, 8)),
        requestedBy: fc.constantFrom('project', 'stack.toml'),
        optional: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    locked: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VERSIONS)), { maxLength: 3 }),
    pins: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...RANGES)), { maxLength: 1 }),
    overrides: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...RANGES)), { maxLength: 1 }),
    prereleases: fc.array(fc.constantFrom(...NAMES), { maxLength: 1 }),
  })
  .map(({ packs, demands, locked, pins, overrides, prereleases }) => ({
    packs: new Map(NAMES.map((name, index) => [name, new Map(Object.entries(packs[index] ?? {}))])),
    request: {
      demands,
      locked: new Map(locked),
      pins: new Map(pins),
      overrides: new Map(overrides),
      prereleases: new Set(prereleases),
    },
  }));

function factsOf({ packs }: World): FactProvider {
  return {
    versions: (pack) => [...(packs.get(pack) ?? [])].map(([version, { yanked }]): AvailableVersion => ({ version, yanked })),
    dependencies: (pack, version) => packs.get(pack)?.get(version)?.dependencies ?? [],
  };
}

type Choice = ReadonlyMap<string, string>;

function isMet(world: World, demand: { pack: string; range: string; optional?: boolean | undefined }, choice: Choice): boolean {
  const version = choice.get(demand.pack);
  if (version === undefined) return demand.optional === true;
  return fits(world, demand.pack, version, world.request.overrides?.get(demand.pack) ?? demand.range);
}

const matches = new Map<string, boolean>();

function fits({ request }: World, pack: string, version: string, range: string): boolean {
  const includePrerelease = request.prereleases?.has(pack) ?? false;
  const key = `${version} ${range} ${includePrerelease}`;
  const known = matches.get(key) ?? satisfies(version, range, { includePrerelease });
  matches.set(key, known);
  return known;
}

function problems(world: World, choice: Choice, demands: readonly Demand[] = world.request.demands): string[] {
  const unmet = demands.filter((demand) => !isMet(world, demand, choice)).map(({ pack, range }) => `demand ${pack} ${range}`);
  return [...unmet, ...[...choice].flatMap(([pack, version]) => problemsOf(world, choice, pack, version))];
}

function problemsOf(world: World, choice: Choice, pack: string, version: string): string[] {
  const facts = world.packs.get(pack)?.get(version);
  if (facts === undefined) return [`${pack} ${version} does not exist`];
  const pin = world.request.pins?.get(pack);
  const found = facts.dependencies
    .filter((dependency) => !isMet(world, dependency, choice))
    .map((dependency) => `${pack} ${version} needs ${dependency.pack} ${dependency.range}`);
  if (facts.yanked && world.request.locked?.get(pack) !== version) found.push(`${pack} ${version} is yanked`);
  if (pin !== undefined && !fits(world, pack, version, pin)) found.push(`${pack} ${version} is outside its pin`);
  return found;
}

function isSolvable(world: World, demands: readonly Demand[] = world.request.demands): boolean {
  const mayStand = (pack: string, version: string): boolean =>
    demands.every((demand) => demand.pack !== pack || isMet(world, demand, new Map([[pack, version]])));
  const tryFrom = (index: number, choice: Map<string, string>): boolean => {
    const name = NAMES[index];
    if (name === undefined) return problems(world, choice, demands).length === 0;
    if (tryFrom(index + 1, choice)) return true;
    for (const version of world.packs.get(name)?.keys() ?? []) {
      if (!mayStand(name, version)) continue;
      if (tryFrom(index + 1, new Map([...choice, [name, version]]))) return true;
    }
    return false;
  };
  return tryFrom(0, new Map());
}

function choiceOf(resolution: Resolution): Choice {
  return new Map(resolution.packs.map(({ pack, version }) => [pack, version]));
}

function reachable({ packs, roots }: Resolution): Set<string> {
  const found = new Set(roots);
  for (const name of found) {
    for (const dependency of packs.find(({ pack }) => pack === name)?.dependencies ?? [])
      if (!dependency.optional) found.add(dependency.pack);
  }
  return found;
}

function demandsIn({ derivation }: NoSolution): Demand[] {
  const found = new Map<string, Demand>();
  const seen = new Set<DerivationNode>([derivation]);
  for (const node of seen) {
    if (node.kind === 'derived') seen.add(node.left).add(node.right);
    else if (node.reason.kind === 'demand') found.set(JSON.stringify(node.reason), node.reason);
  }
  return [...found.values()];
}

describe('solve, on random worlds', { timeout: 60_000 }, () => {
  it('agrees with trying everything, and every answer is valid', () => {
    let solved = 0;
    let unsolved = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const answer = solveWithFacts(world.request, factsOf(world));
        if (answer.kind === 'no-solution') {
          unsolved++;
          expect(isSolvable(world)).toBe(false);
          expect(isSolvable(world, demandsIn(answer))).toBe(false);
          return;
        }
        solved++;
        expect(problems(world, choiceOf(answer))).toEqual([]);
        expect(reachable(answer)).toEqual(new Set(choiceOf(answer).keys()));
      }),
      { numRuns: 400 },
    );
    expect(Math.min(solved, unsolved)).toBeGreaterThan(40);
  });

  it('proves by resolution that there is no answer, and names the packs that matter', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const answer = solveWithFacts(world.request, factsOf(world));
        if (answer.kind === 'resolution') return;
        expect([...nodesOf(answer.derivation)].filter((node) => !followsFromCauses(node, answer))).toEqual([]);
        const explanation = explainNoSolution(answer);
        const text = formatExplanation(explanation);
        expect(text).not.toMatch(/undefined| {2}|no version of \w+ (is|requires)/);
        for (const { pack } of minimalCore(world, demandsIn(answer))) {
          expect(explanation.packs).toContain(pack);
          expect(text).toMatch(new RegExp(`\\b${pack}\\b`));
          expect(explanation.summary).toMatch(new RegExp(`\\b${pack}\\b`));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('suggests only what helps', () => {
    let suggested = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const answer = solveWithFacts(world.request, factsOf(world));
        if (answer.kind === 'resolution') return;
        for (const remedy of suggestRemedies(answer, factsOf(world), { most: 10 })) {
          suggested++;
          expect(describeRemedy(remedy)).not.toMatch(/undefined/);
          expect(isSolvable({ ...world, request: applyRemedy(world.request, remedy) })).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
    expect(suggested).toBeGreaterThan(40);
  });

  it('keeps the lock as it is when it is still an answer', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const first = solveWithFacts(world.request, factsOf(world));
        if (first.kind === 'no-solution') return;
        const again = solveWithFacts({ ...world.request, locked: choiceOf(first) }, factsOf(world));
        expect(again.kind === 'resolution' && choiceOf(again)).toEqual(choiceOf(first));
      }),
      { numRuns: 400 },
    );
  });

  it('takes the newest of everything when that is an answer', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const plain = { ...world, request: { demands: world.request.demands } };
        const answer = solveWithFacts(plain.request, factsOf(plain));
        if (answer.kind === 'no-solution') return;
        const newest = new Map<string, string>();
        for (const pack of reachable(answer)) {
          const asked = [...plain.request.demands.filter((demand) => demand.pack === pack).map(({ range }) => range), '*'][0] ?? '*';
          const best = VERSIONS.toReversed().find((version) => {
            const facts = plain.packs.get(pack)?.get(version);
            return facts !== undefined && !facts.yanked && satisfies(version, asked);
          });
          if (best !== undefined) newest.set(pack, best);
        }
        const isAnswer = problems(plain, newest).length === 0 && reachableFrom(plain, newest).size === newest.size;
        if (isAnswer) expect(choiceOf(answer)).toEqual(newest);
      }),
      { numRuns: 600 },
    );
  });

  it('gives the same answer and takes the same steps whatever order facts and demands come in', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.integer({ min: 0, max: 1 << 20 })), (world, numbers) => {
        const facts = factsOf(world);
        const shuffled: FactProvider = {
          versions: (pack) => shuffle(facts.versions(pack) ?? [], numbers),
          dependencies: (pack, version) => shuffle((facts.dependencies(pack, version) ?? []) as DependencyRange[], numbers),
        };
        const request: ResolveRequest = {
          ...world.request,
          demands: shuffle(world.request.demands, numbers),
          pins: new Map(shuffle([...(world.request.pins ?? [])], numbers)),
          locked: new Map(shuffle([...(world.request.locked ?? [])], numbers)),
        };
        const expected = solveWithFacts({ ...world.request, locked: request.locked ?? new Map() }, facts);
        const actual = solveWithFacts(request, shuffled);
        expect(comparable(actual)).toEqual(comparable(expected));
      }),
      { numRuns: 400 },
    );
  });

  it('asks for each fact once', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const asked: string[] = [];
        const facts = factsOf(world);
        const search = solve(world.request);
        for (let turn = search.next(); turn.done !== true; ) {
          const wanted = turn.value;
          asked.push(wanted.kind === 'versions' ? wanted.pack : `${wanted.pack}@${wanted.version}`);
          turn = search.next(
            wanted.kind === 'versions'
              ? { kind: 'versions', versions: facts.versions(wanted.pack) ?? [] }
              : { kind: 'dependencies', dependencies: (facts.dependencies(wanted.pack, wanted.version) ?? []) as DependencyRange[] },
          );
        }
        expect(new Set(asked).size).toBe(asked.length);
      }),
      { numRuns: 300 },
    );
  });
});

/** Checks one resolution: sets are united on the pivot and intersected elsewhere. */
function followsFromCauses(node: DerivationNode, { universes }: NoSolution): boolean {
  if (node.kind === 'fact') return true;
  const setIn = (from: DerivationNode, pack: string) => from.terms.find((term) => term.pack === pack)?.set ?? universes.get(pack)!.full;
  const packs = new Set([node, node.left, node.right].flatMap(({ terms }) => terms.map(({ pack }) => pack)));
  return [...packs].every((pack) => {
    const combine = pack === node.pivot ? union : intersection;
    return isEqual(combine(setIn(node.left, pack), setIn(node.right, pack)), setIn(node, pack));
  });
}

/** Drops demands one by one as long as there is no answer without them. */
function minimalCore(world: World, demands: readonly Demand[]): readonly Demand[] {
  let core = demands;
  for (const demand of demands) {
    const smaller = core.filter((other) => other !== demand);
    if (!isSolvable(world, smaller)) core = smaller;
  }
  return core;
}

function applyRemedy(request: ResolveRequest, remedy: Remedy): ResolveRequest {
  const dropped = (map: ReadonlyMap<string, string> | undefined, pack: string) =>
    new Map([...(map ?? [])].filter(([name]) => name !== pack));
  switch (remedy.kind) {
    case 'unpin':
      return { ...request, pins: dropped(request.pins, remedy.pack) };
    case 'drop-override':
      return { ...request, overrides: dropped(request.overrides, remedy.pack) };
    case 'demand': {
      const ranges = new Map(remedy.changes.map(({ pack, range }) => [pack, range]));
      return { ...request, demands: request.demands.map((demand) => ({ ...demand, range: ranges.get(demand.pack) ?? demand.range })) };
    }
    case 'prerelease':
      return { ...request, prereleases: new Set([...(request.prereleases ?? []), remedy.pack]) };
    case 'yanked':
      return { ...request, locked: new Map([...(request.locked ?? []), [remedy.pack, remedy.version]]) };
    case 'override':
      return { ...request, overrides: new Map([...(request.overrides ?? []), [remedy.pack, remedy.version]]) };
    case 'remove':
      return { ...request, demands: request.demands.filter(({ pack }) => pack !== remedy.pack) };
    case 'rename':
      return request;
    default:
      return remedy satisfies never;
  }
}

function reachableFrom(world: World, choice: Choice): Set<string> {
  const found = new Set(world.request.demands.filter(({ optional }) => optional !== true).map(({ pack }) => pack));
  for (const name of found) {
    for (const { pack, optional } of world.packs.get(name)?.get(choice.get(name) ?? '')?.dependencies ?? [])
      if (optional !== true) found.add(pack);
  }
  return found;
}

function shuffle<T>(items: readonly T[], numbers: fc.Stream<number>): T[] {
  const keys = [...numbers.take(items.length)];
  return items
    .map((item, index) => ({ item, key: keys[index] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function comparable(answer: Resolution | NoSolution): unknown {
  return answer.kind === 'resolution' ? answer : { steps: answer.steps, derivation: answer.derivation };
}
