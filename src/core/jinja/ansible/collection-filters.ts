import { integerArgument, textArgument } from '../arguments.ts';
import { dictGet, dictSet } from '../compare.ts';
import { fail } from '../fault.ts';
import { filter } from '../filters/define-filter.ts';
import { toItems } from '../iterate.ts';
import {
  isDict,
  isList,
  type JinjaDict,
  type JinjaFilter,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  type Runtime,
  truth,
  typeName,
} from '../values.ts';
import { combineDicts, listMerge } from './combine-dicts.ts';

/** Lists and dicts. */
export const COLLECTION_FILTERS: readonly (readonly [string, JinjaFilter])[] = [
  filter('flatten', 'levels skip_nulls', (value, [levels, skip], { budget }) => {
    const depth = levels === undefined || levels === null ? Number.POSITIVE_INFINITY : integerArgument(levels, 'levels');
    return flatten(value, depth, skip === undefined || truth(skip), budget);
  }),
  filter(
    'combine',
    '',
    (value, _args, { budget }, { positional, named }) => {
      const unknown = [...named.keys()].find((name) => name !== 'recursive' && name !== 'list_merge');
      if (unknown !== undefined) fail(`the filter "combine" has no parameter "${unknown.slice(0, 64)}"`);
      const way = { isDeep: truth(named.get('recursive') ?? false), lists: listMerge(named.get('list_merge')) };
      return [value, ...positional]
        .flatMap((each) => (isList(each) ? [...each] : [each]))
        .reduce((merged, each) => combineDicts(asDict(merged), asDict(each), way, budget), new Map() as JinjaValue);
    },
    { variadic: true },
  ),
  filter('dict2items', 'key_name value_name', (value, [key, item], { budget }) => {
    const names = [textArgument(key, 'key_name', 'key'), textArgument(item, 'value_name', 'value')] as const;
    const dict = asDict(value);
    budget.spendSteps(dict.size);
    budget.allocate(dict.size * 48);
    return [...dict].map(
      ([name, each]) =>
        new Map<JinjaValue, JinjaValue>([
          [names[0], name],
          [names[1], each],
        ]),
    );
  }),
  filter('items2dict', 'key_name value_name', (value, [key, item], { budget }) => {
    const result = new Map<JinjaValue, JinjaValue>();
    for (const each of toItems(value, budget)) {
      const name = dictGet(asDict(each), textArgument(key, 'key_name', 'key'), budget);
      dictSet(
        result,
        name ?? fail('an item has no key'),
        dictGet(asDict(each), textArgument(item, 'value_name', 'value'), budget) ?? null,
        budget,
      );
    }
    return result;
  }),
  filter('extract', 'container morekeys', (value, [container, more], { budget, undefinedBehavior }) => {
    const keys = more === undefined || more === null ? [] : isList(more) ? more : [more];
    let found: JinjaValue = container ?? null;
    for (const key of [value, ...keys])
      found = lookUp(found, key, budget) ?? new JinjaUndefined('there is no such item to extract', undefinedBehavior);
    return found;
  }),
  filter('ans_groupby', 'attribute', (value, args, runtime, all) =>
    (runtime.filters.get('groupby') ?? fail('"groupby" is not available here')).apply(value, args, runtime, all),
  ),
  filter('subelements', 'subelements skip_missing', (value, [names, skips], { budget }) => {
    const path = isList(names ?? null)
      ? [...(names as readonly JinjaValue[])].map((name) => textArgument(name, 'subelements'))
      : textArgument(names, 'subelements').split('.');
    const elements = isDict(value) ? [...value.values()] : toItems(value, budget);
    return elements.flatMap((element) => {
      let found: JinjaValue | undefined = element;
      for (const name of path) {
        const next: JinjaValue | undefined = dictGet(asDict(found), name, budget);
        if (next === undefined && skips !== undefined && truth(skips)) return [];
        found = next ?? fail(`could not find "${name.slice(0, 64)}" in an element`);
      }
      if (!isList(found)) fail(`"${path.at(-1)?.slice(0, 64)}" is no list`);
      budget.spendSteps(found.length);
      return [...found].map((item) => new JinjaTuple([element, item]));
    });
  }),
];

function flatten(value: JinjaValue, levels: number, skipsNulls: boolean, budget: Runtime['budget']): JinjaValue[] {
  budget.enter();
  const items = toItems(value, budget);
  budget.spendSteps(items.length);
  const result = items.flatMap((item): JinjaValue[] => {
    if (skipsNulls && (item === null || item === 'None' || item === 'null')) return [];
    return (isList(item) || item instanceof JinjaTuple) && levels >= 1 ? flatten(item, levels - 1, skipsNulls, budget) : [item];
  });
  budget.leave();
  return result;
}

function lookUp(container: JinjaValue, key: JinjaValue, budget: Runtime['budget']): JinjaValue | undefined {
  if (isDict(container)) return dictGet(container, key, budget);
  return toItems(container, budget).at(integerArgument(key, 'key'));
}

function asDict(value: JinjaValue): JinjaDict {
  return isDict(value) ? value : fail(`a dict is needed, not ${typeName(value)}`);
}
