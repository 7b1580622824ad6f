import type Comparator from 'semver/classes/comparator.js';
import Range from 'semver/classes/range.js';
import SemVer from 'semver/classes/semver.js';
import { compareText } from '../text/compare-text.ts';
import type { AvailableVersion } from './facts.ts';
import { ABSENT, addBit, difference, emptySet, fullSet, hasBit, singleton, type VersionSet } from './version-set.ts';

/** The versions of one pack that exist, and the ranges that were asked of them as exact sets. */
export interface VersionUniverse {
  readonly pack: string;
  /** Ascending by SemVer precedence; the version at position `i` is bit `i + 1`. */
  readonly versions: readonly string[];
  readonly parsed: readonly SemVer[];
  /** Every version and absence. */
  readonly full: VersionSet;
  readonly absent: VersionSet;
  readonly present: VersionSet;
  readonly yanked: VersionSet;
  readonly prerelease: VersionSet;
  readonly includePrerelease: boolean;
  /** Each range asked so far; each is computed once. */
  readonly ranges: Map<string, VersionSet>;
}

/** Makes the universe of a pack. Versions that aren't SemVer are left aside, and repeated ones count once. */
export function createUniverse(pack: string, available: readonly AvailableVersion[], includePrerelease: boolean): VersionUniverse {
  const sorted = sortVersions(available);
  const size = sorted.length + 1;
  const yanked = emptySet(size);
  const prerelease = emptySet(size);
  for (const [position, { fact, parsed }] of sorted.entries()) {
    if (fact.yanked === true) addBit(yanked, position + 1);
    if (parsed.prerelease.length > 0) addBit(prerelease, position + 1);
  }
  const full = fullSet(size);
  const absent = singleton(size, ABSENT);
  return {
    pack,
    versions: sorted.map(({ fact }) => fact.version),
    parsed: sorted.map(({ parsed }) => parsed),
    full,
    absent,
    present: difference(full, absent),
    yanked,
    prerelease,
    includePrerelease,
    ranges: new Map(),
  };
}

/** Tells whether the text is a range in the grammar of npm. */
export function isRange(text: string): boolean {
  return parseRange(text, false) !== undefined;
}

/** The versions in a range, never absence; empty when none matches, `undefined` when the text isn't a range. */
export function rangeSet(universe: VersionUniverse, text: string): VersionSet | undefined {
  const known = universe.ranges.get(text);
  if (known !== undefined) return known;
  const range = parseRange(text, universe.includePrerelease);
  if (range === undefined) return undefined;
  const set = emptySet(universe.versions.length + 1);
  for (const comparators of range.set) addAlternative(universe, comparators, set);
  universe.ranges.set(text, set);
  return set;
}

/** The bit of a version, or 0 (which is never a version's) when it doesn't exist. */
export function bitOfVersion(universe: VersionUniverse, version: string): number {
  return universe.versions.indexOf(version) + 1;
}

/** Tells whether a version that exists is in a range; `false` when either isn't what it should be. */
export function isInRange(universe: VersionUniverse, version: string, range: string): boolean {
  const set = rangeSet(universe, range);
  const bit = bitOfVersion(universe, version);
  return set !== undefined && bit !== 0 && hasBit(set, bit);
}

/** The version of a bit that isn't absence. */
export function versionOfBit(universe: VersionUniverse, bit: number): string {
  return universe.versions[bit - 1] ?? '';
}

interface ParsedVersion {
  readonly fact: AvailableVersion;
  readonly parsed: SemVer;
}

function sortVersions(available: readonly AvailableVersion[]): ParsedVersion[] {
  const unique = new Map<string, ParsedVersion>();
  for (const fact of available) {
    const parsed = parseVersion(fact.version);
    if (parsed === undefined) continue;
    const isYanked = fact.yanked === true || unique.get(fact.version)?.fact.yanked === true;
    unique.set(fact.version, { fact: isYanked ? { version: fact.version, yanked: true } : fact, parsed });
  }
  return [...unique.values()].sort(
    (a, b) => a.parsed.compare(b.parsed) || a.parsed.compareBuild(b.parsed) || compareText(a.fact.version, b.fact.version),
  );
}

function parseVersion(text: string): SemVer | undefined {
  try {
    return new SemVer(text);
  } catch {
    return undefined;
  }
}

function parseRange(text: string, includePrerelease: boolean): Range | undefined {
  try {
    return new Range(text, { includePrerelease });
  } catch {
    return undefined;
  }
}

/** Versions are sorted, so that comparators joined by "and" cut out one slice; only its pre-releases need a second look. */
function addAlternative(universe: VersionUniverse, comparators: readonly Comparator[], set: VersionSet): void {
  let from = 0;
  let to = universe.parsed.length;
  for (const comparator of comparators) {
    const slice = sliceOf(universe.parsed, comparator);
    from = Math.max(from, slice.from);
    to = Math.min(to, slice.to);
  }
  for (let position = from; position < to; position++) {
    const version = universe.parsed[position];
    if (version !== undefined && (universe.includePrerelease || isAskedFor(version, comparators))) addBit(set, position + 1);
  }
}

function sliceOf(versions: readonly SemVer[], { operator, semver }: Comparator): { from: number; to: number } {
  if (typeof semver === 'symbol') return { from: 0, to: versions.length };
  const notBelow = firstWhere(versions, (version) => version.compare(semver) >= 0);
  const above = firstWhere(versions, (version) => version.compare(semver) > 0);
  switch (operator) {
    case '>':
      return { from: above, to: versions.length };
    case '>=':
      return { from: notBelow, to: versions.length };
    case '<':
      return { from: 0, to: notBelow };
    case '<=':
      return { from: 0, to: above };
    default:
      return { from: notBelow, to: above };
  }
}

/** A release always; a pre-release when a comparator names a pre-release of the same release. */
function isAskedFor(version: SemVer, comparators: readonly Comparator[]): boolean {
  if (version.prerelease.length === 0) return true;
  return comparators.some(({ semver }) => typeof semver !== 'symbol' && semver.prerelease.length > 0 && semver.compareMain(version) === 0);
}

function firstWhere(versions: readonly SemVer[], isReached: (version: SemVer) => boolean): number {
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const version = versions[middle];
    if (version !== undefined && isReached(version)) high = middle;
    else low = middle + 1;
  }
  return low;
}
