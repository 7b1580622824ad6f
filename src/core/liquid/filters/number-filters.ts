import { fail } from '../../jinja/fault.ts';
import { makeFloat } from '../../jinja/numbers.ts';
import type { JinjaValue } from '../../jinja/values.ts';
import { toInteger, toNumber } from '../values.ts';
import { liquidFilter } from './define-filter.ts';

/** Filters over numbers: whole ones where both are, floats otherwise. Text of a number counts as one. */
export const NUMBER_FILTERS = [
  operation('plus', (left, right) => left + right),
  operation('minus', (left, right) => left - right),
  operation('times', (left, right) => left * right),
  operation('divided_by', (left, right, isWhole) => (isWhole ? Math.trunc(left / nonZero(right)) : left / right)),
  operation('modulo', (left, right, isWhole) => left % (isWhole ? nonZero(right) : right)),
  operation('at_least', (left, right) => Math.max(left, right)),
  operation('at_most', (left, right) => Math.min(left, right)),
  liquidFilter('abs', '|', (value) => {
    const whole = toInteger(value);
    return whole === undefined ? makeFloat(Math.abs(numeric(value))) : Math.abs(whole);
  }),
  liquidFilter('ceil', '|', (value) => whole32(Math.ceil(numeric(value)))),
  liquidFilter('floor', '|', (value) => whole32(Math.floor(numeric(value)))),
  liquidFilter('round', '| decimal_places', (value, [places]) => {
    const digits = places === undefined ? 0 : (toInteger(places) ?? fail('"decimal_places" must be a whole number'));
    if (digits <= 0) return whole32(roundHalfAway(numeric(value)));
    const factor = 10 ** Math.min(digits, 300);
    return makeFloat(roundHalfAway(numeric(value) * factor) / factor);
  }),
];

function operation(name: string, apply: (left: number, right: number, isWhole: boolean) => number): ReturnType<typeof liquidFilter> {
  return liquidFilter(name, 'operand |', (value, [operand]) => {
    const left = toInteger(value);
    const right = toInteger(operand);
    if (left !== undefined && right !== undefined) {
      const result = apply(left, right, true);
      return Number.isSafeInteger(result) ? result + 0 : fail(`the result of ${name} is too large`);
    }
    return makeFloat(apply(numeric(value), numeric(operand), false));
  });
}

function numeric(value: JinjaValue | undefined): number {
  return toNumber(value) ?? fail('a number is expected');
}

function nonZero(value: number): number {
  return value === 0 ? fail('it is divided by zero') : value;
}

function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

/** As far as 32 bits reach, like there. */
function whole32(value: number): number {
  return Math.min(2147483647, Math.max(-2147483648, value)) + 0;
}
