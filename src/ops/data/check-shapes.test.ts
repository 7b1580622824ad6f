import { describe, expect, it } from 'vitest';
import { literal, namedNode } from '../../core/metadata/rdf.ts';
import type { ShapeOutcome, ShapeResult } from '../../ports/shape-validator.ts';
import type { RdfDocument, SparqlEngine } from '../../ports/sparql-engine.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkShapes } from './check-shapes.ts';

const sparql = {
  parse: async ({ text, name }: RdfDocument) => ({
    quads: text.includes('+')
      ? [{ subject: namedNode('urn:s'), predicate: namedNode('http://www.w3.org/ns/shacl#sparql'), object: namedNode('urn:o') }]
      : [],
    diagnostics: text.includes('!') ? [{ code: 'RDF_INVALID', severity: 'error', message: 'not RDF', where: { file: name } }] : [],
  }),
} as unknown as SparqlEngine;

async function check(files: Readonly<Record<string, string>>, outcome: ShapeOutcome = { kind: 'checked', results: [] }) {
  let asked = 0;
  const openShapeValidator = async () => ({
    validate: async () => {
      asked += 1;
      return outcome;
    },
  });
  const checked = await checkShapes({ pack: makePack({ files }), documents: [], derived: [] }, { sparql, openShapeValidator });
  return { ...checked, asked };
}

const result = (more: Partial<ShapeResult> = {}): ShapeResult => ({
  severity: 'violation',
  focus: namedNode('urn:a'),
  path: undefined,
  value: undefined,
  constraint: 'MinCount',
  message: 'too few',
  ...more,
});

const SHAPES = { 'shapes/a.ttl': 'shapes' };

describe('the shapes of a pack', () => {
  it('are checked only where there are some, and where they are valid', async () => {
    expect(await check({})).toEqual({ findings: [], warnings: [], asked: 0 });
    expect(await check({ 'shapes/a.ttl': '!', 'shapes/b.ttl': '+' })).toMatchObject({
      asked: 0,
      findings: [
        { code: 'RDF_INVALID', where: { file: 'shapes/a.ttl' } },
        { code: 'SHAPES_INVALID', where: { file: 'shapes' }, message: expect.stringContaining('shacl#sparql') },
      ],
    });
  });

  it('say what cannot be used of them', async () => {
    const { findings } = await check(SHAPES, { kind: 'unusable', problem: 'a list\u001b[2J never ends' });
    expect(findings).toMatchObject([{ code: 'SHAPES_INVALID', message: expect.stringContaining('a list never ends') }]);
  });

  it('find what violates them, where, and with which value; what is less grave is a warning', async () => {
    const { findings, warnings } = await check(SHAPES, {
      kind: 'checked',
      results: [
        result({ path: 'ex:name', value: literal('x') }),
        result({ value: namedNode('urn:a') }),
        result({ severity: 'warning', message: 'no comment' }),
        result({ severity: 'info', path: 'ex:age' }),
      ],
    });
    expect(findings.map(({ code, message }) => [code, message])).toEqual([
      ['SHAPE_VIOLATED', expect.stringMatching(/^<urn:a>, ex:name: too few: found .*x/)],
      ['SHAPE_VIOLATED', '<urn:a>: too few'],
    ]);
    expect(warnings).toEqual(['<urn:a>, ex:age: too few', '<urn:a>: no comment']);
  });

  it('show a hundred of their results, and count the others', async () => {
    const results = Array.from({ length: 103 }, (_, index) => result({ message: `number ${1000 + index}` }));
    const { findings } = await check(SHAPES, { kind: 'checked', results });
    expect([findings.length, findings.at(-1)?.message]).toEqual([101, 'and 3 more']);
  });
});
