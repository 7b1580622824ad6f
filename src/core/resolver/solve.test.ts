import { describe, expect, it } from 'vitest';
import { factsOf, type PackWorld, requestOf } from '../../../test/support/pack-world.ts';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Fact, FactProvider, FactRequest } from './facts.ts';
import type { ResolveRequest } from './resolve-request.ts';
import { solve } from './solve.ts';
import { solveWithFacts } from './solve-with-facts.ts';

interface Case {
  readonly name: string;
  readonly world: PackWorld;
  readonly ask: string;
  readonly more?: Partial<ResolveRequest>;
  /** The packs of the answer, sorted; nothing for no solution. */
  readonly answer?: string;
}

function check({ world, ask, more, answer }: Case): void {
  const result = solveWithFacts(requestOf(ask, more), factsOf(world));
  const text = result.kind === 'resolution' ? result.packs.map(({ pack, version }) => `${pack} ${version}`).join(', ') : undefined;
  expect(text).toBe(answer);
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof PacksmithError ? `${error.code}: ${error.message}` : String(error);
  }
  return undefined;
}

const published: Case[] = [
  {
    name: 'no conflicts',
    world: { 'foo 1.0.0': 'bar ^1', 'bar 1.0.0': '', 'bar 2.0.0': '' },
    ask: 'foo ^1',
    answer: 'bar 1.0.0, foo 1.0.0',
  },
  {
    name: 'avoiding conflict during decision making',
    world: { 'foo 1.0.0': '', 'foo 1.1.0': 'bar ^2', 'bar 1.0.0': '', 'bar 1.1.0': '', 'bar 2.0.0': '' },
    ask: 'foo ^1, bar ^1',
    answer: 'bar 1.1.0, foo 1.0.0',
  },
  {
    name: 'conflict resolution',
    world: { 'foo 2.0.0': 'bar ^1', 'foo 1.0.0': '', 'bar 1.0.0': 'foo ^1' },
    ask: 'foo >=1.0.0',
    answer: 'foo 1.0.0',
  },
  {
    name: 'conflict resolution with a partial satisfier',
    world: {
      'foo 1.1.0': 'left ^1, right ^1',
      'foo 1.0.0': '',
      'left 1.0.0': 'shared >=1.0.0',
      'right 1.0.0': 'shared <2.0.0',
      'shared 2.0.0': '',
      'shared 1.0.0': 'target ^1',
      'target 2.0.0': '',
      'target 1.0.0': '',
    },
    ask: 'foo ^1, target ^2',
    answer: 'foo 1.0.0, target 2.0.0',
  },
  {
    name: 'linear error',
    world: { 'foo 1.0.0': 'bar ^2', 'bar 2.0.0': 'baz ^3', 'baz 1.0.0': '', 'baz 3.0.0': '' },
    ask: 'foo ^1, baz ^1',
  },
  {
    name: 'branching error',
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
];

const preferences: Case[] = [
  { name: 'nothing asked for', world: {}, ask: '', answer: '' },
  { name: 'the newest', world: { 'a 1.0.0': '', 'a 1.10.0': '', 'a 1.9.0': '' }, ask: 'a *', answer: 'a 1.10.0' },
  {
    name: 'the locked before the newest',
    world: { 'a 1.0.0': '', 'a 1.1.0': '' },
    ask: 'a ^1',
    more: locked('a 1.0.0'),
    answer: 'a 1.0.0',
  },
  {
    name: 'the newest where the locked no longer fits',
    world: { 'a 1.0.0': '', 'a 2.0.0': '' },
    ask: 'a ^2',
    more: locked('a 1.0.0'),
    answer: 'a 2.0.0',
  },
  { name: 'the newest where the locked is gone', world: { 'a 1.1.0': '' }, ask: 'a ^1', more: locked('a 1.0.0'), answer: 'a 1.1.0' },
  {
    name: 'an older version of a new demand, so that the lock stays',
    world: { 'a 1.0.0': 'core *', 'b 1.0.0': 'core ^1', 'b 1.1.0': 'core ^2', 'core 1.0.0': '', 'core 2.0.0': '' },
    ask: 'a *, b *',
    more: locked('a 1.0.0', 'core 1.0.0'),
    answer: 'a 1.0.0, b 1.0.0, core 1.0.0',
  },
  { name: 'never a yanked version', world: { 'a 1.0.0': '', 'a 1.1.0!': '' }, ask: 'a ^1', answer: 'a 1.0.0' },
  { name: 'not even if it is the only one', world: { 'a 1.1.0!': '' }, ask: 'a ^1' },
  {
    name: 'a yanked version that is locked',
    world: { 'a 1.0.0': '', 'a 1.1.0!': '' },
    ask: 'a ^1',
    more: locked('a 1.1.0'),
    answer: 'a 1.1.0',
  },
  { name: 'no pre-release unless asked for', world: { 'a 1.0.0': '', 'a 1.1.0-rc.1': '' }, ask: 'a >=1', answer: 'a 1.0.0' },
  {
    name: 'a pre-release that the range names',
    world: { 'a 1.0.0': '', 'a 1.1.0-rc.1': '' },
    ask: 'a ^1.1.0-rc.0',
    answer: 'a 1.1.0-rc.1',
  },
  {
    name: 'pre-releases of one pack by preference',
    world: { 'a 1.1.0-rc.1': 'b *', 'a 1.0.0': 'b *', 'b 1.0.0': '', 'b 2.0.0-rc.1': '' },
    ask: 'a *',
    more: { prereleases: new Set(['a']) },
    answer: 'a 1.1.0-rc.1, b 1.0.0',
  },
  { name: 'no optional dependency by itself', world: { 'a 1.0.0': 'b? ^1', 'b 1.0.0': '' }, ask: 'a *', answer: 'a 1.0.0' },
  {
    name: 'an optional dependency limits a pack that is there',
    world: { 'a 1.0.0': 'b? ^1', 'b 1.0.0': '', 'b 2.0.0': '' },
    ask: 'a *, b *',
    answer: 'a 1.0.0, b 1.0.0',
  },
  {
    name: 'also one that comes in later through another pack',
    world: { 'a 1.0.0': 'b? ^1', 'c 1.0.0': 'b *', 'b 1.0.0': '', 'b 2.0.0': '' },
    ask: 'a *, c *',
    answer: 'a 1.0.0, b 1.0.0, c 1.0.0',
  },
  { name: 'an optional demand alone brings nothing', world: { 'a 1.0.0': '' }, ask: 'a? ^1', answer: '' },
  {
    name: 'a pin limits a pack that is there and brings nothing',
    world: { 'a 1.0.0': '', 'a 1.1.0': '', 'b 1.0.0': '' },
    ask: 'a *',
    more: {
      pins: new Map([
        ['a', '1.0.0'],
        ['b', '1.0.0'],
      ]),
    },
    answer: 'a 1.0.0',
  },
  {
    name: 'an override replaces every demand',
    world: { 'a 1.0.0': 'core ^1', 'b 1.0.0': 'core ^2', 'core 1.0.0': '', 'core 2.0.0': '', 'core 3.0.0': '' },
    ask: 'a *, b *, core ^1',
    more: { overrides: new Map([['core', '3.0.0']]) },
    answer: 'a 1.0.0, b 1.0.0, core 3.0.0',
  },
  {
    name: 'around a version with an ill-formed range',
    world: { 'a 1.0.0': '', 'a 1.1.0': 'b not-a-range' },
    ask: 'a *',
    answer: 'a 1.0.0',
  },
  { name: 'versions that are not SemVer are left aside', world: { 'a 1.0.0': '', 'a latest': '' }, ask: 'a *', answer: 'a 1.0.0' },
  {
    name: 'a pack of which only absence is left in the end',
    world: { 'a 1.0.0': '', 'a 1.1.0': 'b ^1', 'b 1.0.0': 'c ^9' },
    ask: 'a *',
    answer: 'a 1.0.0',
  },
];

function locked(...ids: string[]): Partial<ResolveRequest> {
  return { locked: new Map(ids.map((id) => id.split(' ') as [string, string])) };
}

describe('solve', () => {
  it.each(published)('answers the published example: $name', check);
  it.each(preferences)('chooses $name', check);

  it('says who asked for a pack, what it depends on, and what became of the lock and overrides', () => {
    const world = { 'a 1.0.0': 'core ^1, extra? *', 'core 1.0.0': '', 'core 2.0.0!': '' };
    const more = { locked: new Map([['core', '2.0.0']]), overrides: new Map([['core', '^2']]) };
    expect(solveWithFacts(requestOf('a *', more), factsOf(world))).toMatchObject({
      roots: ['a'],
      diagnostics: [],
      packs: [
        {
          pack: 'a',
          requestedBy: ['project'],
          isLocked: false,
          dependencies: [{ pack: 'core', version: '2.0.0', range: '^1', optional: false }],
        },
        { pack: 'core', requestedBy: [], isLocked: true, isYanked: true, overriddenBy: '^2', dependencies: [] },
      ],
    });
  });

  it('warns of a chain of more than five packs', () => {
    const chain = { 'a 1.0.0': 'b *', 'b 1.0.0': 'c *', 'c 1.0.0': 'd *', 'd 1.0.0': 'e *', 'e 1.0.0': 'f *', 'f 1.0.0': '' };
    const codes = (ask: string) => {
      const answer = solveWithFacts(requestOf(ask), factsOf(chain));
      return answer.kind === 'resolution' && answer.diagnostics.map(({ code }) => code);
    };
    expect(codes('a *')).toEqual(['DEPENDENCY_DEPTH']);
    expect(codes('b *')).toEqual([]);
  });

  it.each([
    ['a pack that depends on itself', { 'a 1.0.0': 'a ^1' }, 'cycle: a → a'],
    ['packs that depend on each other', { 'a 1.0.0': 'b *', 'b 1.0.0': 'c *', 'c 1.0.0': 'b ^1' }, 'cycle: b → c → b'],
  ])('refuses %s, with the path', (_, world, path) => {
    expect(codeOf(() => solveWithFacts(requestOf('a *'), factsOf(world)))).toBe(`DEPENDENCY_CYCLE: packs depend on each other, ${path}`);
  });

  it.each([
    [{ demands: [{ pack: 'a', range: 'x y', requestedBy: 'stack.toml' }] }, 'stack.toml asks for a "x y"'],
    [{ demands: [], pins: new Map([['a', 'x y']]) }, 'the pin of a is "x y"'],
    [{ demands: [], overrides: new Map([['a', 'x y']]) }, 'the override of a is "x y"'],
  ])('refuses what is not a range (%#)', (request, message) => {
    expect(codeOf(() => solveWithFacts(request, factsOf({})))).toBe(`RANGE_INVALID: ${message}, which is not a version range`);
  });

  it('stops at its limits', () => {
    const world = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index} 1.0.0`, index < 100 ? `p${index + 1} *` : '']));
    const run = (more: Partial<ResolveRequest>) => codeOf(() => solveWithFacts(requestOf('p0 *', more), factsOf(world)));
    expect(run({})).toBe('LIMIT_EXCEEDED: the resolution needs more than 100 packs');
    expect(run({ limits: { packs: 101 } })).toBeUndefined();
    expect(run({ limits: { packs: 101, steps: 20 } })).toBe('LIMIT_EXCEEDED: no answer within 20 steps of resolution');
    expect(run({ isExpired: () => true })).toMatch(/^LIMIT_EXCEEDED: no answer within the time allowed for resolution, after \d+ steps$/);
    expect(codeOf(() => solveWithFacts(requestOf('p1 *'), factsOf(world)))).toBeUndefined();
  });

  it('leaves a version that cannot be used for another, or says why not', () => {
    const known = factsOf({ 'a 1.0.0': '', 'a 2.0.0': '' });
    const facts: FactProvider = {
      ...known,
      dependencies: (pack, version) =>
        version === '2.0.0' ? { kind: 'unusable', reason: 'requires packsmith >=9' } : known.dependencies(pack, version),
    };
    expect(solveWithFacts(requestOf('a *'), facts)).toMatchObject({ packs: [{ version: '1.0.0' }] });
    expect(solveWithFacts(requestOf('a ^2'), facts)).toMatchObject({ kind: 'no-solution' });
  });

  it('names with each request what it will want soon', () => {
    const facts = factsOf({ 'a 1.0.0': 'c *, d *', 'b 1.0.0': '', 'c 1.0.0': '', 'd 1.0.0': '' });
    const asked = recordRequests(requestOf('a *, b *'), facts).map(({ soon, ...wanted }) => [nameOf(wanted), ...soon.map(nameOf)]);
    expect(asked).toEqual([
      ['a', 'b'],
      ['b'],
      ['a 1.0.0', 'b 1.0.0'],
      ['c', 'd'],
      ['d'],
      ['b 1.0.0', 'c 1.0.0', 'd 1.0.0'],
      ['c 1.0.0', 'd 1.0.0'],
      ['d 1.0.0'],
    ]);
  });

  it('does not ask for packs that are only optional', () => {
    const facts = factsOf({ 'a 1.0.0': 'b? ^1', 'b 1.0.0': '' });
    expect(recordRequests(requestOf('a *, c? *'), facts).map(nameOf)).toEqual(['a', 'a 1.0.0']);
  });

  it('refuses an answer to another question, and facts that are unknown', () => {
    const answer = (facts: Fact[]) => {
      const search = solve(requestOf('a *'));
      search.next();
      for (const fact of facts) search.next(fact);
    };
    expect(() => answer([{ kind: 'dependencies', dependencies: [] }])).toThrow(TypeError);
    expect(() =>
      answer([
        { kind: 'versions', versions: [{ version: '1.0.0' }] },
        { kind: 'versions', versions: [] },
      ]),
    ).toThrow(TypeError);
    expect(codeOf(() => solveWithFacts(requestOf('a *'), { versions: () => undefined, dependencies: () => undefined }))).toMatch(
      /^PACK_NOT_FOUND/,
    );
  });
});

function recordRequests(request: ResolveRequest, facts: FactProvider): FactRequest[] {
  const asked: FactRequest[] = [];
  const recording: FactProvider = facts;
  const search = solve(request);
  for (let turn = search.next(); turn.done !== true; ) {
    const wanted = turn.value;
    asked.push(wanted);
    const dependencies = wanted.kind === 'dependencies' ? recording.dependencies(wanted.pack, wanted.version) : [];
    turn = search.next(
      wanted.kind === 'versions'
        ? { kind: 'versions', versions: recording.versions(wanted.pack) ?? [] }
        : { kind: 'dependencies', dependencies: dependencies !== undefined && !('kind' in dependencies) ? dependencies : [] },
    );
  }
  return asked;
}

function nameOf(wanted: Pick<FactRequest, 'kind' | 'pack'> & { readonly version?: string }): string {
  return wanted.kind === 'versions' ? wanted.pack : `${wanted.pack} ${wanted.version}`;
}
