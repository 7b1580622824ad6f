import { describe, expect, it } from 'vitest';
import { compareVersions, isInRange, isVersion, isVersionRange } from './versions.ts';

describe('versions', () => {
  it.each(['0.0.0', '1.2.3', '1.2.3-rc.1', '1.2.3+build.5', '10.20.30-a-b.0'])('%s is a version', (text) =>
    expect(isVersion(text)).toBe(true),
  );
  it.each(['', '1', '1.2', 'v1.2.3', '=1.2.3', ' 1.2.3', '1.2.3 ', '01.2.3', '1.2.3-01', '1.2.3-', '1.2.x', '1'.repeat(300)])(
    '%j is none',
    (text) => expect(isVersion(text)).toBe(false),
  );
  it.each(['*', '^1', '~1.2', '>=1 <3', '1.x || 2', '1.2.3', '1 - 2', 'x'])('%s is a range', (text) =>
    expect(isVersionRange(text)).toBe(true),
  );
  it.each(['', ' ', 'latest', '^', '>=a', '1..2', '^1'.repeat(200)])('%j is no range', (text) => expect(isVersionRange(text)).toBe(false));

  it.each([
    ['1.2.3', '^1', true],
    ['2.0.0', '^1', false],
    ['1.3.0-rc.1', '^1', false],
    ['1.3.0-rc.1', '>=1.3.0-rc.0', true],
    ['x', '*', false],
    ['1.0.0', 'x y', false],
  ])('%s in %s is %s', (version, range, expected) => expect(isInRange(version, range)).toBe(expected));

  it('orders by precedence, then totally', () => {
    const sorted = ['1.0.0+b', '1.0.0', '1.0.0-rc.10', '1.0.0-rc.9', '0.9.0', '1.0.0+a', '10.0.0', '9.0.0'].sort(compareVersions);
    expect(sorted).toEqual(['0.9.0', '1.0.0-rc.9', '1.0.0-rc.10', '1.0.0', '1.0.0+a', '1.0.0+b', '9.0.0', '10.0.0']);
  });
});
