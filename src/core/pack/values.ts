/**
 * A value that an answer or a template can hold: plain data only, so that nothing of the host is reachable from a pack.
 * Maps keep insertion order and may have any string as key, `__proto__` included.
 */
export type Value = string | number | bigint | boolean | null | readonly Value[] | ReadonlyMap<string, Value>;

/** Named values: answers, or one row of a query. */
export type ValueMap = ReadonlyMap<string, Value>;
