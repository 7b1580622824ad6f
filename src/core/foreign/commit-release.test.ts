import { describe, expect, it } from 'vitest';
import { isBehind, pythonVersionOf, releaseOf } from './commit-release.ts';

const COMMIT = '0.0.0-20260305070809.g1a2b3c4d5e6f';

describe('a commit among the releases of its template', () => {
  it.each([
    ['1.0.0', 'v1', '1.0.0', '1'],
    ['1.0.0', undefined, '1.0.0', '1.0.0'],
    ['2.0.0', 'v1.9', '2.0.0', '2.0.0'],
    ['2.0.0', 'v2.0-3-g1a2b3c4', '2.0.0', '2.0.0'],
    [COMMIT, 'v1.2-3-g1a2b3c4', '1.2.0', '1.2.post3.dev0+1a2b3c4'],
    [COMMIT, 'v2.0.0rc1-1-g1a2b3c4', '2.0.0-rc.1', '2.0.0rc1.post1.dev0+1a2b3c4'],
    [COMMIT, 'v1.2', '1.2.0', '1.2'],
    [COMMIT, '1a2b3c4', COMMIT, '0.0.0.post20260305070809.dev0+1a2b3c4'],
    [COMMIT, 'release-7-g1a2b3c4', COMMIT, '0.0.0.post20260305070809.dev0+1a2b3c4'],
    [COMMIT, undefined, COMMIT, '0.0.0.post20260305070809.dev0+1a2b3c4'],
  ])('%s, which git calls %s, is of %s, in Python %s', (version, revision, release, python) => {
    expect([releaseOf({ version, revision }), pythonVersionOf({ version, revision })]).toEqual([release, python]);
  });

  it('is not taken for a release where its digits are all numbers', () => {
    expect(releaseOf({ version: '0.0.0-20260305070809.g123456789012', revision: '1234567' })).toBe('0.0.0-20260305070809.g123456789012');
  });
});

it.each([
  ['1.2.0', COMMIT, 'v1.2-3-g1a2b3c4', true],
  ['1.1.0', COMMIT, 'v1.2-3-g1a2b3c4', true],
  ['1.2.1', COMMIT, 'v1.2-3-g1a2b3c4', false],
  ['1.9.0', '2.0.0-rc.1', 'v2.0.0rc1', true],
  ['2.0.0', '2.0.0-rc.1', 'v2.0.0rc1', false],
  ['1.2.0', '1.2.0', 'v1.2', false],
  ['1.2.0', COMMIT, 'v1.2', false],
  ['1.2.0', COMMIT, '1a2b3c4', false],
  ['0.0.0-20260101000000.g000000000000', COMMIT, 'v1.2-3-g1a2b3c4', false],
])('%s lies behind %s, which git calls %s: %s', (release, version, revision, isIt) => {
  expect(isBehind({ version: release }, { version, revision })).toBe(isIt);
});
