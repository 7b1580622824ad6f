import type { SparqlToken } from './scan-tokens.ts';

/** A token, what is wrong with it, and what to do. */
export type SyntaxProblem = readonly [token: SparqlToken, message: string, suggestion: string];

/** The most usual mistakes, at the place where they are made: the engine would name where it gave up. */
export function findSyntaxProblems(tokens: readonly SparqlToken[]): readonly SyntaxProblem[] {
  const broken = findBroken(tokens);
  // A string without an end has swallowed what would close the rest.
  return broken.length > 0 ? broken : findUnbalanced(tokens);
}

function findBroken(tokens: readonly SparqlToken[]): readonly SyntaxProblem[] {
  const broken = tokens.find(({ kind }) => kind === 'other');
  if (broken === undefined) return [];
  const isQuote = /^["']/.test(broken.text);
  return [
    isQuote
      ? [broken, 'a string does not end', 'close it with the same quote; a string over several lines has three']
      : [broken, `"${broken.text}" means nothing here`, 'remove it, or put it into a string'],
  ];
}

const OPENS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };
const CLOSES: Readonly<Record<string, string>> = { '}': '{', ')': '(', ']': '[' };

function findUnbalanced(tokens: readonly SparqlToken[]): readonly SyntaxProblem[] {
  const open: SparqlToken[] = [];
  for (const token of tokens) {
    if (token.kind !== 'punctuation') continue;
    if (Object.hasOwn(OPENS, token.text)) open.push(token);
    if (!Object.hasOwn(CLOSES, token.text)) continue;
    const last = open.pop();
    if (last === undefined) return [[token, `"${token.text}" closes nothing`, 'remove it']];
    if (last.text !== CLOSES[token.text])
      return [[token, `"${token.text}" stands where "${OPENS[last.text]}" is expected`, `close what the last "${last.text}" opens`]];
  }
  const last = open.at(-1);
  return last === undefined ? [] : [[last, `"${last.text}" is never closed`, `add "${OPENS[last.text]}"`]];
}
