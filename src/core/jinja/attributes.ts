import { dictGet, dictKey } from './compare.ts';
import { fail } from './fault.ts';
import { toItems } from './iterate.ts';
import { changingListMethod } from './methods/changing-methods.ts';
import { DICT_METHODS, dictMethod, refuseChange, SEQUENCE_METHODS, sequenceMethod } from './methods/collection-methods.ts';
import { dunderMethod } from './methods/dunder-methods.ts';
import { numberAttribute, numberMethod } from './methods/number-methods.ts';
import { stringMethod, stringMethodNames } from './methods/string-methods.ts';
import { integerOf } from './numbers.ts';
import { pathValue } from './path-value.ts';
import { characters } from './text.ts';
import {
  type CallArguments,
  isDict,
  isList,
  isRealList,
  type JinjaDict,
  JinjaObject,
  JinjaRange,
  JinjaTuple,
  JinjaUndefined,
  type JinjaValue,
  Markup,
  orElse,
  type Runtime,
  textOf,
  typeName,
} from './values.ts';

/** `value.name`: a method of the type, else an entry of that key; undefined (the template's) when there is neither. */
export function getAttribute(value: JinjaValue, name: string, runtime: Runtime): JinjaValue {
  if (value instanceof JinjaUndefined) return ofUndefined(value);
  if (value instanceof JinjaObject) return orElse(value.parts.get?.(name), () => missing(value, name, runtime, value.parts.names));
  const method = findMethod(value, name, runtime) ?? dunderMethod(value, name, runtime);
  if (method !== undefined) return new JinjaObject('method', { call: method });
  if (isDict(value)) {
    const found = value.get(name);
    if (found !== undefined) return found;
    refuseChange(value, name);
    return missingKey(value, name, runtime);
  }
  if (value instanceof JinjaTuple) {
    const found = value.items[value.names.indexOf(name)];
    if (found !== undefined) return found;
  }
  if (isList(value)) refuseChange(value, name);
  const own = value instanceof JinjaRange ? rangeAttribute(value, name) : numberAttribute(value, name);
  if (own !== undefined) return own;
  const ofPath = typeof value === 'string' && runtime.paths.includes(value) ? pathValue(value).parts.get?.(name) : undefined;
  return orElse(ofPath, () => missing(value, name, runtime, () => attributeNames(value, runtime)));
}

/** `value[index]`: an item or entry, else a method of that name. */
export function getItem(value: JinjaValue, index: JinjaValue, runtime: Runtime): JinjaValue {
  if (value instanceof JinjaUndefined) return ofUndefined(value);
  if (index instanceof JinjaUndefined) index.fail();
  if (isDict(value)) return orElse(dictGet(value, index, runtime.budget), () => missingItem(value, index, runtime));
  const position = integerOf(index);
  if (position !== undefined) return itemAt(value, Number(position), runtime);
  const name = textOf(index);
  if (name !== undefined) return getAttribute(value, name, runtime);
  return fail(`a value of type ${typeName(value)} has no item for ${typeName(index)}`);
}

/** As `value.name`, but only entries and attributes, never methods: what the `attribute` arguments of filters use. */
export function getEntry(value: JinjaValue, key: string | number, runtime: Runtime): JinjaValue {
  if (isDict(value)) return orElse(dictGet(value, key, runtime.budget), () => missingKey(value, String(key), runtime));
  return typeof key === 'number' ? getItem(value, key, runtime) : getAttribute(value, key, runtime);
}

function missingItem(dict: JinjaDict, index: JinjaValue, runtime: Runtime): JinjaValue {
  const name = textOf(index);
  const method = name === undefined ? undefined : dictMethod(dict, name, runtime);
  if (method !== undefined) return new JinjaObject('method', { call: method });
  return missingKey(dict, name ?? String(integerOf(dictKey(index)) ?? typeName(index)), runtime);
}

function itemAt(value: JinjaValue, position: number, runtime: Runtime): JinjaValue {
  if (value instanceof JinjaRange) {
    const index = position < 0 ? position + value.length : position;
    return index >= 0 && index < value.length ? value.start + index * value.step : outOfRange(value, position, runtime);
  }
  const items = indexable(value, runtime);
  if (items === undefined) return outOfRange(value, position, runtime);
  const found = items[position < 0 ? position + items.length : position];
  if (found === undefined) return outOfRange(value, position, runtime);
  return value instanceof Markup && typeof found === 'string' ? new Markup(found) : found;
}

function indexable(value: JinjaValue, runtime: Runtime): string | readonly JinjaValue[] | undefined {
  if (isRealList(value)) return value;
  if (value instanceof JinjaTuple) return value.items;
  const text = textOf(value);
  if (text === undefined) return undefined;
  runtime.budget.spendSteps(text.length >> 4);
  return characters(text);
}

function outOfRange(value: JinjaValue, position: number, runtime: Runtime): JinjaValue {
  return new JinjaUndefined(`the ${typeName(value)} has no item ${position}`, runtime.undefinedBehavior);
}

function findMethod(value: JinjaValue, name: string, runtime: Runtime): ((args: CallArguments) => JinjaValue) | undefined {
  if (typeof value === 'string' || value instanceof Markup) return stringMethod(value, name, runtime);
  if (isDict(value)) return dictMethod(value, name, runtime);
  if (isList(value))
    return (runtime.isPython ? changingListMethod(value, name, runtime) : undefined) ?? sequenceMethod(value, name, runtime);
  if (value instanceof JinjaTuple) return name === 'copy' ? undefined : sequenceMethod(value.items, name, runtime);
  if (value instanceof JinjaRange) return name === 'copy' ? undefined : sequenceMethod(toItems(value, runtime.budget), name, runtime);
  return numberMethod(value, name);
}

function rangeAttribute({ start, stop, step }: JinjaRange, name: string): number | undefined {
  return new Map(Object.entries({ start, stop, step })).get(name);
}

function ofUndefined(value: JinjaUndefined): JinjaValue {
  return value.behavior === 'chainable' ? value : value.fail();
}

function missingKey(dict: JinjaDict, name: string, runtime: Runtime): JinjaUndefined {
  const known = function* (): Generator<string> {
    for (const key of dict.keys()) if (typeof key === 'string') yield key;
  };
  return new JinjaUndefined(`the dict has no key "${name.slice(0, 64)}"`, runtime.undefinedBehavior, name, known);
}

function missing(value: JinjaValue, name: string, runtime: Runtime, known: (() => Iterable<string>) | undefined): JinjaUndefined {
  const message = `a value of type ${typeName(value)} has no attribute "${name.slice(0, 64)}"`;
  return new JinjaUndefined(message, runtime.undefinedBehavior, name, known);
}

function attributeNames(value: JinjaValue, runtime: Runtime): Iterable<string> {
  if (typeof value === 'string' || value instanceof Markup) return stringMethodNames(runtime);
  if (isDict(value)) return DICT_METHODS;
  if (value instanceof JinjaTuple) return [...value.names, 'count', 'index'];
  return isList(value) ? SEQUENCE_METHODS : [];
}
