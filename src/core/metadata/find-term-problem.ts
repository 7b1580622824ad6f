import type { RdfQuad, RdfTerm } from './rdf.ts';

/** The characters of RFC 3987 after a scheme; what separates terms in every syntax of RDF is not among them. */
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\p{Cc}<>"{}|^`\\]*$/u;
const LANGUAGE = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/;
const LABEL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;

/** Whether text is an absolute IRI, so that it can stand in a document. */
export function isAbsoluteIri(text: string): boolean {
  return IRI.test(text) && text.isWellFormed();
}

/** Says why a quad can't be written, or `undefined` when it can. */
export function findQuadProblem({ subject, predicate, object, graph }: RdfQuad): string | undefined {
  return findTermProblem(subject) ?? findTermProblem(predicate) ?? findTermProblem(object) ?? (graph && findTermProblem(graph));
}

function findTermProblem(term: RdfTerm): string | undefined {
  switch (term.kind) {
    case 'iri':
      return isAbsoluteIri(term.value) ? undefined : `"${term.value}" is no absolute IRI`;
    case 'blank':
      return LABEL.test(term.value) ? undefined : `"${term.value}" is no label of a blank node`;
    case 'literal':
      if (term.language !== undefined) return LANGUAGE.test(term.language) ? undefined : `"${term.language}" is no language tag`;
      return isAbsoluteIri(term.datatype) ? undefined : `"${term.datatype}" is no absolute IRI`;
    case 'triple':
      return findQuadProblem(term);
  }
}
