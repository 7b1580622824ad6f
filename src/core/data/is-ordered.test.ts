import { expect, it } from 'vitest';
import { inspectQuery } from '../metadata/sparql/inspect-query.ts';
import { isOrdered } from './is-ordered.ts';

it.each([
  ['SELECT * { ?a ?b ?c } order by ?a', true],
  ['SELECT * WHERE { ?a ?b ?c }\nORDER\n  BY DESC(?a)', true],
  ['SELECT ?a WHERE { ?a ?b ?c }', false],
  ['SELECT * { { SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 3 } }', false],
  ['SELECT * { ?a ?b "} ORDER BY ?a" } # ORDER BY ?a', false],
])('%s', (text, ordered) => expect(isOrdered(inspectQuery(text, { name: 'q', prefixes: new Map() }))).toBe(ordered));
