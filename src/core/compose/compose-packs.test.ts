import { describe, expect, it } from 'vitest';
import type { MergeMode } from '../manifest/project-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { RenderedFile, RenderedInjection, RenderedPack } from '../template/rendered-pack.ts';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { type Composition, composePacks, describeConflicts, neededDrivers } from './compose-packs.ts';
import { mergeJson } from './merges/json.ts';
import { mergeLines } from './merges/lines.ts';
import type { MergeDriver } from './merges/merge-driver.ts';
import { mergePlainText } from './merges/text.ts';
import { compileRules } from './path-rules.ts';

type Given = string | (Partial<RenderedFile> & { readonly text?: string });

interface World {
  /** Files of the packs `a`, `b` … in order: their text, or more. */
  readonly packs: readonly Readonly<Record<string, Given>>[];
  readonly mode?: MergeMode;
  /** `path action [prefer]`. */
  readonly rules?: readonly string[];
  /** `path driver` of the packs. */
  readonly packRules?: readonly string[];
  /** `pack into text`. */
  readonly injections?: readonly string[];
}

const DRIVERS: ReadonlyMap<string, MergeDriver> = new Map([
  ['json', mergeJson],
  ['lines', mergeLines],
  ['text', mergePlainText],
]);

function packsOf({ packs, injections = [] }: World): RenderedPack[] {
  return packs.map((files, index): RenderedPack => {
    const pack = 'abcdef'[index] as PackName;
    const rendered = Object.entries(files).map(([path, given]): RenderedFile => {
      const { text = '', ...more } = typeof given === 'string' ? { text: given } : given;
      const common = { mode: 0o644, pack, template: `templates/${path}`, onExists: undefined, merge: undefined };
      return { path: path as ProjectPath, content: encodeUtf8(text), ...common, ...more };
    });
    const own = injections.map((text) => text.split(' ')).filter(([name]) => name === pack);
    return {
      pack,
      files: rendered,
      injections: own.map(
        ([, into = '', text]): RenderedInjection => ({
          pack,
          into: into as ProjectPath,
          template: 'i',
          text: `${text}\n`,
          position: { kind: 'end' },
          once: false,
        }),
      ),
    };
  });
}

function compose(world: World): Composition {
  const rules = (world.rules ?? []).map((text) => {
    const [path = '', action, prefer] = text.split(' ');
    return { path, action: action as MergeMode, prefer: prefer as PackName | undefined };
  });
  const packRules = (world.packRules ?? []).map((text) => ({
    path: text.slice(0, text.indexOf(' ')),
    driver: text.slice(text.indexOf(' ') + 1),
  }));
  return composePacks({ packs: packsOf(world), rules: { mode: world.mode ?? 'merge', rules }, packRules, drivers: DRIVERS });
}

/** The one file of a composition in short, and how it was settled. */
function settle(world: World) {
  const { tree, decisions, conflicts } = compose(world);
  const [file] = [...tree.values()];
  const [decision] = decisions;
  return {
    text: file && decodeUtf8(file.content),
    packs: file?.packs.join(''),
    decision: decision && [decision.packs.join(''), decision.how, decision.driver ?? '-', decision.by].join(' '),
    conflict: conflicts.map(({ ours, theirs, places, isAsked }) => [
      ours,
      theirs,
      isAsked,
      ...places.map(({ at, reason }) => `${at}: ${reason}`),
    ]),
  };
}

const NO_CONFLICT: (string | boolean)[][] = [];

