import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { compareText } from '../../text/compare-text.ts';
import { nearest } from '../../text/nearest.ts';
import { positionAt } from '../../text/position-at.ts';
import { findSyntaxProblems, type SyntaxProblem } from './find-syntax-problems.ts';
import { isWord, type SparqlToken, scanTokens } from './scan-tokens.ts';

export type QueryForm = 'SELECT' | 'ASK' | 'CONSTRUCT' | 'DESCRIBE';

/** What is known of a query before the engine reads it. */
export interface InspectedQuery {
  readonly text: string;
  readonly tokens: readonly SparqlToken[];
  /** Absent where the text is no query. */
  readonly form: QueryForm | undefined;
  /** Prefixes that are supplied and that it uses without declaring them, in order. */
  readonly supplied: readonly string[];
  /** Without their `?`. */
  readonly variables: ReadonlySet<string>;
  /** `QUERY_REFUSED`, or else `QUERY_INVALID`. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface InspectOptions {
  /** What findings name as their file. */
  readonly name: string;
  /** Prefixes that need no declaration. */
  readonly prefixes: ReadonlyMap<string, string>;
}

const FORMS = ['SELECT', 'ASK', 'CONSTRUCT', 'DESCRIBE'] as const;
const UPDATES = ['INSERT', 'DELETE', 'LOAD', 'CLEAR', 'DROP', 'CREATE', 'ADD', 'MOVE', 'COPY', 'WITH'];

/** Reads a query as far as its tokens go: what it is, and whether it asks for what no query may do. */
export function inspectQuery(text: string, { name, prefixes }: InspectOptions): InspectedQuery {
  const tokens = scanTokens(text);
  const first = tokens[endOfPrologue(tokens)];
  const form = FORMS.find((word) => isWord(first, word));
  const undeclared = findUndeclared(tokens);
  const refused = tokens.filter((token) => isWord(token, 'SERVICE') || (token === first && isWord(token, ...UPDATES)));
  const problems = [
    ...(form === undefined ? [describeStart(first)] : []),
    ...findSyntaxProblems(tokens),
    ...undeclared.filter((token) => !prefixes.has(prefixOf(token))).map((token) => describeUndeclared(token, [...prefixes.keys()])),
  ];
  const find = (code: 'QUERY_REFUSED' | 'QUERY_INVALID', [token, message, suggestion]: SyntaxProblem | EmptyProblem): Diagnostic => ({
    code,
    severity: 'error',
    message,
    where: { file: name, ...positionAt(text, token?.start ?? text.length) },
    suggestion,
  });
  return {
    text,
    tokens,
    form,
    supplied: undeclared
      .map(prefixOf)
      .filter((prefix) => prefixes.has(prefix))
      .sort(compareText),
    variables: new Set(tokens.filter(({ kind }) => kind === 'variable').map((token) => token.text.slice(1))),
    diagnostics:
      refused.length > 0
        ? refused.map((token) => find('QUERY_REFUSED', describeRefusal(token)))
        : problems.map((problem) => find('QUERY_INVALID', problem)),
  };
}

type EmptyProblem = readonly [token: undefined, message: string, suggestion: string];

/** The index of the first token after `BASE <…>`, `PREFIX …: <…>` and `VERSION "…"`. */
function endOfPrologue(tokens: readonly SparqlToken[]): number {
  let index = 0;
  for (;;) {
    if (isWord(tokens[index], 'BASE', 'VERSION')) index += 2;
    else if (isWord(tokens[index], 'PREFIX')) index += 3;
    else return index;
  }
}

/** The first token of each prefix that is used and not declared. */
function findUndeclared(tokens: readonly SparqlToken[]): readonly SparqlToken[] {
  const names = [...tokens.entries()].filter(([, { kind }]) => kind === 'name');
  const isDeclaration = (index: number) => isWord(tokens[index - 1], 'PREFIX') && tokens[index + 1]?.kind === 'iri';
  const seen = new Set(names.filter(([index]) => isDeclaration(index)).map(([, token]) => prefixOf(token)));
  return names.flatMap(([, token]) => {
    const prefix = prefixOf(token);
    if (seen.has(prefix)) return [];
    seen.add(prefix);
    return [token];
  });
}

function prefixOf({ text }: SparqlToken): string {
  return text.slice(0, text.indexOf(':'));
}

function describeRefusal(token: SparqlToken): SyntaxProblem {
  return [token, `${token.text.toUpperCase()} is refused: a query only reads, and only what is here`, 'leave it out'];
}

function describeStart(first: SparqlToken | undefined): SyntaxProblem | EmptyProblem {
  const suggestion = `begin with ${FORMS.join(', ')}, after PREFIX lines where there are any`;
  if (first === undefined) return [undefined, 'there is no query', suggestion];
  return [first, `a query does not begin with "${first.text.slice(0, 40)}"`, suggestion];
}

function describeUndeclared(token: SparqlToken, known: readonly string[]): SyntaxProblem {
  const prefix = prefixOf(token);
  const [closest] = nearest(prefix, known, 1);
  const guess = closest === undefined ? '' : `did you mean "${closest}:"? Or `;
  return [token, `the prefix "${prefix}:" is not declared`, `${guess}declare it: PREFIX ${prefix}: <IRI>`];
}
