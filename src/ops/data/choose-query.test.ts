import { describe, expect, it } from 'vitest';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { choosePackQuery, chooseStockQuery, listPackQueries, listStockQueries } from './choose-query.ts';

const QUERIES = '[queries.all]\ntext = "SELECT ?x WHERE { ?x ?y ?z }"\n[queries.some]\nfile = "queries/some.rq"\n';
const packOf = (more: PackFixture = {}) => makePack({ id: 'web', manifest: QUERIES, files: { 'queries/some.rq': 'ASK {}' }, ...more });

describe('a query by its name', () => {
  it('is one of packsmith', () => {
    const [first] = listStockQueries();
    const name = first?.name ?? '';
    expect(chooseStockQuery(name, { kind: 'catalogue' })).toMatchObject({
      name,
      scope: { kind: 'catalogue' },
      required: expect.any(Array),
    });
    expect(() => chooseStockQuery(`${name}x`, { kind: 'catalogue' })).toThrow(
      expect.objectContaining({ code: 'QUERY_NOT_FOUND', suggestions: [name], hint: expect.stringContaining(`did you mean ${name}`) }),
    );
    expect(() => chooseStockQuery('zzzzzzzzzzzz', { kind: 'catalogue' })).toThrow(
      expect.objectContaining({ code: 'QUERY_NOT_FOUND', hint: '`packs query --list` shows what there is' }),
    );
  });

  it('is one of a pack, of its manifest or of a file', () => {
    const pack = packOf();
    expect(choosePackQuery(pack, 'all')).toMatchObject({
      name: 'web: pack.toml [queries.all]',
      text: expect.stringContaining('SELECT'),
    });
    expect(choosePackQuery(pack, 'some')).toMatchObject({
      name: 'web: queries/some.rq',
      text: 'ASK {}',
      scope: { kind: 'pack-data' },
    });
    expect(listPackQueries(pack).map((query) => [query.pack, query.name, query.summary])).toEqual([
      ['web', 'all', 'asks the ontology and the data of the pack'],
      ['web', 'some', 'asks the ontology and the data of the pack'],
    ]);
  });

  it('is none where the pack has no such query, or not its file', () => {
    expect(() => choosePackQuery(packOf(), 'al')).toThrow(expect.objectContaining({ code: 'QUERY_NOT_FOUND', suggestions: ['all'] }));
    expect(() => choosePackQuery(packOf({ files: {} }), 'some')).toThrow(
      expect.objectContaining({ code: 'QUERY_NOT_FOUND', message: expect.stringContaining('queries/some.rq') }),
    );
  });

  it('is text, whatever its file holds', () => {
    expect(choosePackQuery(packOf({ files: { 'queries/some.rq': Uint8Array.of(0xff) } }), 'some').text).toBe('');
  });
});
