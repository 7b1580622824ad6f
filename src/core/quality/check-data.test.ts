import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkData } from './check-data.ts';

const QUERY = 'SELECT ?name { ?class <http://example.org/name> ?name }';
const found = (manifest: string, files: Record<string, string> = {}) =>
  checkData(makePack({ manifest, files })).map(
    ({ code, message, suggestion }) => `${code}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`,
  );

describe('checkData', () => {
  it('has nothing against what fits', () => {
    const manifest = `[data.model]\ndefault = "m.ttl"\n[queries.names]\nfile = "queries/names.rq"\ngroup_by = "class"\nparameters = { name = "1" }`;
    expect(found(manifest, { 'm.ttl': '', 'queries/names.rq': QUERY, 'gates/a.rq': 'ASK {}' })).toEqual([]);
  });

  it('finds files that are not there, and formats that nothing says', () => {
    const manifest = `[data.a]\ndefault = "m.tlt"\n[data.b]\ndefault = "n.ttl"\n[queries.names]\nfile = "queries/name.rq"`;
    expect(found(manifest, { 'm.tlt': '', 'queries/names.rq': QUERY })).toEqual([
      expect.stringMatching(/^DATA_FORMAT_UNKNOWN: \[data\.a\]: m\.tlt has no ending .*did you mean \.ttl\?/),
      expect.stringMatching(/^DATA_FILE_MISSING: \[data\.b\] has the default "n\.ttl"/),
      'DATA_FILE_MISSING: [queries.names] has the file "queries/name.rq", which no file of the pack is (did you mean queries/names.rq?)',
    ]);
  });

  it('finds variables that a query does not have', () => {
    const manifest = `[queries.names]\ntext = "${QUERY}"\ngroup_by = "clas"\nparameters = { nane = "1" }`;
    expect(found(manifest)).toEqual([
      'QUERY_UNSUITABLE: [queries.names] parameters: the query has no variable ?nane (did you mean name?)',
      'QUERY_UNSUITABLE: [queries.names] group_by: the query has no variable ?clas (did you mean class?)',
    ]);
  });

  it('finds queries and gates that cannot be asked', () => {
    const files = { 'gates/a.rq': 'DELETE WHERE { ?s ?p ?o }', 'gates/b.rq': 'SELECT * {', 'gates/c.rq': 'CONSTRUCT {} WHERE {}' };
    const codes = found('[queries.names]\ntext = "SELECT * { SERVICE <http://example.org/> {} }"', files).map((line) => line.split(':')[0]);
    expect(codes).toEqual(['QUERY_REFUSED', 'QUERY_REFUSED', 'QUERY_INVALID', 'QUERY_UNSUITABLE']);
  });
});
