import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOCK_QUERIES } from '../stock-queries.ts';
import { PREFIXES } from '../vocabulary.ts';
import { findUnknownTerms } from './find-unknown-terms.ts';
import { inspectQuery } from './inspect-query.ts';
import { parseParameter } from './parse-parameter.ts';
import { parseSolutions } from './parse-solutions.ts';
import { prepareQuery } from './prepare-query.ts';
import { scanTokens } from './scan-tokens.ts';

const prepare = (text: string, terms: Readonly<Record<string, string>> = {}, offset = 0, limit?: number) =>
  prepareQuery(inspectQuery(text, { name: 'q', prefixes: PREFIXES }), {
    terms: new Map(Object.entries(terms)),
    prefixes: new Map([...PREFIXES].map(([prefix, iri]) => [prefix, `<${iri}>`])),
    offset,
    limit,
  });
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

describe('findUnknownTerms', () => {
  it.each([
    ['SELECT * { ?p a ps:Pack; ps:version ?v; dcterms:license ?l; schema:nothing ?n }', []],
    ['SELECT * { ?p ps:licence ?l }', ["ps:licence is no term of packsmith's vocabulary"]],
    ['SELECT * { ?p ps:license ?l; ps:license ?m }', ["ps:license is no term of packsmith's vocabulary; did you mean dcterms:license?"]],
    ['SELECT * { ?p ps:verison ?v }', ["ps:verison is no term of packsmith's vocabulary; did you mean ps:version?"]],
    ['PREFIX p: <urn:packsmith:ns#> SELECT * { ?p a p:Pak }', ["p:Pak is no term of packsmith's vocabulary; did you mean ps:Pack?"]],
    ['SELECT * { ?p <urn:packsmith:ns#xyzzy> ?v }', ["<urn:packsmith:ns#xyzzy> is no term of packsmith's vocabulary"]],
    ['PREFIX ps: <urn:mine#> SELECT * { ?p ps:licence "ps:licence" } # ps:licence', []],
    ['SELECT * { GRAPH <urn:packsmith:ns#> { ?p ?o ps: } }', []],
  ])('in %s', (text, problems) => expect(findUnknownTerms(text)).toEqual(problems));

  it('are none in the queries that are there', () => {
    expect(STOCK_QUERIES.flatMap(({ text }) => findUnknownTerms(text))).toEqual([]);
  });
});

describe('scanTokens', () => {
  it('loses nothing but spaces and comments, whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aA1_:.?$<>"\'\\{}()[]#@^|&!=+-*/ \n\u00e9\u{1F600}') }), (text) => {
        const tokens = scanTokens(text);
        let end = 0;
        for (const token of tokens) {
          expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text);
          expect(text.slice(end, token.start)).toMatch(/^(?:[ \t\r\n]|#[^\r\n]*)*$/);
          end = token.start + token.text.length;
        }
      }),
    );
  });

  // What took the square of the time would need minutes, and end at the limit of the test.
  it('takes time in proportion to the text', () => {
    for (const text of [
      '"'.repeat(200_000),
      '<a'.repeat(200_000),
      "'''".repeat(100_000),
      'a:'.repeat(200_000),
      'a.'.repeat(200_000),
      'a-'.repeat(200_000),
      '"\\'.repeat(200_000),
    ])
      expect(
        scanTokens(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
  });
});

