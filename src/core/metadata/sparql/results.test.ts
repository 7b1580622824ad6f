import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RdfFormat } from '../rdf.ts';
import { checkResultFormat, type SolutionFormat } from './check-result-format.ts';
import { failForFindings } from './fail-for-findings.ts';
import type { QueryForm } from './inspect-query.ts';
import { parseSolutions } from './parse-solutions.ts';

describe('the format of a result', () => {
  it.each<readonly [form: QueryForm | undefined, suitable: string]>([
    ['SELECT', 'json xml csv tsv'],
    ['ASK', 'json xml'],
    ['CONSTRUCT', 'turtle ntriples jsonld'],
    ['DESCRIBE', 'turtle ntriples jsonld'],
    [undefined, 'json xml csv tsv turtle ntriples jsonld'],
  ])('of %s may be %s', (form, suitable) => {
    const formats = ['json', 'xml', 'csv', 'tsv', 'turtle', 'ntriples', 'jsonld'] as const satisfies readonly (
      | SolutionFormat
      | RdfFormat
    )[];
    const taken = formats.filter((format) => {
      try {
        checkResultFormat(form, format);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'QUERY_FORMAT_UNSUITABLE', message: `the result of ${form} cannot be written as ${format}` });
        return false;
      }
    });
    expect(taken.join(' ')).toBe(suitable);
  });
});

describe('findings about a query', () => {
  const finding = (code: Diagnostic['code'], more: Partial<Diagnostic> = {}): Diagnostic => ({
    code,
    severity: 'error',
    message: 'it is wrong',
    ...more,
  });

  it('that are one are told as the failure itself', () => {
    const where = { file: 'q.rq', line: 2 };
    expect(failForFindings([finding('QUERY_INVALID', { where, suggestion: 'mend it' })])).toMatchObject({
      code: 'QUERY_INVALID',
      message: 'it is wrong',
      where,
      hint: 'mend it',
      diagnostics: [],
    });
    expect(failForFindings([finding('QUERY_REFUSED')])).toMatchObject({ code: 'QUERY_REFUSED', where: undefined, hint: undefined });
  });

  it('that are several are told together, and as a refusal where one is', () => {
    const several = [finding('QUERY_INVALID'), finding('QUERY_REFUSED')];
    expect(failForFindings(several)).toMatchObject({ code: 'QUERY_REFUSED', message: 'the query has 2 problems', diagnostics: several });
  });
});

describe('the result of an engine', () => {
  it('has terms of all kinds, and names blank nodes in the order in which they come', () => {
    const uri = (value: string) => ({ type: 'uri', value });
    const bindings = [
      { a: { type: 'bnode', value: 'zz' }, b: { type: 'literal', value: 'x' } },
      { a: { type: 'bnode', value: 'yy' }, b: { type: 'literal', value: 'x', 'xml:lang': 'de' } },
      { a: { type: 'bnode', value: 'zz' }, b: { type: 'literal', value: '1', datatype: 'http://www.w3.org/2001/XMLSchema#integer' } },
      { b: { type: 'triple', value: { subject: uri('a:s'), predicate: uri('a:p'), object: uri('a:o') } } },
    ];
    const iri = (value: string) => ({ kind: 'iri', value });
    expect(parseSolutions(JSON.stringify({ head: { vars: ['a', 'b'] }, results: { bindings } }))).toEqual({
      kind: 'rows',
      variables: ['a', 'b'],
      rows: [
        [
          { kind: 'blank', value: 'b0' },
          { kind: 'literal', value: 'x', datatype: 'http://www.w3.org/2001/XMLSchema#string' },
        ],
        [
          { kind: 'blank', value: 'b1' },
          { kind: 'literal', value: 'x', datatype: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', language: 'de' },
        ],
        [
          { kind: 'blank', value: 'b0' },
          { kind: 'literal', value: '1', datatype: 'http://www.w3.org/2001/XMLSchema#integer' },
        ],
        [undefined, { kind: 'triple', subject: iri('a:s'), predicate: iri('a:p'), object: iri('a:o') }],
      ],
    });
  });

  it('can be yes or no', () => expect(parseSolutions('{"head": {}, "boolean": false}')).toEqual({ kind: 'boolean', value: false }));

  it.each([
    '',
    'null',
    '5',
    '{}',
    '{"head": {"vars": []}}',
    '{"head": {}, "results": {"bindings": []}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [null]}}',
    '{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "triple"}}]}}',
  ])('is none in %j', (text) => expect(parseSolutions(text)).toBeUndefined());
});
