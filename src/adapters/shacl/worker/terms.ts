import { Store, type Term } from 'n3';
import { RDF_LANG_STRING, type RdfQuad, type RdfSubject, type RdfTerm } from '../../../core/metadata/rdf.ts';
import { toLibraryQuad } from '../../sparql/to-library-term.ts';

/** A store of quads without their graphs. */
export function toStore(quads: readonly RdfQuad[]): Store {
  const store = new Store();
  for (const { subject, predicate, object } of quads) store.add(toLibraryQuad({ subject, predicate, object }));
  return store;
}

/** A term of the library as plain data; triple terms do not come out of validation. */
export function fromLibrary(term: Term): RdfSubject | RdfTerm {
  if (term.termType === 'NamedNode') return { kind: 'iri', value: term.value };
  if (term.termType === 'BlankNode') return { kind: 'blank', value: term.value };
  const { language = '', datatype } = term;
  if (language !== '') return { kind: 'literal', value: term.value, datatype: RDF_LANG_STRING, language };
  return { kind: 'literal', value: term.value, datatype: datatype?.value ?? '' };
}
