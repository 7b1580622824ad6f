import type { Value } from '../pack/values.ts';
import type { KeyPath } from './key-path.ts';
import { LIMITS } from './limits.ts';
import type { Problems } from './problems.ts';
import { isTable } from './table.ts';

/** Turns what a document holds into a `Value`; dates, null, and values nested too deeply are reported and give `undefined`. */
export function toValue(raw: unknown, path: KeyPath, problems: Problems): Value | undefined {
  switch (typeof raw) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return raw;
    case 'number':
      if (Number.isFinite(raw)) return raw;
      problems.invalid(path, 'infinity and "not a number" are not values');
      return undefined;
    default:
      return toCollection(raw, path, problems);
  }
}

/** Turns a table of values into a map, leaving out the entries that are no values. */
export function toValueMap(entries: Iterable<readonly [string, unknown]>, path: KeyPath, problems: Problems): Map<string, Value> {
  const map = new Map<string, Value>();
  for (const [key, raw] of entries) {
    const value = toValue(raw, [...path, key], problems);
    if (value !== undefined) map.set(key, value);
  }
  return map;
}

function toCollection(raw: unknown, path: KeyPath, problems: Problems): Value | undefined {
  if (path.length > LIMITS.manifestDepth.maximum) {
    problems.exceeds('manifestDepth', path, path.length);
    return undefined;
  }
  if (isTable(raw)) return toValueMap(Object.entries(raw), path, problems);
  if (Array.isArray(raw)) {
    return raw.flatMap((item, index) => {
      const value = toValue(item, [...path, index], problems);
      return value === undefined ? [] : [value];
    });
  }
  if (raw === null) problems.invalid(path, 'null is not a value', 'leave the key out');
  else problems.invalid(path, 'dates and times are not values', 'put it in quotes');
  return undefined;
}
