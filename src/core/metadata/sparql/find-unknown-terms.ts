import { nearest } from '../../text/nearest.ts';
import { CLASSES, NAMESPACE, PREFIXES, PROPERTIES } from '../vocabulary.ts';
import { type SparqlToken, scanTokens } from './scan-tokens.ts';

/** Terms of other vocabularies that packs are described with, where one would look for one of packsmith's. */
const BORROWED = ['dcterms:title', 'dcterms:description', 'dcterms:license', 'dcterms:creator', 'dcat:keyword', 'dcat:landingPage'];

/**
 * What is wrong with terms of packsmith's own vocabulary that a query names and that are none: nothing has them, so that the query finds nothing and
 * does not say why. Each term once, as it is written.
 */
export function findUnknownTerms(text: string): readonly string[] {
  const tokens = scanTokens(text);
  const prefixes = new Map([...PREFIXES, ...declaredPrefixes(tokens)]);
  const known = [...Object.keys(CLASSES), ...Object.keys(PROPERTIES)];
  const problems = tokens.map((token) => {
    const local = localName(token, prefixes);
    if (local === undefined || local === '' || known.includes(local)) return undefined;
    const borrowed = BORROWED.filter((name) => name.endsWith(`:${local}`));
    const [like] = borrowed.length > 0 ? borrowed : nearest(local, known, 1).map((name) => `ps:${name}`);
    return `${token.text} is no term of packsmith's vocabulary${like === undefined ? '' : `; did you mean ${like}?`}`;
  });
  return [...new Set(problems.filter((problem) => problem !== undefined))];
}

function declaredPrefixes(tokens: readonly SparqlToken[]): [string, string][] {
  return tokens.flatMap(({ kind, text }, index): [string, string][] => {
    const name = tokens[index - 1];
    return kind === 'iri' && name?.kind === 'name' && name.text.endsWith(':') ? [[name.text.slice(0, -1), text.slice(1, -1)]] : [];
  });
}

/** What follows packsmith's namespace in a name or an IRI. */
function localName({ kind, text }: SparqlToken, prefixes: ReadonlyMap<string, string>): string | undefined {
  const colon = text.indexOf(':');
  const iri =
    kind === 'name' ? (prefixes.get(text.slice(0, colon)) ?? '') + text.slice(colon + 1) : kind === 'iri' ? text.slice(1, -1) : '';
  return iri.startsWith(NAMESPACE) ? iri.slice(NAMESPACE.length) : undefined;
}
