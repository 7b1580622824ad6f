import type { JinjaDelimiters } from '../jinja/settings.ts';

/** What manifests call the delimiters. */
const NAMES: Readonly<Record<keyof JinjaDelimiters, string>> = {
  blockStart: 'block_start',
  blockEnd: 'block_end',
  variableStart: 'variable_start',
  variableEnd: 'variable_end',
  commentStart: 'comment_start',
  commentEnd: 'comment_end',
};

const NAMED = Object.entries(NAMES) as readonly (readonly [keyof JinjaDelimiters, string])[];

/** Delimiters by the names that manifests have for them. */
export function nameDelimiters(delimiters: Partial<JinjaDelimiters>): ReadonlyMap<string, string> {
  return new Map(Object.entries(delimiters).map(([key, text]) => [NAMES[key as keyof JinjaDelimiters], text]));
}

/** Delimiters that a manifest names. */
export function delimitersOf(named: ReadonlyMap<string, string>): Partial<JinjaDelimiters> {
  return Object.fromEntries(NAMED.flatMap(([key, name]) => (named.has(name) ? [[key, named.get(name)] as const] : [])));
}

/** The delimiter that a manifest calls by a name. */
export function findDelimiter(asked: string): keyof JinjaDelimiters | undefined {
  return NAMED.find(([, name]) => name === asked)?.[0];
}
