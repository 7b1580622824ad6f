import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeVariable } from '../../../testing/variable-fixture.ts';
import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { checkAnswer } from './check-answer.ts';
import { describeExpectation, exampleOf } from './describe-expectation.ts';
import { emptyValue } from './empty-value.ts';
import { formatAnswer } from './format-answer.ts';

function variable(type: VariableType, rest: Partial<VariableDefinition> = {}): VariableDefinition {
  return makeVariable('v', { type, required: true, ...rest });
}

const DATABASES = [
  { value: 'sqlite', label: 'SQLite' },
  { value: 'postgres', label: 'PostgreSQL' },
  { value: 3, label: '3' },
  { value: true, label: 'On' },
];
const choice = variable('choice', { choices: DATABASES });
const choices = variable('choices', { choices: DATABASES, minItems: 1, maxItems: 2 });
const optional = { required: false };

const TEXT_VALID: readonly [VariableDefinition, string, Value][] = [
  ...['true', 'TRUE', 'yes', 'On', '1', ' true '].map((text): [VariableDefinition, string, Value] => [variable('boolean'), text, true]),
  ...['false', 'No', 'off', '0'].map((text): [VariableDefinition, string, Value] => [variable('boolean'), text, false]),
  [variable('integer'), '8080', 8080],
  [variable('integer'), '1_000', 1000],
  [variable('integer'), '-0', 0],
  [variable('integer'), '+7', 7],
  [variable('integer'), '007', 7],
  [variable('integer'), '9007199254740993', 9007199254740993n],
  [variable('integer', optional), '', null],
  [variable('number'), '1.5', 1.5],
  [variable('number'), '.5e-3', 0.0005],
  [variable('number'), '-12', -12],
  [choice, 'sqlite', 'sqlite'],
  [choice, 'PostgreSQL', 'postgres'],
  [choice, '3', 3],
  [choice, 'true', true],
  [choices, 'postgres, SQLite,postgres', ['sqlite', 'postgres']],
  [choices, '["sqlite", 3]', ['sqlite', 3]],
  [variable('list'), 'a, b\\, c ,', ['a', 'b, c', '']],
  [variable('list'), '', []],
  [variable('list'), '[1, {"a": null}]', [1, new Map([['a', null]])]],
  [
    variable('map'),
    'a=1,b = x=y',
    new Map([
      ['a', '1'],
      ['b', 'x=y'],
    ]),
  ],
  [variable('map'), '{"__proto__": {"x": 1}}', new Map([['__proto__', new Map([['x', 1]])]])],
  [variable('string', optional), '', ''],
  [variable('text'), 'a\r\nb', 'a\nb'],
  [variable('path'), './data/sample.csv', 'data/sample.csv'],
  [variable('path'), 'src/', 'src'],
  [variable('path', optional), '', ''],
  [variable('url'), 'https://example.com:8080/a%20b?q=1#f', 'https://example.com:8080/a%20b?q=1#f'],
  [variable('url'), 'postgres://user:pw@localhost/db', 'postgres://user:pw@localhost/db'],
  [variable('url'), 'http://[::1]:80', 'http://[::1]:80'],
  [variable('email'), "o'hara+x@mail.example.com", "o'hara+x@mail.example.com"],
  [variable('email'), 'root@localhost', 'root@localhost'],
  [variable('secret', { minLength: 3 }), 'a\nb', 'a\nb'],
  [variable('string', { pattern: 'a|bc' }), 'bc', 'bc'],
  [variable('string', { maxLength: 2 }), '👩🚀', '👩🚀'],
];

