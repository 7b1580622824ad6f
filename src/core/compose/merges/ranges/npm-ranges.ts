import { type Comparator, intersects, Range, type SemVer, subset } from 'semver';

/**
 * The versions that two npm ranges share, as a range: the text of the narrower one when it lies within the other, else a new one.
 * `undefined` when they share none, or when one is not a version range (`workspace:*`, a path, a tag other than `latest`).
 */
export function intersectNpmRanges(ours: string, theirs: string): string | undefined {
  if (ours === theirs || isAny(theirs)) return ours;
  if (isAny(ours)) return theirs;
  const a = parseRange(ours);
  const b = parseRange(theirs);
  if (a === undefined || b === undefined || !intersects(a, b)) return undefined;
  if (subset(a, b)) return ours;
  if (subset(b, a)) return theirs;
  const shared = a.set.flatMap((left) => b.set.flatMap((right) => boundsOf([...left, ...right]) ?? []));
  const texts = [...new Set(shared.map(formatBounds))];
  return texts.length === 0 ? undefined : texts.join(' || ');
}

const isAny = (range: string): boolean => ['', '*', 'latest', 'x'].includes(range.trim());

const LONGEST = 256;

function parseRange(text: string): Range | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return new Range(text);
  } catch {
    return undefined;
  }
}

interface Bounds {
  readonly low: Comparator | undefined;
  readonly high: Comparator | undefined;
}

/** The tightest bounds of comparators that must all hold; `undefined` when nothing is left between them. */
function boundsOf(comparators: readonly Comparator[]): Bounds | undefined {
  let low: Comparator | undefined;
  let high: Comparator | undefined;
  for (const comparator of comparators) {
    if (comparator.operator === '>=' || comparator.operator === '>') low = tighter(low, comparator, 1);
    else if (comparator.operator === '<' || comparator.operator === '<=') high = tighter(high, comparator, -1);
    else if (isVersion(comparator)) {
      low = tighter(low, comparator, 1);
      high = tighter(high, comparator, -1);
    }
  }
  if (low === undefined || high === undefined) return { low, high };
  const order = low.semver.compare(high.semver);
  return order > 0 || (order === 0 && (low.operator === '>' || high.operator === '<')) ? undefined : { low, high };
}

/** Whether a comparator is more than "any version". */
function isVersion({ semver }: Comparator): boolean {
  return typeof (semver as Partial<SemVer>).version === 'string';
}

function tighter(known: Comparator | undefined, other: Comparator, sign: 1 | -1): Comparator {
  if (known === undefined) return other;
  const order = other.semver.compare(known.semver) * sign;
  return order > 0 || (order === 0 && (other.operator === '>' || other.operator === '<')) ? other : known;
}

function formatBounds({ low, high }: Bounds): string {
  if (low !== undefined && high !== undefined && low.semver.compare(high.semver) === 0) return low.semver.version;
  const joined = [
    low === undefined ? '' : (low.operator || '>=') + low.semver.version,
    high === undefined ? '' : (high.operator || '<=') + high.semver.version,
  ]
    .filter((text) => text !== '')
    .join(' ');
  const short = low === undefined ? [] : [`^${low.semver.version}`, `~${low.semver.version}`];
  const exact = parseRange(joined)?.range;
  return short.find((text) => parseRange(text)?.range === exact) ?? joined.replace(/-0(?=$|\s)/g, '');
}