describe('composePacks', () => {
  it.each<readonly [string, World, ReturnType<typeof settle>]>([
    ['one pack', { packs: [{ x: 'A\n' }] }, { text: 'A\n', packs: 'a', decision: undefined, conflict: NO_CONFLICT }],
    [
      'the same bytes',
      { packs: [{ x: 'A\n' }, { x: 'A\n' }] },
      { text: 'A\n', packs: 'ab', decision: 'ab same - default', conflict: NO_CONFLICT },
    ],
    [
      'the same bytes where the rules allow one pack only',
      { packs: [{ x: 'A\n' }, { x: 'A\n' }], rules: ['x fail'] },
      { text: 'A\n', packs: 'ab', decision: 'ab same - x', conflict: NO_CONFLICT },
    ],
    [
      'what is merged by its form',
      { packs: [{ 'x.json': '{"a": 1}\n' }, { 'x.json': '{"b": 2}\n' }] },
      { text: '{"a": 1, "b": 2}\n', packs: 'ab', decision: 'ab merged json default', conflict: NO_CONFLICT },
    ],
    [
      'the later one, by the mode',
      { packs: [{ x: 'A' }, { x: 'B' }], mode: 'layer' },
      { text: 'B', packs: 'b', decision: 'ab layered - default', conflict: NO_CONFLICT },
    ],
    [
      'the later one, by a rule',
      { packs: [{ x: 'A' }, { x: 'B' }], rules: ['x overwrite'] },
      { text: 'B', packs: 'b', decision: 'ab layered - x', conflict: NO_CONFLICT },
    ],
    [
      'the first one',
      { packs: [{ x: 'A' }, { x: 'B' }], rules: ['* keep'] },
      { text: 'A', packs: 'a', decision: 'ab kept - *', conflict: NO_CONFLICT },
    ],
    [
      'the preferred one, of three',
      { packs: [{ x: 'A' }, { x: 'B' }, { x: 'C' }], rules: ['x overwrite b'] },
      { text: 'B', packs: 'b', decision: 'abc preferred - x', conflict: NO_CONFLICT },
    ],
    [
      'the preferred one where the merge is not clean',
      { packs: [{ x: 'A\n' }, { x: 'B\n' }, { x: 'C\n' }], rules: ['x merge b'] },
      { text: 'B\n', packs: 'b', decision: 'abc preferred - x', conflict: NO_CONFLICT },
    ],
    [
      'what merges, whoever is preferred',
      { packs: [{ 'x.json': '{"a": 1}\n' }, { 'x.json': '{"b": 2}\n' }], rules: ['x.json merge b'] },
      { text: '{"a": 1, "b": 2}\n', packs: 'ab', decision: 'ab merged json x.json', conflict: NO_CONFLICT },
    ],
    [
      'a conflict where a pack is preferred that does not write it',
      { packs: [{ x: 'A\n' }, { x: 'B\n' }], rules: ['x merge z'] },
      { text: undefined, packs: undefined, decision: undefined, conflict: [['a', 'b', false, expect.any(String)]] },
    ],
    [
      'a conflict by a rule',
      { packs: [{ x: 'A' }, { x: 'B' }], rules: ['x fail'] },
      { text: undefined, packs: undefined, decision: undefined, conflict: [['a', 'b', false, ': the rules allow one pack only']] },
    ],
    [
      'a conflict that is asked about',
      { packs: [{ x: 'A' }, { x: 'B' }], rules: ['x ask'] },
      { text: undefined, packs: undefined, decision: undefined, conflict: [['a', 'b', true, ': the rules ask for a decision']] },
    ],
    [
      'a conflict of bytes',
      { packs: [{ x: 'A\0' }, { x: 'B\0' }] },
      { text: undefined, packs: undefined, decision: undefined, conflict: [['a', 'b', false, ': two different binary files']] },
    ],
    // What the packs ask for.
    [
      'by the driver of a template',
      { packs: [{ x: 'A\n' }, { x: { text: 'B\n', merge: 'lines' } }] },
      { text: 'A\nB\n', packs: 'ab', decision: 'ab merged lines default', conflict: NO_CONFLICT },
    ],
    [
      'by the driver of a pack',
      { packs: [{ x: 'A\n' }, { x: 'B\n' }], packRules: ['* lines'] },
      { text: 'A\nB\n', packs: 'ab', decision: 'ab merged lines default', conflict: NO_CONFLICT },
    ],
    [
      'by the first rule of the packs',
      { packs: [{ x: 'A' }, { x: 'B' }], packRules: ['y keep', 'x keep', 'x overwrite'] },
      { text: 'A', packs: 'a', decision: 'ab kept - default', conflict: NO_CONFLICT },
    ],
    [
      'whole, as a pack asks',
      { packs: [{ x: 'A' }, { x: 'B' }], packRules: ['x overwrite'] },
      { text: 'B', packs: 'b', decision: 'ab layered - default', conflict: NO_CONFLICT },
    ],
    [
      'not at all, as a pack asks',
      { packs: [{ x: 'A' }, { x: 'B' }], packRules: ['x fail'] },
      { text: undefined, packs: undefined, decision: undefined, conflict: [['a', 'b', false, ': the rules allow one pack only']] },
    ],
    [
      'whole of the pack that a pack prefers',
      { packs: [{ x: 'A' }, { x: 'B' }], packRules: ['x prefer a'] },
      { text: 'A', packs: 'a', decision: 'ab preferred - default', conflict: NO_CONFLICT },
    ],
    [
      'merged, with the pack that a pack prefers',
      { packs: [{ 'x.json': '{"a": 1}\n' }, { 'x.json': '{"a": 2}\n' }], packRules: ['x.json merge prefer b'] },
      { text: '{"a": 2}\n', packs: 'b', decision: 'ab preferred - default', conflict: NO_CONFLICT },
    ],
    [
      'with the pack that the project prefers to that of a pack',
      { packs: [{ x: 'A\n' }, { x: 'B\n' }], packRules: ['x merge prefer b'], rules: ['x merge a'] },
      { text: 'A\n', packs: 'a', decision: 'ab preferred - x', conflict: NO_CONFLICT },
    ],
    [
      'by the rule of the project whatever a pack prefers',
      { packs: [{ x: 'A' }, { x: 'B' }], packRules: ['x prefer a'], rules: ['x layer'] },
      { text: 'B', packs: 'b', decision: 'ab layered - x', conflict: NO_CONFLICT },
    ],
  ])('settles %s', (_, world, expected) => expect(settle(world)).toEqual(expected));

  it('is executable where one of them is, and the same file is not the same with another mode', () => {
    const modes = (a: number, b: number) => {
      const { tree, decisions } = compose({
        packs: [{ 'x.json': { text: '{"a": 1}\n', mode: a } }, { 'x.json': { text: '{"b": 2}\n', mode: b } }],
      });
      return [[...tree.values()][0]?.mode.toString(8), decisions[0]?.how];
    };
    expect(modes(0o644, 0o755)).toEqual(['755', 'merged']);
    expect(modes(0o755, 0o644)).toEqual(['755', 'merged']);
    expect(modes(0o600, 0o644)).toEqual(['600', 'merged']);
    const same = compose({ packs: [{ x: 'A\n' }, { x: { text: 'A\n', mode: 0o755 } }] });
    expect([[...same.tree.values()][0]?.mode, same.decisions[0]?.how]).toEqual([0o755, 'merged']);
  });

  it('says which packs gave which part', () => {
    const { tree } = compose({
      packs: [{ 'x.json': '{"a": 1, "c": 3}\n' }, { 'x.json': '{"b": 2, "c": 3}\n' }, { 'x.json': '{"b": 2, "c": 3}\n' }],
    });
    expect(Object.fromEntries([...tree.values()][0]?.parts ?? [])).toEqual({ '/a': ['a'], '/b': ['b', 'c'], '/c': ['a', 'b', 'c'] });
    expect([...compose({ packs: [{ x: 'A' }] }).tree.values()][0]?.parts.size).toBe(0);
  });

  it('names the pack that gave the place on which another disagrees', () => {
    const { conflicts } = compose({
      packs: [{ 'x.json': '{"a": 1}\n' }, { 'x.json': '{"b": {"c": 2}}\n' }, { 'x.json': '{"b": {"c": 3}}\n' }],
    });
    expect(conflicts).toMatchObject([{ path: 'x.json', ours: 'b', theirs: 'c', places: [{ at: '/b/c' }], isAsked: false }]);
    expect(describeConflicts(conflicts, 'packsmith.toml')).toEqual([
      {
        code: 'COMPOSE_PATH_CONFLICT',
        severity: 'error',
        message: expect.stringMatching(/^b and c disagree on x\.json at \/b\/c: .+ \(2 and 3\)$/),
        where: { file: 'x.json' },
        suggestion: 'rule for it in packsmith.toml: [merge] rules = [{ path = "x.json", action = "overwrite", prefer = "b" }]',
      },
    ]);
    const whole = compose({ packs: [{ x: 'A' }, { x: 'B' }], rules: ['x fail'] }).conflicts;
    expect(describeConflicts(whole, 'packsmith.toml').map(({ message }) => message)).toEqual([
      'a and b disagree on x: the rules allow one pack only',
    ]);
  });

  it('takes paths for one that differ in case only, under the first name, in the order of paths', () => {
    const { tree, decisions } = compose({
      packs: [
        { z: 'Z', 'Readme.json': '{"a": 1}\n' },
        { 'README.json': '{"b": 2}\n', b: 'B' },
      ],
    });
    expect([...tree.keys()]).toEqual(['Readme.json', 'b', 'z']);
    expect(decisions.map(({ path, packs }) => [path, packs])).toEqual([['Readme.json', ['a', 'b']]]);
  });

  it('takes out what would be below a file, whichever comes first', () => {
    for (const packs of [
      [{ a: 'A' }, { 'a/b/c': 'B', d: 'D' }],
      [{ 'a/b/c': 'B', d: 'D' }, { a: 'A' }],
    ]) {
      const { tree, conflicts } = compose({ packs });
      expect([...tree.keys()]).toEqual(['a', 'd']);
      const [ours, theirs] = 'a' in (packs[0] ?? {}) ? ['a', 'b'] : ['b', 'a'];
      expect(conflicts).toEqual([
        { path: 'a/b/c', ours, theirs, places: [{ at: '', reason: 'a is a file, so that nothing can be below it' }], isAsked: false },
      ]);
    }
    expect(compose({ packs: [{ ab: 'A' }, { 'a/b': 'B' }] }).conflicts).toEqual([]);
  });

  it('injects into what packs write, and leaves the rest to the project', () => {
    const { tree, decisions, loose } = compose({
      packs: [{ x: 'A\n', z: 'Z' }, { y: 'same' }, { y: 'same' }],
      injections: ['b x B', 'a x own', 'c y C', 'c other O'],
    });
    expect([...tree].map(([path, { content, packs }]) => [path, decodeUtf8(content), packs.join('')])).toEqual([
      ['x', 'A\nown\nB\n', 'ab'],
      ['y', 'same\nC\n', 'bc'],
      ['z', 'Z', 'a'],
    ]);
    expect(decisions.map(({ path, packs, how, driver, by }) => [path, packs.join(''), how, driver, by])).toEqual([
      ['x', 'ab', 'injected', undefined, 'default'],
      ['y', 'bc', 'same', undefined, 'default'],
    ]);
    expect([...tree.values()].map(({ decision }) => decision?.how)).toEqual(['injected', 'same', undefined]);
    expect(loose.map(({ pack, into }) => [pack, into])).toEqual([['c', 'other']]);
  });

  it('injects neither into what is in conflict nor into what is no text', () => {
    const open = compose({ packs: [{ x: 'A' }, { x: 'B' }], rules: ['x fail'], injections: ['a x own'] });
    expect([open.loose, open.conflicts.length]).toEqual([[], 1]);
    expect(() => compose({ packs: [{ x: 'A\0' }], injections: ['a x own'] })).toThrow(
      expect.objectContaining({ code: 'INJECTION_FAILED', message: 'x is not text', where: { file: 'i' } }),
    );
  });

  it('leaves the merge of a pack with the file where its form asks for another', () => {
    const merges = (given: Given, packRules: readonly string[] = []) =>
      [...compose({ packs: [{ 'x.json': given }], packRules }).tree.values()][0]?.merge;
    expect(merges('{}')).toBeUndefined();
    expect(merges({ text: '{}', merge: 'json' })).toBe('json');
    expect(merges('{}', ['x.json lines'])).toBe('lines');
    expect(merges('{}', ['x.json json'])).toBeUndefined();
    expect(merges('{}', ['x.json keep'])).toBeUndefined();
  });

  it('keeps whose version stays whole', () => {
    expect([...compose({ packs: [{ x: { text: 'A', wholeOf: 'ours' } }] }).tree.values()][0]?.wholeOf).toBe('ours');
    expect([...compose({ packs: [{ x: 'A' }] }).tree.values()][0]).not.toHaveProperty('wholeOf');
  });
});

