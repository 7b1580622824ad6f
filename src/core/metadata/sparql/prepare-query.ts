import { bindParameters } from './bind-parameters.ts';
import { type EditedText, editText } from './edit-text.ts';
import type { InspectedQuery } from './inspect-query.ts';
import { limitSolutions, type SolutionBounds } from './limit-solutions.ts';

export interface Preparation extends SolutionBounds {
  /** By variable, without `?`: a term in SPARQL's syntax, as a library wrote it. */
  readonly terms: ReadonlyMap<string, string>;
  /** Of prefixes that are supplied: `<IRI>`, as a library wrote it. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** The query as the engine runs it: prefixes declared, parameters bound, solutions bounded. @param query One without findings. */
export function prepareQuery(query: InspectedQuery, { terms, prefixes, ...bounds }: Preparation): EditedText {
  const prologue = query.supplied.map((prefix) => `PREFIX ${prefix}: ${prefixes.get(prefix)}\n`).join('');
  return editText(query.text, [{ at: 0, insert: prologue }, ...bindParameters(query, terms), ...limitSolutions(query, bounds)]);
}
