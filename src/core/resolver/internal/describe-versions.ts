import { compareText } from '../../text/compare-text.ts';
import { bitsOf, difference, isEmpty, isEqual, isSubset, union, type VersionSet } from '../version-set.ts';
import { type VersionUniverse, versionOfBit } from '../version-universe.ts';

const MOST_RUNS = 3;

/** Names versions as the subject of a sentence, as shortly as is exact: `core 1.2.0`, `every version of core`, `core ^1.2` (as it was asked). */
export function describeEach(universe: VersionUniverse, set: VersionSet): string {
  const text = describeSome(universe, set);
  return text === universe.pack ? `every version of ${text}` : text;
}

/** Names versions that are needed: like `describeSome`, but by a range that was asked rather than by the one version that is in it. */
export function describeNeeded(universe: VersionUniverse, set: VersionSet): string {
  const asked = askedRange(universe, difference(set, universe.absent));
  return asked === undefined || asked === '*' ? describeSome(universe, set) : `${universe.pack} ${asked}`;
}

/** Names versions as the object of a sentence: like `describeEach`, but the bare name when any version is meant. */
export function describeSome(universe: VersionUniverse, set: VersionSet): string {
  const { pack, present, absent, prerelease } = universe;
  const versions = difference(set, absent);
  const bits = bitsOf(versions);
  const [first] = bits;
  if (first === undefined) return `no version of ${pack}`;
  if (bits.length === 1) return `${pack} ${versionOfBit(universe, first)}`;
  if (isSubset(present, versions)) return pack;
  if (isEmpty(difference(difference(present, prerelease), versions))) return `every release of ${pack}`;
  return `${pack} ${askedRange(universe, versions) ?? describeRuns(universe, versions)}`;
}

/** The text of the shortest range that was asked of the pack and means exactly these versions. */
function askedRange({ ranges }: VersionUniverse, versions: VersionSet): string | undefined {
  const texts = [...ranges].filter(([text, set]) => text !== '' && isEqual(set, versions)).map(([text]) => text);
  return texts.sort((a, b) => a.length - b.length || compareText(a, b))[0];
}

/** Spells out stretches of neighbouring versions. Versions that can't be meant (pre-releases and yanked ones) don't interrupt a stretch. */
function describeRuns(universe: VersionUniverse, versions: VersionSet): string {
  const { prerelease, yanked } = universe;
  const relevant = bitsOf(difference(universe.present, difference(union(prerelease, yanked), versions)));
  const chosen = new Set(bitsOf(versions));
  const runs: { from: number; to: number }[] = [];
  let isInside = false;
  for (const bit of relevant) {
    const run = runs.at(-1);
    if (chosen.has(bit) && isInside && run !== undefined) run.to = bit;
    else if (chosen.has(bit)) runs.push({ from: bit, to: bit });
    isInside = chosen.has(bit);
  }
  if (runs.length > MOST_RUNS) {
    return `(${chosen.size} versions from ${versionOfBit(universe, runs[0]?.from ?? 1)} to ${versionOfBit(universe, runs.at(-1)?.to ?? 1)})`;
  }
  const texts = runs.map(({ from, to }) =>
    from === to ? versionOfBit(universe, from) : `${versionOfBit(universe, from)} to ${versionOfBit(universe, to)}`,
  );
  return joinWith(texts, 'or');
}

/** Joins words as in a sentence: `a`, `a and b`, `a, b and c`. */
export function joinWith(words: readonly string[], conjunction: 'and' | 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}
