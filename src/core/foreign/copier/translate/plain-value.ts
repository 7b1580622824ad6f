import { isFloat, numberIn } from '../../../jinja/python-data/plain-scalar.ts';
import type { Value, ValueMap } from '../../../pack/values.ts';
import { toJsonText } from '../cast-answer.ts';

/** A value as a manifest can hold it: one that has nulls, whole floats or keys that are no text, which TOML cannot say, as JSON, which YAML reads as the same. */
export function manifestValue(value: Value): Value {
  return isSayable(value) ? value : toJsonText(value);
}

function isSayable(value: Value): boolean {
  if (value === null) return false;
  if (numberIn(value) !== undefined) return typeof value === 'number' && (Number.isSafeInteger(value) || isFloat(value));
  if (value instanceof Map) return [...(value as ValueMap)].every(([key, item]) => typeof key === 'string' && isSayable(item));
  return Array.isArray(value) ? (value as readonly Value[]).every(isSayable) : true;
}

/** Whether a value has a template of this language in it. */
export function hasTemplate(value: Value, marks: readonly string[]): boolean {
  if (typeof value === 'string') return marks.some((mark) => value.includes(mark));
  if (value instanceof Map) return [...(value as ValueMap)].some(([key, item]) => hasTemplate(key, marks) || hasTemplate(item, marks));
  return Array.isArray(value) && (value as readonly Value[]).some((item) => hasTemplate(item, marks));
}
