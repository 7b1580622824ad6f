import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { listChoiceCases } from './choice-cases.ts';

const casesOf = (manifest: string) => listChoiceCases(makePack({ manifest }).manifest.variables);
const boolean = (name: string, more = '') => `[variables.${name}]\ntype = "boolean"\ndefault = true\n${more}\n`;
const choice = (name: string, count: number, more = '') =>
  `[variables.${name}]\ntype = "choice"\nchoices = [${Array.from({ length: count }, (_, index) => `"${name}${index}"`).join(', ')}]\ndefault = "${name}0"\n${more}\n`;

describe('cases of choices', () => {
  it('have every pair, in far fewer cases than there are combinations', () => {
    const { cases, pairs } = casesOf([1, 2, 3, 4, 5, 6].map((index) => choice(`c${index}`, 4)).join(''));
    expect(pairs).toEqual({ covered: 15 * 16, of: 15 * 16 });
    expect(cases.length).toBeLessThanOrEqual(40);
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 4; b++) {
        expect(cases.some((each) => (each.get('c2') ?? 'c20') === `c2${a}` && (each.get('c5') ?? 'c50') === `c5${b}`)).toBe(true);
      }
    }
  });

  it('give no value to a variable that does not apply, and try it where it does', () => {
    const { cases, pairs } = casesOf(boolean('auth') + choice('kind', 2, 'when = "not auth"') + boolean('docker'));
    expect(cases.every((each) => !each.has('kind') || each.get('auth') === false)).toBe(true);
    expect(cases.some((each) => each.get('kind') === 'kind1' && each.get('docker') === false)).toBe(true);
    expect(pairs.covered).toBe(pairs.of);
  });

  it('count no pair that can never be', () => {
    const { pairs } = casesOf(boolean('auth') + choice('kind', 2, 'when = "not auth"'));
    expect(pairs).toEqual({ covered: 2, of: 2 });
  });

  it('begin with the defaults, and have the ends of numbers and none or all of several', () => {
    const { cases } = casesOf(
      '[variables.port]\ntype = "integer"\ndefault = 3000\nmin = 1\nmax = 9000\n[variables.parts]\ntype = "choices"\nchoices = ["a", "b"]\ndefault = ["a"]\n',
    );
    expect(cases[0]).toEqual(new Map());
    const seen = cases.map((each) => JSON.stringify([...each.values()]));
    expect(seen).toEqual(expect.arrayContaining(['[1,["a","b"]]', '[9000,[]]']));
  });

  it('give what is required: the example, or a text that nothing forbids, and say where none is known', () => {
    const { cases, unknown } = casesOf(
      '[variables.a]\ntype = "string"\nexample = "x"\n[variables.b]\ntype = "email"\n[variables.c]\ntype = "string"\npattern = "[A-Z]{3}"\n',
    );
    expect(cases[0]).toEqual(
      new Map([
        ['a', 'x'],
        ['b', 'ada@example.com'],
      ]),
    );
    expect(unknown).toEqual(['c']);
  });

  it('end at their bound, and say what they leave out', () => {
    const { cases, pairs } = casesOf(Array.from({ length: 12 }, (_, index) => choice(`v${index}`, 12)).join(''));
    expect(cases.length).toBeLessThanOrEqual(60);
    expect(pairs.covered).toBeLessThan(pairs.of);
  });

  it('are the same for the same variables', () => {
    const manifest = choice('a', 3) + choice('b', 3) + boolean('c');
    expect(casesOf(manifest)).toEqual(casesOf(manifest));
  });

  it('are one for a pack without choices, and one each for a single choice', () => {
    expect(casesOf('').cases).toEqual([new Map()]);
    expect(casesOf(choice('a', 3)).cases).toHaveLength(3);
  });

  // What is expected is written by `npm run snap -- src/core/quality`, to be read before it is committed.
  it.each<[what: string, manifest: string]>([
    [
      'conditions on conditions',
      `${boolean('a')}${choice('b', 3, 'when = "a"')}${boolean('c', 'when = "b == \'b2\'"')}${choice('d', 2, 'when = "not a or c"')}`,
    ],
    ['a condition that never holds', `${boolean('a')}${boolean('b', 'when = "a and not a"')}`],
    [
      'a condition on a text, and one that cannot be parsed',
      `[variables.t]\ntype = "string"\ndefault = "x"\n[variables.u]\ntype = "string"\ndefault = "{{ t }}"\n${boolean('a', 'when = "t == \'x\'"')}${boolean('b', 'when = "u"')}${boolean('c', 'when = "1 +"')}`,
    ],
    [
      'samples for what is required',
      ['string', 'text', 'secret', 'path', 'url', 'email', 'integer', 'number', 'list', 'map', 'boolean']
        .map((type) => `[variables.${type}_one]\ntype = "${type}"\n`)
        .join(''),
    ],
    [
      'samples that fit limits',
      '[variables.s]\ntype = "string"\nmin_length = 9\n[variables.k]\ntype = "secret"\nmin_length = 14\n[variables.i]\ntype = "integer"\nmin = 7\n[variables.e]\ntype = "string"\nexample = "{{ s }}"\n[variables.o]\ntype = "string"\nrequired = false\n[variables.n]\ntype = "number"\nmin = 0.5\nmax = 2\n',
    ],
    [
      'choices that are required',
      '[variables.one]\ntype = "choice"\nchoices = ["a", "b"]\n[variables.some]\ntype = "choices"\nchoices = ["a", "b"]\nmin_items = 1\n[variables.any]\ntype = "choices"\nchoices = ["a", "b"]\n[variables.same]\ntype = "integer"\nmin = 2\nmax = 2\n',
    ],
    ['many values', choice('many', 14) + boolean('a')],
  ])('are told with what they cover, for %s', (_what, manifest) => {
    const { cases, pairs, unknown } = casesOf(manifest);
    const lines = cases.map((each) => JSON.stringify(Object.fromEntries(each)));
    expect(`\n${[...lines, `pairs ${pairs.covered}/${pairs.of}`, `unknown ${unknown.join(', ')}`].join('\n')}\n`).toMatchSnapshot();
  });
});
