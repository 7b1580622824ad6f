import type { RhaiBuiltin, RhaiHost } from '../rhai-run.ts';
import { RhaiArray, RhaiChar, RhaiFloat, RhaiFunction, RhaiMap, RhaiRange, type RhaiValue } from '../values.ts';
import { FUNCTION_FUNCTIONS, GENERAL_FUNCTIONS, NUMBER_FUNCTIONS } from './general-functions.ts';
import { LIST_FUNCTIONS } from './list-functions.ts';
import { MAP_FUNCTIONS } from './map-functions.ts';
import { RANGE_FUNCTIONS, TEXT_FUNCTIONS } from './text-functions.ts';

const NONE: ReadonlyMap<string, RhaiBuiltin> = new Map();

/** Functions that are written like properties, too. */
const GETTERS = new Set([
  ...['len', 'bytes', 'is_empty', 'chars', 'start', 'end', 'name', 'is_anonymous', 'is_odd', 'is_even', 'is_zero'],
  ...['floor', 'ceiling', 'round', 'int', 'fraction', 'is_nan', 'is_finite', 'is_infinite', 'is_inclusive', 'is_exclusive'],
]);

export function isGetter(name: string): boolean {
  return GETTERS.has(name);
}

/** The function of a name for a value: its own one first, then one of the host, then one that every value has. */
export function findBuiltin(name: string, value: RhaiValue, host: RhaiHost): RhaiBuiltin | undefined {
  return functionsOf(value).get(name) ?? host.functions.get(name) ?? GENERAL_FUNCTIONS.get(name);
}

/** Every name that a value can be called by. */
export function* nameBuiltins(value: RhaiValue, host: RhaiHost): Generator<string> {
  yield* functionsOf(value).keys();
  yield* host.functions.keys();
  yield* GENERAL_FUNCTIONS.keys();
}

function functionsOf(value: RhaiValue): ReadonlyMap<string, RhaiBuiltin> {
  if (typeof value === 'string' || value instanceof RhaiChar) return TEXT_FUNCTIONS;
  if (value instanceof RhaiArray) return LIST_FUNCTIONS;
  if (value instanceof RhaiMap) return MAP_FUNCTIONS;
  if (value instanceof RhaiRange) return RANGE_FUNCTIONS;
  if (value instanceof RhaiFunction) return FUNCTION_FUNCTIONS;
  return typeof value === 'bigint' || value instanceof RhaiFloat ? NUMBER_FUNCTIONS : NONE;
}
