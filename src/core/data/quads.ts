import type { RdfQuad, RdfSubject, RdfTerm } from '../metadata/rdf.ts';

/** The quads with names for their blank nodes that no other document has. */
export function labelBlanks(quads: readonly RdfQuad[], prefix: string): RdfQuad[] {
  const relabel = <Term extends RdfTerm>(term: Term): Term => {
    if (term.kind === 'blank') return { ...term, value: `${prefix}${term.value}` };
    if (term.kind !== 'triple') return term;
    return { ...term, subject: relabel(term.subject as RdfSubject), object: relabel(term.object) };
  };
  return quads.map(({ subject, predicate, object, graph }) => ({
    subject: relabel(subject),
    predicate,
    object: relabel(object),
    ...(graph === undefined ? {} : { graph: relabel(graph) }),
  }));
}

const SUB_CLASS_OF = 'http://www.w3.org/2000/01/rdf-schema#subClassOf';

/** The hierarchy of classes in a graph: what shapes need besides themselves to know what an instance is. */
export function classHierarchy(quads: readonly RdfQuad[]): RdfQuad[] {
  return quads.filter(({ predicate }) => predicate.value === SUB_CLASS_OF);
}

const SHACL = 'http://www.w3.org/ns/shacl#';
const SPARQL_PARTS: ReadonlySet<string> = new Set(['sparql', 'SPARQLTarget', 'ConstraintComponent', 'js'].map((name) => SHACL + name));

/** What shapes use that is not of SHACL Core, and would be passed over in silence; IRIs in order of appearance. */
export function findBeyondCore(shapes: readonly RdfQuad[]): string[] {
  const used = shapes.flatMap(({ predicate, object }) => [predicate.value, object.kind === 'iri' ? object.value : '']);
  return [...new Set(used)].filter((iri) => SPARQL_PARTS.has(iri));
}
