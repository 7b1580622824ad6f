import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { Value } from '../../pack/values.ts';

/** Whether text has anything for the template language to do. */
export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

/** The texts of a value that are templates. */
export function templatesIn(value: Value): string[] {
  if (typeof value === 'string') return isTemplate(value) ? [value] : [];
  if (value instanceof Map) return [...value.values()].flatMap(templatesIn);
  return Array.isArray(value) ? (value as readonly Value[]).flatMap(templatesIn) : [];
}

/** Which of the names occur in a template or an expression as words, attributes excepted. Names inside string literals count too: it is a cautious guess. */
export function namesIn(source: string, names: ReadonlySet<string>, wordsIn: (text: string) => Iterable<string> = plainWords): string[] {
  return [...new Set(wordsIn(source))].filter((word) => names.has(word));
}

function plainWords(source: string): readonly string[] {
  return source.match(/(?<![.\p{L}\p{M}\p{N}_])[\p{L}_][\p{L}\p{M}\p{N}_]*/gu) ?? [];
}

/** The names of the variables that come after one in its manifest, itself included. */
export function laterNames(variables: readonly VariableDefinition[], name: string): ReadonlySet<string> {
  return new Set(variables.slice(variables.findIndex((definition) => definition.name === name)).map((definition) => definition.name));
}
