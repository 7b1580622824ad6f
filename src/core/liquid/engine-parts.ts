import { fail } from '../jinja/fault.ts';
import { filter } from '../jinja/filters/define-filter.ts';
import type { CallArguments, JinjaFilter, JinjaTest } from '../jinja/values.ts';
import { JinjaObject, JinjaRange, JinjaUndefined, type JinjaValue, type Runtime } from '../jinja/values.ts';
import { LIQUID } from './nodes.ts';
import { BLANK, compare, EMPTY, findIn, isEqual, isScalar, isTruthy, toInteger, toText } from './values.ts';

/** The filters that stand in trees for what Liquid itself does; templates cannot name them. */
export const ENGINE_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  filter(`${LIQUID}print`, '|', (value, _args, { budget }) => toText(value, budget)),
  filter(`${LIQUID}value`, '|', (value) => value),
  filter(`${LIQUID}index`, 'index |', (value, [index], { budget }) => {
    const found = findIn(value, present(index), budget);
    return found === undefined ? fail('there is no such index') : found;
  }),
  filter(
    `${LIQUID}find`,
    'index |',
    (value, [index = null], { budget }) => {
      if (value instanceof JinjaUndefined || index instanceof JinjaUndefined) return null;
      return findIn(value, index, budget) ?? null;
    },
    { takesUndefined: true },
  ),
  filter(`${LIQUID}range`, 'stop |', (value, [stop]) => {
    const first = toInteger(value) ?? fail('a range begins with a whole number');
    const last = toInteger(present(stop)) ?? fail('a range ends with a whole number');
    return new JinjaRange(first, Math.max(first, last + 1), 1);
  }),
  filter(`${LIQUID}items`, '| limit offset reversed', (value, [limit, offset, reversed], { budget }) => {
    const items = itemsOf(value, budget);
    const skipped = Math.min(count(offset, 0), items.length);
    const kept = items.slice(skipped, skipped + count(limit, items.length));
    return reversed === true ? kept.reverse() : kept;
  }),
  filter(`${LIQUID}forloop`, 'parent |', (loop, [parent = null], { budget }) => {
    budget.allocate(64);
    const part = (name: string): JinjaValue => (loop instanceof JinjaObject ? (loop.parts.get?.(name) ?? null) : null);
    return new Map<JinjaValue, JinjaValue>([
      ['length', part('length')],
      ['parentloop', parent instanceof JinjaUndefined ? null : parent],
      ['index0', part('index0')],
      ['index', part('index')],
      ['rindex0', part('revindex0')],
      ['rindex', part('revindex')],
      ['first', part('first')],
      ['last', part('last')],
    ]);
  }),
  filter(
    `${LIQUID}counted`,
    'name counters |',
    (value, [name = null, counters]) => {
      if (!(value instanceof JinjaUndefined)) return value;
      const found = counters instanceof JinjaObject && typeof name === 'string' ? counters.parts.get?.(name) : undefined;
      return found ?? value;
    },
    { takesUndefined: true },
  ),
];

function present(value: JinjaValue | undefined): JinjaValue {
  if (value instanceof JinjaUndefined) return value.fail();
  return value ?? null;
}

/** Negative counts are as large as they can be, like there. */
function count(value: JinjaValue | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  const number = toInteger(present(value)) ?? fail('"limit" and "offset" must be whole numbers');
  return number < 0 ? Number.MAX_SAFE_INTEGER : number;
}

/** What a loop goes through: of an object its names with their values. */
function itemsOf(value: JinjaValue, budget: Runtime['budget']): JinjaValue[] {
  if (value instanceof JinjaRange) {
    budget.spendSteps(value.length);
    budget.allocate(value.length * 8);
    return Array.from({ length: value.length }, (_, at) => value.start + at);
  }
  if (value === null || value === EMPTY || value === BLANK) return [];
  const isMap = value instanceof Map;
  if (!isMap && !Array.isArray(value)) return fail('a list is expected in a loop');
  const size = isMap ? value.size : value.length;
  budget.spendSteps(size);
  budget.allocate(size * 16);
  return isMap
    ? [...(value as ReadonlyMap<JinjaValue, JinjaValue>)].map(([key, item]) => [key, item])
    : [...(value as readonly JinjaValue[])];
}

type Matches = (left: JinjaValue, right: JinjaValue, runtime: Runtime) => boolean;

function comparison(operator: string, matches: Matches): readonly [string, JinjaTest] {
  return [LIQUID + operator, { parameters: ['other'], matches: (value, [other], runtime) => matches(value, present(other), runtime) }];
}

export const ENGINE_TESTS: readonly (readonly [string, JinjaTest])[] = [
  [`${LIQUID}truthy`, { parameters: [], takesUndefined: true, matches: isTruthy }],
  comparison('==', (left, right, { budget }) => isEqual(left, right, budget)),
  comparison('<', (left, right, { budget }) => (compare(left, right, budget) ?? 0) < 0),
  comparison('>', (left, right, { budget }) => (compare(left, right, budget) ?? 0) > 0),
  comparison('<=', (left, right, { budget }) => (compare(left, right, budget) ?? 1) <= 0),
  comparison('>=', (left, right, { budget }) => (compare(left, right, budget) ?? -1) >= 0),
  comparison('contains', contains),
];

function contains(left: JinjaValue, right: JinjaValue, { budget }: Runtime): boolean {
  if (Array.isArray(left)) return (left as readonly JinjaValue[]).some((item) => isEqual(item, right, budget));
  if (left instanceof Map) return right !== null && isScalar(right) && left.has(toText(right, budget));
  if (left === null || !isScalar(left)) return fail('text, a list or an object is expected before "contains"');
  const text = toText(left, budget);
  budget.spendSteps(text.length >> 2);
  return text.includes(toText(right, budget));
}

/** The functions of one render, which keep count in it. */
export function engineFunctions({ budget }: Runtime): ReadonlyMap<string, JinjaValue> {
  const counters = new Map<string, number>();
  const cycles = new Map<string, number>();
  let shown: string | undefined;
  const call = (name: string, run: (args: readonly JinjaValue[]) => JinjaValue): [string, JinjaValue] => [
    LIQUID + name,
    new JinjaObject('function', { call: ({ positional }: CallArguments) => run(positional) }),
  ];
  const step = (name: JinjaValue, change: number): number => {
    const key = toText(name ?? null, budget);
    const before = counters.get(key) ?? 0;
    counters.set(key, before + change);
    return before;
  };
  return new Map<string, JinjaValue>([
    [`${LIQUID}empty`, EMPTY],
    [`${LIQUID}blank`, BLANK],
    [`${LIQUID}counters`, new JinjaObject('counters', { get: (name) => counters.get(name) })],
    call('increment', ([name = null]) => step(name, 1)),
    call('decrement', ([name = null]) => step(name, -1) - 1),
    call('cycle', ([group = null, ...values]) => {
      const key = toText(group, budget);
      const at = cycles.get(key) ?? 0;
      cycles.set(key, (at + 1) % values.length);
      return at < values.length ? present(values[at]) : fail('two cycles of one name have different lengths');
    }),
    call('changed', ([text = null]) => {
      const now = toText(text, budget);
      if (now === shown) return '';
      shown = now;
      return now;
    }),
    call('partial', () => fail('there are no partial templates')),
  ]);
}
