import { fail } from '../../jinja/fault.ts';
import { characters, utf8Length } from '../../jinja/text.ts';
import type { JinjaValue, Runtime } from '../../jinja/values.ts';
import { compare, isEqual, isScalar, isTruthy, toText } from '../values.ts';
import { liquidFilter, textArg } from './define-filter.ts';
import { sliceBounds } from './text-filters.ts';

type Items = readonly JinjaValue[];

/** Filters over lists, as liquid-rust's standard library has them. */
export const LIST_FILTERS = [
  liquidFilter('size', '|', (value, _args, { budget }) => {
    if (Array.isArray(value)) return value.length;
    if (value instanceof Map) return value.size;
    return value !== null && isScalar(value) ? utf8Length(toText(value, budget)) : 0;
  }),
  liquidFilter('first', '|', (value, _args, runtime) => endOf(value, 0, runtime)),
  liquidFilter('last', '|', (value, _args, runtime) => endOf(value, -1, runtime)),
  liquidFilter('join', '| separator', (value, [separator], runtime) => {
    const items = arrayOf(value);
    const between = textArg(separator, runtime, ' ');
    runtime.budget.allocate(items.length * between.length);
    const text = items.map((item) => toText(item, runtime.budget)).join(between);
    runtime.budget.allocate(text.length);
    return text;
  }),
  liquidFilter('reverse', '|', (value, _args, runtime) => [...copied(arrayOf(value), runtime)].reverse()),
  liquidFilter('concat', 'array |', (value, [more], runtime) => {
    return [...copied(arrayOf(value), runtime), ...copied(arrayOf(more ?? null), runtime)];
  }),
  liquidFilter('compact', '| property', (value, [property], runtime) => {
    return arrayOf(value).filter((item) => (property === undefined ? item : propertyOf(item, property, runtime)) !== null);
  }),
  liquidFilter('map', 'property |', (value, [property], runtime) => {
    const name = textArg(property, runtime);
    return arrayOf(value).flatMap((item) => (item instanceof Map ? ((item as ReadonlyMap<string, JinjaValue>).get(name) ?? []) : []));
  }),
  liquidFilter('where', 'property | target_value', (value, [property, target], runtime) => {
    const items = value instanceof Map ? [value] : arrayOf(value);
    if (!items.every((item) => item instanceof Map)) return null;
    return items.filter((item) => {
      const found = propertyOf(item, property, runtime);
      return target === undefined ? isTruthy(found) : found !== null && isEqual(found, target, runtime.budget);
    });
  }),
  liquidFilter('uniq', '|', (value, _args, runtime) => {
    const found: JinjaValue[] = [];
    for (const item of arrayOf(value)) if (!found.some((other) => isEqual(other, item, runtime.budget))) found.push(item);
    return found;
  }),
  liquidFilter('sort', '| property', (value, [property], runtime) =>
    sorted(value, property, runtime, (left, right) => nilLast(left, right, (a, b) => compare(a, b, runtime.budget) ?? 0)),
  ),
  liquidFilter('sort_natural', '| property', (value, [property], runtime) => {
    const key = (item: JinjaValue): string => toText(item, runtime.budget).toLowerCase();
    return sorted(value, property, runtime, (left, right) => nilLast(left, right, (a, b) => compare(key(a), key(b), runtime.budget) ?? 0));
  }),
  liquidFilter('slice', 'offset | length', (value, [offset, length], { budget }) => {
    if (Array.isArray(value)) {
      const [start, count] = sliceBounds(offset, length, value.length);
      return (value as Items).slice(start, start + count);
    }
    const text = toText(value, budget);
    const [start, count] = sliceBounds(offset, length, utf8Length(text));
    const found = characters(text);
    return typeof found === 'string' ? found.slice(start, start + count) : found.slice(start, start + count).join('');
  }),
];

function arrayOf(value: JinjaValue): Items {
  return Array.isArray(value) ? (value as Items) : fail('a list is expected');
}

function copied(items: Items, { budget }: Runtime): Items {
  budget.spendSteps(items.length);
  budget.allocate(items.length * 8);
  return items;
}

function endOf(value: JinjaValue, at: number, { budget }: Runtime): JinjaValue {
  if (Array.isArray(value)) return (value as Items).at(at) ?? null;
  if (value === null || !isScalar(value)) return fail('text or a list is expected');
  const found = characters(toText(value, budget));
  return found.at(at) ?? '';
}

function propertyOf(item: JinjaValue, property: JinjaValue | undefined, runtime: Runtime): JinjaValue {
  if (!(item instanceof Map)) return fail('a list of objects is expected');
  return (item as ReadonlyMap<string, JinjaValue>).get(textArg(property, runtime)) ?? null;
}

function sorted(
  value: JinjaValue,
  property: JinjaValue | undefined,
  runtime: Runtime,
  order: (left: JinjaValue, right: JinjaValue) => number,
): Items {
  const items = Array.isArray(value) ? (value as Items) : value === null ? [] : [value];
  const keyed = copied(items, runtime).map((item) => ({
    item,
    key: property === undefined ? item : propertyOf(item, property, runtime),
  }));
  return keyed.sort((left, right) => order(left.key, right.key)).map(({ item }) => item);
}

function nilLast(left: JinjaValue, right: JinjaValue, order: (left: JinjaValue, right: JinjaValue) => number): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return order(left, right);
}
