import { RDF_LANG_STRING, type RdfTerm, XSD_STRING } from './rdf.ts';
import { PREFIXES } from './vocabulary.ts';

/** A term for people: IRIs with a known prefix as prefixed names, plain values without quotes. Not to be read back. */
export function shortenTerm(term: RdfTerm | undefined): string {
  if (term === undefined) return '';
  switch (term.kind) {
    case 'iri':
      return shortenIri(term.value);
    case 'blank':
      return `_:${term.value}`;
    case 'literal':
      return isPlain(term.datatype) ? term.value : `${term.value} (${shortenIri(term.datatype)})`;
    case 'triple':
      return `<<( ${[term.subject, term.predicate, term.object].map(shortenTerm).join(' ')} )>>`;
  }
}

const PLAIN_TYPES = ['integer', 'decimal', 'double', 'float', 'boolean', 'date', 'dateTime'].map((name) => `${PREFIXES.get('xsd')}${name}`);

function isPlain(datatype: string): boolean {
  return datatype === XSD_STRING || datatype === RDF_LANG_STRING || PLAIN_TYPES.includes(datatype);
}

function shortenIri(iri: string): string {
  let best = iri;
  for (const [prefix, namespace] of PREFIXES) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && local !== '' && prefix.length + local.length + 1 < best.length) best = `${prefix}:${local}`;
  }
  return best;
}
