/**
 * RDF 1.1 (and the triple terms of RDF 1.2) as plain data: what the engine takes and gives, the same after a round trip through JSON.
 * Text of RDF and SPARQL is only ever written by a library.
 */

export interface NamedNode {
  readonly kind: 'iri';
  /** Absolute. */
  readonly value: string;
}

export interface BlankNode {
  readonly kind: 'blank';
  /** A label that means something within one result or document only. */
  readonly value: string;
}

export interface Literal {
  readonly kind: 'literal';
  /** The lexical form. */
  readonly value: string;
  /** Of the datatype; `xsd:string` and `rdf:langString` are spelled out too. */
  readonly datatype: string;
  /** In lower case; only with `rdf:langString`. */
  readonly language?: string;
}

/** A statement as a term, of RDF 1.2. */
export interface TripleTerm {
  readonly kind: 'triple';
  readonly subject: RdfSubject;
  readonly predicate: NamedNode;
  readonly object: RdfTerm;
}

export type RdfSubject = NamedNode | BlankNode;
export type RdfTerm = NamedNode | BlankNode | Literal | TripleTerm;

export interface RdfQuad {
  readonly subject: RdfSubject;
  readonly predicate: NamedNode;
  readonly object: RdfTerm;
  /** Absent: the default graph. */
  readonly graph?: NamedNode | BlankNode;
}

/** `jsonld` is JSON-LD 1.1 without remote contexts. */
export type RdfFormat = 'turtle' | 'ntriples' | 'nquads' | 'trig' | 'jsonld' | 'rdfxml';

const XSD = 'http://www.w3.org/2001/XMLSchema#';
export const XSD_STRING = `${XSD}string`;
export const XSD_INTEGER = `${XSD}integer`;
export const XSD_DECIMAL = `${XSD}decimal`;
export const XSD_BOOLEAN = `${XSD}boolean`;
export const RDF_LANG_STRING = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

/** @param value An absolute IRI. */
export function namedNode(value: string): NamedNode {
  return { kind: 'iri', value };
}

export function blankNode(value: string): BlankNode {
  return { kind: 'blank', value };
}

/** @param datatype An IRI; `xsd:string` where it is absent. */
export function literal(value: string, datatype: string = XSD_STRING): Literal {
  return { kind: 'literal', value, datatype };
}

/** @param language A BCP 47 tag. */
export function languageLiteral(value: string, language: string): Literal {
  return { kind: 'literal', value, datatype: RDF_LANG_STRING, language: language.toLowerCase() };
}
