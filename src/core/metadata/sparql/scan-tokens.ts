/**
 * The tokens of a SPARQL query, after the grammar of SPARQL 1.1 (section 19.8) with the brackets of 1.2. The engine alone decides what is valid;
 * this tells words that mean something from the same words in strings, comments and names, and knows where each one stands.
 */

export type TokenKind = 'word' | 'variable' | 'iri' | 'name' | 'blank' | 'string' | 'number' | 'language' | 'punctuation' | 'other';

export interface SparqlToken {
  readonly kind: TokenKind;
  /** As it is written. */
  readonly text: string;
  /** Of the first character, in UTF-16 units. */
  readonly start: number;
}

const NAME_START = '\\p{L}';
const WORD_PART = `${NAME_START}\\p{N}\\p{M}_\\u00B7\\u203F\\u2040`;
const NAME_PART = `${WORD_PART}\\-`;
/** Bounded, since what looks like one and has no colon is read again from its next part. */
const PREFIX = `[${NAME_START}](?:[${NAME_PART}.]{0,254}[${NAME_PART}])?`;
const ESCAPED = "%[0-9A-Fa-f]{2}|\\\\[_~.\\-!$&'()*+,;=/?#@%]";
const LOCAL = `(?:[${NAME_PART}:]|${ESCAPED})(?:(?:[${NAME_PART}:.]|${ESCAPED})*(?:[${NAME_PART}:]|${ESCAPED}))?`;

/**
 * In the order in which they are tried; each pattern is linear: none of its repetitions can match the same text in two ways. A string without an end
 * is one token, so that it is read once: to the end of the text where it has three quotes, else to the end of the line.
 */
const PATTERNS: readonly (readonly [TokenKind | 'skip', RegExp])[] = [
  ['skip', /(?:[ \t\r\n]|#[^\r\n]*)+/y],
  ['string', /"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*"""|'{3}(?:'{0,2}(?:[^'\\]|\\[\s\S]))*'{3}/y],
  ['other', /(?:"{3}|'{3})[\s\S]*/y],
  ['string', /"(?:[^"\\\r\n]|\\[\s\S])*"|'(?:[^'\\\r\n]|\\[\s\S])*'/y],
  ['other', /["'][^\r\n]*/y],
  ['iri', /<(?:[^<>"{}|^`\\\s\p{Cc}]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>/uy],
  ['variable', new RegExp(`[?$][${WORD_PART}]+`, 'uy')],
  ['blank', new RegExp(`_:${LOCAL}`, 'uy')],
  ['name', new RegExp(`(?:${PREFIX})?:(?:${LOCAL})?`, 'uy')],
  ['word', new RegExp(`[${NAME_START}_][${WORD_PART}]*`, 'uy')],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['language', /@[A-Za-z]+(?:-[A-Za-z0-9]+)*/y],
  ['punctuation', /\{\||\|\}|<<\(|\)>>|<<|>>|\^\^|&&|\|\||[<>!]=|[{}()[\].,;*/|^!=<>+?-]/y],
];

/** What no pattern matches is one `other` token for each character. */
export function scanTokens(text: string): readonly SparqlToken[] {
  const tokens: SparqlToken[] = [];
  let start = 0;
  while (start < text.length) {
    const [kind, matched] = matchAt(text, start);
    if (kind !== 'skip') tokens.push({ kind, text: matched, start });
    start += matched.length;
  }
  return tokens;
}

function matchAt(text: string, start: number): readonly [TokenKind | 'skip', string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const matched = pattern.exec(text)?.[0];
    if (matched !== undefined && matched !== '') return [kind, matched];
  }
  return ['other', text.charAt(start)];
}

/** Whether a token is one of these words, which SPARQL takes in any case. */
export function isWord(token: SparqlToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text.toUpperCase());
}

export function isPunctuation(token: SparqlToken | undefined, text: string): boolean {
  return token?.kind === 'punctuation' && token.text === text;
}

/** The offset after a token; of none, the start of the text. */
export function endOf(token: SparqlToken | undefined): number {
  return token === undefined ? 0 : token.start + token.text.length;
}
