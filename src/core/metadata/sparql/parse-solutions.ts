import { type BlankNode, literal, type NamedNode, RDF_LANG_STRING, type RdfSubject, type RdfTerm, XSD_STRING } from '../rdf.ts';

/** The result of SELECT or ASK as data. */
export type Solutions =
  | { readonly kind: 'rows'; readonly variables: readonly string[]; readonly rows: readonly (readonly (RdfTerm | undefined)[])[] }
  | { readonly kind: 'boolean'; readonly value: boolean };

interface SolutionsDocument {
  readonly head?: { readonly vars?: readonly string[] };
  readonly boolean?: boolean;
  readonly results?: { readonly bindings?: readonly Readonly<Record<string, JsonTerm | undefined>>[] };
}

interface JsonTerm {
  readonly type: string;
  readonly value: string | { readonly subject: JsonTerm; readonly predicate: JsonTerm; readonly object: JsonTerm };
  readonly datatype?: string;
  readonly 'xml:lang'?: string;
}

/**
 * Reads "SPARQL 1.1 Query Results JSON Format", with the triples of 1.2. Blank nodes are named `b0`, `b1` … in the order in which they come.
 *
 * @returns `undefined` for what is no such document.
 */
export function parseSolutions(text: string): Solutions | undefined {
  try {
    const { head, boolean, results } = JSON.parse(text) as SolutionsDocument;
    if (typeof boolean === 'boolean') return { kind: 'boolean', value: boolean };
    if (head?.vars === undefined || results?.bindings === undefined) return undefined;
    const { vars: variables } = head;
    const labels = new Map<string, string>();
    const rows = results.bindings.map((binding) => variables.map((name) => toTerm(binding[name], labels)));
    return { kind: 'rows', variables, rows };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function toTerm(term: JsonTerm | undefined, labels: Map<string, string>): RdfTerm | undefined {
  if (term === undefined) return undefined;
  const { type, value, datatype = XSD_STRING, 'xml:lang': language } = term;
  if (typeof value !== 'string') {
    const [subject, predicate, object] = [value.subject, value.predicate, value.object].map((part) => toTerm(part, labels));
    return { kind: 'triple', subject: subject as RdfSubject, predicate: predicate as NamedNode, object: object as RdfTerm };
  }
  if (type === 'uri') return { kind: 'iri', value };
  if (type === 'bnode') return toBlankNode(value, labels);
  return language === undefined ? literal(value, datatype) : { kind: 'literal', value, datatype: RDF_LANG_STRING, language };
}

function toBlankNode(name: string, labels: Map<string, string>): BlankNode {
  const value = labels.get(name) ?? `b${labels.size}`;
  labels.set(name, value);
  return { kind: 'blank', value };
}
