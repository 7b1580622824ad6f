import { describe, expect, it } from 'vitest';
import { factsOf, type PackWorld, requestOf } from '../../../test/support/pack-world.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { NoSolution } from './derivation.ts';
import { explainNoSolution, formatExplanation } from './explain-no-solution.ts';
import type { FactProvider } from './facts.ts';
import type { ResolveRequest } from './resolve-request.ts';
import { solveWithFacts } from './solve-with-facts.ts';
import { describeRemedy, noSolutionError, suggestRemedies } from './suggest-remedies.ts';

interface Case {
  readonly name: string;
  readonly world: PackWorld;
  readonly ask: string;
  readonly more?: Partial<ResolveRequest>;
}

const cases: Case[] = [
  {
    name: 'two packs that need different versions of a third',
    world: { 'web-api 2.1.0': 'core ^3', 'auth 1.4.0': 'core ^2', 'auth 2.0.0': 'core ^3', 'core 2.0.0': '', 'core 3.0.0': '' },
    ask: 'web-api ^2, auth ^1',
  },
  {
    name: 'a chain',
    world: { 'foo 1.0.0': 'bar ^2', 'bar 2.0.0': 'baz ^3', 'baz 1.0.0': '', 'baz 3.0.0': '' },
    ask: 'foo ^1, baz ^1',
  },
  {
    name: 'two versions that fail for different reasons',
    world: {
      'foo 1.0.0': 'a ^1, b ^1',
      'foo 1.1.0': 'x ^1, y ^1',
      'a 1.0.0': 'b ^2',
      'b 1.0.0': '',
      'b 2.0.0': '',
      'x 1.0.0': 'y ^2',
      'y 1.0.0': '',
      'y 2.0.0': '',
    },
    ask: 'foo ^1',
  },
  {
    name: 'many versions that ask nearly the same',
    world: {
      'menu 1.0.0': 'dropdown >=1.0.0 <2.0.0',
      'menu 1.1.0': 'dropdown ^2',
      'menu 1.2.0': 'dropdown ^2',
      'menu 1.5.0': 'dropdown ^2',
      'dropdown 1.8.0': 'intl ^3',
      'dropdown 2.0.0': 'icons ^2',
      'dropdown 2.3.0': 'icons ^2',
      'icons 1.0.0': '',
      'icons 2.0.0': '',
      'intl 3.0.0': '',
      'intl 5.0.0': '',
    },
    ask: 'menu *, icons ^1, intl ^5',
  },
  {
    name: 'each version asks for another one',
    world: {
      ...Object.fromEntries(Array.from({ length: 8 }, (_, minor) => [`a 1.${minor}.0`, `core ~1.${minor}`])),
      ...Object.fromEntries(Array.from({ length: 8 }, (_, minor) => [`core 1.${minor}.0`, ''])),
      'core 2.0.0': '',
    },
    ask: 'a *, core ^2',
  },
  { name: 'a dependency that does not exist', world: { 'a 1.0.0': 'zzz ^1', 'a 1.1.0': 'zzz ^1' }, ask: 'a ^1' },
  { name: 'a demand that nothing matches', world: { 'a 1.0.0': '' }, ask: 'a ^2' },
  { name: 'a demand for a pack that does not exist', world: { 'web-api 1.0.0': '' }, ask: 'web-apy ^2' },
  { name: 'only a pre-release matches', world: { 'a 1.0.0': '', 'a 2.0.0-beta.1': '' }, ask: 'a ^2' },
  { name: 'there are only pre-releases', world: { 'a 2.0.0-beta.1': '', 'a 2.0.0-beta.2': '' }, ask: 'a *' },
  {
    name: 'only yanked versions match',
    world: { 'a 1.0.0': 'core ^2', 'core 2.0.0!': '', 'core 2.1.0!': '', 'core 1.0.0': '' },
    ask: 'a ^1',
  },
  {
    name: 'an override that nothing matches',
    world: { 'a 1.0.0': 'core ^2', 'core 2.0.0': '' },
    ask: 'a ^1',
    more: { overrides: new Map([['core', '^9']]) },
  },
  {
    name: 'a pin in the way',
    world: { 'a 1.0.0': 'core ^2', 'core 2.0.0': '', 'core 1.0.0': '' },
    ask: 'a ^1',
    more: { pins: new Map([['core', '1.0.0']]) },
  },
  { name: 'an optional dependency', world: { 'a 1.0.0': 'core? ^2', 'core 2.0.0': '', 'core 1.0.0': '' }, ask: 'a ^1, core ^1' },
  { name: 'an optional demand', world: { 'a 1.0.0': 'core ^2', 'core 2.0.0': '', 'core 1.0.0': '' }, ask: 'a ^1, core? ^1' },
  {
    name: 'demands of one pack that exclude each other',
    world: { 'a 1.0.0': '', 'a 2.0.0': '' },
    ask: '',
    more: {
      demands: [
        { pack: 'a', range: '^1', requestedBy: 'project' },
        { pack: 'a', range: '^2', requestedBy: 'stack.toml' },
      ],
    },
  },
  {
    name: 'a conflict inside one pack',
    world: {
      'stack 1.0.0': 'web ^1, db ^1',
      'web 1.0.0': 'net ^2',
      'db 1.0.0': 'net ^1',
      'db 1.1.0': 'net ^1',
      'net 1.0.0': '',
      'net 2.0.0': '',
    },
    ask: 'stack *',
  },
  {
    name: 'both demands have to move',
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
  },
];

