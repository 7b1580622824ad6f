import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { findBreakingChanges, findPackChanges } from './breaking-changes.ts';

interface Side {
  readonly manifest?: string;
  readonly files?: Readonly<Record<string, string>>;
}

const variable = (keys: string): Side => ({ manifest: `[variables.port]\n${keys}` });
const needs = (range: string): Side => ({ manifest: `[dependencies]\ncore = "${range}"` });

const CASES: readonly (readonly [string, Side, Side, readonly string[]])[] = [
  ['nothing', variable('type = "integer"\ndefault = 1'), variable('type = "integer"\ndefault = 1'), []],
  ['a variable removed', variable('type = "string"\ndefault = "a"'), {}, ['! the variable port was removed']],
  [
    'a variable retyped',
    variable('type = "integer"\ndefault = 1'),
    variable('type = "string"\ndefault = "1"'),
    ['! the variable port was integer and is string', 'the variable port has another default'],
  ],
  [
    'a variable widened',
    variable('type = "integer"\ndefault = 1'),
    variable('type = "number"\ndefault = 1'),
    ['the variable port was integer and is number'],
  ],
  ['a new optional variable', {}, variable('type = "integer"\ndefault = 1'), ['the variable port is new']],
  ['a new required variable', {}, variable('type = "integer"'), ['! the variable port is new and must be given']],
  [
    'newly required',
    variable('type = "integer"\ndefault = 1'),
    variable('type = "integer"'),
    ['! the variable port must be given now', 'the variable port has another default'],
  ],
  [
    'a choice lost',
    variable('type = "choice"\nchoices = ["a", "b"]\ndefault = "a"'),
    variable('type = "choice"\nchoices = ["a", "c"]\ndefault = "a"'),
    ['! the variable port no longer takes b'],
  ],
  [
    'a choice added',
    variable('type = "choice"\nchoices = ["a"]\ndefault = "a"'),
    variable('type = "choice"\nchoices = ["a", "b"]\ndefault = "a"'),
    [],
  ],
  [
    'a narrower limit',
    variable('type = "integer"\nmax = 10\ndefault = 1'),
    variable('type = "integer"\nmax = 9\ndefault = 1'),
    ['! the variable port has a narrower maximum'],
  ],
  ['a wider limit', variable('type = "integer"\nmin = 2\ndefault = 3'), variable('type = "integer"\nmin = 1\ndefault = 3'), []],
  [
    'a new pattern',
    variable('type = "string"\ndefault = "a"'),
    variable('type = "string"\npattern = "a+"\ndefault = "a"'),
    ['! the variable port has another pattern'],
  ],
  [
    'an output removed',
    { files: { 'templates/a.txt': 'a', 'templates/b.txt': 'b' } },
    { files: { 'templates/a.txt': 'A' } },
    ['! b.txt is no longer generated'],
  ],
  ['an output added', {}, { files: { 'templates/a.txt': 'a' } }, ['a.txt is generated']],
  ['a dependency raised by a major', needs('^1.2.0'), needs('^2.0.0'), ['! it needs core ^2.0.0 instead of ^1.2.0']],
  ['a dependency raised by a minor', needs('^1.2.0'), needs('^1.3.0'), ['it needs core ^1.3.0 instead of ^1.2.0']],
  ['a dependency raised by a minor below 1', needs('^0.2.0'), needs('^0.3.0'), ['! it needs core ^0.3.0 instead of ^0.2.0']],
  ['a dependency added', {}, needs('^1'), ['it needs core ^1']],
  ['a dependency removed', needs('^1'), {}, ['it no longer needs core']],
];

describe('what changes between two versions of a pack', () => {
  it.each(CASES)('%s', (_name, before, after, expected) => {
    const changes = findPackChanges(makePack({ ...before, version: '1.0.0' }), makePack({ ...after, version: '2.0.0' }));
    expect(changes.map(({ isBreaking, message }) => `${isBreaking ? '! ' : ''}${message}`)).toEqual(expected);
  });
  it('forgives what a migration renames', () => {
    const before = makePack({
      version: '1.0.0',
      manifest: '[variables.port]\ntype = "integer"\ndefault = 1',
      files: { 'templates/old/a.txt': 'a' },
    });
    const migration = '[[migrations]]\nfrom = "<2"\nto = ">=2"\nrename = { "old/" = "new/" }\nrename_variables = { port = "http_port" }';
    const after = makePack({
      version: '2.0.0',
      manifest: `[variables.http_port]\ntype = "integer"\n\n${migration}`,
      files: { 'templates/new/a.txt': 'a' },
    });
    expect(findBreakingChanges(before, after)).toEqual([]);
  });
});
