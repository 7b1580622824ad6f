import { describe, expect, it } from 'vitest';
import { announcesBreakage, chooseTag, findPredecessor } from './version-policy.ts';

describe('whether a version announces that something breaks', () => {
  it.each([
    ['1.2.3', '2.0.0', true],
    ['1.2.3', '1.3.0', false],
    ['1.2.3', '1.2.4', false],
    ['0.2.3', '0.3.0', true],
    ['0.2.3', '0.2.4', false],
    ['0.0.1', '0.0.2', true],
    ['0.9.0', '1.0.0', true],
    ['1.9.0', '2.0.0-rc.1', true],
    ['2.0.0-rc.1', '2.0.0', false],
    ['1.0.0', '1.1.0-beta.1', false],
  ])('%s to %s: %s', (before, after, expected) => {
    expect(announcesBreakage(before, after)).toBe(expected);
  });
});

describe('the version that changes are measured against', () => {
  const published = (text: string) =>
    text
      .split(' ')
      .filter((version) => version !== '')
      .map((version) => ({
        version: version.replace('!', ''),
        status: version.endsWith('!') ? ('yanked' as const) : ('available' as const),
      }));
  it.each([
    ['1.2.0', '', undefined],
    ['1.2.0', '1.0.0 1.1.0 2.0.0', '1.1.0'],
    ['1.2.0', '1.0.0 1.1.0!', '1.0.0'],
    ['1.2.0', '1.1.0 1.2.0-rc.1', '1.1.0'],
    ['1.2.0', '1.2.0-rc.1 1.2.0-rc.2', '1.2.0-rc.2'],
    ['1.0.1', '2.0.0', undefined],
  ])('%s after "%s": %s', (version, list, expected) => {
    expect(findPredecessor(version, published(list))?.version).toBe(expected);
  });
});

it('tags pre-releases as next', () => {
  expect([chooseTag('1.0.0'), chooseTag('1.0.0-rc.1')]).toEqual(['latest', 'next']);
});