function fail({ world, ask, more }: Omit<Case, 'name'>, facts: FactProvider = factsOf(world)): NoSolution {
  const answer = solveWithFacts(requestOf(ask, more), facts);
  if (answer.kind !== 'no-solution') throw new Error('the test world has a solution');
  return answer;
}

function tell(noSolution: NoSolution, facts: FactProvider): string {
  const explanation = explainNoSolution(noSolution);
  const remedies = suggestRemedies(noSolution, facts, { knownNames: ['web-api', 'core'] });
  return [explanation.summary, formatExplanation(explanation), ...remedies.map((remedy) => `hint: ${describeRemedy(remedy)}`)].join('\n');
}

describe('explainNoSolution', () => {
  it.each(cases)('tells of $name', ({ world, ask, more }) => {
    const facts = factsOf(world);
    expect(tell(fail({ world, ask, ...(more === undefined ? {} : { more }) }), facts)).toMatchSnapshot();
  });

  it('names a version that cannot be used, with the reason', () => {
    const facts: FactProvider = {
      versions: () => [{ version: '1.0.0' }],
      dependencies: () => ({ kind: 'unusable', reason: 'requires packsmith >=9' }),
    };
    expect(formatExplanation(explainNoSolution(fail({ world: {}, ask: 'a *' }, facts)))).toBe(
      'Because your project requires a and a 1.0.0 requires packsmith >=9, there is no solution.',
    );
  });

  it('lists the packs of the proof and no others', () => {
    const world = { 'a 1.0.0': 'core ^1', 'b 1.0.0': 'core ^2', 'c 1.0.0': 'd *', 'd 1.0.0': '', 'core 1.0.0': '', 'core 2.0.0': '' };
    expect(explainNoSolution(fail({ world, ask: 'a *, b *, c *' })).packs).toEqual(['a', 'b', 'core']);
  });

  it('cuts a proof short that nobody would read', () => {
    const names = Array.from({ length: 9 }, (_, index) => `p${index}`);
    // One more pigeon than holes, each hole a pack whose version says who sits in it.
    const world = Object.fromEntries(
      names.flatMap((name, pigeon) => Array.from({ length: 8 }, (_, hole) => [`${name} ${hole}.0.0`, `hole-${hole} ${pigeon}.0.0`])),
    );
    const holes = Object.fromEntries(
      Array.from({ length: 8 }, (_, hole) => names.map((_, pigeon) => [`hole-${hole} ${pigeon}.0.0`, ''])).flat(),
    );
    const explanation = explainNoSolution(
      fail({ world: { ...world, ...holes }, ask: names.map((name) => `${name} *`).join(', '), more: { limits: { steps: 1e8 } } }),
    );
    expect(explanation.lines).toHaveLength(2);
    expect(explanation.lines[0]?.text).toMatch(/^Every combination of versions was ruled out; the full proof has \d+ steps\.$/);
    expect(explanation.packs).toHaveLength(17);
  });
});

describe('suggestRemedies', () => {
  it('suggests nothing that rests on facts it lacks', () => {
    const world = { 'web-api 2.1.0': 'core ^3', 'auth 1.4.0': 'core ^2', 'auth 2.0.0': 'core ^3', 'core 2.0.0': '', 'core 3.0.0': '' };
    const facts = factsOf(world);
    const partial: FactProvider = {
      versions: facts.versions,
      dependencies: (pack, version) => (version === '2.0.0' && pack === 'auth' ? undefined : facts.dependencies(pack, version)),
    };
    const remedies = suggestRemedies(fail({ world, ask: 'web-api ^2, auth ^1' }), partial);
    expect(remedies).toEqual([{ kind: 'override', pack: 'core', version: '3.0.0' }]);
  });

  it('stays within its attempts and its number', () => {
    const world = { 'a 1.0.0': 'core ^1', 'a 2.0.0': '', 'b 1.0.0': 'core ^2', 'b 2.0.0': '', 'core 1.0.0': '', 'core 2.0.0': '' };
    const noSolution = fail({ world, ask: 'a ^1, b ^1' });
    expect(suggestRemedies(noSolution, factsOf(world), { attempts: 0 })).toEqual([]);
    expect(suggestRemedies(noSolution, factsOf(world), { most: 1 })).toHaveLength(1);
  });
});

describe('noSolutionError', () => {
  it('carries the explanation and the remedies', () => {
    const world = { 'a 1.0.0': '', 'a 2.0.0': '' };
    const noSolution = fail({ world, ask: 'a ^3' });
    const error = noSolutionError(noSolution, suggestRemedies(noSolution, factsOf(world)));
    expect(error).toBeInstanceOf(PacksmithError);
    expect(error).toMatchObject({
      code: 'NO_SOLUTION',
      message: 'no version of a matches ^3\nYour project requires a ^3 (no version matches, the newest is 2.0.0).',
      hint: 'a 2.0.0 would fit: ask for a@^2.0.0',
      suggestions: [],
    });
  });
});
