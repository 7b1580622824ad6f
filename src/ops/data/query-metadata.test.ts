import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import type { SparqlEngine } from '../../ports/sparql-engine.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { RecordingReporter } from '../../testing/recording-reporter.ts';
import { chooseStockQuery } from './choose-query.ts';
import { queryMetadata } from './query-metadata.ts';

const ROWS = { kind: 'rows', variables: [], rows: [] } as const;

async function ask(name: string, parameters: Readonly<Record<string, string>>) {
  const store = { query: async () => ROWS };
  const engine = { openKept: async () => ({ kind: 'opened', store }), close: async () => undefined } as unknown as SparqlEngine;
  const ports = {
    repository: MemoryPackRepository.of(makePack({ id: 'web-api' }), makePack({ id: 'devops-basics' }), makePack({ id: 'base' })),
    reporter: new RecordingReporter(),
    hash: nativeHash,
    project: undefined,
    places: { sources: [], registries: [] },
    openSparqlEngine: async () => engine,
  };
  const query = chooseStockQuery(name, { kind: 'catalogue' });
  return queryMetadata({ query, parameters: new Map(Object.entries(parameters)) }, ports);
}

describe('a query of packsmith about packs', () => {
  it('is answered where the packs are there', async () => {
    expect(await ask('compatibility', { first: 'web-api', second: '"base"' })).toBe(ROWS);
    expect(await ask('package-users', { package: 'nothing' })).toBe(ROWS);
  });

  it('is refused where one is not, with the nearest', async () => {
    await expect(ask('related', { pack: 'web-ap' })).rejects.toMatchObject({
      code: 'PACK_NOT_FOUND',
      message: 'there is no pack "web-ap"',
      suggestions: ['web-api'],
    });
    await expect(ask('related', { pack: 'devops' })).rejects.toMatchObject({ hint: 'did you mean devops-basics?' });
    await expect(ask('compatibility', { first: 'qqqqqqqq', second: 'zzzzzzzz' })).rejects.toMatchObject({
      message: 'there is no pack "qqqqqqqq" and no pack "zzzzzzzz"',
      hint: '`packs list` shows every pack',
    });
  });
});
