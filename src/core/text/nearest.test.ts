import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['abc', 'abc', 0],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
    ['abcd', 'acbd', 1],
    ['abcd', 'badc', 2],
    // Optimal string alignment: what was swapped is not edited again.
    ['ca', 'abc', 3],
    ['xabx', 'xbax', 1],
    ['a', 'b', 1],
    ['ab', 'cd', 2],
    ['aab', 'aba', 1],
  ])('of %j and %j is %i', (a, b, distance) => expect([editDistance(a, b), editDistance(b, a)]).toEqual([distance, distance]));

  it('is at least the difference of the lengths and at most the longer length, and 0 for what is the same', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe('nearest', () => {
  it.each<readonly [word: string, candidates: readonly string[], found: readonly string[]]>([
    ['instal', ['list', 'uninstall', 'install'], ['install', 'uninstall']],
    ['INSTALL', ['install'], ['install']],
    ['list', ['LIST'], ['LIST']],
    // A third of the longer one, and at least one.
    ['a', ['b', 'bc', 'ab'], ['ab', 'b']],
    ['abcdef', ['abcdxy', 'abcxyz'], ['abcdxy']],
    ['abcdef', ['abcd', 'abc'], ['abcd']],
    ['abcdefgh', ['abcdefghijk', 'abcdefghijkl', 'abcdefghijklm'], ['abcdefghijk', 'abcdefghijkl']],
    // Best first, then by code unit, three at most.
    ['pack', ['pick', 'pack', 'peck', 'pock', 'puck'], ['pack', 'peck', 'pick']],
    ['x', [], []],
  ])('finds for %j among %j: %j', (word, candidates, found) => expect(nearest(word, candidates)).toEqual(found));

  it('finds as many as are asked for', () => expect(nearest('a', ['b', 'c', 'd'], 2)).toEqual(['b', 'c']));
});
