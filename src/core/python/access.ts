import { textArgument } from '../jinja/arguments.ts';
import { getAttribute, getItem } from '../jinja/attributes.ts';
import type { Budget } from '../jinja/budget.ts';
import { dictSet } from '../jinja/compare.ts';
import { toItems } from '../jinja/iterate.ts';
import { toRepr } from '../jinja/python-repr.ts';
import { type CallArguments, isDict, JinjaObject, JinjaUndefined, type JinjaValue, orElse, truth, typeName } from '../jinja/values.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';
import { callMember, PythonInstance } from './values.ts';

/** The truth of a value; an instance that has a length is false where that is 0. */
export function isTrue(value: JinjaValue): boolean {
  if (!(value instanceof PythonInstance)) return truth(value);
  return truth(callMember(value, '__bool__', []) ?? callMember(value, '__len__', []) ?? true);
}

/** `value.name`. */
export function readAttribute(object: JinjaValue, name: string, { runtime }: Machine): JinjaValue {
  const found = getAttribute(object, name, runtime);
  return found instanceof JinjaUndefined ? raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`) : found;
}

/** `value[index]`. */
export function readItem(object: JinjaValue, index: JinjaValue, { runtime }: Machine): JinjaValue {
  const own = object instanceof PythonInstance ? callMember(object, '__getitem__', [index]) : undefined;
  const found = orElse(own, () => getItem(object, index, runtime));
  if (!(found instanceof JinjaUndefined)) return found;
  return isDict(object) ? raise('KeyError', toRepr(index, runtime.budget)) : raise('IndexError', `${typeName(object)} index out of range`);
}

/** Calls a function, a type, or an instance that can be called. */
export function callPython(callee: JinjaValue, args: CallArguments, { runtime: { budget } }: Machine): JinjaValue {
  budget.enter();
  // What a function does with a text takes time by its length.
  for (const value of args.positional) if (typeof value === 'string') budget.spendSteps(value.length >> 2);
  const own = callee instanceof PythonInstance ? readCall(callee) : callee;
  if (!(own instanceof JinjaObject) || own.parts.call === undefined)
    return raise('TypeError', `'${typeName(callee)}' object is not callable`);
  const result = own.parts.call(args);
  budget.leave();
  return result;
}

function readCall(instance: PythonInstance): JinjaValue {
  return instance.parts.get?.('__call__') ?? null;
}

/** The items of what is iterated over; those of an instance are what it gives. */
export function itemsOf(value: JinjaValue, run: Machine): readonly JinjaValue[] {
  const own = value instanceof PythonInstance ? callMember(value, '__iter__', []) : undefined;
  const { budget } = run.runtime;
  const items = toItems(own ?? value, budget);
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
