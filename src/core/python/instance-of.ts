import type { Budget } from '../jinja/budget.ts';
import { JinjaTuple, type JinjaValue, typeName } from '../jinja/values.ts';
import { PythonClass, PythonInstance } from './values.ts';

/** Of a type, or of a tuple of them, which may have others in it. */
export function isOneOf(types: JinjaValue, budget: Budget, holds: (type: PythonClass) => boolean): boolean {
  budget.step();
  if (types instanceof PythonClass) return holds(types);
  if (!(types instanceof JinjaTuple)) return false;
  budget.enter();
  const found = types.items.some((each) => isOneOf(each, budget, holds));
  budget.leave();
  return found;
}

/** `isinstance`. */
export function isInstance(value: JinjaValue, types: JinjaValue, budget: Budget): boolean {
  if (value === null && types instanceof JinjaTuple && types.items.includes(null)) return true;
  return isOneOf(types, budget, (type) => {
    if (value instanceof PythonInstance) return type.name === 'object' || value.type.lineage.includes(type);
    const own = typeName(value);
    return (
      own === type.name ||
      type.name === 'object' ||
      (own === 'bool' && type.name === 'int') ||
      (ABSTRACT.get(type.name)?.includes(own) ?? false)
    );
  });
}

/** The abstract types of `collections.abc`, and what is of them. */
const ABSTRACT: ReadonlyMap<string, readonly string[]> = new Map([
  ['Mapping', ['dict']],
  ['MutableMapping', ['dict']],
  ['Sequence', ['list', 'tuple', 'str', 'range']],
  ['Iterable', ['list', 'tuple', 'str', 'range', 'dict']],
  ['set', ['list']],
]);

/** `str | None`, which says what a value may be as a tuple of types does; `undefined` of what are no types. */
export function unionOf(left: JinjaValue, right: JinjaValue, budget: Budget): JinjaTuple | undefined {
  const types = [left, right].flatMap((type) => (type instanceof JinjaTuple ? type.items : [type]));
  budget.allocate(types.length * BYTES_PER_TYPE);
  return types.every((type) => type === null || type instanceof PythonClass) ? new JinjaTuple(types) : undefined;
}

const BYTES_PER_TYPE = 64;
