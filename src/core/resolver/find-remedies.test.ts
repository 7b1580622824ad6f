import { describe, expect, it } from 'vitest';
import { factsOf, type PackWorld, requestOf } from '../../../test/support/pack-world.ts';
import type { Remedy, RemedyOptions } from './find-remedies.ts';
import type { ResolveRequest } from './resolve-request.ts';
import { solveWithFacts } from './solve-with-facts.ts';
import { describeRemedy, suggestRemedies } from './suggest-remedies.ts';

interface Case {
  readonly name: string;
  readonly world: PackWorld;
  readonly ask: string;
  readonly more?: Partial<ResolveRequest>;
  readonly options?: RemedyOptions;
  /** All of them, in their order. */
  readonly remedies: readonly Remedy[];
}

const CASES: readonly Case[] = [
  {
    name: 'a pin: without it everything fits, so that nothing else is tried first',
    world: { 'a 1.0.0': 'core ^2', 'core 2.0.0': '', 'core 1.0.0': '' },
    ask: 'a ^1',
    more: {
      pins: new Map([
        ['core', '1.0.0'],
        ['other', '9.0.0'],
      ]),
    },
    options: { most: 1 },
    remedies: [{ kind: 'unpin', pack: 'core' }],
  },
  {
    name: 'an override: the others stay',
    world: { 'a 1.0.0': 'core ^2, base ^1', 'core 2.0.0': '', 'base 1.0.0': '' },
    ask: 'a ^1',
    more: {
      overrides: new Map([
        ['core', '^9'],
        ['base', '^1'],
      ]),
    },
    options: { most: 1 },
    remedies: [{ kind: 'drop-override', pack: 'core' }],
  },
  {
    name: 'one demand that moves: the range of the version that it would give, and an override of what both need',
    world: { 'a 1.0.0': 'core ^1', 'a 2.3.4': 'core ^2', 'b 1.0.0': 'core ^2', 'core 1.0.0': '', 'core 2.0.0': '' },
    ask: 'a ^1, b ^1',
    remedies: [
      { kind: 'demand', changes: [{ pack: 'a', range: '^2.3.4', version: '2.3.4' }] },
      { kind: 'override', pack: 'core', version: '2.0.0' },
    ],
  },
  {
    name: 'two demands that have to move together: none alone',
    world: {
      'a 1.0.0': 'core ^1',
      'a 2.0.0': 'core ^3',
      'b 1.0.0': 'core ^2',
      'b 2.0.0': 'core ^3',
      'core 1.0.0': '',
      'core 2.0.0': '',
      'core 3.0.0': '',
    },
    ask: 'a ^1, b ^1',
    options: { most: 1 },
    remedies: [
      {
        kind: 'demand',
        changes: [
          { pack: 'a', range: '^2.0.0', version: '2.0.0' },
          { pack: 'b', range: '^2.0.0', version: '2.0.0' },
        ],
      },
    ],
  },
  {
    name: 'a pre-release, of the one pack that needs it',
    world: { 'a 1.0.0': 'core ^2', 'core 1.0.0': '', 'core 2.0.0-beta.1': '', 'core 2.0.0-beta.2': '', 'b 1.0.0': '', 'b 2.0.0-rc.1': '' },
    ask: 'a ^1, b ^1',
    remedies: [
      { kind: 'prerelease', pack: 'core', version: '2.0.0-beta.2' },
      { kind: 'override', pack: 'core', version: '1.0.0' },
    ],
  },
  {
    name: 'a yanked version: the newest that does',
    world: { 'a 1.0.0': 'core ^2', 'core 1.0.0': '', 'core 2.0.0!': '', 'core 2.1.0!': '', 'core 3.0.0!': '' },
    ask: 'a ^1',
    remedies: [
      { kind: 'yanked', pack: 'core', version: '2.1.0' },
      { kind: 'override', pack: 'core', version: '1.0.0' },
    ],
  },
  {
    name: 'what overrides have already: not again',
    world: { 'a 1.0.0': 'core ^2', 'core 1.0.0': '', 'core 3.0.0': '' },
    ask: 'a ^1',
    more: { overrides: new Map([['core', '^2']]) },
    remedies: [],
  },
  {
    name: 'nothing that helps but to leave one out, of those that stand in the way',
    world: { 'a 1.0.0': '', 'b 1.0.0': 'gone ^1' },
    ask: 'a ^1, b ^1',
    options: { knownNames: ['a', 'b'] },
    remedies: [{ kind: 'remove', pack: 'b' }],
  },
  {
    name: 'nothing where there is one demand only, which cannot be left out',
    world: { 'b 1.0.0': 'gone ^1' },
    ask: 'b ^1',
    remedies: [],
  },
  {
    name: 'a name that is nearly right: what was meant, instead of leaving it out',
    world: { 'web-api 1.0.0': '', 'auth 1.0.0': '' },
    ask: 'web-apy ^1, auth ^1',
    options: { knownNames: ['auth', 'web-api'] },
    remedies: [{ kind: 'rename', pack: 'web-apy', names: ['web-api'] }],
  },
];

function find({ world, ask, more, options }: Omit<Case, 'name' | 'remedies'>): readonly Remedy[] {
  const facts = factsOf(world);
  const answer = solveWithFacts(requestOf(ask, more), facts);
  if (answer.kind !== 'no-solution') throw new Error('the test world has a solution');
  return suggestRemedies(answer, facts, options);
}

describe('findRemedies', () => {
  it.each(CASES)('finds $name', ({ remedies, ...asked }) => expect(find(asked)).toEqual(remedies));
});

describe('describeRemedy', () => {
  const changes = [
    { pack: 'a', range: '^2.0.0', version: '2.0.0' },
    { pack: 'b', range: '^3.0.0', version: '3.0.0' },
  ];
  it.each<readonly [Remedy, string]>([
    [{ kind: 'unpin', pack: 'a' }, 'remove the pin of a'],
    [{ kind: 'drop-override', pack: 'a' }, 'remove the override of a'],
    [{ kind: 'demand', changes }, 'a 2.0.0 and b 3.0.0 would fit: ask for a@^2.0.0 and b@^3.0.0'],
    [{ kind: 'prerelease', pack: 'a', version: '2.0.0-b' }, 'a 2.0.0-b would fit, a pre-release: allow pre-releases of a'],
    [{ kind: 'yanked', pack: 'a', version: '2.0.0' }, 'a 2.0.0 would fit but was yanked: ask its publisher for a new version'],
    [{ kind: 'override', pack: 'a', version: '2.0.0' }, 'override a to 2.0.0, whatever its dependents ask for, and test the result'],
    [{ kind: 'remove', pack: 'a' }, 'leave out a'],
    [{ kind: 'rename', pack: 'x', names: ['a', 'b', 'c'] }, 'did you mean a, b or c instead of x?'],
  ])('says %j', (remedy, text) => expect(describeRemedy(remedy)).toBe(text));
});
