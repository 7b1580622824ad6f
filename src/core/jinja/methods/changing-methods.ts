import { bindArguments, integerArgument } from '../arguments.ts';
import { dictDelete, dictGet, dictSet, isEqual, isLess } from '../compare.ts';
import { fail } from '../fault.ts';
import { toItems } from '../iterate.ts';
import {
  type CallArguments,
  isDict,
  type JinjaDict,
  JinjaObject,
  JinjaTuple,
  type JinjaValue,
  orElse,
  type Runtime,
  truth,
} from '../values.ts';

type Method = (args: CallArguments) => JinjaValue;

/** The methods of lists that change them in place, in Python's behaviour; undefined when there is none of that name. */
export function changingListMethod(list: readonly JinjaValue[], name: string, runtime: Runtime): Method | undefined {
  const items = list as JinjaValue[];
  const { budget } = runtime;
  const bound = (args: CallArguments, parameters: readonly string[], required = parameters.length): readonly (JinjaValue | undefined)[] => {
    budget.spendSteps(1);
    return bindArguments(`the method "${name}"`, args, parameters, required);
  };
  const grow = (count: number): void => budget.allocate(8 * count);
  switch (name) {
    case 'append':
      return (args) => {
        grow(1);
        items.push(bound(args, ['object'])[0] ?? null);
        return null;
      };
    case 'extend':
      return (args) => {
        const more = [...toItems(bound(args, ['iterable'])[0] ?? null, budget)];
        grow(more.length);
        for (const item of more) items.push(item);
        return null;
      };
    case 'insert':
      return (args) => {
        const [index, value] = bound(args, ['index', 'object']);
        grow(1 + items.length);
        items.splice(integerArgument(index, 'index'), 0, value ?? null);
        return null;
      };
    case 'pop':
      return (args) => {
        const index = integerArgument(bound(args, ['index'], 0)[0], 'index', -1);
        const at = index < 0 ? index + items.length : index;
        if (at < 0 || at >= items.length) fail(items.length === 0 ? '"pop" of an empty list' : 'the index of "pop" is out of range');
        budget.spendSteps(items.length >> 4);
        return items.splice(at, 1)[0] ?? null;
      };
    case 'remove':
      return (args) => {
        const [value] = bound(args, ['value']);
        budget.spendSteps(items.length);
        const at = items.findIndex((item) => isEqual(item, value ?? null, budget));
        if (at === -1) fail('the value to remove is not in the list');
        items.splice(at, 1);
        return null;
      };
    default:
      return wholeListMethod(items, name, bound, runtime);
  }
}

type Bind = (args: CallArguments, parameters: readonly string[], required?: number) => readonly (JinjaValue | undefined)[];

function wholeListMethod(items: JinjaValue[], name: string, bound: Bind, runtime: Runtime): Method | undefined {
  const { budget } = runtime;
  switch (name) {
    case 'clear':
      return (args) => {
        bound(args, []);
        items.length = 0;
        return null;
      };
    case 'reverse':
      return (args) => {
        bound(args, []);
        budget.spendSteps(items.length);
        items.reverse();
        return null;
      };
    case 'sort':
      return (args) => {
        const [key, reverse] = bound(args, ['key', 'reverse'], 0);
        if (args.positional.length > 0) fail('"sort" takes its arguments by name');
        sortItems(items, key, reverse !== undefined && truth(reverse), runtime);
        return null;
      };
    default:
      return undefined;
  }
}

function sortItems(items: JinjaValue[], key: JinjaValue | undefined, isReversed: boolean, { budget }: Runtime): void {
  const keyOf = (item: JinjaValue): JinjaValue => {
    if (key === undefined || key === null) return item;
    const call = key instanceof JinjaObject ? key.parts.call : undefined;
    return call === undefined ? fail('"key" must be a function') : call({ positional: [item], named: new Map() });
  };
  budget.allocate(items.length * 24);
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  const sign = isReversed ? -1 : 1;
  keyed.sort((a, b) => {
    budget.step();
    if (isLess(a.key, b.key, budget)) return -sign;
    return isLess(b.key, a.key, budget) ? sign : 0;
  });
  for (const [index, { item }] of keyed.entries()) items[index] = item;
}

/** The methods of dicts that change them in place, in Python's behaviour; undefined when there is none of that name. */
export function changingDictMethod(given: JinjaDict, name: string, runtime: Runtime): Method | undefined {
  const dict = given as Map<JinjaValue, JinjaValue>;
  const { budget } = runtime;
  const label = `the method "${name}"`;
  switch (name) {
    case 'update':
      return (args) => {
        if (args.positional.length > 1) fail('"update" takes one dict or list of pairs, and names');
        updateDict(dict, args, runtime);
        return null;
      };
    case 'pop':
      return (args) => {
        const [key, fallback] = bindArguments(label, args, ['key', 'default'], 1);
        const found = dictGet(dict, key ?? null, budget);
        if (found === undefined) return orElse(fallback, () => fail('the key of "pop" is not in the dict'));
        dictDelete(dict, key ?? null, budget);
        return found;
      };
    case 'setdefault':
      return (args) => {
        const [key, fallback] = bindArguments(label, args, ['key', 'default'], 1);
        const found = dictGet(dict, key ?? null, budget);
        if (found === undefined) dictSet(dict, key ?? null, fallback ?? null, budget);
        return found === undefined ? (fallback ?? null) : found;
      };
    case 'fromkeys':
      return (args) => {
        const [keys, value] = bindArguments(label, args, ['iterable', 'value'], 1);
        const made = new Map<JinjaValue, JinjaValue>();
        for (const key of toItems(keys ?? null, budget)) dictSet(made, key, value ?? null, budget);
        return made;
      };
    case 'popitem':
      return (args) => {
        bindArguments(label, args, []);
        budget.spendSteps(dict.size);
        const last = [...dict].at(-1) ?? fail('"popitem" of an empty dict');
        dict.delete(last[0]);
        return new JinjaTuple(last);
      };
    case 'clear':
      return (args) => {
        bindArguments(label, args, []);
        dict.clear();
        return null;
      };
    default:
      return undefined;
  }
}

function updateDict(dict: Map<JinjaValue, JinjaValue>, { positional: [base], named }: CallArguments, { budget }: Runtime): void {
  if (base !== undefined && isDict(base)) for (const [key, value] of [...base]) dictSet(dict, key, value, budget);
  else if (base !== undefined) {
    for (const pair of [...toItems(base, budget)]) {
      const [key, value, ...rest] = toItems(pair, budget);
      if (key === undefined || value === undefined || rest.length > 0) fail('"update" needs a dict or pairs of key and value');
      dictSet(dict, key, value, budget);
    }
  }
  for (const [key, value] of named) dictSet(dict, key, value, budget);
}
