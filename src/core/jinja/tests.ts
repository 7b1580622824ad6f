import { isEqual, isLess, isLessOrEqual } from './compare.ts';
import { fail } from './fault.ts';
import { itemsOf } from './iterate.ts';
import { isLower, isUpper } from './methods/case.ts';
import { floatOf, integerOf } from './numbers.ts';
import { applyBinary, isContained } from './operators.ts';
import { toText } from './python-repr.ts';
import {
  isDict,
  isLenient,
  isRealList,
  JinjaObject,
  JinjaRange,
  type JinjaTest,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  type Runtime,
  textOf,
} from './values.ts';

/** A test of the kind of a value, which an undefined one simply does not pass. */
function ofKind(matches: (value: JinjaValue) => boolean): JinjaTest {
  return { parameters: [], takesUndefined: true, matches };
}

function compared(matches: (value: JinjaValue, other: JinjaValue, runtime: Runtime) => boolean): JinjaTest {
  return { parameters: ['other'], matches: (value, [other], runtime) => matches(value, other ?? null, runtime) };
}

const equal = compared((value, other, { budget }) => isEqual(value, other, budget));
const different = compared((value, other, { budget }) => !isEqual(value, other, budget));
const greater = compared((value, other, { budget }) => isLess(other, value, budget, '>'));
const greaterOrEqual = compared((value, other, { budget }) => isLessOrEqual(other, value, budget, '>='));
const less = compared((value, other, { budget }) => isLess(value, other, budget));
const lessOrEqual = compared((value, other, { budget }) => isLessOrEqual(value, other, budget));

function isInteger(value: JinjaValue): boolean {
  return typeof value !== 'boolean' && integerOf(value) !== undefined;
}

function leaves(value: JinjaValue, divisor: JinjaValue, rest: number, { budget }: Runtime): boolean {
  if (textOf(value) !== undefined) fail('what is divided is a number, not str');
  return isEqual(applyBinary('%', value, divisor, budget), rest, budget);
}

function isSame(value: JinjaValue, other: JinjaValue): boolean {
  if (typeof value === 'object' && value !== null) return value === other;
  return value === other;
}

/** All of Jinja's tests. */
export const BUILTIN_TESTS: ReadonlyMap<string, JinjaTest> = new Map<string, JinjaTest>([
  ['defined', ofKind((value) => !(value instanceof JinjaUndefined))],
  ['undefined', ofKind((value) => value instanceof JinjaUndefined)],
  ['none', ofKind((value) => value === null)],
  ['boolean', ofKind((value) => typeof value === 'boolean')],
  ['true', ofKind((value) => value === true)],
  ['false', ofKind((value) => value === false)],
  ['integer', ofKind(isInteger)],
  ['float', ofKind((value) => floatOf(value) !== undefined)],
  ['number', ofKind((value) => integerOf(value) !== undefined || floatOf(value) !== undefined)],
  ['string', ofKind((value) => textOf(value) !== undefined)],
  ['mapping', ofKind(isDict)],
  ['sequence', ofKind(isSequence)],
  ['callable', ofKind((value) => value instanceof JinjaObject && value.parts.call !== undefined)],
  ['escaped', ofKind((value) => value instanceof Markup)],
  ['sameas', { parameters: ['other'], takesUndefined: true, matches: (value, [other]) => isSame(value, other ?? null) }],
  [
    'iterable',
    {
      parameters: [],
      matches: (value, _args, { budget }) =>
        value instanceof JinjaRange || value instanceof JinjaUndefined || itemsOf(value, budget) !== undefined,
    },
  ],
  ['odd', { parameters: [], matches: (value, _args, runtime) => leaves(value, 2, 1, runtime) }],
  ['even', { parameters: [], matches: (value, _args, runtime) => leaves(value, 2, 0, runtime) }],
  ['divisibleby', { parameters: ['num'], matches: (value, [other], runtime) => leaves(value, other ?? null, 0, runtime) }],
  ['lower', { parameters: [], matches: (value, _args, { budget }) => isLower(toText(value, budget)) }],
  ['upper', { parameters: [], matches: (value, _args, { budget }) => isUpper(toText(value, budget)) }],
  ['filter', { parameters: [], matches: (value, _args, { filters }) => filters.has(textOf(value) ?? '') }],
  ['test', { parameters: [], matches: (value, _args, { tests }) => tests.has(textOf(value) ?? '') }],
  ['in', compared((value, other, { budget }) => isContained(value, other, budget))],
  ['==', equal],
  ['eq', equal],
  ['equalto', equal],
  ['!=', different],
  ['ne', different],
  ['>', greater],
  ['gt', greater],
  ['greaterthan', greater],
  ['>=', greaterOrEqual],
  ['ge', greaterOrEqual],
  ['<', less],
  ['lt', less],
  ['lessthan', less],
  ['<=', lessOrEqual],
  ['le', lessOrEqual],
]);

function isSequence(value: JinjaValue): boolean {
  if (textOf(value) !== undefined || isRealList(value) || isDict(value)) return true;
  return value instanceof JinjaTuple || value instanceof JinjaRange || isLenient(value);
}
