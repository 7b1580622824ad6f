import type { Budget } from '../jinja/budget.ts';
import { fail } from '../jinja/fault.ts';
import { compareByCodePoint, utf8Length } from '../jinja/text.ts';
import { JinjaFloat, JinjaObject, JinjaUndefined, type JinjaValue } from '../jinja/values.ts';

/** `empty` and `blank`: equal to whatever is so. */
export const EMPTY = new JinjaObject('empty', { print: () => '' });
export const BLANK = new JinjaObject('blank', { print: () => '' });

/** Text, number or truth value. */
export function isScalar(value: JinjaValue): value is string | number | bigint | boolean | JinjaFloat {
  return typeof value !== 'object' || value instanceof JinjaFloat;
}

/** What a value prints as. */
export function toText(value: JinjaValue, budget: Budget): string {
  if (typeof value === 'string') return value;
  if (value === null || value === EMPTY || value === BLANK) return '';
  if (value instanceof JinjaFloat || typeof value === 'number') return numberText(Number(numberOf(value)));
  if (isScalar(value)) return String(value);
  if (value instanceof JinjaUndefined) return value.fail();
  budget.enter();
  const text = compositeText(value, budget);
  budget.leave();
  budget.allocate(text.length);
  return text;
}

/** As Rust prints a number: the shortest digits that say it, without an exponent. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const digits = mantissa.replace(/[-.]/g, '');
  const place = Number(exponent) + 1;
  const size = place > 0 ? digits.padEnd(place, '0') : `0.${'0'.repeat(-place)}${digits}`;
  return value < 0 ? `-${size}` : size;
}

function compositeText(value: JinjaValue, budget: Budget): string {
  if (Array.isArray(value)) {
    budget.spendSteps(value.length);
    return (value as readonly JinjaValue[]).map((item) => toText(item, budget)).join('');
  }
  if (!(value instanceof Map)) return fail('this value cannot be printed');
  budget.spendSteps(value.size);
  return [...value].map(([key, item]) => toText(key, budget) + toText(item, budget)).join('');
}

/** Everything but nil and false. */
export function isTruthy(value: JinjaValue): boolean {
  return value !== null && value !== false && !(value instanceof JinjaUndefined);
}

function sizeOf(value: JinjaValue): number | undefined {
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : undefined;
}

export function isEmpty(value: JinjaValue): boolean {
  return value === null || value === '' || value === EMPTY || value === BLANK || sizeOf(value) === 0;
}

export function isBlank(value: JinjaValue): boolean {
  return isEmpty(value) || value === false || (typeof value === 'string' && value.trim() === '');
}

/** What the filter `default` takes for nothing. */
export function isDefaultable(value: JinjaValue): boolean {
  return isEmpty(value) || value === false;
}

/** The number of an int or float; undefined for anything else. */
export function numberOf(value: JinjaValue): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof JinjaFloat) return value.value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** liquid-rust's equality: a truth value equals every scalar that is as true. */
export function isEqual(left: JinjaValue, right: JinjaValue, budget: Budget): boolean {
  budget.step();
  if (left instanceof JinjaObject || right instanceof JinjaObject) return isState(left, right);
  if (left === null || right === null) return left === right;
  if (isScalar(left) && isScalar(right)) return scalarsEqual(left, right);
  budget.enter();
  const result = compositesEqual(left, right, budget);
  budget.leave();
  return result;
}

function isState(left: JinjaValue, right: JinjaValue): boolean {
  const [state, value] = left instanceof JinjaObject ? [left, right] : [right, left];
  return state === EMPTY ? isEmpty(value) : state === BLANK ? isBlank(value) : left === right;
}

function scalarsEqual(left: JinjaValue, right: JinjaValue): boolean {
  if (typeof left === 'boolean' && typeof right === 'boolean') return left === right;
  if (typeof left === 'boolean') return left;
  if (typeof right === 'boolean') return right;
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  return numberOf(left) === numberOf(right);
}

function compositesEqual(left: JinjaValue, right: JinjaValue, budget: Budget): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    const others = right as readonly JinjaValue[];
    return left.length === right.length && (left as readonly JinjaValue[]).every((item, at) => isEqual(item, others[at] ?? null, budget));
  }
  if (!(left instanceof Map) || !(right instanceof Map) || left.size !== right.size) return false;
  return [...left].every(([key, item]) => right.has(key) && isEqual(item, right.get(key) ?? null, budget));
}

/** Less than 0, 0 or more than 0; undefined where the two have no order. */
export function compare(left: JinjaValue, right: JinjaValue, budget: Budget): number | undefined {
  budget.step();
  if (typeof left === 'string' && typeof right === 'string') return compareByCodePoint(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  const first = numberOf(left);
  const second = numberOf(right);
  if (first !== undefined && second !== undefined) return first - second;
  if (!Array.isArray(left) || !Array.isArray(right)) return undefined;
  return compareItems(left as readonly JinjaValue[], right as readonly JinjaValue[], budget);
}

function compareItems(left: readonly JinjaValue[], right: readonly JinjaValue[], budget: Budget): number | undefined {
  budget.enter();
  let result: number | undefined = left.length - right.length;
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = compare(left[at] ?? null, right[at] ?? null, budget);
    if (order !== 0) {
      result = order;
      break;
    }
  }
  budget.leave();
  return result;
}

/** What stands below a name or number in a value; undefined where nothing does. */
export function findIn(value: JinjaValue, index: JinjaValue, budget: Budget): JinjaValue | undefined {
  if (Array.isArray(value)) return findInArray(value as readonly JinjaValue[], index, budget);
  const name = toText(index, budget);
  if (value instanceof Map) {
    const found = (value as ReadonlyMap<JinjaValue, JinjaValue>).get(name);
    return found === undefined && name === 'size' ? value.size : found;
  }
  if (value === null || !isScalar(value)) return undefined;
  return name === 'size' ? utf8Length(toText(value, budget)) : undefined;
}

function findInArray(items: readonly JinjaValue[], index: JinjaValue, budget: Budget): JinjaValue | undefined {
  const number = toInteger(index);
  if (number !== undefined) return items[number < 0 ? items.length + number : number];
  switch (toText(index, budget)) {
    case 'first':
      return items[0];
    case 'last':
      return items.at(-1);
    case 'size':
      return items.length;
    default:
      return undefined;
  }
}

/** A whole number, also of text. */
export function toInteger(value: JinjaValue | undefined): number | undefined {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^[+-]?\d{1,18}$/.test(value) ? Number(value) : undefined;
}

/** A number, also of text. */
export function toNumber(value: JinjaValue | undefined): number | undefined {
  if (typeof value === 'string') return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) ? Number(value) : undefined;
  return value === undefined ? undefined : numberOf(value);
}
