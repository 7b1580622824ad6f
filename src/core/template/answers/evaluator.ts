import type { Value, ValueMap } from '../../pack/values.ts';

/**
 * What the answers need of the template language. Each call is bounded by the evaluator's own budget.
 * `name` is what errors call the source, for example `web-api pack.toml [variables.port] default`.
 * Failures are `PacksmithError`s; a `LIMIT_EXCEEDED` among them ends the resolution.
 */
export interface Evaluator {
  /** The value of an expression. */
  expression(source: string, context: ValueMap, name: string): Value;
  /** The text that a template renders to. */
  template(source: string, context: ValueMap, name: string): string;
  /** Whether a text, or the key of a map, has anything to render, where that is not told by Jinja's own delimiters. */
  isTemplate?(source: string): boolean;
  /** The names that a text may use, where these are not its words. */
  readonly wordsIn?: (source: string) => Iterable<string>;
  /** Truth as the template language has it. */
  isTruthy(value: Value): boolean;
}
