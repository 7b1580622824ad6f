import { DataFactory, Store, type Term } from 'n3';
import { RDF_LANG_STRING, type RdfQuad, type RdfSubject, type RdfTerm } from '../../../core/metadata/rdf.ts';

/** A store of quads without their graphs. */
export function toStore(quads: readonly RdfQuad[]): Store {
  const store = new Store();
  for (const { subject, predicate, object } of quads)
    store.add(DataFactory.quad(toLibrary(subject), toLibrary(predicate), toLibrary(object)));
  return store;
}

function toLibrary(term: RdfTerm): Term {
  switch (term.kind) {
    case 'iri':
      return DataFactory.namedNode(term.value);
    case 'blank':
      return DataFactory.blankNode(term.value);
    case 'literal':
      return DataFactory.literal(term.value, term.language ?? DataFactory.namedNode(term.datatype));
    case 'triple':
      return DataFactory.quad(toLibrary(term.subject), toLibrary(term.predicate), toLibrary(term.object));
    default:
      return term satisfies never;
  }
}

/** A term of the library as plain data; triple terms do not come out of validation. */
export function fromLibrary(term: Term): RdfSubject | RdfTerm {
  if (term.termType === 'NamedNode') return { kind: 'iri', value: term.value };
  if (term.termType === 'BlankNode') return { kind: 'blank', value: term.value };
  const { language = '', datatype } = term;
  if (language !== '') return { kind: 'literal', value: term.value, datatype: RDF_LANG_STRING, language };
  return { kind: 'literal', value: term.value, datatype: datatype?.value ?? '' };
}