describe('inspectQuery', () => {
  const found = (text: string): string[] =>
    inspectQuery(text, { name: 'q.rq', prefixes: PREFIXES }).diagnostics.map(
      ({ code, message, where, suggestion }) => `${code} ${where?.file}:${where?.line}:${where?.column} ${message} → ${suggestion}`,
    );
  const BEGIN = 'begin with SELECT, ASK, CONSTRUCT, DESCRIBE, after PREFIX lines where there are any';

  it.each<[text: string, found: readonly string[]]>([
    ['BASE <http://a/> VERSION "1.2" PREFIX a: <http://a/> SELECT * { ?x a:b rdf:type }', []],
    ['', [`QUERY_INVALID q.rq:1:1 there is no query → ${BEGIN}`]],
    ['PREFIX a: <http://a/>\n', [`QUERY_INVALID q.rq:2:1 there is no query → ${BEGIN}`]],
    ['PREFIX a: <http://a/>\n  FIND ?x', [`QUERY_INVALID q.rq:2:3 a query does not begin with "FIND" → ${BEGIN}`]],
    [
      'SELECT * {\n SERVICE <http://a/> { } service <http://b/> {',
      [
        'QUERY_REFUSED q.rq:2:2 SERVICE is refused: a query only reads, and only what is here → leave it out',
        'QUERY_REFUSED q.rq:2:26 SERVICE is refused: a query only reads, and only what is here → leave it out',
      ],
    ],
    ...['insert', 'DELETE', 'LOAD', 'CLEAR', 'DROP', 'CREATE', 'ADD', 'MOVE', 'COPY', 'WITH'].map((word): [string, string[]] => [
      `PREFIX a: <http://a/> ${word} x`,
      [`QUERY_REFUSED q.rq:1:23 ${word.toUpperCase()} is refused: a query only reads, and only what is here → leave it out`],
    ]),
    ['SELECT * { ?x ?y "DELETE" . ?insert ?with ?y } # LOAD', []],
    [
      'SELECT * { ?x ?y "a }',
      ['QUERY_INVALID q.rq:1:18 a string does not end → close it with the same quote; a string over several lines has three'],
    ],
    [
      "SELECT * { ?x ?y '''a' } }",
      ['QUERY_INVALID q.rq:1:18 a string does not end → close it with the same quote; a string over several lines has three'],
    ],
    ['SELECT * { ?x ~ ?y } }', ['QUERY_INVALID q.rq:1:15 "~" means nothing here → remove it, or put it into a string']],
    ['SELECT * { ?x ?y [ } ]', ['QUERY_INVALID q.rq:1:20 "}" stands where "]" is expected → close what the last "[" opens']],
    ['SELECT * { } )', ['QUERY_INVALID q.rq:1:14 ")" closes nothing → remove it']],
    ['SELECT (COUNT(?x) AS ?n', ['QUERY_INVALID q.rq:1:8 "(" is never closed → add ")"']],
    ['SELECT * { ?x ?y [ ', ['QUERY_INVALID q.rq:1:18 "[" is never closed → add "]"']],
    [
      'SELECT * { ?x dcterm:title zzzzzzz:y ; dcterm:x 1 }',
      [
        'QUERY_INVALID q.rq:1:15 the prefix "dcterm:" is not declared → did you mean "dcterms:"? Or declare it: PREFIX dcterm: <IRI>',
        'QUERY_INVALID q.rq:1:28 the prefix "zzzzzzz:" is not declared → declare it: PREFIX zzzzzzz: <IRI>',
      ],
    ],
    [
      'PREFIX b <http://b/> SELECT * { ?x PREFIX b:y }',
      ['QUERY_INVALID q.rq:1:43 the prefix "b:" is not declared → declare it: PREFIX b: <IRI>'],
    ],
  ])('of %j', (text, expected) => expect(found(text)).toEqual(expected));

  it('knows the form, the variables and the prefixes to supply', () => {
    const { form, variables, supplied } = inspectQuery('PREFIX ps: <urn:x> describe ?b $a { ?b xsd:a ps:b, rdf:c, rdf:d }', {
      name: 'q',
      prefixes: PREFIXES,
    });
    expect({ form, variables: [...variables], supplied }).toEqual({ form: 'DESCRIBE', variables: ['b', 'a'], supplied: ['rdf', 'xsd'] });
    expect(inspectQuery('x', { name: 'q', prefixes: PREFIXES }).form).toBeUndefined();
  });
});