const TEXT_INVALID: readonly [VariableDefinition, string, problem: string][] = [
  [variable('boolean'), 'maybe', 'neither true nor false'],
  [variable('boolean'), '', 'neither true nor false'],
  ...['', '1.5', '0x10', '1__0', '_1', 'NaN', '1e3'].map((text): [VariableDefinition, string, string] => [
    variable('integer'),
    text,
    'not a whole number',
  ]),
  [variable('integer'), '9'.repeat(400), 'more than 300 digits'],
  [variable('integer', { min: 1024, max: 65535 }), '99999', 'greater than 65535'],
  [variable('integer', { min: 1024, max: 65535 }), '80', 'less than 1024'],
  [variable('integer', { max: 10 }), '99999999999999999999', 'greater than 10'],
  ...['', 'inf', 'nan', '.', '1e', '1,5'].map((text): [VariableDefinition, string, string] => [variable('number'), text, 'not a number']),
  [variable('number'), '1e999', 'too large'],
  [choice, 'sqllite', 'not one of the choices'],
  [choice, '', 'not one of the choices'],
  [choices, 'sqlite,mysql', '"mysql" is not one of the choices'],
  [choices, '', '0 items, fewer than 1'],
  [choices, 'sqlite,postgres,3', '3 items, more than 2'],
  [variable('list'), '[1,', 'not a JSON array'],
  [variable('list', { maxItems: 1 }), 'a,b', '2 items, more than 1'],
  [variable('list'), '['.repeat(100_000), 'levels of nesting'],
  [variable('map'), 'a', 'key=value'],
  [variable('map'), 'a=1,a=2', 'repeated'],
  [variable('map'), '{"a":1,"a":2}', 'repeated'],
  [variable('string'), '', 'it is empty'],
  [variable('string'), 'a\nb', 'line break'],
  [variable('string'), 'a\u001b[31m', 'control character'],
  [variable('string'), 'a\ud800', 'surrogate'],
  [variable('string', { minLength: 2 }), '🚀', '1 character, fewer than 2'],
  [variable('string', { maxLength: 2 }), 'abc', '3 characters, more than 2'],
  [variable('string', { pattern: '[a-z]+' }), 'ab1', 'does not match [a-z]+'],
  [variable('string', { pattern: '[a-z]+', patternHint: 'lower case' }), 'AB', '(lower case)'],
  [variable('string', { pattern: '(?=a)b' }), 'b', 'of its definition is not valid'],
  ...['/etc/passwd', '../x', 'a/../b', 'C:\\x', 'a\\b', '.', 'con'].map((text): [VariableDefinition, string, string] => [
    variable('path'),
    text,
    '',
  ]),
  ...[
    'example.com',
    'https://',
    'https:///x',
    'http://a b',
    'http://a:99999',
    'javascript:alert(1)',
    'http://ü.de',
    'http://a/%zz',
    'http://-a/',
    'http://a@b@c/',
  ].map((text): [VariableDefinition, string, string] => [variable('url'), text, '']),
  ...['a', '@b', 'a@', 'a b@c', 'a..b@c', 'a@b_c', 'a@-b', `${'a'.repeat(65)}@b`, 'a@b.'].map(
    (text): [VariableDefinition, string, string] => [variable('email'), text, ''],
  ),
];

const TYPED: readonly [VariableDefinition, Value, expected: Value | undefined][] = [
  [variable('integer'), 5, 5],
  [variable('integer'), 5.5, undefined],
  [variable('integer'), '5', undefined],
  [variable('integer'), null, undefined],
  [variable('integer', optional), null, null],
  [variable('number'), 5n, 5n],
  [variable('boolean'), 'true', undefined],
  [variable('string'), 1, undefined],
  [variable('string'), [], undefined],
  [variable('text'), 'a\r\nb', 'a\nb'],
  [choice, 'SQLite', 'sqlite'],
  [choice, 3, 3],
  [choice, false, undefined],
  [choices, ['postgres', 'sqlite'], ['sqlite', 'postgres']],
  [choices, 'sqlite', undefined],
  [variable('list'), 'a,b', undefined],
  [variable('map'), new Map([['a', 1]]), new Map([['a', 1]])],
];

