import { DataFactory, type Term } from 'n3';
import type { RdfQuad, RdfTerm } from '../../core/metadata/rdf.ts';

/** A quad as the library has it. It does not look whether IRIs are such. */
export function toLibraryQuad({ subject, predicate, object, graph }: RdfQuad): Term {
  const inGraph = graph === undefined ? DataFactory.defaultGraph() : toLibraryTerm(graph);
  return DataFactory.quad(toLibraryTerm(subject), toLibraryTerm(predicate), toLibraryTerm(object), inGraph);
}

function toLibraryTerm(term: RdfTerm): Term {
  switch (term.kind) {
    case 'iri':
      return DataFactory.namedNode(term.value);
    case 'blank':
      return DataFactory.blankNode(term.value);
    case 'literal':
      return DataFactory.literal(term.value, term.language ?? DataFactory.namedNode(term.datatype));
    case 'triple':
      return toLibraryQuad(term);
    default:
      return term satisfies never;
  }
}
