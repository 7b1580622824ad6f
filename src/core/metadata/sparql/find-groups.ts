import { isPunctuation, isWord, type SparqlToken } from './scan-tokens.ts';

/** A group of patterns: where its `{` stands, and the tokens whose variables it has to know, from (with) and to (without). */
export interface Group {
  readonly open: number;
  readonly close: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Every `{ … }` that holds patterns: neither a template of CONSTRUCT, nor the rows of VALUES, nor the braces around a subquery, whose own group of
 * patterns counts and has to know what its SELECT and its modifiers mention.
 */
export function findGroups(tokens: readonly SparqlToken[]): readonly Group[] {
  const groups: Group[] = [];
  const open: Opened[] = [];
  // Where the query starts whose group of patterns the next brace opens; undefined within such a group.
  let query: number | undefined = 0;
  for (const [index, token] of tokens.entries()) {
    if (isPunctuation(token, '{')) {
      open.push({ index, query });
      query = isWord(tokens[index + 1], 'SELECT') ? index + 1 : undefined;
    } else if (isPunctuation(token, '}')) {
      const opened = open.pop();
      query = opened?.query;
      if (opened !== undefined && holdsPatterns(tokens, opened.index)) groups.push(toGroup(tokens, opened, index));
    }
  }
  return groups;
}

interface Opened {
  readonly index: number;
  readonly query: number | undefined;
}

function toGroup(tokens: readonly SparqlToken[], { index: open, query }: Opened, close: number): Group {
  return query === undefined ? { open, close, from: open, to: close } : { open, close, from: query, to: endOfQuery(tokens, close) };
}

function holdsPatterns(tokens: readonly SparqlToken[], open: number): boolean {
  if (isWord(tokens[open + 1], 'SELECT') || isWord(tokens[open - 1], 'CONSTRUCT')) return false;
  return !opensRows(tokens, open);
}

/** Whether a `{` follows `VALUES ?x` or `VALUES (?x …)`. */
function opensRows(tokens: readonly SparqlToken[], open: number): boolean {
  let index = open - 1;
  while (tokens[index]?.kind === 'variable' || isPunctuation(tokens[index], '(') || isPunctuation(tokens[index], ')')) index--;
  return isWord(tokens[index], 'VALUES');
}

/** The index after the modifiers that follow the `}` of a query's patterns. */
function endOfQuery(tokens: readonly SparqlToken[], close: number): number {
  const end = tokens.findIndex((token, index) => index > close && isPunctuation(token, '}'));
  return end === -1 ? tokens.length : end;
}
