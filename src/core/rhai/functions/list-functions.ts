import { clamped } from '../find-place.ts';
import { isIn, orderOf } from '../operators.ts';
import { failScript } from '../rhai-fault.ts';
import { builtin, changing, type RhaiBuiltin, type RhaiCall } from '../rhai-run.ts';
import { copyValue, isSame, RhaiArray, RhaiFunction, type RhaiValue } from '../values.ts';
import { countArgument, functionArgument, integerArgument, listArgument, sectionArgument } from './arguments.ts';
import { itemPlace, onItem } from './on-item.ts';

/** The functions of lists, https://rhai.rs/book/language/arrays.html. */
export const LIST_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('len', (call) => BigInt(itemsOf(call).length)),
  builtin('is_empty', (call) => itemsOf(call).length === 0),
  builtin('get', (call) => itemsOf(call)[position(call)] ?? null, 1),
  changing(
    'set',
    (call) => changed(() => position(call) in itemsOf(call) && itemsOf(call).splice(position(call), 1, call.args[1] ?? null)),
    2,
  ),
  changing('push', (call) => changed(() => insert(call, itemsOf(call).length, [call.args[0] ?? null])), 1),
  changing('append', (call) => changed(() => insert(call, itemsOf(call).length, listArgument(call, 0).items)), 1),
  changing(
    'insert',
    (call) => changed(() => insert(call, clamped(integerArgument(call, 0), itemsOf(call).length), [call.args[1] ?? null])),
    2,
  ),
  changing('pop', (call) => itemsOf(call).pop() ?? null),
  changing('shift', (call) => allItemsOf(call).shift() ?? null),
  changing('remove', (call) => (position(call) in itemsOf(call) ? allItemsOf(call).splice(position(call), 1)[0] : null) ?? null, 1),
  changing('reverse', (call) => changed(() => allItemsOf(call).reverse())),
  changing('clear', (call) => changed(() => itemsOf(call).splice(0))),
  changing('truncate', (call) => changed(() => itemsOf(call).splice(countArgument(call, 0, itemsOf(call).length))), 1),
  changing(
    'chop',
    (call) => changed(() => allItemsOf(call).splice(0, itemsOf(call).length - countArgument(call, 0, itemsOf(call).length))),
    1,
  ),
  changing('pad', (call) => changed(() => pad(call)), 2),
  builtin('extract', (call) => list(call, itemsOf(call).slice(...sectionArgument(call, itemsOf(call).length))), 1, 2),
  changing('splice', (call) => changed(() => splice(call)), 2, 3),
  changing('drain', drain, 1, 2),
  changing('split', (call) => list(call, itemsOf(call).splice(clamped(integerArgument(call, 0), itemsOf(call).length))), 1),
  builtin('contains', (call) => isIn(call.args[0] ?? null, new RhaiArray(itemsOf(call)), call.run.budget), 1),
  builtin('index_of', (call) => indexOf(call), 1, 2),
  builtin('find', (call) => itemsOf(call)[Number(indexOf(call))] ?? null, 1, 2),
  builtin('find_map', findMapped, 1),
  builtin('some', (call) => [...allItemsOf(call)].some(test(call, 0)), 1),
  builtin('all', (call) => [...allItemsOf(call)].every(test(call, 0)), 1),
  builtin('filter', (call) => list(call, [...allItemsOf(call)].filter(test(call, 0))), 1),
  changing('retain', retain, 1, 2),
  builtin(
    'map',
    (call) =>
      list(
        call,
        [...allItemsOf(call)].map((_, at) => onItem(call, functionArgument(call, 0), at)),
      ),
    1,
  ),
  changing('for_each', (call) => changed(() => forEach(call)), 1),
  builtin('zip', zip, 2),
  builtin('reduce', (call) => reduce(call, [...allItemsOf(call).keys()]), 1, 2),
  builtin('reduce_rev', (call) => reduce(call, [...allItemsOf(call).keys()].reverse()), 1, 2),
  changing('dedup', (call) => changed(() => dedup(call)), 0, 1),
  changing('sort', (call) => changed(() => sort(call)), 0, 1),
  builtin('order', (call) => list(call, sorted(call, itemsOf(call)))),
]);

function itemsOf({ self, run }: RhaiCall): RhaiValue[] {
  run.budget.step();
  return self instanceof RhaiArray ? self.items : [];
}

/** The items, where all of them are moved or copied. */
function allItemsOf(call: RhaiCall): RhaiValue[] {
  const items = itemsOf(call);
  call.run.budget.spendSteps(items.length >> 3);
  return items;
}

/** Puts other items in the place of all. */
function replaceItems({ self, run }: RhaiCall, items: RhaiValue[]): void {
  run.budget.spendSteps(items.length);
  if (self instanceof RhaiArray) self.items = items;
}

/** The positions that it can be called on; one that is not there is -1. */
function position(call: RhaiCall): number {
  const index = integerArgument(call, 0);
  const { length } = itemsOf(call);
  const at = index < 0n ? index + BigInt(length) : index;
  return at >= 0n && at < BigInt(length) ? Number(at) : -1;
}

function changed(change: () => unknown): null {
  change();
  return null;
}

function list({ run }: RhaiCall, items: RhaiValue[]): RhaiArray {
  run.budget.spendSteps(items.length);
  run.budget.allocate(16 + items.length * 8);
  return new RhaiArray(items);
}

