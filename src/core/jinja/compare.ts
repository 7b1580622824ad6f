import type { Budget } from './budget.ts';
import { fail } from './fault.ts';
import { integerOf, numberOf } from './numbers.ts';
import { compareByCodePoint } from './text.ts';
import {
  isDict,
  isList,
  type JinjaDict,
  JinjaFloat,
  JinjaRange,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  textOf,
  typeName,
} from './values.ts';

/** Python's `==`. A strictly undefined value fails. */
export function isEqual(left: JinjaValue, right: JinjaValue, budget: Budget): boolean {
  if (left instanceof JinjaUndefined || right instanceof JinjaUndefined) return undefinedEqual(left, right);
  const text = textOf(left);
  if (text !== undefined) return isSameText(text, textOf(right), budget);
  if (left === right) return typeof left !== 'number' || !Number.isNaN(left);
  const number = exactNumber(left);
  if (number !== undefined) {
    const other = exactNumber(right);
    // biome-ignore lint/suspicious/noDoubleEquals: the one operator that compares a bigint with a number exactly
    return other !== undefined && number == other;
  }
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
  return compositeEqual(left, right, budget);
}

/** Texts of one length take time with it. */
function isSameText(left: string, right: string | undefined, budget: Budget): boolean {
  if (left.length !== right?.length) return false;
  budget.spendSteps(left.length >> 4);
  return left === right;
}

function undefinedEqual(left: JinjaValue, right: JinjaValue): boolean {
  if (left instanceof JinjaUndefined && left.behavior === 'strict') left.fail();
  if (right instanceof JinjaUndefined && right.behavior === 'strict') right.fail();
  return left instanceof JinjaUndefined && right instanceof JinjaUndefined;
}

function compositeEqual(left: JinjaValue, right: JinjaValue, budget: Budget): boolean {
  budget.enter();
  const result = compareComposites(left, right, budget);
  budget.leave();
  return result;
}

function compareComposites(left: JinjaValue, right: JinjaValue, budget: Budget): boolean {
  if (isDict(left)) return isDict(right) && dictsEqual(left, right, budget);
  if (isList(left)) return isList(right) && itemsEqual(left, right, budget);
  if (left instanceof JinjaTuple) return right instanceof JinjaTuple && itemsEqual(left.items, right.items, budget);
  if (left instanceof JinjaRange) {
    return (
      right instanceof JinjaRange &&
      left.length === right.length &&
      (left.length === 0 || left.start === right.start) &&
      (left.length <= 1 || left.step === right.step)
    );
  }
  return false;
}

function itemsEqual(left: readonly JinjaValue[], right: readonly JinjaValue[], budget: Budget): boolean {
  if (left.length !== right.length) return false;
  return left.every((item, index) => {
    budget.step();
    return isEqual(item, right[index] ?? null, budget);
  });
}

function dictsEqual(left: JinjaDict, right: JinjaDict, budget: Budget): boolean {
  if (left.size !== right.size) return false;
  for (const [key, item] of left) {
    budget.step();
    const other = dictGet(right, key, budget);
    if (other === undefined || !isEqual(item, other, budget)) return false;
  }
  return true;
}

function exactNumber(value: JinjaValue): number | bigint | undefined {
  return integerOf(value) ?? numberOf(value);
}

/** Python's `<`. Values of different kinds fail, as in Python. */
export function isLess(left: JinjaValue, right: JinjaValue, budget: Budget, operator = '<'): boolean {
  const number = exactNumber(left);
  const other = exactNumber(right);
  if (number !== undefined && other !== undefined) return number < other;
  const text = textOf(left);
  const otherText = textOf(right);
  if (text !== undefined && otherText !== undefined) {
    budget.spendSteps(1 + (Math.min(text.length, otherText.length) >> 6));
    return compareByCodePoint(text, otherText) < 0;
  }
  const items = comparableItems(left, right);
  if (items === undefined) {
    if (left instanceof JinjaUndefined) left.fail();
    if (right instanceof JinjaUndefined) right.fail();
    fail(`"${operator}" is not possible between ${typeName(left)} and ${typeName(right)}`);
  }
  return itemsLess(items[0], items[1], budget);
}

