import { textArgument } from '../jinja/arguments.ts';
import { getAttribute, getItem } from '../jinja/attributes.ts';
import type { Budget } from '../jinja/budget.ts';
import { dictGet, dictSet } from '../jinja/compare.ts';
import { toItems } from '../jinja/iterate.ts';
import { toRepr } from '../jinja/python-repr.ts';
import {
  type CallArguments,
  isDict,
  type JinjaDict,
  JinjaObject,
  JinjaUndefined,
  type JinjaValue,
  orElse,
  typeName,
} from '../jinja/values.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';
import { callMember, PythonInstance } from './values.ts';

/** `value.name`. */
export function readAttribute(object: JinjaValue, name: string, { runtime }: Machine): JinjaValue {
  const found = getAttribute(object, name, runtime);
  // A method is made where it is read.
  if (found instanceof JinjaObject) runtime.budget.allocate(METHOD_BYTES);
  // The entries of a dict are no attributes, as they are in templates.
  const isEntry = isDict(object) && found === object.get(name);
  return isEntry || found instanceof JinjaUndefined
    ? raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`)
    : found;
}

/** `value[index]`. */
export function readItem(object: JinjaValue, index: JinjaValue, { runtime }: Machine): JinjaValue {
  if (isDict(object)) return orElse(dictGet(object, index, runtime.budget), () => makeEntry(object, index, runtime.budget));
  // `dict[str, int]` is a type, as `dict` is: what stands in the brackets has no effect.
  if (object instanceof JinjaObject && object.typeName === 'type')
    return (typeof index === 'string' && object.parts.get?.(index)) || object;
  const own = object instanceof PythonInstance ? callMember(object, '__getitem__', [index]) : undefined;
  const found = orElse(own, () => getItem(object, index, runtime));
  return found instanceof JinjaUndefined ? raise('IndexError', `${typeName(object)} index out of range`) : found;
}

/** A dict that makes the values of keys that it does not have. */
export class DefaultDict extends Map<JinjaValue, JinjaValue> {
  readonly make: () => JinjaValue;

  constructor(entries: JinjaDict, make: () => JinjaValue) {
    super(entries);
    this.make = make;
  }
}

function makeEntry(dict: JinjaDict, key: JinjaValue, budget: Budget): JinjaValue {
  const made = dict instanceof DefaultDict ? dict.make() : raise('KeyError', toRepr(key, budget));
  dictSet(dict as Map<JinjaValue, JinjaValue>, key, made, budget);
  return made;
}

const OBJECT_BYTES = 1024;
const METHOD_BYTES = 128;

/** Calls a function, a type, or an instance that can be called. */
export function callPython(callee: JinjaValue, args: CallArguments, { runtime: { budget } }: Machine): JinjaValue {
  budget.enter();
  // What a function does with a text takes time by its length.
  for (const value of args.positional) if (typeof value === 'string') budget.spendSteps(value.length >> 2);
  const own = callee instanceof PythonInstance ? readCall(callee) : callee;
  if (!(own instanceof JinjaObject) || own.parts.call === undefined)
    return raise('TypeError', `'${typeName(callee)}' object is not callable`);
  const result = own.parts.call(args);
  // Small as it looks, an object has all its functions with it.
  if (result instanceof JinjaObject) budget.allocate(OBJECT_BYTES);
  budget.leave();
  return result;
}

/** Whether a value is a function, a type, or an instance that can be called. */
export function isCallable(value: JinjaValue): value is JinjaObject {
  const own = value instanceof PythonInstance ? readCall(value) : value;
  return own instanceof JinjaObject && own.parts.call !== undefined;
}

function readCall(instance: PythonInstance): JinjaValue {
  return instance.parts.get?.('__call__') ?? null;
}

/** The items of what is iterated over; those of an instance are what it gives. */
export function itemsOf(value: JinjaValue, run: Machine): readonly JinjaValue[] {
  const { budget } = run.runtime;
  const items = toItems(value, budget);
  budget.allocate(items.length * 8);
  // What is changed while it is gone through does not change the round.
  return [...items];
}

/** A text that is gone through as a whole, and of which something as long is made. */
export function wholeText(value: JinjaValue | undefined, name: string, { runtime: { budget } }: Machine): string {
  const text = textArgument(value, name);
  budget.spendSteps(text.length >> 4);
  budget.allocate(text.length);
  return text;
}

/** What a set holds, in the order in which it was given: no template can tell it from Python's, which has none. */
export function uniqueItems(items: readonly JinjaValue[], budget: Budget): JinjaValue[] {
  const seen = new Map<JinjaValue, JinjaValue>();
  for (const item of items) dictSet(seen, item, item, budget);
  return [...seen.values()];
}
