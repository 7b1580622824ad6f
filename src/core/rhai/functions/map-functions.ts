import type { Budget } from '../../jinja/budget.ts';
import { builtin, changing, type RhaiBuiltin, type RhaiCall } from '../rhai-run.ts';
import { copyValue, joinTexts, RhaiArray, RhaiMap, type RhaiValue, textsOfItems, toDebugText } from '../values.ts';
import { functionArgument, textArgument } from './arguments.ts';

/** The functions of maps, https://rhai.rs/book/language/object-maps.html. Names come in their order. */
export const MAP_FUNCTIONS: ReadonlyMap<string, RhaiBuiltin> = new Map([
  builtin('len', (call) => BigInt(entriesOf(call).size)),
  builtin('is_empty', (call) => entriesOf(call).size === 0),
  builtin('get', (call) => entriesOf(call).get(textArgument(call, 0)) ?? null, 1),
  changing('set', (call) => changed(() => set(call, textArgument(call, 0), call.args[1] ?? null)), 2),
  builtin('contains', (call) => entriesOf(call).has(textArgument(call, 0)), 1),
  changing('remove', remove, 1),
  changing('clear', (call) => changed(() => entriesOf(call).clear())),
  builtin('keys', (call) => list(call, ([name]) => name)),
  builtin('values', (call) => list(call, ([, value]) => value)),
  changing('mixin', (call) => changed(() => add(call, true)), 1),
  changing('fill_with', (call) => changed(() => add(call, false)), 1),
  builtin('filter', (call) => new RhaiMap(new Map(chosen(call))), 1),
  changing('retain', retain, 1),
  changing('drain', drain, 1),
  builtin('to_json', (call) => toJson(call.self, call.run.budget)),
]);

function entriesOf({ self, run }: RhaiCall): Map<string, RhaiValue> {
  run.budget.step();
  return self instanceof RhaiMap ? self.entries : new Map();
}

function changed(change: () => unknown): null {
  change();
  return null;
}

function set(call: RhaiCall, name: string, value: RhaiValue): void {
  call.run.budget.allocate(name.length + 32);
  entriesOf(call).set(name, value);
}

function remove(call: RhaiCall): RhaiValue {
  const name = textArgument(call, 0);
  const found = entriesOf(call).get(name) ?? null;
  entriesOf(call).delete(name);
  return found;
}

function sortedEntries({ self, run }: RhaiCall): [string, RhaiValue][] {
  const entries = self instanceof RhaiMap ? self.sorted(run.budget) : [];
  run.budget.allocate(entries.length * 16);
  return entries;
}

function list(call: RhaiCall, part: (entry: [string, RhaiValue]) => RhaiValue): RhaiArray {
  return new RhaiArray(sortedEntries(call).map(part));
}

/** Takes what another map has, over what is there or beside it. */
function add(call: RhaiCall, replaces: boolean): void {
  const [other] = call.args;
  if (!(other instanceof RhaiMap)) return;
  for (const [name, value] of other.entries) if (replaces || !entriesOf(call).has(name)) set(call, name, value);
}

function chosen(call: RhaiCall): [string, RhaiValue][] {
  const callee = functionArgument(call, 0);
  return sortedEntries(call).filter(([name, value]) => {
    const given = call.run.missing(callee, 0) === 2 ? [name, copyValue(value, call.run.budget)] : [name];
    return call.run.invoke(callee, given) === true;
  });
}

function drain(call: RhaiCall): RhaiMap {
  const taken = new RhaiMap(new Map(chosen(call)));
  for (const name of taken.entries.keys()) entriesOf(call).delete(name);
  return taken;
}

/** Takes out what is not chosen, and gives it. */
function retain(call: RhaiCall): RhaiMap {
  const kept = new Map(chosen(call));
  const taken = [...entriesOf(call)].filter(([name]) => !kept.has(name));
  for (const [name] of taken) entriesOf(call).delete(name);
  return new RhaiMap(new Map(taken));
}

function toJson(value: RhaiValue, budget: Budget): string {
  if (value === null) return 'null';
  if (!(value instanceof RhaiArray) && !(value instanceof RhaiMap)) return toDebugText(value, budget);
  const text = joinTexts(textsOfItems(value, toJson, ':', budget), ',', budget);
  return value instanceof RhaiArray ? `[${text}]` : `{${text}}`;
}
