// One map of what tests executed: in their own process, and in the processes that they started.
import type { Branch, CoverageMap, FileCoverage, Position } from './coverage-map.ts';

export interface CompleteCoverage {
  readonly files: CoverageMap;
  /** How many branches of a source that is in the program could not be found there: what processes executed of them is not counted. */
  readonly unmatched: ReadonlyMap<string, number>;
}

/**
 * Adds what processes executed to what was measured where the tests run. The branches are those of the latter: one that is found in the program
 * is that at the same place of the source, of the same kind and with as many ways.
 */
export function addExecutions(measured: CoverageMap, executed: ReadonlyMap<string, readonly FileCoverage[]>): CompleteCoverage {
  const unmatched = new Map<string, number>();
  const files = Object.entries(measured).map(([source, coverage]) => {
    const parts = executed.get(source) ?? [];
    const found = parts.map((part) => findBranches(coverage, part));
    if (parts.length > 0) unmatched.set(source, Object.keys(coverage.b).filter((id) => !found.some((counts) => counts.has(id))).length);
    const b = Object.entries(coverage.b).map(([id, counts]) => [
      id,
      counts.map((count, way) => found.reduce((sum, branches) => sum + Math.max(0, branches.get(id)?.[way] ?? 0), count)),
    ]);
    return [source, { ...coverage, b: Object.fromEntries(b), s: parts.reduce(addStatements, coverage).s }];
  });
  return { files: Object.fromEntries(files), unmatched };
}

/** The counts in a part of the program, by the number of the branch where it was measured. */
function findBranches(coverage: FileCoverage, part: FileCoverage): Map<string, readonly number[]> {
  const found = new Map<string, string>();
  for (const keyOf of [placeOf, placeOfWays]) {
    const known = new Set(found.values());
    const there = byKey(part, keyOf, (id) => !known.has(id));
    for (const [key, id] of byKey(coverage, keyOf, (own) => !found.has(own))) {
      const other = there.get(key);
      if (other !== undefined) found.set(id, other);
    }
  }
  return new Map([...found].map(([id, other]) => [id, part.b[other] ?? []]));
}

/** The numbers of branches. A key that two of them share tells nothing, and is left out. */
function byKey({ branchMap }: FileCoverage, keyOf: (branch: Branch) => string, isWanted: (id: string) => boolean): Map<string, string> {
  const ids = new Map<string, string>();
  const shared = new Set<string>();
  for (const [id, branch] of Object.entries(branchMap)) {
    if (!isWanted(id)) continue;
    const key = keyOf(branch);
    if (ids.has(key)) shared.add(key);
    ids.set(key, id);
  }
  for (const key of shared) ids.delete(key);
  return ids;
}

function placeOf({ type, loc, locations }: Branch): string {
  return `${type} ${locations.length} ${place(loc.start)}`;
}

/** Where the bundler says of the beginning only that it is near, the ways behind the first tell which it is; with the line, since an `else` may not be written. */
function placeOfWays({ type, loc, locations }: Branch): string {
  const ways = locations.slice(1).map(({ start }) => place(start));
  return `${type} ${locations.length} ${type === 'if' ? loc.start.line : ''} ${ways.join(' ')}`;
}

/** Statements at the same place. */
function addStatements(coverage: FileCoverage, part: FileCoverage): FileCoverage {
  const counts = new Map(Object.entries(part.statementMap).map(([id, { start }]) => [place(start), part.s[id] ?? 0]));
  const s = Object.entries(coverage.s).map(([id, count]) => [id, count + (counts.get(place(coverage.statementMap[id]?.start ?? {})) ?? 0)]);
  return { ...coverage, s: Object.fromEntries(s) };
}

const place = ({ line, column }: Position) => `${line}:${column}`;