function comparableItems(left: JinjaValue, right: JinjaValue): readonly [readonly JinjaValue[], readonly JinjaValue[]] | undefined {
  if (isList(left) && isList(right)) return [left, right];
  if (left instanceof JinjaTuple && right instanceof JinjaTuple) return [left.items, right.items];
  return undefined;
}

function itemsLess(left: readonly JinjaValue[], right: readonly JinjaValue[], budget: Budget): boolean {
  budget.enter();
  let result = left.length < right.length;
  for (let index = 0; index < left.length && index < right.length; index++) {
    budget.step();
    const [a, b] = [left[index] ?? null, right[index] ?? null];
    if (isEqual(a, b, budget)) continue;
    result = isLess(a, b, budget);
    break;
  }
  budget.leave();
  return result;
}

/** Python's `<=`: for numbers and text exact, for sequences item by item. */
export function isLessOrEqual(left: JinjaValue, right: JinjaValue, budget: Budget, operator = '<='): boolean {
  return isLess(left, right, budget, operator) || isEqual(left, right, budget);
}

/** A text that is looked for is compared with the one that is there. */
const LONG_TEXT = 6;

/** Looks a key up as Python does: ints, whole floats and booleans of one value are one key. */
export function dictGet(dict: JinjaDict, key: JinjaValue, budget: Budget): JinjaValue | undefined {
  if (typeof key === 'string') budget.spendSteps(key.length >> LONG_TEXT);
  const found = dict.get(dictKey(key));
  if (found !== undefined || typeof key === 'string') return found;
  if (typeof key === 'boolean') return dict.get(Number(key));
  if (key === 0 || key === 1) return dict.get(key === 1);
  if (key instanceof JinjaTuple) {
    for (const [candidate, value] of dict) {
      budget.step();
      if (candidate instanceof JinjaTuple && isEqual(candidate, key, budget)) return value;
    }
  }
  return undefined;
}

/** Tells whether a dict has a key. */
export function dictHas(dict: JinjaDict, key: JinjaValue, budget: Budget): boolean {
  return dictGet(dict, key, budget) !== undefined;
}

/** Sets an entry of a dict that is being built; an equal key keeps its place, as in Python. */
export function dictSet(dict: Map<JinjaValue, JinjaValue>, key: JinjaValue, value: JinjaValue, budget: Budget): void {
  budget.allocate(16);
  if (typeof key === 'string') budget.spendSteps(key.length >> LONG_TEXT);
  if (typeof key !== 'string' && dictHas(dict, key, budget)) {
    for (const candidate of dict.keys()) {
      budget.step();
      if (!isEqual(candidate, key, budget)) continue;
      dict.set(candidate, value);
      return;
    }
  }
  dict.set(dictKey(key), value);
}

/** Takes an entry away; tells whether there was one. */
export function dictDelete(dict: Map<JinjaValue, JinjaValue>, key: JinjaValue, budget: Budget): boolean {
  if (dict.delete(dictKey(key))) return true;
  if (typeof key === 'string' || !dictHas(dict, key, budget)) return false;
  for (const candidate of dict.keys()) {
    budget.step();
    if (isEqual(candidate, key, budget)) return dict.delete(candidate);
  }
  return false;
}

/** The form in which a key is stored. Lists, dicts and the engine's own objects cannot be keys. */
export function dictKey(key: JinjaValue): JinjaValue {
  if (typeof key !== 'object' || key === null || key instanceof JinjaTuple) return key;
  const text = textOf(key);
  if (text !== undefined) return text;
  if (key instanceof JinjaFloat) return Number.isInteger(key.value) ? (integerOf(key.value) ?? key) : key.value;
  if (key instanceof JinjaUndefined) key.fail();
  return fail(`a ${typeName(key)} cannot be a key`);
}
