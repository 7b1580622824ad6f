import { describe, expect, it } from 'vitest';
import { nativeHash } from '../../adapters/hash.ts';
import type { KeptInputs, OpenedStore, RdfInput, SparqlEngine } from '../../ports/sparql-engine.ts';
import { MemoryPackRepository } from '../../testing/memory-pack-repository.ts';
import { MemoryProjectDir } from '../../testing/memory-project-dir.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { RecordingReporter } from '../../testing/recording-reporter.ts';
import { type MetadataScope, openMetadata } from './open-metadata.ts';

const NOWHERE = { sources: [], registries: [] };

const PACK = makePack({
  id: 'web',
  manifest:
    '[data.people]\ndefault = "people.ttl"\n[data.list]\ndefault = "list.json"\n[data.gone]\ndefault = "gone.ttl"\n[data.given]\nfrom = "{{ file }}"\n[variables.file]\ntype = "path"\ndefault = "x.ttl"\n',
  files: { 'ontology.ttl': 'an ontology', 'people.ttl': 'people', 'list.json': '[]' },
});

async function open(
  scope: MetadataScope,
  { withScores = false, project }: { withScores?: boolean; project?: MemoryProjectDir } = {},
  diagnostics?: [],
) {
  const opened: RdfInput[] = [];
  const keys: string[] = [];
  const result = (): OpenedStore =>
    diagnostics === undefined ? ({ kind: 'opened', store: {} } as unknown as OpenedStore) : { kind: 'invalid', diagnostics };
  const engine = {
    open: async (inputs: readonly RdfInput[]) => {
      opened.push(...inputs);
      return result();
    },
    openKept: async ({ key, load }: KeptInputs) => {
      keys.push(key);
      opened.push(...(await load()));
      return result();
    },
  } as unknown as SparqlEngine;
  const ports = {
    repository: MemoryPackRepository.of(PACK),
    reporter: new RecordingReporter(),
    hash: nativeHash,
    project,
    places: NOWHERE,
  };
  await openMetadata(engine, { scope, withScores, signal: new AbortController().signal }, ports);
  const documents = opened.flatMap((input) => ('name' in input ? [`${input.name} ${input.base ?? ''}`] : []));
  const statements = opened.flatMap((input) => ('name' in input ? [] : [...input]));
  return { documents, keys, statements, scores: statements.filter(({ predicate }) => /score/i.test(predicate.value)).length };
}

describe('what is asked', () => {
  it('is the catalogue, with scores only where they are asked for, under a key of their own', async () => {
    const [plain, scored] = [await open({ kind: 'catalogue' }), await open({ kind: 'catalogue' }, { withScores: true })];
    expect([plain.scores, scored.scores > 0, plain.statements.length > 0]).toEqual([0, true, true]);
    expect(plain.keys).not.toEqual(scored.keys);
  });

  it('is a pack with its ontology and its data, as far as they are graphs and there', async () => {
    const { documents, scores } = await open({ kind: 'pack', pack: PACK });
    expect(documents).toEqual(['web: ontology.ttl file:///ontology.ttl', 'web: people.ttl file:///people.ttl']);
    expect([scores, (await open({ kind: 'pack', pack: PACK }, { withScores: true })).scores > 0]).toEqual([0, true]);
  });

  it.each([
    [undefined, ['web: ontology.ttl file:///ontology.ttl', 'web: people.ttl file:///people.ttl']],
    ['data.people', ['web: people.ttl file:///people.ttl']],
    ['data.list', []],
    ['data.given', []],
  ])('is the data of a pack, over %s', async (over, expected) => {
    const { documents, statements } = await open({ kind: 'pack-data', pack: PACK, over });
    expect([documents, statements]).toEqual([expected, []]);
  });

  it('is a project only where one is', async () => {
    await expect(open({ kind: 'project' })).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
    await expect(open({ kind: 'project' }, { project: new MemoryProjectDir() })).rejects.toMatchObject({ code: 'PROJECT_NOT_FOUND' });
  });

  it('is refused with the findings where it is not valid', async () => {
    await expect(open({ kind: 'pack', pack: PACK }, {}, [])).rejects.toMatchObject({ code: 'DATA_REFUSED', diagnostics: [] });
  });
});
