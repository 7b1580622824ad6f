import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { compareText } from '../../text/compare-text.ts';
import { findCycle } from '../find-cycle.ts';
import type { Resolution, ResolvedDependency, ResolvedPack } from '../resolution.ts';
import { depth } from '../resolution-graph.ts';
import type { ResolveRequest } from '../resolve-request.ts';
import { hasBit, highestBit } from '../version-set.ts';
import { versionOfBit } from '../version-universe.ts';
import type { Candidate, Search } from './search.ts';

const RECOMMENDED_DEPTH = 5;

/**
 * Reads the answer off a search in which every pack that is needed is decided.
 * @throws DEPENDENCY_CYCLE when packs of the answer depend on each other, with the path
 */
export function buildResolution(search: Search, request: ResolveRequest): Resolution {
  const packs = [...search.candidates.values()]
    .filter(({ id }) => search.solution.isPresent(id))
    .map((candidate) => resolvedPack(candidate, search, request))
    .sort((a, b) => compareText(a.pack, b.pack));
  const cycle = findCycle(packs);
  if (cycle !== undefined) {
    throw new PacksmithError('DEPENDENCY_CYCLE', `packs depend on each other, cycle: ${cycle.join(' → ')}`, {
      hint: `one of these packs has to give up its dependency, or move what both need into a third pack`,
    });
  }
  const roots = packs.filter(({ requestedBy }) => requestedBy.length > 0).map(({ pack }) => pack);
  return { kind: 'resolution', packs, roots, diagnostics: findWarnings(packs), steps: search.steps };
}

function resolvedPack(candidate: Candidate, search: Search, request: ResolveRequest): ResolvedPack {
  const { name, universe, lockedBit } = candidate;
  const bit = decidedBit(candidate, search);
  const overriddenBy = request.overrides?.get(name);
  return {
    pack: name,
    version: versionOfBit(universe, bit),
    requestedBy: [...new Set(request.demands.filter(({ pack }) => pack === name).map((demand) => demand.requestedBy))].sort(compareText),
    dependencies: resolvedDependencies(candidate, search),
    ...(overriddenBy === undefined ? {} : { overriddenBy }),
    isLocked: bit === lockedBit,
    isYanked: hasBit(universe.yanked, bit),
  };
}

function resolvedDependencies(candidate: Candidate, search: Search): ResolvedDependency[] {
  const found: ResolvedDependency[] = [];
  for (const { pack, range, optional = false } of candidate.known.get(decidedBit(candidate, search))?.dependencies ?? []) {
    const target = search.candidates.get(pack);
    if (target === undefined || !search.solution.isPresent(target.id)) continue;
    found.push({ pack, version: versionOfBit(target.universe, decidedBit(target, search)), range, optional });
  }
  return found.sort((a, b) => compareText(a.pack, b.pack) || compareText(a.range, b.range));
}

function decidedBit({ id }: Candidate, search: Search): number {
  return highestBit(search.solution.allowed(id));
}

function findWarnings(packs: readonly ResolvedPack[]): Diagnostic[] {
  const measured = depth({ packs });
  if (measured <= RECOMMENDED_DEPTH) return [];
  return [
    {
      code: 'DEPENDENCY_DEPTH',
      severity: 'warning',
      message: `the longest chain of dependencies has ${measured} packs; more than ${RECOMMENDED_DEPTH} are hard to keep up to date`,
      suggestion: 'depend on the packs at the end of the chain directly, or merge packs that are always used together',
    },
  ];
}
