import { bindArguments, integerArgument, textArgument } from '../arguments.ts';
import { getItem } from '../attributes.ts';
import { dictHas, dictKey, isEqual, isLess } from '../compare.ts';
import { fail, failUnknown } from '../fault.ts';
import { lengthOf, toItems } from '../iterate.ts';
import { dictItems } from '../methods/collection-methods.ts';
import { applyBinary } from '../operators.ts';
import { toText } from '../python-repr.ts';
import { characters, escapeHtml } from '../text.ts';
import {
  type CallArguments,
  isDict,
  isLenient,
  type JinjaFilter,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  orElse,
  type Runtime,
  textOf,
  truth,
  typeName,
} from '../values.ts';
import { attributeGetter } from './attribute-getter.ts';
import { filter } from './define-filter.ts';
import { sortBy } from './sort-by.ts';

type Bound = readonly (JinjaValue | undefined)[];

/** Filters over lists, dicts and whatever else has items. */
export const LIST_FILTERS: readonly [string, JinjaFilter][] = [
  filter('length', '', (value, _args, { budget }) => lengthOf(value, budget)),
  filter('count', '', (value, _args, { budget }) => lengthOf(value, budget)),
  filter('list', '', (value, _args, { budget, isPython }) => {
    const items = toItems(value, budget);
    if (!isPython) return items;
    budget.allocate(items.length * 8);
    return Array.from(items);
  }),
  filter('first', '', (value, _args, runtime) => orElse(toItems(value, runtime.budget)[0], () => absent(value, 'first', runtime))),
  filter('last', '', (value, _args, runtime) => orElse(toItems(value, runtime.budget).at(-1), () => absent(value, 'last', runtime))),
  filter('reverse', '', (value, _args, { budget }) => reverse(value, budget)),
  filter('join', 'd attribute', join),
  filter('batch', 'linecount | fill_with', batch),
  filter('slice', 'slices | fill_with', sliceColumns),
  filter('sum', 'attribute start', sum),
  filter('min', 'case_sensitive attribute', (value, args, runtime) => extreme(value, args, runtime, 'min')),
  filter('max', 'case_sensitive attribute', (value, args, runtime) => extreme(value, args, runtime, 'max')),
  filter('sort', 'reverse case_sensitive attribute', sort),
  filter('unique', 'case_sensitive attribute', unique),
  filter('dictsort', 'case_sensitive by reverse', dictSort),
  filter('groupby', 'attribute | default case_sensitive', groupBy),
  filter('items', '', (value, _args, { budget }) => entries(value, budget), { takesUndefined: true }),
  filter('map', '', mapItems, { variadic: true }),
  filter('select', '', (value, _args, runtime, all) => choose(value, all, runtime, { wanted: true, byAttribute: false }), {
    variadic: true,
  }),
  filter('reject', '', (value, _args, runtime, all) => choose(value, all, runtime, { wanted: false, byAttribute: false }), {
    variadic: true,
  }),
  filter('selectattr', '', (value, _args, runtime, all) => choose(value, all, runtime, { wanted: true, byAttribute: true }), {
    variadic: true,
  }),
  filter('rejectattr', '', (value, _args, runtime, all) => choose(value, all, runtime, { wanted: false, byAttribute: true }), {
    variadic: true,
  }),
  filter('random', '', () => fail('"random" is refused: the same pack must always give the same files')),
  filter('attr', 'name |', (value, [name], runtime) => getAttributeOnly(value, textArgument(name, 'name'), runtime)),
];

function absent(value: JinjaValue, which: string, { undefinedBehavior }: Runtime): JinjaValue {
  return new JinjaUndefined(`an empty ${typeName(value)} has no ${which} item`, undefinedBehavior);
}

/** Only attributes, never entries: what plain data does not have. */
function getAttributeOnly(value: JinjaValue, name: string, runtime: Runtime): JinjaValue {
  const found = isDict(value) ? undefined : getItem(value, name, runtime);
  return (
    found ?? new JinjaUndefined(`a value of type ${typeName(value)} has no attribute "${name.slice(0, 64)}"`, runtime.undefinedBehavior)
  );
}

function reverse(value: JinjaValue, budget: Runtime['budget']): JinjaValue {
  const text = textOf(value);
  const items = toItems(value, budget);
  budget.allocate(items.length * 8);
  if (text === undefined) return [...items].reverse();
  const reversed = [...characters(text)].reverse().join('');
  return value instanceof Markup ? new Markup(reversed) : reversed;
}

