import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const { Parser } = createRequire(import.meta.url)('n3') as {
  readonly Parser: new (options: { format: string }) => { parse(text: string): { readonly predicate: { readonly value: string } }[] };
};

const makeWorkshop = makeWorkshops();

describe('workflow 6: queries', () => {
  it('asks a named query of a pack', async () => {
    const { succeed, work } = makeWorkshop();
    writePack(join(work, 'packs/shop'), {
      id: 'shop',
      manifest: '[queries.goods]\nfile = "queries/goods.rq"\n',
      files: {
        'queries/goods.rq': 'PREFIX ex: <https://example.com/>\nSELECT ?name { ?good a ex:Good ; ex:name ?name } ORDER BY ?name',
        'ontology.ttl': '@prefix ex: <https://example.com/> . ex:a a ex:Good ; ex:name "Apple" . ex:p a ex:Good ; ex:name "Pear" .',
      },
    });
    expect((await succeed(['query', 'shop', 'goods'])).stdout).toBe('NAME\nApple\nPear\n\n2 results\n');
  });

  it('asks the whole catalogue for the score of each pack', async () => {
    const { json } = makeWorkshop();
    const { data } = await json(['query', '--query', 'SELECT ?pack ?score WHERE { ?pack ps:score ?score } ORDER BY DESC(?score)']);
    const scores = (data.bindings as { pack: { value: string }; score: { value: string } }[]).map(({ score }) => Number(score.value));
    expect(data.bindings.map(({ pack }: { pack: { value: string } }) => pack.value)).toContainEqual(
      expect.stringMatching(/^urn:packsmith:pack:web-api-starter:/),
    );
    expect(scores.length).toBeGreaterThanOrEqual(14);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score <= 100)).toBe(true);
  });

  it('exports RDF that another tool reads back', async () => {
    const { succeed, work } = makeWorkshop();
    await succeed(['export', '--catalogue', '--format', 'turtle', '--output', 'catalogue.ttl']);
    const quads = new Parser({ format: 'Turtle' }).parse(readFileSync(join(work, 'catalogue.ttl'), 'utf8'));
    expect(quads.filter(({ predicate }) => predicate.value === 'urn:packsmith:ns#score').length).toBeGreaterThanOrEqual(14);
  });
});
