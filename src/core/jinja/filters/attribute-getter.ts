import { getEntry } from '../attributes.ts';
import { fail } from '../fault.ts';
import { integerOf } from '../numbers.ts';
import { JinjaUndefined, type JinjaValue, type Runtime, textOf, typeName } from '../values.ts';

/**
 * Makes a function that reads an attribute as filters do: `a.b.0` goes deeper step by step, a number is an index.
 * `fallback` stands for what is missing. Without an attribute, the value itself is returned.
 */
export function attributeGetter(
  attribute: JinjaValue | undefined,
  runtime: Runtime,
  fallback?: JinjaValue,
): (value: JinjaValue) => JinjaValue {
  if (attribute === undefined || attribute === null) return (value) => value;
  const steps = attributeSteps(attribute);
  return (value) => {
    let found = value;
    for (const step of steps) {
      runtime.budget.step();
      found = getEntry(found, step, runtime);
      if (found instanceof JinjaUndefined && fallback !== undefined) return fallback;
    }
    return found;
  };
}

function attributeSteps(attribute: JinjaValue): (string | number)[] {
  const index = integerOf(attribute);
  if (index !== undefined) return [Number(index)];
  const text = textOf(attribute);
  if (text === undefined) return fail(`"attribute" must be a string or an int, not ${typeName(attribute)}`);
  return text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
