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
  ['a dependency kept', needs('^1'), needs('^1'), []],
  [
    'an optional dependency added',
    {},
    { manifest: '[dependencies]\ncore = { version = "^1", optional = true }' },
    ['it works with core ^1'],
  ],
  ['a dependency on nothing that there is', needs('^1'), needs('>2 <1'), ['! it needs core >2 <1 instead of ^1']],
  [
    'a variable that is computed',
    variable('type = "integer"\ndefault = 1'),
    variable('type = "integer"\ncomputed = "1 + 1"'),
    ['! the variable port is computed now and cannot be given', 'the variable port has another default'],
  ],
  [
    'text that was a path',
    variable('type = "path"\ndefault = "a"'),
    variable('type = "string"\ndefault = "a"'),
    ['the variable port was path and is string'],
  ],
  [
    'another map',
    variable('type = "map"\ndefault = { a = 9007199254740993 }'),
    variable('type = "map"\ndefault = { a = 9007199254740994 }'),
    ['the variable port has another default'],
  ],
  [
    'packages',
    { manifest: '[packages.npm]\na = "^1"\nb = "^1"\nc = "^1"' },
    { manifest: '[packages.npm]\na = "^1"\nb = "^2"\nd = "^1"' },
    ['npm:b ^2 instead of ^1', 'npm:c is no longer added', 'npm:d ^1 is added'],
  ],
  [
    'hooks',
    { manifest: '[hooks]\npost_generate = [{ name = "a", run = ["x"] }, { name = "b", run = ["x"] }, { name = "c", run = ["x"] }]' },
    { manifest: '[hooks]\npost_generate = [{ name = "a", run = ["x"] }, { name = "b", run = ["y"] }, { name = "d", run = ["x"] }]' },
    ['the hook post_generate b runs something else', 'the hook post_generate c is gone', 'the hook post_generate d is new'],
  ],
  [
    'limits of every kind',
    variable('type = "string"\nmin_length = 2\nmax_length = 9\ndefault = "abc"'),
    variable('type = "string"\nmin_length = 3\nmax_length = 8\ndefault = "abc"'),
    ['! the variable port has a narrower least length', '! the variable port has a narrower greatest length'],
  ],
  ['a wider length', variable('type = "string"\nmax_length = 9\ndefault = "a"'), variable('type = "string"\ndefault = "a"'), []],
  [
    'several choices lost',
    variable('type = "choice"\nchoices = ["a", "b", "c"]\ndefault = "a"'),
    variable('type = "choice"\nchoices = ["a"]\ndefault = "a"'),
    ['! the variable port no longer takes b, c'],
  ],
  [
    'a new variable that is needed where it applies',
    { manifest: '[variables.on]\ntype = "boolean"\n' },
    { manifest: '[variables.on]\ntype = "boolean"\n[variables.a]\ntype = "string"\nwhen = "on"\n' },
    ['the variable a is new'],
  ],
  ['a new variable that is computed', {}, variable('type = "integer"\ncomputed = "1"'), ['the variable port is new']],
  ['a pattern that goes', variable('type = "string"\npattern = "a"\ndefault = "a"'), variable('type = "string"\ndefault = "a"'), []],
  [
    'paths, mail and addresses become text',
    { manifest: '[variables.a]\ntype = "url"\n[variables.b]\ntype = "email"\n' },
    { manifest: '[variables.a]\ntype = "string"\n[variables.b]\ntype = "text"\n' },
    ['! the variable b was email and is text', 'the variable a was url and is string'],
  ],
  [
    'a migration that renames a directory',
    { files: { 'templates/old/a.txt': 'a', 'templates/older.txt': 'b' } },
    {
      files: { 'templates/new/a.txt': 'a' },
      manifest: '[[migrations]]\nfrom = "<2"\nto = ">=2"\nrename = { "old/" = "new/", "old" = "new/a.txt" }',
    },
    ['! older.txt is no longer generated', 'new/a.txt is generated', 'old/a.txt is now new/a.txt'],
  ],
  ['a version of packsmith', {}, { manifest: 'requires = ">=0.1.0"' }, ['! it needs packsmith >=0.1.0']],
  ['no version of packsmith', { manifest: 'requires = ">=0.1.0"' }, {}, ['it works with any packsmith']],
];

describe('what changes between two versions of a pack', () => {
  const changesOf = (before: Side, after: Side) =>
    findPackChanges(makePack({ ...before, version: '1.0.0' }), makePack({ ...after, version: '2.0.0' }));

  it.each(CASES)('%s', (_name, before, after, expected) => {
    const changes = changesOf(before, after);
    expect(changes.map(({ isBreaking, message }) => `${isBreaking ? '! ' : ''}${message}`)).toEqual(expected);
  });

  // What is expected is written by `npm run snap -- src/core/quality`, to be read before it is committed.
  it('is told by part, kind and subject', () => {
    const lines = CASES.flatMap(([, before, after]) =>
      changesOf(before, after).map(({ part, change, subject }) => `${part} ${change}: ${subject}`),
    );
    expect(`\n${[...new Set(lines)].join('\n')}\n`).toMatchSnapshot();
  });

  it('forgives a file that a migration renames, and only where it is generated by its new name', () => {
    const before = makePack({ version: '1.0.0', files: { 'templates/a.txt': 'a', 'templates/b.txt': 'b' } });
    const manifest = '[[migrations]]\nfrom = "<2"\nto = ">=2"\nrename = { "a.txt" = "c.txt", "b.txt" = "gone.txt" }';
    const after = makePack({ version: '2.0.0', manifest, files: { 'templates/c.txt': 'a' } });
    expect(findPackChanges(before, after).map(({ message, isBreaking }) => [message, isBreaking])).toEqual([
      ['b.txt is no longer generated', true],
      ['a.txt is now c.txt', false],
      ['c.txt is generated', false],
    ]);
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
