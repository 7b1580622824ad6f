import { describe, expect, it } from 'vitest';
import type { Value } from '../../pack/values.ts';
import { createBudget, DEFAULT_LIMITS } from '../budget.ts';
import { toRepr } from '../python-repr.ts';
import type { JinjaValue } from '../values.ts';
import { readJsonValue } from './read-json.ts';
import { readYaml, readYamlValue } from './read-yaml.ts';

/** How Python shows it, so that `1` and `1.0`, `True` and `'True'` are told apart. */
function shown(value: Value | undefined): string {
  return value === undefined ? 'nothing' : toRepr(value as JinjaValue, createBudget(DEFAULT_LIMITS));
}

/** What `repr(yaml.safe_load(…))` of PyYAML 6.0.3 gives. */
const YAML: readonly (readonly [text: string, value: string])[] = [
  ['', 'None'],
  ['---\n', 'None'],
  ['[~, null, Null, NULL, nULL]', "[None, None, None, None, 'nULL']"],
  ['[yes, Yes, YES, yEs, on, true, TRUE]', "[True, True, True, 'yEs', True, True, True]"],
  ['[no, Off, FALSE, n, y]', "[False, False, False, 'n', 'y']"],
  ['[0, -0, +7, 1_000, 010, 08, 0b101, 0x_fF, -0x10]', "[0, 0, 7, 1000, 8, '08', 5, 255, -16]"],
  ['[9007199254740993, -18446744073709551616]', '[9007199254740993, -18446744073709551616]'],
  ['[1:30, -1:00:05, 1:60, 190:20:30]', "[90, -3605, '1:60', 685230]"],
  ['[1:30.5, -2:05., 1:0:0.25, 1:60.5]', "[90.5, -125.0, 3600.25, '1:60.5']"],
  ['[1.0, 1., .5, -1.5e+3, 1.5e3, 1e5, 1_0.2_5]', "[1.0, 1.0, 0.5, -1500.0, '1.5e3', '1e5', 10.25]"],
  ['[-.5, +.5, .5e-1]', "['-.5', '+.5', 0.05]"],
  ['[.inf, -.INF, +.Inf, .nan, -.nan, .iNF]', "[inf, -inf, inf, nan, '-.nan', '.iNF']"],
  ['["1", \'yes\', !!str 5, ! 5, ! "yes", !!int "5", !!int 1:30]', "['1', 'yes', '5', 5, True, 5, 90]"],
  ['[!!float 5, !!float 1e5, !!float .inf, !!bool yEs, !!bool "off", !!null x, !!str]', "[5.0, 100000.0, inf, True, False, None, '']"],
  ['!!map {a: !!seq [1], b: ! [2]}', "{'a': [1], 'b': [2]}"],
  ['a: |\n  one\n  2\nb: >\n  3\n', "{'a': 'one\\n2\\n', 'b': '3\\n'}"],
  ['a: &x {k: 1}\nb: *x\n', "{'a': {'k': 1}, 'b': {'k': 1}}"],
  ['a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n', "{'a': {'k': 1, 'l': 2}, 'b': {'k': 1, 'l': 3}}"],
  [
    'a: &x {k: 1}\nb: &y {k: 2, m: 3}\nc:\n  <<: [*x, *y]\n  n: 4\n',
    "{'a': {'k': 1}, 'b': {'k': 2, 'm': 3}, 'c': {'k': 1, 'm': 3, 'n': 4}}",
  ],
  ['a:\n-\n- b:\n', "{'a': [None, {'b': None}]}"],
  ['{a, b: 1}', "{'a': None, 'b': 1}"],
  ['{1: a, "1": b, 1.5: c, yes: d, ~: e, 0x10: f}', "{1: 'a', '1': 'b', 1.5: 'c', True: 'd', None: 'e', 16: 'f'}"],
  ['a: &x {1: b}\nc: {<<: *x, 2: d}\n', "{'a': {1: 'b'}, 'c': {1: 'b', 2: 'd'}}"],
];