describe('prepareQuery', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['SELECT ?x { ?x ?y ?z }', {}, 'SELECT ?x { ?x ?y ?z }'],
    ['SELECT ?x { ?x ps:id ?z }', {}, 'PREFIX ps: <urn:packsmith:ns#> SELECT ?x { ?x ps:id ?z }'],
    ['SELECT ?x { ?x ?y ?z }', { z: '1' }, 'SELECT ?x { VALUES (?z) { (1) } ?x ?y ?z }'],
    ['SELECT ?x { ?x ?y "?z" # ?z\n}', { z: '1' }, 'SELECT ?x { ?x ?y "?z" # ?z }'],
    ['ASK { VALUES ?z { 1 } { ?a ?b ?z } }', { z: '1' }, 'ASK { VALUES (?z) { (1) } VALUES ?z { 1 } { VALUES (?z) { (1) } ?a ?b ?z } }'],
    ['CONSTRUCT { ?a ?b ?z } WHERE { ?a ?b ?z }', { z: '1' }, 'CONSTRUCT { ?a ?b ?z } WHERE { VALUES (?z) { (1) } ?a ?b ?z }'],
    ['DESCRIBE ?z', { z: '<a:b>' }, 'DESCRIBE ?z WHERE { VALUES (?z) { (<a:b>) } }'],
    [
      'SELECT * { { SELECT (COUNT(?x) AS ?n) { ?x ?y ?c } } FILTER(?n > ?m) }',
      { m: '1' },
      'SELECT * { VALUES (?m) { (1) } { SELECT (COUNT(?x) AS ?n) { ?x ?y ?c } } FILTER(?n > ?m) }',
    ],
    ['CONSTRUCT WHERE { ?a ?b ?z . } LIMIT 1', { z: '1' }, 'CONSTRUCT { ?a ?b ?z . } WHERE { VALUES (?z) { (1) } ?a ?b ?z . } LIMIT 1'],
    [
      'SELECT ?a (COUNT(?b) AS ?n) { ?a ?b ?z } GROUP BY ?a HAVING (?n > ?m)',
      { z: '1', m: '2' },
      'SELECT ?a (COUNT(?b) AS ?n) { VALUES (?z ?m) { (1 2) } ?a ?b ?z } GROUP BY ?z ?m ?a HAVING (?n > ?m)',
    ],
    [
      'SELECT * { { SELECT ?a { ?a ?b ?z } GROUP BY ?a } } ORDER BY ?a',
      { z: '1' },
      'SELECT * { VALUES (?z) { (1) } { SELECT ?a { VALUES (?z) { (1) } ?a ?b ?z } GROUP BY ?z ?a } } ORDER BY ?a',
    ],
    [
      'SELECT ?x { { ?x ?y ?z } UNION { ?x ?y 1 } }',
      { z: '1' },
      'SELECT ?x { VALUES (?z) { (1) } { VALUES (?z) { (1) } ?x ?y ?z } UNION { ?x ?y 1 } }',
    ],
    ['ASK { VALUES (?z ?y) { (1 2) } ?x ?y ?z }', { y: '1', z: '2' }, 'ASK { VALUES (?z ?y) { (2 1) } VALUES (?z ?y) { (1 2) } ?x ?y ?z }'],
    ['ASK { ?x ?y ?a }', { z: '1' }, 'ASK { ?x ?y ?a }'],
  ])('binds by data: %j', (text, terms, expected) => expect(oneLine(prepare(text, terms).text)).toBe(expected));

  it.each<[string, number, number | undefined, string]>([
    ['SELECT * { }', 0, 5, 'SELECT * { } LIMIT 5'],
    ['SELECT * { } LIMIT 3', 0, 5, 'SELECT * { } LIMIT 3'],
    ['SELECT * { } LIMIT 9 OFFSET 2', 4, 5, 'SELECT * { } LIMIT 5 OFFSET 6'],
    ['SELECT * { } OFFSET 2', 1, undefined, 'SELECT * { } OFFSET 3'],
    ['SELECT * { { SELECT * { } LIMIT 1 } } VALUES ?x { 1 }', 0, 5, 'SELECT * { { SELECT * { } LIMIT 1 } } LIMIT 5 VALUES ?x { 1 }'],
    ['SELECT * { } # LIMIT 1', 0, 5, 'SELECT * { } LIMIT 5 # LIMIT 1'],
    ['ASK { }', 1, 5, 'ASK { }'],
    ['SELECT * { } LIMIT 9', 4, 50, 'SELECT * { } LIMIT 5 OFFSET 4'],
    ['SELECT * { } LIMIT 3', 4, undefined, 'SELECT * { } LIMIT 0 OFFSET 4'],
    ['SELECT * { }', 0, undefined, 'SELECT * { }'],
    ['SELECT * { } LIMIT', 0, 5, 'SELECT * { } LIMIT5'],
  ])('bounds the solutions of %j', (text, offset, limit, expected) =>
    expect(oneLine(prepare(text, {}, offset, limit).text)).toBe(expected),
  );

  it('leads every place back to where it was', () => {
    const text = 'SELECT ?x { ?x ps:id ?z } LIMIT 10';
    const prepared = prepare(text, { z: '"a long term"' }, 2, 5);
    for (const token of scanTokens(text).filter(({ text: word }) => /[a-z]{2}|\?x/i.test(word) && word !== '10'))
      expect(prepared.toOriginal(prepared.text.indexOf(token.text, prepared.text.indexOf('SELECT')))).toBe(text.indexOf(token.text));
  });
});

