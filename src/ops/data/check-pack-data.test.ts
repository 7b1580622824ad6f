import { describe, expect, it } from 'vitest';
import { namedNode, type RdfQuad } from '../../core/metadata/rdf.ts';
import type { RdfDocument, SparqlEngine } from '../../ports/sparql-engine.ts';
import { MemoryDataFiles } from '../../testing/memory-data-files.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkPackData } from './check-pack-data.ts';

const NOT_TEXT = Uint8Array.of(0xff, 0xfe, 0xfd);
const SPARQL_CONSTRAINT = 'http://www.w3.org/ns/shacl#sparql';

/** Reads `!` as what is not valid, and `+` as a statement that only SHACL-SPARQL has. */
function makeEngine() {
  const state = { isOpen: true, parsed: [] as string[] };
  const engine = {
    parse: async ({ text, name }: RdfDocument) => {
      state.parsed.push(name);
      const quad: RdfQuad = { subject: namedNode('urn:s'), predicate: namedNode(SPARQL_CONSTRAINT), object: namedNode('urn:o') };
      const finding = { code: 'RDF_INVALID', severity: 'error', message: 'not RDF', where: { file: name, line: 1 } } as const;
      return { quads: text.includes('+') ? [quad] : [], diagnostics: text.includes('!') ? [finding] : [] };
    },
    close: async () => {
      state.isOpen = false;
    },
  };
  return { state, engine: engine as unknown as SparqlEngine };
}

async function check(files: Readonly<Record<string, string | Uint8Array>>, manifest = '') {
  const { state, engine } = makeEngine();
  let opened = 0;
  const openSparqlEngine = async () => {
    opened += 1;
    return engine;
  };
  const found = await checkPackData(makePack({ files, manifest }), { openSparqlEngine, dataFiles: new MemoryDataFiles() });
  return { found: found.map(({ code, where, message }) => [code, where?.file, where?.line, message]), opened, ...state };
}

const data = (path: string, more = '') => `[data.it]\ndefault = "${path}"\n${more}\n`;

describe('data that a pack has itself', () => {
  it('needs no engine where there is no graph', async () => {
    expect(
      await check({ 'list.json': '[1]', 'list.csv': 'a,b\n1,2\n' }, `${data('list.json')}[data.table]\ndefault = "list.csv"\n`),
    ).toMatchObject({
      found: [],
      opened: 0,
    });
  });

  it.each([
    ['JSON', { 'list.json': '[1' }, data('list.json'), ['DATA_INVALID', 'list.json', 1]],
    ['JSON by its format', { 'list.txt': '{' }, data('list.txt', 'format = "json"'), ['DATA_INVALID', 'list.txt', 1]],
    ['a table', { 'list.csv': 'a\n"b\n' }, data('list.csv'), ['DATA_INVALID', 'list.csv', 1]],
    ['a table with tabs', { 'list.tsv': '"' }, data('list.tsv'), ['DATA_INVALID', 'list.tsv', 1]],
    ['data that is no text', { 'list.json': NOT_TEXT }, data('list.json'), ['DATA_INVALID', 'list.json', undefined]],
    ['an ontology', { 'ontology.ttl': '!' }, '', ['RDF_INVALID', 'ontology.ttl', 1]],
    ['an ontology that is no text', { 'ontology.ttl': NOT_TEXT }, '', ['DATA_INVALID', 'ontology.ttl', undefined]],
    ['shapes', { 'shapes/a.ttl': '!' }, '', ['RDF_INVALID', 'shapes/a.ttl', 1]],
    ['shapes that are beyond SHACL Core', { 'shapes/a.ttl': '+' }, '', ['SHAPES_INVALID', 'shapes/a.ttl', undefined]],
    ['a graph among the data', { 'graph.ttl': '!' }, data('graph.ttl'), ['RDF_INVALID', 'graph.ttl', 1]],
  ])('is refused with its place where %s cannot be read', async (_, files, manifest, expected) => {
    const { found, isOpen, opened } = await check(files as unknown as Record<string, string>, manifest);
    expect(found.map((one) => one.slice(0, 3))).toEqual([expected]);
    expect(isOpen).toBe(opened === 0);
  });

  it('may be named without being there, or in a form that nobody knows', async () => {
    expect((await check({ 'list.unknown': '{' }, data('list.unknown'))).found).toEqual([]);
    expect((await check({}, data('list.json'))).found).toEqual([]);
    expect((await check({}, '[data.it]\nfrom = "{{ file }}"\nformat = "json"\n[variables.file]\ntype = "path"\n')).found).toEqual([]);
  });

  it('may state in an ontology what shapes may not use', async () => {
    expect(await check({ 'ontology.ttl': '+' })).toMatchObject({ found: [], parsed: ['ontology.ttl'], isOpen: false });
  });
});
