import type { InspectedQuery } from '../metadata/sparql/inspect-query.ts';
import { isPunctuation, isWord } from '../metadata/sparql/scan-tokens.ts';

/** Whether the solutions of a query as a whole have an order, which those of one within it do not give. */
export function isOrdered({ tokens }: Pick<InspectedQuery, 'tokens'>): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (isPunctuation(token, '{')) depth++;
    if (isPunctuation(token, '}')) depth--;
    if (depth === 0 && isWord(token, 'ORDER')) return true;
  }
  return false;
}