function insert(call: RhaiCall, at: number, more: readonly RhaiValue[]): void {
  const items = itemsOf(call);
  call.run.budget.allocate((items.length - at + more.length) * 8);
  const rest = items.splice(at);
  for (const item of [...more, ...rest]) items.push(item);
}

function pad(call: RhaiCall): void {
  const items = itemsOf(call);
  const missing = integerArgument(call, 0) - BigInt(items.length);
  if (missing <= 0n) return;
  call.run.budget.allocate(Number(missing) * 8);
  const filling = call.args[1] ?? null;
  for (let left = Number(missing); left > 0; left--) items.push(copyValue(filling, call.run.budget));
}

/** Whether a function holds for an item, or the item is what is asked for. */
function test(call: RhaiCall, at: number): (item: RhaiValue, index: number) => boolean {
  const wanted = call.args[at] ?? null;
  if (!(wanted instanceof RhaiFunction) && typeof wanted !== 'string') return (item) => isSame(item, wanted, call.run.budget);
  const callee = functionArgument(call, at);
  return (_item, index) => onItem(call, callee, index) === true;
}

function indexOf(call: RhaiCall): bigint {
  const start = call.args.length > 1 ? clamped(integerArgument(call, 1), itemsOf(call).length) : 0;
  const [wanted] = call.args;
  const holds = wanted instanceof RhaiFunction ? test(call, 0) : (item: RhaiValue) => isSame(item, wanted ?? null, call.run.budget);
  return BigInt([...allItemsOf(call)].findIndex((item, at) => at >= start && holds(item, at)));
}

function findMapped(call: RhaiCall): RhaiValue {
  for (const at of [...allItemsOf(call).keys()]) {
    const found = onItem(call, functionArgument(call, 0), at);
    if (found !== null) return found;
  }
  return null;
}

/** Takes out what is named, and gives it. */
function drain(call: RhaiCall): RhaiArray {
  const [named, others] = partition(call);
  replaceItems(call, others);
  return list(call, named);
}

/** Takes out what is not named, and gives it. */
function retain(call: RhaiCall): RhaiArray {
  const [named, others] = partition(call);
  replaceItems(call, named);
  return list(call, others);
}

/** The items that a function holds for, or that stand in a section; and the others. */
function partition(call: RhaiCall): readonly [named: RhaiValue[], others: RhaiValue[]] {
  const items = [...allItemsOf(call)];
  if (!(call.args[0] instanceof RhaiFunction)) {
    const [start, end] = sectionArgument(call, items.length);
    return [items.splice(start, end - start), items];
  }
  const isNamed = items.map(test(call, 0));
  return [items.filter((_, at) => isNamed[at]), items.filter((_, at) => !isNamed[at])];
}

function splice(call: RhaiCall): void {
  const items = allItemsOf(call);
  const [start, end] = sectionArgument({ ...call, args: call.args.slice(0, -1) }, items.length);
  const more = listArgument(call, call.args.length - 1).items;
  call.run.budget.allocate((items.length + more.length) * 8);
  replaceItems(call, [...items.slice(0, start), ...more, ...items.slice(end)]);
}

function reduce(call: RhaiCall, positions: readonly number[]): RhaiValue {
  let result: RhaiValue = call.args[1] ?? null;
  for (const at of positions) result = onItem(call, functionArgument(call, 0), at, [result]);
  return result;
}

/** Every item is `this` of the function, which may take the position. */
function forEach(call: RhaiCall): void {
  const callee = functionArgument(call, 0);
  for (const at of [...allItemsOf(call).keys()]) {
    const given = call.run.missing(callee, 0) === 0 ? [] : [BigInt(at)];
    call.run.invoke(callee, given, itemPlace(call, at));
  }
}

function zip(call: RhaiCall): RhaiArray {
  const [other, callee] = [listArgument(call, 0), functionArgument(call, 1)];
  const pairs = [...allItemsOf(call)].slice(0, other.items.length);
  const isCounted = call.run.missing(callee, 2) > 0;
  return list(
    call,
    pairs.map((item, at) => {
      const pair = [item, other.items[at] ?? null];
      return call.run.invoke(callee, isCounted ? [...pair, BigInt(at)] : pair);
    }),
  );
}

/** Items that are the same as the one before them go. */
function dedup(call: RhaiCall): void {
  const items = itemsOf(call);
  const isLike = (left: RhaiValue, right: RhaiValue): boolean =>
    call.args.length === 0 ? isSame(left, right, call.run.budget) : call.run.invoke(functionArgument(call, 0), [left, right]) === true;
  const kept: RhaiValue[] = [];
  for (const item of items) if (kept.length === 0 || !isLike(kept.at(-1) ?? null, item)) kept.push(item);
  replaceItems(call, kept);
}

function sort(call: RhaiCall): void {
  replaceItems(call, sorted(call, itemsOf(call)));
}

function sorted(call: RhaiCall, items: readonly RhaiValue[]): RhaiValue[] {
  const { budget } = call.run;
  budget.spendSteps(items.length * 16);
  budget.allocate(items.length * 8);
  if (call.args.length === 0)
    return [...items].sort((left, right) => orderOf(left, right, budget) ?? failScript('what has no order cannot be sorted'));
  const callee = functionArgument(call, 0);
  return [...items].sort((left, right) => {
    const order = call.run.invoke(callee, [left, right]);
    if (typeof order === 'boolean') return order ? -1 : 1;
    return typeof order === 'bigint' ? Number(order) : failScript('a function that sorts gives a whole number');
  });
}
