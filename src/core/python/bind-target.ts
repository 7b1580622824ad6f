import type { Budget } from '../jinja/budget.ts';
import { dictSet } from '../jinja/compare.ts';
import { isDict, isList, JinjaObject, type JinjaValue, typeName } from '../jinja/values.ts';
import { itemsOf } from './access.ts';
import type { Machine } from './machine.ts';
import type { PythonExpression } from './nodes.ts';
import { raise } from './python-fault.ts';
import type { Scope } from './scope.ts';
import { callMember, PythonInstance } from './values.ts';

/** Gives a value to a target: a name, an attribute, an item, or several of them. */
export function bind(target: PythonExpression, value: JinjaValue, scope: Scope, run: Machine): void {
  const { budget } = run.runtime;
  if (target.kind === 'name') scope.set(target.name, value);
  else if (target.kind === 'attribute') setAttribute(run.evaluate(target.object, scope), target.name, value);
  else if (target.kind === 'item') setItem(run.evaluate(target.object, scope), run.evaluate(target.index, scope), value, budget);
  else if (target.kind === 'list' || target.kind === 'tuple') bindAll(target.items, itemsOf(value, run), scope, run);
  else raise('SyntaxError', 'cannot assign to this');
}

function bindAll(targets: readonly PythonExpression[], items: readonly JinjaValue[], scope: Scope, run: Machine): void {
  const star = targets.findIndex(({ kind }) => kind === 'star');
  const isShort = star < 0 ? items.length !== targets.length : items.length < targets.length - 1;
  if (isShort) raise('ValueError', `${targets.length} values are expected, not ${items.length}`);
  const rest = items.length - targets.length + 1;
  targets.forEach((target, at) => {
    if (target.kind === 'star') bind(target.value, items.slice(at, at + rest), scope, run);
    else bind(target, items[star >= 0 && at > star ? at + rest - 1 : at] ?? null, scope, run);
  });
}

function setAttribute(object: JinjaValue, name: string, value: JinjaValue): void {
  if (!(object instanceof JinjaObject) || object.parts.set === undefined)
    raise('AttributeError', `'${typeName(object)}' object has no attribute '${name}'`);
  else object.parts.set(name, value);
}

function setItem(object: JinjaValue, index: JinjaValue, value: JinjaValue, budget: Budget): void {
  if (isDict(object)) dictSet(object as Map<JinjaValue, JinjaValue>, index, value, budget);
  else if (isList(object) && typeof index === 'number' && Number.isInteger(index)) {
    const at = index < 0 ? index + object.length : index;
    if (at < 0 || at >= object.length) raise('IndexError', 'list assignment index out of range');
    (object as JinjaValue[])[at] = value;
  } else if (!(object instanceof PythonInstance) || callMember(object, '__setitem__', [index, value]) === undefined)
    raise('TypeError', `'${typeName(object)}' object does not support item assignment`);
}
