import { describe, expect, it } from 'vitest';
import { blankNode, literal, namedNode, type RdfQuad } from '../metadata/rdf.ts';
import { classHierarchy, findBeyondCore, labelBlanks } from './quads.ts';

const iri = (name: string) => namedNode(`http://example.org/${name}`);
const SHACL = 'http://www.w3.org/ns/shacl#';

describe('quads', () => {
  it('have blank nodes of their own, wherever these stand', () => {
    const quad: RdfQuad = {
      subject: blankNode('a'),
      predicate: iri('p'),
      object: { kind: 'triple', subject: blankNode('b'), predicate: iri('p'), object: literal('b') },
      graph: blankNode('g'),
    };
    expect(labelBlanks([quad, { subject: iri('s'), predicate: iri('p'), object: iri('o') }], 'x-')).toEqual([
      {
        subject: blankNode('x-a'),
        predicate: iri('p'),
        object: { kind: 'triple', subject: blankNode('x-b'), predicate: iri('p'), object: literal('b') },
        graph: blankNode('x-g'),
      },
      { subject: iri('s'), predicate: iri('p'), object: iri('o') },
    ]);
  });

  it('tell which class is below which', () => {
    const below: RdfQuad = { subject: iri('a'), predicate: namedNode('http://www.w3.org/2000/01/rdf-schema#subClassOf'), object: iri('b') };
    expect(classHierarchy([{ ...below, predicate: iri('p') }, below])).toEqual([below]);
  });

  it('tell what of shapes is beyond the core of SHACL, once each', () => {
    const say = (predicate: string, object: RdfQuad['object']): RdfQuad => ({ subject: iri('s'), predicate: namedNode(predicate), object });
    const shapes = [
      say(`${SHACL}path`, iri('p')),
      say(`${SHACL}sparql`, blankNode('c')),
      say(`${SHACL}target`, namedNode(`${SHACL}SPARQLTarget`)),
      say(`${SHACL}sparql`, blankNode('d')),
      say(`${SHACL}message`, literal(`${SHACL}js`)),
      say(`${SHACL}js`, iri('j')),
      say('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', namedNode(`${SHACL}ConstraintComponent`)),
    ];
    expect(findBeyondCore(shapes)).toEqual(['sparql', 'SPARQLTarget', 'js', 'ConstraintComponent'].map((name) => SHACL + name));
    expect(findBeyondCore(shapes.slice(0, 1))).toEqual([]);
  });
});
