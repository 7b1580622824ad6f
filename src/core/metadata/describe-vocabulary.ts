import { languageLiteral, type NamedNode, namedNode, type RdfQuad } from './rdf.ts';
import { CLASSES, expandName, NAMESPACE, PROPERTIES, term } from './vocabulary.ts';

/** The vocabulary itself, as an ontology: every class and property, with what it is within of the common vocabularies. */
export function describeVocabulary(): readonly RdfQuad[] {
  const ontology = namedNode(NAMESPACE.slice(0, -1));
  return [
    state(ontology, 'rdf:type', named('owl:Ontology')),
    state(ontology, 'dcterms:title', languageLiteral('The vocabulary of packsmith', 'en')),
    ...entries(CLASSES).flatMap(([name, { comment, within }]) => [
      state(term(name), 'rdf:type', named('rdfs:Class')),
      ...describeTerm(term(name), name, comment),
      ...(within ?? []).map((wider) => state(term(name), 'rdfs:subClassOf', named(wider))),
    ]),
    ...entries(PROPERTIES).flatMap(([name, { comment, within, of, gives }]) => [
      state(term(name), 'rdf:type', named('rdf:Property')),
      ...describeTerm(term(name), name, comment),
      ...of.split(', ').map((subject) => state(term(name), 'schema:domainIncludes', namedNode(NAMESPACE + subject))),
      ...(gives === undefined ? [] : [state(term(name), 'rdfs:range', gives.includes(':') ? named(gives) : namedNode(NAMESPACE + gives))]),
      ...(within ?? []).map((wider) => state(term(name), 'rdfs:subPropertyOf', named(wider))),
    ]),
  ];
}

function describeTerm(subject: NamedNode, name: string, comment: string): readonly RdfQuad[] {
  return [state(subject, 'rdfs:label', languageLiteral(name, 'en')), state(subject, 'rdfs:comment', languageLiteral(comment, 'en'))];
}

function state(subject: NamedNode, predicate: string, object: RdfQuad['object']): RdfQuad {
  return { subject, predicate: named(predicate), object };
}

function named(name: string): NamedNode {
  return namedNode(expandName(name));
}

type Described = { readonly comment: string; readonly within?: readonly string[]; readonly of: string; readonly gives?: string };

function entries<Name extends keyof typeof CLASSES | keyof typeof PROPERTIES>(table: Readonly<Record<Name, object>>): [Name, Described][] {
  return Object.entries(table) as [Name, Described][];
}
