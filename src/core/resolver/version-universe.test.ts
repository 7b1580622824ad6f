import fc from 'fast-check';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import {
  bitsOf,
  countBits,
  difference,
  highestBit,
  intersection,
  isDisjoint,
  isEmpty,
  isEqual,
  isSubset,
  isSubsetWithin,
  union,
} from './version-set.ts';
import { createUniverse, rangeSet, versionOfBit } from './version-universe.ts';

const versions = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(2), fc.constantFrom('', '', '', '-alpha', '-beta.1', '-beta.11', '-rc.2', '+build.5'))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);

const comparators = fc
  .tuple(fc.constantFrom('^', '~', '>=', '>', '<', '<=', '=', ''), fc.oneof(versions, fc.constantFrom('1', '1.2', '2.x', '*')))
  .map(([operator, version]) => operator + version);

const ranges = fc.oneof(
  fc
    .array(
      fc.array(comparators, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
      { minLength: 1, maxLength: 2 },
    )
    .map((parts) => parts.join(' || ')),
  fc.tuple(versions, versions).map(([from, to]) => `${from} - ${to}`),
);

describe('rangeSet', () => {
  it('holds exactly the versions that npm puts in the range', () => {
    fc.assert(
      fc.property(fc.uniqueArray(versions, { maxLength: 70 }), ranges, fc.boolean(), (available, range, includePrerelease) => {
        const universe = createUniverse(
          'a',
          available.map((version) => ({ version })),
          includePrerelease,
        );
        const set = rangeSet(universe, range);
        const expected = available.filter((version) => satisfies(version, range, { includePrerelease }));
        const actual = set === undefined ? [] : bitsOf(set).map((bit) => versionOfBit(universe, bit));
        expect(new Set(actual)).toEqual(new Set(expected));
      }),
      { numRuns: 600 },
    );
  });

  it('is undefined for what is not a range, and empty for a range that nothing matches', () => {
    const universe = createUniverse('a', [{ version: '1.0.0' }], false);
    expect(rangeSet(universe, 'not a range')).toBeUndefined();
    expect(isEmpty(rangeSet(universe, '^2') ?? universe.full)).toBe(true);
  });
});

describe('version sets', () => {
  it('compute as sets of numbers do', () => {
    const members = fc.uniqueArray(fc.nat(69), { maxLength: 40 });
    const universe = createUniverse(
      'a',
      Array.from({ length: 69 }, (_, index) => ({ version: `${index}.0.0` })),
      false,
    );
    const build = (bits: readonly number[]) => {
      const set = difference(universe.full, universe.full);
      for (const bit of bits) set[bit >>> 5] = (set[bit >>> 5] ?? 0) | (1 << (bit & 31));
      return set;
    };
    const sorted = (bits: Iterable<number>) => [...bits].sort((a, b) => a - b);
    fc.assert(
      fc.property(members, members, members, (a, b, within) => {
        const [setA, setB] = [build(a), build(b)];
        const both = a.filter((bit) => b.includes(bit));
        expect(bitsOf(intersection(setA, setB))).toEqual(sorted(both));
        expect(bitsOf(union(setA, setB))).toEqual(sorted(new Set([...a, ...b])));
        expect(bitsOf(difference(setA, setB))).toEqual(sorted(a.filter((bit) => !b.includes(bit))));
        expect(isDisjoint(setA, setB)).toBe(both.length === 0);
        expect(isSubset(setA, setB)).toBe(both.length === a.length);
        expect(isSubsetWithin(setA, build(within), setB)).toBe(a.every((bit) => !within.includes(bit) || b.includes(bit)));
        expect(isEqual(setA, build(a.toReversed()))).toBe(true);
        expect(countBits(setA)).toBe(a.length);
        expect(highestBit(setA)).toBe(Math.max(-1, ...a));
      }),
    );
  });
});
