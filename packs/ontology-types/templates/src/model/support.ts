import * as v from 'valibot';

/** The name of a node: an absolute IRI. */
export type Iri = string;
/** A text in several languages, by their tags. */
export type Languages = Readonly<Record<string, string>>;
export type Literal = string | number | boolean;

/** What every node has. */
export interface Node {
  readonly id?: Iri;
  readonly type?: Iri | readonly Iri[];
}

/** A node as it is, or only its name. */
export type Ref<T> = Iri | T;

export const iri = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9+.-]*:[^\s<>"{}|^`\\]*$/i, 'it is not an absolute IRI'));
export const integer = v.pipe(v.number(), v.integer());
export const natural = v.pipe(integer, v.minValue(0));
export const date = v.pipe(v.string(), v.regex(/^-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$/, 'it is not a date such as 2026-01-02'));
export const time = v.pipe(v.string(), v.regex(/^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/, 'it is not a time such as 03:04:05'));
export const dateTime = v.pipe(
  v.string(),
  v.regex(/^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/, 'it is not a date and time such as 2026-01-02T03:04:05Z'),
);
export const languages = v.record(v.string(), v.string());
export const literal = v.union([v.string(), v.number(), v.boolean()]);

/** Text that a pattern of the ontology describes. */
export function matches(pattern: string) {
  return v.regex<string, string>(new RegExp(pattern, 'u'), `it does not match ${pattern}`);
}

export function fieldsOfNode(): v.ObjectEntries {
  return { id: v.optional(iri), type: v.optional(v.union([iri, v.array(iri)])) };
}

export const node: v.GenericSchema<Node> = object<Node>(fieldsOfNode);

/** Objects with these fields, which are made when they are first needed, so that types may refer to each other. Others are kept: what is not said may be true. */
export function object<T>(fields: () => v.ObjectEntries): v.GenericSchema<T> {
  let schema: v.GenericSchema<T> | undefined;
  return v.lazy(() => {
    schema ??= v.looseObject(fields()) as unknown as v.GenericSchema<T>;
    return schema;
  });
}

export function ref<T>(schema: () => v.GenericSchema<T>): v.GenericSchema<Ref<T>> {
  return v.union([iri, v.lazy(schema)]) as v.GenericSchema<Ref<T>>;
}

/** One of some values. */
export function values<T extends Literal>(allowed: readonly T[]): v.GenericSchema<T> {
  return v.union(allowed.map((value) => v.literal(value))) as unknown as v.GenericSchema<T>;
}

export function oneOf(...allowed: readonly Literal[]): v.GenericSchema {
  return values(allowed);
}

/** A property with so many values of one of these kinds: the value itself where there can be only one, else a list. */
export function field({ min, max }: { min: number; max: number | undefined }, ...kinds: readonly v.GenericSchema[]): v.GenericSchema {
  const value: v.GenericSchema = v.pipe(
    v.union(kinds),
    v.check((found) => found !== undefined, 'it is missing'),
  );
  const list = v.pipe(v.array(value), v.minLength(min), v.maxLength(max ?? Number.POSITIVE_INFINITY));
  const schema: v.GenericSchema = max === 1 ? value : list;
  return min > 0 ? schema : v.optional(schema);
}
