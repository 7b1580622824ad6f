import { integerArgument } from '../jinja/arguments.ts';
import { integerOf } from '../jinja/numbers.ts';
import { applyBinary } from '../jinja/operators.ts';
import { type CallArguments, JinjaRange, JinjaTuple, type JinjaValue, orElse, truth } from '../jinja/values.ts';
import { itemsOf } from './access.ts';
import { isBefore } from './compare-instances.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';

/** A function of the language: its parameters, or `*` where it takes whatever comes, and what it gives. */
export type Entry = readonly [name: string, signature: string, build: Build];

export type Build = (args: readonly (JinjaValue | undefined)[], all: CallArguments) => JinjaValue;

export type Caller = (callee: JinjaValue, ...positional: JinjaValue[]) => JinjaValue;

/** What makes one list or value of others. */
export function SEQUENCES(run: Machine, call: Caller): readonly Entry[] {
  const items = (value: JinjaValue | undefined): readonly JinjaValue[] => itemsOf(value ?? [], run);
  const extreme = (isMax: boolean): Entry => [
    isMax ? 'max' : 'min',
    '*',
    (positional, { named }) => {
      const [first, ...rest] = positional.length === 1 ? items(positional[0]) : (positional as readonly JinjaValue[]);
      if (first === undefined) return orElse(named.get('default'), () => raise('ValueError', 'the list is empty'));
      const key = keyed(named.get('key'), call);
      return rest.reduce(
        (best, item) => ((isMax ? isBefore(key(best), key(item), run) : isBefore(key(item), key(best), run)) ? item : best),
        first,
      );
    },
  ];
  return [
    extreme(true),
    extreme(false),
    [
      'sum',
      'iterable start',
      ([list, start = 0]) => items(list).reduce((sum, item) => applyBinary('+', sum, item, run.runtime.budget), start),
    ],
    ['any', 'iterable', ([list]) => items(list).some(truth)],
    ['all', 'iterable', ([list]) => items(list).every(truth)],
    ['sorted', '*', ([list], { named }) => sorted(items(list), named, call, run)],
    ['reversed', 'sequence', ([list]) => [...items(list)].reverse()],
    ['enumerate', 'iterable start', ([list, start]) => numbered(items(list), integerArgument(start, 'start', 0), run)],
    ['zip', '*', (_, { positional }) => zip(positional, run).map((each) => new JinjaTuple(each))],
    ['iter', 'iterable', ([list]) => [...items(list)]],
    ['next', 'iterator default', ([list, fallback]) => orElse(items(list)[0], () => orElse(fallback, () => raise('StopIteration', '')))],
    [
      'range',
      '*',
      ([first, second, step]) =>
        makeRange(
          [first, second, step].map((each) =>
            each === undefined ? undefined : Number(integerOf(each) ?? raise('TypeError', 'range() needs ints')),
          ),
        ),
    ],
  ];
}

/** What a tuple of two takes. */
const PAIR_BYTES = 32;

function numbered(items: readonly JinjaValue[], start: number, run: Machine): JinjaValue[] {
  run.runtime.budget.allocate(items.length * PAIR_BYTES);
  return items.map((item, at) => new JinjaTuple([at + start, item]));
}

function makeRange([first = 0, second, step = 1]: readonly (number | undefined)[]): JinjaValue {
  if (step === 0) raise('ValueError', 'range() arg 3 must not be zero');
  return second === undefined ? new JinjaRange(0, first, 1) : new JinjaRange(first, second, step);
}

function keyed(key: JinjaValue | undefined, call: Caller): (item: JinjaValue) => JinjaValue {
  return (item) => (key === undefined || key === null ? item : call(key, item));
}

function sorted(list: readonly JinjaValue[], named: ReadonlyMap<string, JinjaValue>, call: Caller, run: Machine): JinjaValue {
  const { budget } = run.runtime;
  const key = keyed(named.get('key'), call);
  const isReverse = truth(named.get('reverse') ?? false);
  const pairs = list.map((item) => [key(item), item] as const);
  pairs.sort(([a], [b]) => {
    budget.step();
    const [left, right] = isReverse ? [b, a] : [a, b];
    return isBefore(left, right, run) ? -1 : isBefore(right, left, run) ? 1 : 0;
  });
  return pairs.map(([, item]) => item);
}

/** As many tuples as the shortest list has items. */
export function zip(lists: readonly (JinjaValue | undefined)[], run: Machine): JinjaValue[][] {
  const columns = lists.map((list) => itemsOf(list ?? [], run));
  const [first = [], ...rest] = columns;
  const length = rest.reduce((least, column) => Math.min(least, column.length), first.length);
  run.runtime.budget.allocate(length * (columns.length + 4) * 8);
  return Array.from({ length }, (_, at) => columns.map((column) => column[at] ?? null));
}
