import * as v from 'valibot';

/** The version of pack manifests, project manifests and settings that this program reads. */
export const FORMAT = 1;

/** Adds the sentence that editors show beside a key. */
export function described<Schema extends v.GenericSchema>(schema: Schema, text: string) {
  return v.pipe(schema, v.description(text));
}

/** Characters of a delimiter or prefix of a template language. */
export const MAX_MARK = 20;

/** A string that says something. */
export function text(description: string, maximum = 10_000) {
  return v.pipe(
    v.string(),
    v.regex(/\S/, 'it is empty'),
    v.maxLength(maximum, `it is longer than ${maximum} characters`),
    v.description(description),
  );
}

/** A string of a form, `expected` completing "it must be …". */
export function textLike(pattern: RegExp, expected: string, description: string) {
  return v.pipe(v.string(), v.regex(pattern, `it must be ${expected}`), v.description(description));
}

export function wholeNumber(description: string, minimum: number, maximum: number) {
  return v.pipe(
    v.number(),
    v.integer('it must be a whole number'),
    v.minValue(minimum, `it must be at least ${minimum}`),
    v.maxValue(maximum, `it must be at most ${maximum}`),
    v.description(description),
  );
}

export function flag(description: string, standard: boolean) {
  return v.optional(described(v.boolean(), description), standard);
}

/** Any value that a variable can hold. */
export function freeValue(description: string) {
  return described(v.any(), description);
}

/** An array of at least `minimum` entries. */
export function listOf<Item extends v.GenericSchema>(item: Item, description: string, minimum = 0) {
  return v.pipe(v.array(item), v.minLength(minimum, 'it is empty'), v.description(description));
}

/** A table whose keys are names of the author's choice. */
export function tableOf<Value extends v.GenericSchema>(value: Value, description: string) {
  return described(v.record(v.string(), value), description);
}

/** The name of a variable, a query or a data source: what an expression can refer to. */
export function namedTable<Value extends v.GenericSchema>(value: Value, description: string) {
  return described(v.record(v.pipe(v.string(), v.regex(NAME, NAME_EXPECTED)), value), description);
}

export const NAME = /^[a-z_][a-z0-9_]{0,63}$/;
export const NAME_EXPECTED =
  'must be a name: lower-case ASCII letters, digits and "_", not beginning with a digit, at most 64 characters, such as project_name';

export const HTTP_ADDRESS = /^https?:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/;
