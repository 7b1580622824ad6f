import type { Budget } from '../jinja/budget.ts';
import { compareValues } from '../jinja/operators.ts';
import { toRepr } from '../jinja/python-repr.ts';
import { type CallArguments, JinjaObject, type JinjaValue, orElse } from '../jinja/values.ts';
import { callable } from './callable.ts';
import { compareOwn } from './compare-instances.ts';
import type { Machine } from './machine.ts';
import { raise } from './python-fault.ts';
import { callMember, PythonClass, PythonFunction, PythonInstance } from './values.ts';

/** What `field` says of a field: what it is where nothing is given. */
const defaults = new WeakMap<JinjaObject, () => JinjaValue | undefined>();

/** `dataclasses`. */
export function dataclassModule(run: Machine): ReadonlyMap<string, JinjaValue> {
  const decorate = (made: JinjaValue): JinjaValue => (made instanceof PythonClass ? complete(made, run) : made);
  const field = callable(({ named }) => {
    const made = new JinjaObject('Field', {});
    const factory = named.get('default_factory');
    defaults.set(made, () => (factory === undefined ? named.get('default') : run.call(factory, NO_ARGUMENTS)));
    return made;
  });
  return new Map<string, JinjaValue>([
    [
      'dataclass',
      callable(({ positional: [made] }) =>
        made === undefined ? callable(({ positional: [late = null] }) => decorate(late)) : decorate(made),
      ),
    ],
    ['field', field],
    [
      'asdict',
      callable(({ positional: [instance = null] }) =>
        instance instanceof PythonInstance ? asDict(instance, run.runtime.budget) : raise('TypeError', 'asdict() needs an instance'),
      ),
    ],
  ]);
}

/** What an entry of an instance or of a dict takes. */
const FIELD_BYTES = 32;

const NO_ARGUMENTS: CallArguments = { positional: [], named: new Map() };

function fieldsOf(type: PythonClass, budget: Budget): string[] {
  budget.spendSteps(type.lineage.reduce((sum, { fields }) => sum + fields.size, 1));
  return [...new Set([...type.lineage].reverse().flatMap(({ fields }) => [...fields]))];
}

function complete(type: PythonClass, run: Machine): PythonClass {
  if (!type.isOpen) raise('TypeError', `cannot make a dataclass of immutable type '${type.name}'`);
  const fields = fieldsOf(type, run.runtime.budget);
  const known = new Set(fields);
  const method = (name: string, call: (self: PythonInstance, args: CallArguments) => JinjaValue): void => {
    if (type.members.has(name)) return;
    const made = new PythonFunction(name, ({ positional: [self, ...positional], named }) =>
      self instanceof PythonInstance ? call(self, { positional, named }) : raise('TypeError', `${name}() needs an instance`),
    );
    type.members.set(name, made);
  };
  method('__init__', (self, args) => {
    run.runtime.budget.spendSteps(fields.length * type.lineage.length);
    run.runtime.budget.allocate(fields.length * FIELD_BYTES);
    for (const [at, field] of fields.entries()) self.attributes.set(field, valueOfField(type, field, { at, args }));
    const [unknown] = [...args.named.keys()].filter((name) => !known.has(name));
    if (unknown !== undefined) raise('TypeError', `${type.name}() got an unexpected keyword argument '${unknown}'`);
    if (args.positional.length > fields.length) raise('TypeError', `${type.name}() is given ${args.positional.length} arguments`);
    callMember(self, '__post_init__', []);
    return null;
  });
  method('__repr__', (self) => {
    const shown = fields.map((field) => `${field}=${toRepr(self.attributes.get(field) ?? null, run.runtime.budget)}`);
    return `${type.name}(${shown.join(', ')})`;
  });
  method(
    '__eq__',
    (self, { positional: [other] }) => other instanceof PythonInstance && self.type === other.type && isSame(self, other, run),
  );
  return type;
}

function valueOfField(type: PythonClass, field: string, { at, args }: { readonly at: number; readonly args: CallArguments }): JinjaValue {
  const missing = (): never => raise('TypeError', `${type.name}() misses the argument '${field}'`);
  const fallback = (): JinjaValue => {
    const declared = type.find(field);
    const found = declared instanceof JinjaObject && defaults.has(declared) ? defaults.get(declared)?.() : declared;
    return found === undefined ? missing() : found;
  };
  return orElse(args.positional[at], () => orElse(args.named.get(field), fallback));
}

function isSame(left: PythonInstance, right: PythonInstance, { runtime: { budget } }: Machine): boolean {
  budget.enter();
  const same = fieldsOf(left.type, budget).every((field) => {
    const [a = null, b = null] = [left.attributes.get(field), right.attributes.get(field)];
    return compareOwn('==', a, b) ?? compareValues('==', a, b, budget);
  });
  budget.leave();
  return same;
}

function asDict(instance: PythonInstance, budget: Budget): JinjaValue {
  budget.enter();
  const fields = fieldsOf(instance.type, budget);
  budget.allocate(fields.length * FIELD_BYTES);
  const dict = new Map<JinjaValue, JinjaValue>(
    fields.map((field) => {
      const value = instance.attributes.get(field) ?? null;
      return [field, value instanceof PythonInstance && value.type.fields.size > 0 ? asDict(value, budget) : value];
    }),
  );
  budget.leave();
  return dict;
}
