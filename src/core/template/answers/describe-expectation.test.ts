import { describe, expect, it } from 'vitest';
import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';
import { describeExpectation, exampleOf } from './describe-expectation.ts';

const variable = (type: VariableType, rest: Partial<VariableDefinition> = {}) =>
  ({ name: 'v', type, choices: [], ...rest }) as unknown as VariableDefinition;
const choicesOf = (count: number) => Array.from({ length: count }, (_, index) => ({ value: `c${index}`, label: `C${index}` }));

describe('describeExpectation', () => {
  it.each<readonly [VariableType, Partial<VariableDefinition>, string]>([
    ['string', {}, 'text on one line'],
    ['text', {}, 'text'],
    ['integer', {}, 'an integer'],
    ['number', {}, 'a number'],
    ['boolean', {}, 'true or false'],
    ['path', {}, 'a relative path with "/" and without ".."'],
    ['url', {}, 'a URL such as https://example.com'],
    ['email', {}, 'an e-mail address'],
    ['secret', {}, 'a secret'],
    ['list', {}, 'a list (items with commas between, or a JSON array)'],
    ['map', {}, 'a map (key=value with commas between, or a JSON object)'],
    ['choice', { choices: choicesOf(2) }, 'one of c0, c1'],
    [
      'choice',
      { choices: choicesOf(12) },
      `one of ${choicesOf(12)
        .map(({ value }) => value)
        .join(', ')}`,
    ],
    [
      'choice',
      { choices: choicesOf(13) },
      `one of ${choicesOf(12)
        .map(({ value }) => value)
        .join(', ')}, … (13 in all)`,
    ],
    ['choices', { choices: choicesOf(2) }, 'a comma-separated list out of c0, c1'],
    ['integer', { min: 1, max: 5 }, 'an integer from 1 to 5'],
    ['integer', { min: 1 }, 'an integer of at least 1'],
    ['number', { max: 5 }, 'a number of at most 5'],
    ['string', { minLength: 1, maxLength: 5 }, 'text on one line of 1 to 5 characters'],
    ['string', { minLength: 1, maxLength: 1 }, 'text on one line of 1 character'],
    ['string', { minLength: 2 }, 'text on one line of at least 2 characters'],
    ['string', { maxLength: 2 }, 'text on one line of at most 2 characters'],
    ['list', { minItems: 1, maxItems: 2 }, 'a list (items with commas between, or a JSON array) of 1 to 2 items'],
    ['text', { minLength: 1, maxItems: 1 }, 'text of at least 1 character and of at most 1 item'],
    ['string', { pattern: '[a-z]+' }, 'text on one line that matches [a-z]+'],
    ['string', { pattern: '[a-z]+', patternHint: 'small letters' }, 'text on one line (small letters)'],
    ['string', { patternHint: 'small letters' }, 'text on one line'],
  ])('of %s with %j: %s', (type, rest, text) => expect(describeExpectation(variable(type, rest))).toBe(text));
});

describe('exampleOf', () => {
  it.each<readonly [VariableType, Partial<VariableDefinition>, string]>([
    ['string', {}, 'some-text'],
    ['text', {}, 'Some text'],
    ['boolean', {}, 'true'],
    ['path', {}, 'data/sample.csv'],
    ['url', {}, 'https://example.com'],
    ['email', {}, 'ada@example.com'],
    ['list', {}, 'one,two'],
    ['map', {}, 'key=value'],
    ['integer', {}, '1'],
    ['integer', { min: 3, max: 9 }, '3'],
    ['number', { max: 9 }, '9'],
    ['choice', { choices: choicesOf(3) }, 'c0'],
    ['choice', { choices: choicesOf(3), default: 'c2' }, 'c2'],
    ['choice', { choices: choicesOf(3), default: 'gone' }, 'c0'],
    ['choices', { choices: choicesOf(3) }, 'c0,c1'],
    ['string', { example: 'mine', default: 'other' }, 'mine'],
    ['string', { default: 'plain' }, 'plain'],
    ['string', { default: '' }, 'some-text'],
    ['string', { default: '{{ x }}' }, 'some-text'],
    ['string', { default: '{% x %}' }, 'some-text'],
    ['list', { default: ['a', '{# x #}'] }, 'one,two'],
    ['list', { default: ['a', 'b'] }, 'a, b'],
    ['map', { default: new Map<string, Value>([['a', '{{ x }}']]) }, 'key=value'],
    ['integer', { default: 0 }, '0'],
    ['secret', { example: 'x', default: 'y' }, '…'],
  ])('of %s with %j: %s', (type, rest, text) => expect(exampleOf(variable(type, rest))).toBe(text));
});