function join(value: JinjaValue, [separator, attribute]: Bound, runtime: Runtime): JinjaValue {
  const { budget, autoescape } = runtime;
  const items = toItems(value, budget).map(attributeGetter(attribute, runtime));
  budget.spendSteps(items.length);
  const isMarkup = autoescape && (separator instanceof Markup || items.some((item) => item instanceof Markup));
  const show = (item: JinjaValue): string =>
    isMarkup && !(item instanceof Markup) ? escapeHtml(toText(item, budget)) : toText(item, budget);
  const between = separator === undefined ? '' : show(separator);
  const parts = items.map(show);
  budget.allocate(parts.reduce((total, part) => total + part.length, between.length * parts.length));
  const text = parts.join(between);
  return isMarkup ? new Markup(text) : text;
}

function batch(value: JinjaValue, [count, fill]: Bound, { budget }: Runtime): JinjaValue {
  const size = integerArgument(count, 'linecount');
  if (size < 1) fail('"linecount" must be at least 1');
  const items = toItems(value, budget);
  budget.allocate(items.length * 16);
  const rows: JinjaValue[][] = [];
  for (let start = 0; start < items.length; start += size) rows.push(items.slice(start, start + size));
  const last = rows.at(-1);
  if (last !== undefined && fill !== undefined && fill !== null) {
    budget.allocate((size - last.length) * 8);
    while (last.length < size) last.push(fill);
  }
  return rows;
}

function sliceColumns(value: JinjaValue, [count, fill]: Bound, { budget }: Runtime): JinjaValue {
  const columns = integerArgument(count, 'slices');
  if (columns < 1) fail('"slices" must be at least 1');
  const items = toItems(value, budget);
  budget.spendSteps(columns);
  budget.allocate((items.length + columns) * 16);
  const size = Math.floor(items.length / columns);
  const longer = items.length % columns;
  const result: JinjaValue[][] = [];
  let start = 0;
  for (let column = 0; column < columns; column++) {
    const end = start + size + (column < longer ? 1 : 0);
    const part = items.slice(start, end);
    if (fill !== undefined && fill !== null && column >= longer) part.push(fill);
    result.push(part);
    start = end;
  }
  return result;
}

function sum(value: JinjaValue, [attribute, start]: Bound, runtime: Runtime): JinjaValue {
  const items = toItems(value, runtime.budget).map(attributeGetter(attribute, runtime));
  if (textOf(start) !== undefined) fail('"sum" adds numbers', 'the filter "join" joins text');
  return items.reduce<JinjaValue>((total, item) => {
    runtime.budget.step();
    return applyBinary('+', total, item, runtime.budget);
  }, start ?? 0);
}

function caseKey(caseSensitive: JinjaValue | undefined): (value: JinjaValue) => JinjaValue {
  if (caseSensitive !== undefined && truth(caseSensitive)) return (value) => value;
  return (value) => textOf(value)?.toLowerCase() ?? value;
}

function extreme(value: JinjaValue, [caseSensitive, attribute]: Bound, runtime: Runtime, which: 'min' | 'max'): JinjaValue {
  const { budget } = runtime;
  const fold = caseKey(caseSensitive);
  const read = attributeGetter(attribute, runtime);
  const items = toItems(value, budget);
  let best = items[0];
  if (best === undefined) return absent(value, which === 'min' ? 'smallest' : 'largest', runtime);
  for (const item of items.slice(1)) {
    budget.step();
    const [a, b] = [fold(read(item)), fold(read(best))];
    if (which === 'min' ? isLess(a, b, budget) : isLess(b, a, budget)) best = item;
  }
  return best;
}

function sort(value: JinjaValue, [reversed, caseSensitive, attribute]: Bound, runtime: Runtime): JinjaValue {
  const fold = caseKey(caseSensitive);
  const names = textOf(attribute)?.split(',') ?? [attribute];
  const readers = names.map((name) => attributeGetter(name, runtime));
  // One list of them all, as Python has it: what is equal, such as none, is not ordered.
  const key = (item: JinjaValue): JinjaValue[] => [readers.map((read) => fold(read(item)))];
  return sortBy(toItems(value, runtime.budget), key, { budget: runtime.budget, reverse: reversed !== undefined && truth(reversed) });
}

const MISSING = new JinjaTuple([]);

function unique(value: JinjaValue, [caseSensitive, attribute]: Bound, runtime: Runtime): JinjaValue {
  const { budget } = runtime;
  const fold = caseKey(caseSensitive);
  const read = attributeGetter(attribute, runtime);
  const seen = new Map<JinjaValue, JinjaValue>();
  return toItems(value, budget).filter((item) => {
    const found = fold(read(item));
    // What is missing where it may be is one value.
    const key = isLenient(found) ? MISSING : dictKey(found);
    budget.step();
    if (dictHas(seen, key, budget)) return false;
    seen.set(key, true);
    return true;
  });
}

