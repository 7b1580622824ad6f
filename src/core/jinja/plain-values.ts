import type { Value } from '../pack/values.ts';
import type { Budget } from './budget.ts';
import { fail } from './fault.ts';
import { itemsOf } from './iterate.ts';
import { toText } from './python-repr.ts';
import { isDict, isList, type JinjaDict, JinjaFloat, JinjaTuple, JinjaUndefined, type JinjaValue, textOf, typeName } from './values.ts';

/** What a list or dict takes that has nothing in it: one that stands in many places becomes many. */
const COMPOSITE_BYTES = 128;

/** Turns a value of the engine into plain data: tuples and ranges become arrays, keys strings. Functions and the like fail. */
export function toPlainValue(value: JinjaValue, budget: Budget): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return value;
  const text = textOf(value);
  if (text !== undefined) return text;
  if (value instanceof JinjaFloat) return value.value;
  if (value instanceof JinjaUndefined) value.fail();
  budget.enter();
  budget.allocate(COMPOSITE_BYTES);
  const result = isDict(value) ? plainEntries(value, budget) : plainItems(value, budget);
  budget.leave();
  return result;
}

/** A value as the templates after this one find it: floats, tuples and keys that are no text stay what they are. Functions and the like fail. */
export function keptValue(value: JinjaValue, budget: Budget): Value {
  if (value instanceof JinjaFloat) return value as unknown as Value;
  if (!isDict(value) && !isList(value) && !(value instanceof JinjaTuple)) return toPlainValue(value, budget);
  budget.enter();
  budget.allocate(COMPOSITE_BYTES);
  budget.spendSteps(isDict(value) ? value.size : (itemsOf(value, budget)?.length ?? 0));
  const kept = mapItems(value, (item) => keptValue(item, budget) as JinjaValue);
  budget.leave();
  return kept as Value;
}

function mapItems(value: JinjaDict | readonly JinjaValue[] | JinjaTuple, map: (item: JinjaValue) => JinjaValue): JinjaValue {
  if (isDict(value)) return new Map(Array.from(value, ([key, item]) => [key, map(item)]));
  return value instanceof JinjaTuple ? new JinjaTuple(value.items.map(map), value.names) : value.map(map);
}

/** A copy of plain data that can be changed without changing the original. */
export function copyValue(value: Value, budget: Budget): JinjaValue {
  if (typeof value !== 'object' || value === null) return value;
  budget.enter();
  const size = value instanceof Map ? value.size * 2 : isList(value) ? value.length : 0;
  budget.spendSteps(1 + (size >> 1));
  budget.allocate(COMPOSITE_BYTES + size * 8);
  const copy =
    value instanceof Map
      ? new Map<JinjaValue, JinjaValue>([...value].map(([key, item]) => [key, copyValue(item, budget)]))
      : isList(value)
        ? value.map((item) => copyValue(item as Value, budget))
        : value;
  budget.leave();
  return copy as JinjaValue;
}

function plainEntries(dict: ReadonlyMap<JinjaValue, JinjaValue>, budget: Budget): Value {
  budget.spendSteps(dict.size);
  return new Map(Array.from(dict, ([key, item]) => [toText(key, budget), toPlainValue(item, budget)]));
}

function plainItems(value: JinjaValue, budget: Budget): Value {
  const items = itemsOf(value, budget);
  if (items === undefined) return fail(`a ${typeName(value)} is not data, so it cannot be the result`);
  budget.spendSteps(items.length);
  return items.map((item) => toPlainValue(item, budget));
}
