import { describe, expect, it } from 'vitest';
import { findQuadProblem } from './find-term-problem.ts';
import { blankNode, languageLiteral, literal, namedNode, type RdfQuad, type RdfTerm, XSD_INTEGER } from './rdf.ts';
import { shortenTerm } from './shorten-term.ts';

const NODE = namedNode('https://example.org/x');

describe('a term for people', () => {
  it.each<readonly [term: RdfTerm | undefined, text: string]>([
    [undefined, ''],
    [namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), 'rdf:type'],
    [namedNode('http://www.w3.org/2001/XMLSchema#'), 'http://www.w3.org/2001/XMLSchema#'],
    [NODE, 'https://example.org/x'],
    [blankNode('b0'), '_:b0'],
    [literal('a "b"'), 'a "b"'],
    [literal('5', XSD_INTEGER), '5'],
    [languageLiteral('thé', 'FR'), 'thé'],
    [literal('P1D', 'http://www.w3.org/2001/XMLSchema#duration'), 'P1D (xsd:duration)'],
    [
      { kind: 'triple', subject: NODE, predicate: namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), object: literal('1') },
      '<<( https://example.org/x rdf:type 1 )>>',
    ],
  ])('case %#: %j', (term, text) => expect(shortenTerm(term)).toBe(text));
});

describe('a quad that cannot be written', () => {
  const quad = (more: Partial<RdfQuad>): RdfQuad => ({ subject: NODE, predicate: NODE, object: literal('x'), ...more });

  it.each<readonly [more: Partial<RdfQuad>, problem: string | undefined]>([
    [{}, undefined],
    [{ graph: blankNode('g_1') }, undefined],
    [{ object: languageLiteral('x', 'de-CH-1996') }, undefined],
    [{ subject: namedNode('x y:z') }, '"x y:z" is no absolute IRI'],
    [{ predicate: namedNode('relative/path') }, '"relative/path" is no absolute IRI'],
    [{ subject: namedNode('a:\ud800') }, '"a:\ud800" is no absolute IRI'],
    [{ object: blankNode('a.') }, '"a." is no label of a blank node'],
    [{ object: blankNode('') }, '"" is no label of a blank node'],
    [{ object: { kind: 'literal', value: 'x', datatype: 'x', language: 'de_CH' } }, '"de_CH" is no language tag'],
    [{ object: literal('x', 'int') }, '"int" is no absolute IRI'],
    [{ graph: namedNode('<>') }, '"<>" is no absolute IRI'],
    [{ object: { kind: 'triple', subject: blankNode('-'), predicate: NODE, object: NODE } }, '"-" is no label of a blank node'],
  ])('%j: %s', (more, problem) => expect(findQuadProblem(quad(more))).toBe(problem));
});