function dictSort(value: JinjaValue, [caseSensitive, by, reversed]: Bound, { budget }: Runtime): JinjaValue {
  if (!isDict(value)) return fail(`"dictsort" needs a dict, not ${typeName(value)}`);
  const side = textArgument(by, 'by', 'key');
  if (side !== 'key' && side !== 'value') fail('"by" must be "key" or "value"');
  const fold = caseKey(caseSensitive);
  const key = (pair: JinjaValue): JinjaValue[] => (pair instanceof JinjaTuple ? [fold(pair.items[side === 'key' ? 0 : 1] ?? null)] : []);
  budget.allocate(value.size * 24);
  return sortBy(dictItems(value), key, { budget, reverse: reversed !== undefined && truth(reversed) });
}

function groupBy(value: JinjaValue, [attribute, fallback, caseSensitive]: Bound, runtime: Runtime): JinjaValue {
  const { budget } = runtime;
  const read = attributeGetter(attribute, runtime, fallback);
  const fold = caseKey(caseSensitive);
  const sorted = sortBy(toItems(value, budget), (item) => [fold(read(item))], { budget, reverse: false });
  const groups: { key: JinjaValue; folded: JinjaValue; items: JinjaValue[] }[] = [];
  for (const item of sorted) {
    const key = read(item);
    const last = groups.at(-1);
    if (last !== undefined && isEqual(last.folded, fold(key), budget)) last.items.push(item);
    else groups.push({ key, folded: fold(key), items: [item] });
  }
  return groups.map((group) => new JinjaTuple([group.key, group.items], ['grouper', 'list']));
}

function entries(value: JinjaValue, budget: Runtime['budget']): JinjaValue {
  if (value instanceof JinjaUndefined) return [];
  if (!isDict(value)) return fail(`"items" needs a dict, not ${typeName(value)}`);
  budget.allocate(value.size * 24);
  return dictItems(value);
}

function mapItems(value: JinjaValue, _args: Bound, runtime: Runtime, all: CallArguments): JinjaValue {
  const items = itemsOrNone(value, runtime);
  runtime.budget.allocate(items.length * 8);
  const attribute = all.named.get('attribute');
  if (all.positional.length === 0 && attribute !== undefined) {
    const unknown = [...all.named.keys()].find((name) => name !== 'attribute' && name !== 'default');
    if (unknown !== undefined) fail(`the filter "map" has no parameter "${unknown.slice(0, 64)}"`);
    return items.map(attributeGetter(attribute, runtime, all.named.get('default')));
  }
  const [name, ...rest] = all.positional;
  const filterName = textArgument(name, 'filter');
  const found = runtime.filters.get(filterName) ?? failUnknown('filter', filterName, runtime.filters.keys(), runtime.missingFilter);
  const args = { positional: rest, named: all.named };
  const bound = found.variadic === true ? rest : bindArguments(`the filter "${filterName}"`, args, found.parameters, found.required);
  return items.map((item) => {
    runtime.budget.spendSteps(1 + ((textOf(item)?.length ?? 0) >> 4));
    if (item instanceof JinjaUndefined && item.behavior === 'strict' && found.takesUndefined !== true) item.fail();
    return found.apply(item, bound, runtime, args);
  });
}

/** Jinja2's `map` and `select` take whatever is false for a list of nothing. */
function itemsOrNone(value: JinjaValue, { budget, isPython }: Runtime): readonly JinjaValue[] {
  return isPython && !(value instanceof JinjaUndefined) && !truth(value) ? [] : toItems(value, budget);
}

interface Choice {
  readonly wanted: boolean;
  readonly byAttribute: boolean;
}

function choose(value: JinjaValue, all: CallArguments, runtime: Runtime, choice: Choice): JinjaValue {
  const positional = [...all.positional];
  const read = choice.byAttribute
    ? attributeGetter(positional.shift() ?? fail('the name of an attribute is missing'), runtime)
    : (item: JinjaValue) => item;
  const [name, ...rest] = positional;
  const passes =
    name === undefined
      ? (item: JinjaValue) => truth(item)
      : testFunction(textArgument(name, 'test'), { positional: rest, named: all.named }, runtime);
  return itemsOrNone(value, runtime).filter((item) => {
    runtime.budget.step();
    return passes(read(item)) === choice.wanted;
  });
}

function testFunction(name: string, args: CallArguments, runtime: Runtime): (item: JinjaValue) => boolean {
  const test = runtime.tests.get(name) ?? failUnknown('test', name, runtime.tests.keys());
  const bound = bindArguments(`the test "${name}"`, args, test.parameters, test.parameters.length);
  return (item) => {
    if (item instanceof JinjaUndefined && item.behavior === 'strict' && test.takesUndefined !== true) item.fail();
    return test.matches(item, bound, runtime);
  };
}