describe('parseParameter', () => {
  const XSD = 'http://www.w3.org/2001/XMLSchema#';
  it.each<[string, object]>([
    ['text', { value: 'text', datatype: `${XSD}string` }],
    ['', { value: '' }],
    ['<https://example.com/>', { kind: 'iri', value: 'https://example.com/' }],
    ['ps:Pack', { kind: 'iri', value: 'urn:packsmith:ns#Pack' }],
    ['other:Pack', { kind: 'literal', value: 'other:Pack' }],
    ['https://example.com/', { kind: 'literal' }],
    ['-12', { value: '-12', datatype: `${XSD}integer` }],
    ['1.50', { value: '1.50', datatype: `${XSD}decimal` }],
    ['1.2.3', { datatype: `${XSD}string` }],
    ['true', { value: 'true', datatype: `${XSD}boolean` }],
    ['"true"', { value: 'true', datatype: `${XSD}string` }],
    ['"a\\"b\\n"', { value: 'a"b\n' }],
    ['"Apfel"@de', { value: 'Apfel', language: 'de' }],
    ['"2026-01-01"^^xsd:date', { value: '2026-01-01', datatype: `${XSD}date` }],
    ['"x"^^<a:b>', { value: 'x', datatype: 'a:b' }],
  ])('reads %j', (text, expected) => expect(parseParameter('p', text, PREFIXES)).toMatchObject(expected));

  it.each([
    ['<a b>', '"a b": it is no absolute IRI'],
    ['"a"^^nothing:x', '"\\"a\\"^^nothing:x": "nothing:x" is no known type'],
    ['"a"^^nothing', '"\\"a\\"^^nothing": "nothing" is no known type'],
    ['"a"^^<x y>', '"x y": it is no absolute IRI'],
    ['"open', '"\\"open": the quotes do not enclose it, or it has an unknown escape'],
    ['ps:a b', '"urn:packsmith:ns#a b": it is no absolute IRI'],
  ])('says why it refuses %j', (text, reason) => {
    const hint = 'give <IRI>, a number, true, false, text, or "text" with @language or ^^type behind it';
    const error = { code: 'QUERY_PARAMETER_INVALID', message: `the parameter "p" cannot be ${reason}`, hint };
    expect(() => parseParameter('p', text, PREFIXES)).toThrow(expect.objectContaining(error));
  });

  it.each(['<a b>', '<relative>', '"open', '"a" }', '"a"^^nothing:x', '"a"^^<x y>', '"\\q"'])('refuses %j', (text) =>
    expect(() => parseParameter('p', text, PREFIXES)).toThrow('the parameter "p" cannot be'),
  );
});

describe('parseSolutions', () => {
  it.each(['', '{}', '[]', 'null', '{"head":{"vars":["x"]}}', '{"head":{"vars":["x"]},"results":{"bindings":[null]}}'])(
    'is undefined for %j',
    (text) => expect(parseSolutions(text)).toBeUndefined(),
  );
});