describe('neededDrivers', () => {
  const needed = (world: World) =>
    [
      ...neededDrivers({
        packs: packsOf(world),
        packRules: (world.packRules ?? []).map((text) => ({ path: text.split(' ')[0] ?? '', driver: text.split(' ')[1] ?? '' })),
      }),
    ].sort();
  it.each<readonly [World, readonly string[]]>([
    [{ packs: [{ 'x.json': '{}', y: '' }] }, []],
    [{ packs: [{ 'x.json': '{}', y: '' }, { 'x.json': '{}' }] }, ['json', 'text']],
    [{ packs: [{ 'x.json': '{}' }, { 'x.json': '{}' }], packRules: ['* lines'] }, ['lines', 'text']],
    [{ packs: [{ 'x.toml': { template: 'pack.toml [packages]' } }] }, []],
    [{ packs: [{ 'x.toml': { template: 'pack.toml [packages]' } }, { 'x.toml': '' }] }, ['packages', 'text', 'toml']],
  ])('of %j are %j', (world, drivers) => expect(needed(world)).toEqual(drivers));
});

describe('compileRules', () => {
  const rule = (path: string, action: MergeMode, prefer?: string) => ({ path, action, prefer: prefer as PackName | undefined });
  it.each([
    ['other', 'layer - default'],
    ['a.json', 'keep b a.json'],
    ['b.json', 'fail - *.json'],
    ['docs/x.md', 'overwrite - docs/**'],
    ['docs/y.md', 'ask - docs/y*'],
  ])('decides of %s: %s', (path, ruling) => {
    const rules = [rule('*.json', 'fail'), rule('a.json', 'keep', 'b'), rule('docs/**', 'overwrite'), rule('docs/y*', 'ask')];
    const { action, prefer, by } = compileRules({ mode: 'layer', rules: rules })(path as ProjectPath);
    expect(`${action} ${prefer ?? '-'} ${by}`).toBe(ruling);
  });

  it('takes the later of two that say as much', () =>
    expect(compileRules({ mode: 'merge', rules: [rule('a*', 'keep'), rule('*a', 'fail')] })('a' as ProjectPath).action).toBe('fail'));
});
