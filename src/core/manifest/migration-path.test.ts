import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { oldPath } from './migrate-path.ts';
import { migrationsBetween } from './migration-path.ts';

describe('migrationsBetween', () => {
  const steps = (...ranges: readonly [string, string][]): string =>
    ranges.map(([from, to]) => `[[migrations]]\nfrom = "${from}"\nto = "${to}"\n`).join('');

  it.each<[string, string, string, [string, string][], string[]]>([
    ['exactly these two', '1.0.0', '2.0.0', [['^1', '^2']], ['^1 to ^2']],
    [
      'versions that are passed',
      '1.0.0',
      '3.1.0',
      [
        ['^2', '^3'],
        ['^1', '^2'],
      ],
      ['^1 to ^2', '^2 to ^3'],
    ],
    [
      'open ranges',
      '1.0.0',
      '3.0.0',
      [
        ['<3', '>=3'],
        ['<2', '>=2'],
      ],
      ['<2 to >=2', '<3 to >=3'],
    ],
    [
      'not those left behind',
      '2.1.0',
      '3.0.0',
      [
        ['^1', '^2'],
        ['^2', '^3'],
      ],
      ['^2 to ^3'],
    ],
    [
      'not those not reached',
      '1.0.0',
      '2.0.0',
      [
        ['^1', '^2'],
        ['^2', '^3'],
      ],
      ['^1 to ^2'],
    ],
    ['not within the old range', '1.0.0', '1.5.0', [['^1', '^2']], []],
    [
      'none on the way back',
      '3.0.0',
      '1.0.0',
      [
        ['^1', '^2'],
        ['^2', '^3'],
      ],
      [],
    ],
    ['one that is made for the way back', '3.0.0', '1.0.0', [['^3', '^1']], ['^3 to ^1']],
    ['none to the same version', '2.0.0', '2.0.0', [['*', '*']], []],
    [
      'within a major version',
      '1.0.0',
      '1.4.0',
      [
        ['<1.2', '>=1.2'],
        ['<1.5', '>=1.5'],
      ],
      ['<1.2 to >=1.2'],
    ],
  ])('%s', (_, from, version, ranges, expected) => {
    const { manifest } = makePack({ version, manifest: steps(...ranges) });
    expect(migrationsBetween(manifest, from).map((migration) => `${migration.from} to ${migration.to}`)).toEqual(expected);
  });

  it('has none for a pack that is new', () => {
    expect(migrationsBetween(makePack({ version: '2.0.0', manifest: steps(['*', '*']) }).manifest, undefined)).toEqual([]);
  });
});

describe('oldPath', () => {
  it.each<[string, Record<string, string>[], string | undefined]>([
    ['c', [{ a: 'b' }, { b: 'c' }], 'a'],
    ['b', [{ a: 'b' }, { b: 'c' }], 'a'],
    ['new/deep/x', [{ 'old/': 'mid/' }, { 'mid/deep/': 'new/deep/' }], 'old/deep/x'],
    ['new/x', [{ 'old/': 'new/', y: 'new/x' }], 'y'],
    ['other', [{ a: 'b' }], undefined],
    ['newer/x', [{ 'old/': 'new/' }], undefined],
  ])('%s', (path, steps, expected) => {
    expect(
      oldPath(
        path,
        steps.map((step) => new Map(Object.entries(step))),
      ),
    ).toBe(expected);
  });
});
