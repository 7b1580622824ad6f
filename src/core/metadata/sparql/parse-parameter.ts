import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { isAbsoluteIri } from '../find-term-problem.ts';
import { languageLiteral, literal, namedNode, type RdfTerm, XSD_BOOLEAN, XSD_DECIMAL, XSD_INTEGER } from '../rdf.ts';

/**
 * Reads the value of a parameter: `<IRI>`, a prefixed name whose prefix is known, a number, `true` or `false`, text in double quotes with `@language`,
 * `^^<IRI>` or `^^prefix:name` or nothing behind it, and any other text as it is.
 * @throws PacksmithError `QUERY_PARAMETER_INVALID` for what begins as a term and is none.
 */
export function parseParameter(name: string, text: string, prefixes: ReadonlyMap<string, string>): RdfTerm {
  if (text.startsWith('<') && text.endsWith('>')) return namedNode(checkIri(name, text.slice(1, -1)));
  if (text.startsWith('"')) return parseQuoted(name, text, prefixes);
  if (/^[+-]?[0-9]{1,15}$/.test(text)) return literal(text, XSD_INTEGER);
  if (/^[+-]?[0-9]{0,15}\.[0-9]{1,15}$/.test(text)) return literal(text, XSD_DECIMAL);
  if (text === 'true' || text === 'false') return literal(text, XSD_BOOLEAN);
  const expanded = expandPrefixed(text, prefixes);
  return expanded === undefined ? literal(text) : namedNode(checkIri(name, expanded));
}

function parseQuoted(name: string, text: string, prefixes: ReadonlyMap<string, string>): RdfTerm {
  const [, quoted, language, iri, prefixed] =
    /^("(?:[^"\\]|\\[\s\S])*")(?:@([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)|\^\^<([^>]*)>|\^\^(\S+))?$/.exec(text) ?? [];
  const value = quoted === undefined ? undefined : unquote(quoted);
  if (value === undefined) throw invalid(name, text, 'the quotes do not enclose it, or it has an unknown escape');
  if (language !== undefined) return languageLiteral(value, language);
  if (iri !== undefined) return literal(value, checkIri(name, iri));
  if (prefixed === undefined) return literal(value);
  const datatype = expandPrefixed(prefixed, prefixes);
  if (datatype === undefined) throw invalid(name, text, `"${prefixed}" is no known type`);
  return literal(value, checkIri(name, datatype));
}

/** The escapes of JSON are those of SPARQL that people use. */
function unquote(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted.replace(/[\n\r\t]/g, (char) => JSON.stringify(char).slice(1, -1))) as string;
  } catch {
    return undefined;
  }
}

function expandPrefixed(text: string, prefixes: ReadonlyMap<string, string>): string | undefined {
  const colon = text.indexOf(':');
  const namespace = colon === -1 ? undefined : prefixes.get(text.slice(0, colon));
  return namespace === undefined ? undefined : namespace + text.slice(colon + 1);
}

function checkIri(name: string, iri: string): string {
  if (isAbsoluteIri(iri)) return iri;
  throw invalid(name, iri, 'it is no absolute IRI');
}

function invalid(name: string, text: string, reason: string): PacksmithError {
  return new PacksmithError('QUERY_PARAMETER_INVALID', `the parameter "${name}" cannot be ${JSON.stringify(text)}: ${reason}`, {
    hint: 'give <IRI>, a number, true, false, text, or "text" with @language or ^^type behind it',
  });
}
