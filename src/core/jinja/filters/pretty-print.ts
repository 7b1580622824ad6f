import type { Budget } from '../budget.ts';
import { numberOf } from '../numbers.ts';
import { toRepr } from '../python-repr.ts';
import { isDict, isRealList, JinjaTuple, type JinjaValue, typeName } from '../values.ts';
import { sortBy } from './sort-by.ts';

const WIDTH = 80;

/** Python's `pprint`: on one line if that fits into 80 columns, otherwise one entry a line; dicts sorted by key. Long strings are not broken. */
export function prettyPrint(value: JinjaValue, budget: Budget): string {
  return print(value, 0, 0, budget);
}

function print(value: JinjaValue, indent: number, reserved: number, budget: Budget): string {
  budget.enter();
  const text = layOut(value, indent, reserved, budget);
  budget.leave();
  budget.allocate(text.length);
  return text;
}

function layOut(value: JinjaValue, indent: number, reserved: number, budget: Budget): string {
  const flat = toRepr(sorted(value, budget), budget);
  if (flat.length <= WIDTH - indent - reserved) return flat;
  const margin = `,\n${' '.repeat(indent + 1)}`;
  if (isDict(value)) {
    const entries = [...(sorted(value, budget) as ReadonlyMap<JinjaValue, JinjaValue>)].map(([key, item], index) => {
      const name = toRepr(key, budget);
      return `${name}: ${print(item, indent + name.length + 3, index === value.size - 1 ? reserved + 1 : 1, budget)}`;
    });
    return `{${entries.join(margin)}}`;
  }
  if (!isRealList(value) && !(value instanceof JinjaTuple)) return flat;
  const items = isRealList(value) ? value : value.items;
  const shown = items.map((item, index) => print(item, indent + 1, index === items.length - 1 ? reserved + 1 : 1, budget)).join(margin);
  return isRealList(value) ? `[${shown}]` : `(${shown}${items.length === 1 ? ',' : ''})`;
}

/** The same value with the keys of its dicts in order, at every level. */
function sorted(value: JinjaValue, budget: Budget): JinjaValue {
  budget.enter();
  let result = value;
  if (isDict(value)) {
    const order = (key: JinjaValue): JinjaValue[] =>
      numberOf(key) === undefined ? [typeName(key), typeof key === 'string' ? key : toRepr(key, budget)] : ['int', key];
    const keys = sortBy([...value.keys()], order, { budget, reverse: false });
    result = new Map(keys.map((key) => [key, sorted(value.get(key) ?? null, budget)]));
  } else if (isRealList(value)) result = value.map((item) => sorted(item, budget));
  else if (value instanceof JinjaTuple) result = new JinjaTuple(value.items.map((item) => sorted(item, budget)));
  budget.spendSteps(4);
  budget.allocate(64);
  budget.leave();
  return result;
}