describe('checkAnswer', () => {
  it.each(TEXT_VALID)('accepts text %#', (definition, text, value) =>
    expect(checkAnswer({ kind: 'text', text }, definition)).toEqual({ kind: 'valid', value }),
  );

  it.each(TEXT_INVALID)('refuses text %#', (definition, text, problem) => {
    expect(checkAnswer({ kind: 'text', text }, definition)).toMatchObject({ kind: 'invalid', problem: expect.stringContaining(problem) });
  });

  it.each(TYPED)('checks typed values %#', (definition, given, expected) => {
    const checked = checkAnswer({ kind: 'value', value: given }, definition);
    expect(checked.kind === 'valid' ? checked.value : undefined).toEqual(expected);
  });

  it('names the nearest choice', () =>
    expect(checkAnswer({ kind: 'text', text: 'sqllite' }, choice)).toMatchObject({ nearest: ['sqlite'] }));

  it('ends hostile patterns in linear time', () => {
    const definition = variable('string', { pattern: '(a+)+b' });
    expect(checkAnswer({ kind: 'text', text: 'a'.repeat(50_000) }, definition).kind).toBe('invalid');
  });

  it('refuses hostile repetition in a pattern', () =>
    expect(checkAnswer({ kind: 'text', text: 'a' }, variable('string', { pattern: '(((a{100}){100}){100}){100}' })).kind).toBe('invalid'));
});

describe('laws', () => {
  const json: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    ),
  })).value;
  const values: Readonly<Record<string, [VariableDefinition, fc.Arbitrary<Value>]>> = {
    integer: [variable('integer'), fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: 2n ** 60n, max: 2n ** 80n }))],
    number: [
      variable('number'),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((value) => !Object.is(value, -0) && (Math.abs(value) < 2 ** 53 || !/^-?\d+$/.test(String(value)))),
    ],
    boolean: [variable('boolean'), fc.boolean()],
    choice: [choice, fc.constantFrom('sqlite', 'postgres', 3, true)],
    choices: [choices, fc.subarray(['sqlite', 'postgres', 3, true], { minLength: 1, maxLength: 2 })],
    list: [variable('list'), fc.array(json)],
    map: [variable('map'), fc.array(fc.tuple(fc.string(), json)).map((entries) => new Map(entries))],
    secret: [variable('secret'), fc.string({ unit: 'grapheme', minLength: 1 })],
  };

  it.each(Object.entries(values))('%s: what is formatted is coerced to the same value', (_type, [definition, arbitrary]) =>
    fc.assert(
      fc.property(arbitrary, (value) => {
        const expected = checkAnswer({ kind: 'value', value }, definition);
        expect(checkAnswer({ kind: 'text', text: formatAnswer(value) }, definition)).toEqual(expected);
      }),
    ),
  );

  it('examples are accepted and empty values belong to optional variables', () => {
    const types = ['string', 'text', 'integer', 'number', 'boolean', 'path', 'url', 'email', 'list', 'map'] as const;
    for (const definition of [...types.map((type) => variable(type)), choice, choices, variable('integer', { min: 1024, max: 65535 })]) {
      expect(checkAnswer({ kind: 'text', text: exampleOf(definition) }, definition), definition.type).toMatchObject({ kind: 'valid' });
      const loose = variable(definition.type, optional);
      expect(checkAnswer({ kind: 'value', value: emptyValue(definition.type) }, loose), definition.type).toMatchObject({ kind: 'valid' });
    }
  });
});

it.each<[VariableDefinition, string]>([
  [variable('integer', { min: 1024, max: 65535 }), 'an integer from 1024 to 65535'],
  [variable('number', { min: 0 }), 'a number of at least 0'],
  [variable('string', { minLength: 1, maxLength: 3, pattern: '[a-z]+' }), 'text on one line of 1 to 3 characters that matches [a-z]+'],
  [variable('string', { pattern: '[a-z]+', patternHint: 'lower case' }), 'text on one line (lower case)'],
  [variable('boolean'), 'true or false'],
  [variable('choice', { choices: DATABASES }), 'one of sqlite, postgres, 3, true'],
  [choices, 'a comma-separated list of 1 to 2 items out of sqlite, postgres, 3, true'],
])('describes %#', (definition, text) => expect(describeExpectation(definition)).toBe(text));
