import type { Budget } from './budget.ts';
import { fail } from './fault.ts';
import { characters } from './text.ts';
import { isDict, isList, JinjaObject, JinjaRange, JinjaTuple, JinjaUndefined, type JinjaValue, textOf, typeName } from './values.ts';

/** The items of anything that can be iterated over, as an array: the keys of a dict, the characters of a string. Fails for anything else. */
export function toItems(value: JinjaValue, budget: Budget): readonly JinjaValue[] {
  const items = itemsOf(value, budget);
  if (items !== undefined) return items;
  if (value instanceof JinjaUndefined) return value.behavior === 'strict' ? value.fail() : [];
  return fail(`a value of type ${typeName(value)} cannot be iterated over`);
}

/** As `toItems`, but undefined for what cannot be iterated over. */
export function itemsOf(value: JinjaValue, budget: Budget): readonly JinjaValue[] | undefined {
  if (isList(value)) return value;
  if (value instanceof JinjaTuple) return value.items;
  if (isDict(value)) {
    budget.allocate(value.size * 8);
    return [...value.keys()];
  }
  if (value instanceof JinjaRange) {
    budget.spendSteps(value.length);
    budget.allocate(value.length * 8);
    return Array.from({ length: value.length }, (_, index) => value.start + index * value.step);
  }
  if (value instanceof JinjaObject) {
    const own = value.parts.items?.();
    return own === undefined ? undefined : itemsOf(own, budget);
  }
  const text = textOf(value);
  if (text === undefined) return undefined;
  budget.spendSteps(text.length);
  budget.allocate(text.length * 8);
  const found = characters(text);
  return typeof found === 'string' ? found.split('') : found;
}

/** The number of items; fails for what has no length. */
export function lengthOf(value: JinjaValue, budget: Budget): number {
  if (isList(value)) return value.length;
  if (isDict(value)) return value.size;
  if (value instanceof JinjaTuple) return value.items.length;
  if (value instanceof JinjaRange) return value.length;
  const text = textOf(value);
  if (text !== undefined) {
    budget.spendSteps(text.length >> 6);
    return characters(text).length;
  }
  if (value instanceof JinjaUndefined) return value.behavior === 'strict' ? value.fail() : 0;
  return fail(`a value of type ${typeName(value)} has no length`);
}