describe('YAML is read as PyYAML reads it', () => {
  it.each(YAML)('%j', (text, value) => expect(shown(readYamlValue(text))).toBe(value));

  it.each([
    ['a key that is a whole float is a whole number, as dicts here have it', '{2.0: f}', "{2: 'f'}"],
    ['dates stay text', '[2026-03-05, 2026-03-05T07:08:09Z]', "['2026-03-05', '2026-03-05T07:08:09Z']"],
    ['digits that are none, at which PyYAML fails, stay text', '[0b_, 0x_]', "['0b_', '0x_']"],
    ['what is merged and is no mapping gives nothing', '{<<: 5, a: 1}', "{'a': 1}"],
  ])('with a difference: %s', (_name, text, value) => expect(shown(readYamlValue(text))).toBe(value));

  it.each([
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['what is not closed', '[1'],
    ['a tag that runs code', '!!python/object:os.system x'],
    ['a tag that is not known', 'a: !include b.yml'],
    ['an alias of nothing', '*x'],
    ['a list or a mapping with another tag', '!!set {a, b}'],
    ['a list with the tag of a mapping', '!!map [1]'],
    ['a key that is a list', '? [k]\n: 1'],
    ['a word that is no whole number', '!!int x'],
    ['a fraction that is no whole number', '!!int 1.5'],
    ['a number that is no truth value', '!!bool 1'],
    ['text that is no number', '!!float x'],
    ['what refers to itself', 'a: &x [*x]'],
    ['brackets without end', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['blocks without end', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    [
      'aliases that grow',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e', 'f'].map((name, at) => `${name}: &${name} [${`*${'abcde'[at]},`.repeat(10)}]\n`).join('')}`,
    ],
  ])('no value is %s', (_name, text) => expect(readYamlValue(text)).toBeUndefined());

  it('gives all documents, and the places of the keys at their top', () => {
    const outcome = readYaml('a: 1\n---\n# nothing\n---\nbb: 3\n');
    expect(outcome).toMatchObject({ kind: 'documents' });
    if (outcome.kind !== 'documents') return;
    expect(outcome.values.map(shown)).toEqual(["{'a': 1}", 'None', "{'bb': 3}"]);
    expect([...outcome.offsets]).toEqual([
      ['a', 0],
      ['bb', 23],
    ]);
  });

  it('takes what is included in the place of its tag', () => {
    const outcome = readYaml('- !include x*.yml\n- !include\n', { include: (pattern) => [pattern, 2] });
    expect(outcome.kind === 'documents' && outcome.values.map(shown)).toEqual(["[['x*.yml', 2], ['', 2]]"]);
  });

  it('has keys that are text where that is wanted', () => {
    const outcome = readYaml('{1: a, 1.5: b, yes: c, no: d, ~: e, 2.0: f}', { hasTextKeys: true });
    expect(outcome.kind === 'documents' && outcome.values.map(shown)).toEqual([
      "{'1': 'a', '1.5': 'b', 'True': 'c', 'False': 'd', 'None': 'e', '2': 'f'}",
    ]);
  });

  it.each([
    ['a: 1\nb: !secret x\n', 'the tag !secret is not known here', 'x\n'],
    ['a: 1\nb: !!int x\n', '"x" is no !!int', 'x\n'],
    ['a: 1\nb: *c\n', 'nothing is called &c, which *c refers to', '*c'],
  ])('says where %j is wrong', (text, problem, place) => {
    expect(readYaml(text)).toMatchObject({
      kind: 'problem',
      problem,
      offset: expect.toSatisfy((offset: number) => text.slice(offset).startsWith(place)),
    });
  });
});

describe('JSON is read as Python reads it', () => {
  it.each([
    ['{"a": [1, 1.0, -2e3, 0.5], "b": {}, "c": []}', "{'a': [1, 1.0, -2000.0, 0.5], 'b': {}, 'c': []}"],
    ['[true, false, null, "\\u00e9\\n"]', "[True, False, None, 'é\\n']"],
    ['[9007199254740991, 9007199254740993]', '[9007199254740991, 9007199254740993]'],
    [' "x" ', "'x'"],
    ['{"a": 1, "a": 2}', "{'a': 2}"],
  ])('%s', (text, value) => expect(shown(readJsonValue(text))).toBe(value));

  it.each(['', '{"a": 1,}', '[1] // one', "{'a': 1}", '{"a"}', '[1', '"\n"', `${'['.repeat(5000)}${']'.repeat(5000)}`])(
    'no value is %.20j',
    (text) => expect(readJsonValue(text)).toBeUndefined(),
  );
});
