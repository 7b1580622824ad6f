/**
 * Parameters are bound by data: `VALUES (?a ?b) { (term term) }` at the start of every group of patterns that mentions one, so that they hold in
 * nested groups and their filters too. Terms come as a library wrote them, and stand where the grammar allows data and nothing else.
 */
import type { TextEdit } from './edit-text.ts';
import { findGroups, type Group } from './find-groups.ts';
import type { InspectedQuery } from './inspect-query.ts';
import { endOf, isPunctuation, isWord, type SparqlToken } from './scan-tokens.ts';

/** @param terms By variable, without `?`: a term in SPARQL's syntax. */
export function bindParameters({ text, tokens, form }: InspectedQuery, terms: ReadonlyMap<string, string>): readonly TextEdit[] {
  if (terms.size === 0) return [];
  const namesWithin = (from: number, to: number) => {
    const variables = tokens.slice(from, to).filter(({ kind }) => kind === 'variable');
    return [...new Set(variables.map((token) => token.text.slice(1)))].filter((name) => terms.has(name));
  };
  const valuesOf = (names: readonly string[]) =>
    `VALUES (${names.map((name) => `?${name}`).join(' ')}) { (${names.map((name) => terms.get(name)).join(' ')}) }`;
  if (form === 'DESCRIBE' && !tokens.some((token) => isPunctuation(token, '{')))
    return [{ at: endOf(tokens.at(-1)), insert: ` WHERE { ${valuesOf(namesWithin(0, tokens.length))} }` }];
  return findGroups(tokens)
    .flatMap((group) => {
      const names = namesWithin(group.from, group.to);
      if (names.length === 0) return [];
      const values = { at: endOf(tokens[group.open]), insert: ` ${valuesOf(names)} ` };
      return [values, ...groupByParameters(tokens, group, names)];
    })
    .concat(spellOutTemplate(text, tokens, form));
}

/** What is the same in every solution may stand wherever a query that groups allows keys only, once it is a key. */
function groupByParameters(tokens: readonly SparqlToken[], { close, to }: Group, names: readonly string[]): readonly TextEdit[] {
  const by = tokens.findIndex((token, index) => index > close && index < to && isWord(token, 'BY') && isWord(tokens[index - 1], 'GROUP'));
  return by === -1 ? [] : [{ at: endOf(tokens[by]), insert: ` ${names.map((name) => `?${name}`).join(' ')} ` }];
}

/** `CONSTRUCT WHERE { … }` takes triples only; with its template spelled out, its patterns take data too. */
function spellOutTemplate(text: string, tokens: readonly SparqlToken[], form: string | undefined): readonly TextEdit[] {
  const construct = tokens.findIndex((token) => isWord(token, 'CONSTRUCT'));
  if (form !== 'CONSTRUCT' || isPunctuation(tokens[construct + 1], '{')) return [];
  const open = tokens.findIndex((token) => isPunctuation(token, '{'));
  const close = tokens.findIndex((token, index) => index > open && isPunctuation(token, '}'));
  return [{ at: endOf(tokens[construct]), insert: ` ${text.slice(tokens[open]?.start, endOf(tokens[close]))}` }];
}
