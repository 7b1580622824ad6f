import type { TextEdit } from './edit-text.ts';
import type { InspectedQuery } from './inspect-query.ts';
import { endOf, isPunctuation, isWord, type SparqlToken } from './scan-tokens.ts';

export interface SolutionBounds {
  readonly offset: number;
  readonly limit: number | undefined;
}

/** Bounds the solutions of a query beyond what its own LIMIT and OFFSET say, so that what nobody will see is not computed. */
export function limitSolutions({ tokens, form }: InspectedQuery, bounds: SolutionBounds): readonly TextEdit[] {
  if (form === 'ASK') return [];
  const limitAt = findModifier(tokens, 'LIMIT');
  const offsetAt = findModifier(tokens, 'OFFSET');
  const ownOffset = numberAfter(tokens, offsetAt) ?? 0;
  const left = Math.max(0, (numberAfter(tokens, limitAt) ?? Number.POSITIVE_INFINITY) - bounds.offset);
  const limit = Math.min(left, bounds.limit ?? Number.POSITIVE_INFINITY);
  return [
    ...(limit === Number.POSITIVE_INFINITY ? [] : [setModifier(tokens, limitAt, ['LIMIT', limit])]),
    ...(bounds.offset === 0 ? [] : [setModifier(tokens, offsetAt, ['OFFSET', ownOffset + bounds.offset])]),
  ];
}

/** The index of a modifier of the query itself, not of one within it. */
function findModifier(tokens: readonly SparqlToken[], word: 'LIMIT' | 'OFFSET'): number | undefined {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isPunctuation(token, '{')) depth++;
    if (isPunctuation(token, '}')) depth--;
    if (depth === 0 && isWord(token, word)) return index;
  }
  return undefined;
}

function numberAfter(tokens: readonly SparqlToken[], index: number | undefined): number | undefined {
  const token = index === undefined ? undefined : tokens[index + 1];
  return token?.kind === 'number' ? Number(token.text) : undefined;
}

function setModifier(tokens: readonly SparqlToken[], index: number | undefined, [word, value]: readonly [string, number]): TextEdit {
  if (index === undefined) return { at: endOfModifiers(tokens), insert: ` ${word} ${value} ` };
  const number = tokens[index + 1];
  return { at: number?.start ?? endOf(tokens[index]), remove: number?.text.length ?? 0, insert: String(value) };
}

/** Before the VALUES that may follow a query's modifiers, or else at its end. */
function endOfModifiers(tokens: readonly SparqlToken[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isPunctuation(token, '{')) depth++;
    if (isPunctuation(token, '}')) depth--;
    if (depth === 0 && isWord(token, 'VALUES')) return endOf(tokens[index - 1]);
  }
  return endOf(tokens.at(-1));
}
