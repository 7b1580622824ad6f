import { describe, expect, it } from 'vitest';
import { blankNode, languageLiteral, literal, namedNode, type RdfTerm } from '../metadata/rdf.ts';
import { groupRows, showTerm, toQueryRows, toTerm, toValue } from './rdf-value.ts';

const XSD = 'http://www.w3.org/2001/XMLSchema#';

describe('toValue', () => {
  it.each<[RdfTerm, unknown]>([
    [namedNode('http://example.org/a'), 'http://example.org/a'],
    [blankNode('b0'), '_:b0'],
    [literal('text'), 'text'],
    [literal('007', `${XSD}integer`), 7],
    [literal('+5', `${XSD}nonNegativeInteger`), 5],
    [literal('123456789012345678901', `${XSD}integer`), 123456789012345678901n],
    [literal('1.50', `${XSD}decimal`), 1.5],
    [literal('1e3', `${XSD}double`), 1000],
    [literal('INF', `${XSD}double`), 'INF'],
    [literal('many', `${XSD}integer`), 'many'],
    [literal('1', `${XSD}boolean`), true],
    [literal('false', `${XSD}boolean`), false],
    [literal('true', `${XSD}boolean`), true],
    [literal('1', `${XSD}boolean`), true],
    [literal('0', `${XSD}boolean`), false],
    [literal('yes', `${XSD}boolean`), 'yes'],
    [literal('-7', `${XSD}long`), -7],
    [literal('+7', `${XSD}unsignedByte`), 7],
    [literal('x7', `${XSD}integer`), 'x7'],
    [literal('7.5', `${XSD}integer`), '7.5'],
    [literal('', `${XSD}integer`), ''],
    [literal('+9007199254740993', `${XSD}integer`), 9007199254740993n],
    [literal('1'.repeat(1001), `${XSD}integer`), '1'.repeat(1001)],
    [literal('7.', `${XSD}decimal`), 7],
    [literal('.5', `${XSD}decimal`), 0.5],
    [literal('-1.5E-3', `${XSD}double`), -0.0015],
    [literal('2e2', `${XSD}float`), 200],
    [literal('.x', `${XSD}double`), '.x'],
    [literal('x1', `${XSD}double`), 'x1'],
    [literal('1x', `${XSD}double`), '1x'],
    [literal('INF', `${XSD}double`), 'INF'],
    [literal('1e999', `${XSD}double`), '1e999'],
    [blankNode('b'), '_:b'],
    [literal('2026-01-02', `${XSD}date`), '2026-01-02'],
    [languageLiteral('Hund', 'de'), 'Hund'],
    [{ kind: 'triple', subject: namedNode('a:s'), predicate: namedNode('a:p'), object: literal('o') }, ['a:s', 'a:p', 'o']],
  ])('%j', (term, value) => expect(toValue(term)).toEqual(value));
});

describe('toQueryRows', () => {
  const rows = [
    [literal('b'), undefined],
    [languageLiteral('a', 'en'), literal('2', `${XSD}integer`)],
    [languageLiteral('a', 'de'), undefined],
  ];

  it('has the language of a text, none for what is not bound, and an order of its own', () => {
    expect(toQueryRows({ variables: ['x', 'y'], rows }, false)).toEqual([
      new Map<string, unknown>([
        ['x', 'a'],
        ['x@lang', 'de'],
        ['y', null],
      ]),
      new Map<string, unknown>([
        ['x', 'a'],
        ['x@lang', 'en'],
        ['y', 2],
      ]),
      new Map<string, unknown>([
        ['x', 'b'],
        ['y', null],
      ]),
    ]);
  });

  it('keeps the order that the query gives', () => {
    expect(toQueryRows({ variables: ['x', 'y'], rows }, true).map((row) => row.get('x'))).toEqual(['b', 'a', 'a']);
  });
});

describe('toTerm', () => {
  it.each([
    ['a "quoted" } text', 'literal', literal('a "quoted" } text')],
    [3, 'literal', literal('3', `${XSD}integer`)],
    [1e21, 'literal', literal('1000000000000000000000', `${XSD}integer`)],
    [0.5, 'literal', literal('0.5', `${XSD}double`)],
    [true, 'literal', literal('true', `${XSD}boolean`)],
    ['http://example.org/', 'iri', namedNode('http://example.org/')],
    [3, 'iri', undefined],
    [['a'], 'literal', undefined],
    [null, 'literal', undefined],
  ] as const)('%j as %s', (value, kind, term) => expect(toTerm(value, kind)).toEqual(term));
});

it('puts rows in the order of their terms: text, kind, type and language, each by itself', () => {
  const terms = [
    literal('b'),
    undefined,
    literal('a', `${XSD}integer`),
    namedNode('a'),
    languageLiteral('a', 'en'),
    languageLiteral('a', 'de'),
    literal('a'),
    blankNode('a'),
    { kind: 'triple', subject: namedNode('a'), predicate: namedNode('a'), object: literal('a') } as const,
  ];
  const shown = (rows: readonly (readonly (RdfTerm | undefined)[])[], isOrdered: boolean) =>
    toQueryRows({ variables: ['x', 'y'], rows }, isOrdered).map(
      (row) => `${row.get('x')} ${row.get('x@lang') ?? ''} ${row.get('y') ?? ''}`,
    );
  const sorted = shown(
    terms.map((term) => [term, undefined]),
    false,
  );
  expect(
    shown(
      [...terms].reverse().map((term) => [term, undefined]),
      false,
    ),
  ).toEqual(sorted);
  expect(sorted).toEqual(['null  ', 'a,a,a  ', '_:a  ', 'a  ', 'a de ', 'a en ', 'a  ', 'a  ', 'b  ']);
  expect(
    shown(
      [
        [literal('a'), literal('b')],
        [literal('ab'), undefined],
        [literal('a'), literal('a')],
      ],
      false,
    ),
  ).toEqual(['a  a', 'a  b', 'ab  ']);
});

it('shows terms on one line', () => {
  expect(showTerm(languageLiteral('two\nlines', 'en'))).toBe('"two\\nlines"@en');
  expect(showTerm({ kind: 'triple', subject: blankNode('x'), predicate: namedNode('a:p'), object: literal('o') })).toBe(
    '<<( _:x <a:p> "o" )>>',
  );
});

it('groups rows by a value, in order, without those that have none', () => {
  const row = (of: string | number | null, name: string) =>
    new Map<string, string | number | null>([
      ['of', of],
      ['name', name],
    ]);
  const rows = [row('b', '1'), row(7, '2'), row('b', '3'), row(null, '4'), row('__proto__', '5')];
  const names = [...groupRows(rows, 'of')].map(([key, group]) => [key, (group as typeof rows).map((entry) => entry.get('name'))]);
  expect(names).toEqual([
    ['b', ['1', '3']],
    ['7', ['2']],
    ['__proto__', ['5']],
  ]);
});
