import { describe, expect, it } from 'vitest';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { makePack, type PackFixture } from '../../testing/pack-fixture.ts';
import { choosePackQuery, chooseStockQuery, listQueries } from './choose-query.ts';

const QUERIES = '[queries.all]\ntext = "SELECT ?x WHERE { ?x ?y ?z }"\n[queries.some]\nfile = "queries/some.rq"\n';
const repositoryOf = (more: PackFixture = {}) => ({
  repository: MemoryPackRepository.of(makePack({ id: 'web', manifest: QUERIES, files: { 'queries/some.rq': 'ASK {}' }, ...more })),
});

describe('a query by its name', () => {
  it('is one of packsmith', async () => {
    const [first] = await listQueries(undefined, repositoryOf());
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

  it('is one of a pack, of its manifest or of a file', async () => {
    const ports = repositoryOf();
    expect(await choosePackQuery('web', 'all', ports)).toMatchObject({
      name: 'web: pack.toml [queries.all]',
      text: expect.stringContaining('SELECT'),
    });
    expect(await choosePackQuery('web', 'some', ports)).toMatchObject({
      name: 'web: queries/some.rq',
      text: 'ASK {}',
      scope: { kind: 'pack-data' },
    });
    expect((await listQueries('web', ports)).map(({ pack, name, summary }) => [pack, name, summary])).toEqual([
      ['web', 'all', 'asks the ontology and the data of the pack'],
      ['web', 'some', 'asks the ontology and the data of the pack'],
    ]);
  });

  it('is none where the pack has no such query, or not its file', async () => {
    await expect(choosePackQuery('web', 'al', repositoryOf())).rejects.toMatchObject({ code: 'QUERY_NOT_FOUND', suggestions: ['all'] });
    await expect(choosePackQuery('web', 'some', repositoryOf({ files: {} }))).rejects.toMatchObject({
      code: 'QUERY_NOT_FOUND',
      message: expect.stringContaining('queries/some.rq'),
    });
    await expect(choosePackQuery('ops', 'all', repositoryOf())).rejects.toMatchObject({ code: 'PACK_NOT_FOUND' });
  });

  it('is text, whatever its file holds', async () => {
    expect((await choosePackQuery('web', 'some', repositoryOf({ files: { 'queries/some.rq': Uint8Array.of(0xff) } }))).text).toBe('');
  });
});
