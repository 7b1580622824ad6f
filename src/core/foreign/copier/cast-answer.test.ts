import { describe, expect, it } from 'vitest';
import { createBudget, DEFAULT_LIMITS } from '../../jinja/budget.ts';
import { floatValue } from '../../jinja/python-data/plain-scalar.ts';
import { toRepr } from '../../jinja/python-repr.ts';
import type { JinjaValue } from '../../jinja/values.ts';
import type { Value } from '../../pack/values.ts';
import { type AnswerType, CastError, castAnswer, castToBool, isSameValue, toJsonText } from './cast-answer.ts';

function shown(value: Value): string {
  return toRepr(value as JinjaValue, createBudget(DEFAULT_LIMITS));
}

const BIG = 2n ** 70n;

/** What `bool()`, `float()`, `int()`, `str()` and the parsers give in Python, with `cast_to_bool` of Copier for `bool`. */
const CASES: readonly (readonly [type: AnswerType, answer: Value, result: string])[] = [
  ['bool', true, 'True'],
  ['bool', ' Yes ', 'True'],
  ['bool', 'oN', 'True'],
  ['bool', 'none', 'False'],
  ['bool', '~', 'False'],
  ['bool', '', 'False'],
  ['bool', 'maybe', 'True'],
  ['bool', '0.0', 'False'],
  ['bool', '-1e-3', 'True'],
  ['bool', 'nan', 'True'],
  ['bool', 0, 'False'],
  ['bool', BIG, 'True'],
  ['bool', floatValue(0), 'False'],
  ['bool', [], 'False'],
  ['bool', [0], 'True'],
  ['bool', new Map(), 'False'],
  ['bool', new Map([['a', 1]]), 'True'],
  ['float', 3, '3.0'],
  ['float', true, '1.0'],
  ['float', ' 1_0.5e1 ', '105.0'],
  ['float', '.5', '0.5'],
  ['float', '5.', '5.0'],
  ['float', '-Infinity', '-inf'],
  ['float', '+inf', 'inf'],
  ['float', 'NaN', 'nan'],
  ['int', ' -1_000 ', '-1000'],
  ['int', '+7', '7'],
  ['int', '007', '7'],
  ['int', true, '1'],
  ['int', 1.9, '1'],
  ['int', floatValue(-2), '-2'],
  ['int', BIG, String(BIG)],
  ['int', '1180591620717411303424', String(BIG)],
  ['str', true, "'True'"],
  ['str', false, "'False'"],
  ['str', 5, "'5'"],
  ['str', floatValue(5), "'5.0'"],
  ['str', 0.1, "'0.1'"],
  ['path', 'a/b', "'a/b'"],
  ['json', '{"a": [1, 1.0, null]}', "{'a': [1, 1.0, None]}"],
  ['json', 5, '5'],
  ['yaml', 'yes', 'True'],
  ['yaml', '[010, a]', "[8, 'a']"],
  ['yaml', '', 'None'],
  ['yaml', null, 'None'],
];

describe('an answer is cast as Copier casts it', () => {
  it.each(CASES)('%s of %s', (type, answer, result) => expect(shown(castAnswer(answer, type))).toBe(result));

  it.each([
    ['bool', null, 'there is no value of type bool'],
    ['str', null, 'there is no value of type str'],
    ['float', 'many', 'it is not a number'],
    ['float', '1__0', 'it is not a number'],
    ['float', [1], 'it is not a number'],
    ['int', '1.5', 'it is not a whole number'],
    ['int', '', 'it is not a whole number'],
    ['int', floatValue(Number.POSITIVE_INFINITY), 'it is not a whole number'],
    ['int', new Map(), 'it is not a whole number'],
    ['str', ['a'], 'it is not text'],
    ['path', new Map(), 'it is not text'],
    ['yaml', '[1', 'it is not YAML'],
    ['json', "{'a': 1}", 'it is not JSON'],
  ] satisfies [AnswerType, Value, string][])('%s of %s is refused', (type, answer, reason) => {
    expect(() => castAnswer(answer, type)).toThrow(new CastError(reason));
  });

  it('has no truth in nothing', () => expect(castToBool(null)).toBe(false));
});

it.each([
  [1, floatValue(1), true],
  [BIG, BIG, true],
  [1, '1', false],
  [[1, [true]], [1, [true]], true],
  [new Map([['a', null]]), new Map([['a', null]]), true],
  [new Map([['a', 1]]), new Map([['a', 2]]), false],
] satisfies [Value, Value, boolean][])('case %#: two values are the same, or not', (a, b, same) => expect(isSameValue(a, b)).toBe(same));

it.each([
  [
    new Map<string, Value>([['a "b"', [1, floatValue(1), 0.5, floatValue(1e20), BIG, null, true, 'é']]]),
    `{"a \\"b\\"": [1, 1.0, 0.5, 1.0e+20, ${BIG}, null, true, "é"]}`,
  ],
  [[], '[]'],
] satisfies [Value, string][])('case %#: a value is kept as JSON', (value, text) => expect(toJsonText(value)).toBe(text));
