import { describe, expect, it } from 'vitest';
import { OxigraphEngine } from '../../src/adapters/sparql/oxigraph-engine.ts';
import type { Pack } from '../../src/core/pack/pack.ts';
import { planGeneration } from '../../src/ops/project/plan-generation.ts';
import { planRegeneration } from '../../src/ops/project/regenerate-project.ts';
import { MemoryDataFiles } from '../../src/testing/memory-data-files.ts';
import { makePack } from '../../src/testing/pack-fixture.ts';
import { actions, apply, builtWorker, flags, OPTIONS, ownFiles, request, world } from '../support/memory-world.ts';

const SHOP = `@prefix : <http://example.org/shop#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

:Product a owl:Class ; rdfs:label "Product"@en, "Ware"@de ; :rank 2 .
:Order a owl:Class ; rdfs:label "Order"@en ; :rank 1 .
`;

const MANIFEST = `
[variables.ontology]
type = "string"
default = ""

[variables.language]
type = "string"
default = "en"

[data.model]
from = "{{ ontology }}"
default = "shop.ttl"

[queries.entities]
file = "queries/entities.rq"
over = "data.model"
parameters = { language = "language" }

[[templates]]
source = "entity.txt.jinja"
output = "{{ entity.name }}.txt"
for_each = "queries.entities"
as = "entity"
`;

const PREFIXES = `PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX : <http://example.org/shop#>
`;

const ENTITIES = `${PREFIXES}SELECT ?name ?label ?rank WHERE {
  ?class a owl:Class ; rdfs:label ?label ; :rank ?rank .
  FILTER(LANG(?label) = ?language)
  BIND(STRAFTER(STR(?class), "#") AS ?name)
}`;

const FILES = {
  'shop.ttl': SHOP,
  'queries/entities.rq': ENTITIES,
  'entity.txt.jinja': "{{ entity.label }} ({{ entity['label@lang'] }}) {{ entity.rank + 1 }}\n",
};

const pack = (more: { manifest?: string; files?: Record<string, string> } = {}): Pack =>
  makePack({ id: 'sample', manifest: more.manifest ?? MANIFEST, files: { ...FILES, ...more.files } });

function worldWith(files: Record<string, string> = {}, packs: readonly Pack[] = [pack()]) {
  return { ...world(packs), dataFiles: new MemoryDataFiles(files) };
}

async function generate(given: readonly string[] = [], ports = worldWith()) {
  await apply(await planGeneration(request(['sample'], { given: flags(...given) }), ports), ports);
  return ownFiles(ports);
}

const OTHER = { ...OPTIONS, preserve: [], onConflict: 'markers' } as const;

describe('queries over data', () => {
  it('give one file a row, with numbers, and languages within reach', async () => {
    expect(await generate()).toEqual({ 'Order.txt': 'Order (en) 2\n', 'Product.txt': 'Product (en) 3\n' });
  });

  it('take parameters from variables, as terms', async () => {
    expect(await generate(['language=de'])).toEqual({ 'Product.txt': 'Ware (de) 3\n' });
    expect(await generate(['language=") } UNION { ?s ?p ?label } #'])).toEqual({});
  });

  it.each([
    [
      'trig',
      'm.trig',
      `@prefix : <http://example.org/shop#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      :g { :A a owl:Class ; rdfs:label "A"@en ; :rank 0 }`,
    ],
    [
      'ntriples',
      'm.nt',
      `<http://example.org/shop#A> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<http://example.org/shop#A> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en .
<http://example.org/shop#A> <http://example.org/shop#rank> "0"^^<http://www.w3.org/2001/XMLSchema#integer> .\n`,
    ],
    [
      'nquads',
      'm.nq',
      `<http://example.org/shop#A> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> <http://example.org/g> .
<http://example.org/shop#A> <http://www.w3.org/2000/01/rdf-schema#label> "A"@en <http://example.org/g> .
<http://example.org/shop#A> <http://example.org/shop#rank> "0"^^<http://www.w3.org/2001/XMLSchema#integer> <http://example.org/g> .\n`,
    ],
    [
      'jsonld',
      'm.jsonld',
      JSON.stringify({
        '@id': 'http://example.org/shop#A',
        '@type': 'http://www.w3.org/2002/07/owl#Class',
        'http://www.w3.org/2000/01/rdf-schema#label': { '@value': 'A', '@language': 'en' },
        'http://example.org/shop#rank': 0,
      }),
    ],
    [
      'rdfxml',
      'm.rdf',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:s="http://example.org/shop#" xmlns:owl="http://www.w3.org/2002/07/owl#">
      <owl:Class rdf:about="http://example.org/shop#A"><rdfs:label xml:lang="en">A</rdfs:label><s:rank rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">0</s:rank></owl:Class></rdf:RDF>`,
    ],
  ])('read %s', async (_format, path, text) => {
    expect(await generate([`ontology=${path}`], worldWith({ [`/${path}`]: text }))).toEqual({ 'A.txt': 'A (en) 1\n' });
  });

  it('see the ontology of the pack beside the data when they name none, relative IRIs included', async () => {
    const manifest = MANIFEST.replace('over = "data.model"\n', '');
    const ontology = `@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      <#Own> a owl:Class ; rdfs:label "Own"@en ; <http://example.org/shop#rank> 9 .`;
    const ports = worldWith({}, [pack({ manifest, files: { 'ontology.ttl': ontology } })]);
    expect(Object.keys(await generate([], ports))).toEqual(['Order.txt', 'Own.txt', 'Product.txt']);
  });

  it('see what CONSTRUCT queries derived, in the order of the manifest', async () => {
    const manifest = `${MANIFEST}
[queries.second]
text = "CONSTRUCT { ?class <http://example.org/shop#rank> 2 } WHERE { ?class <http://example.org/shop#rank> 1 }"
over = "data.model"
[queries.first]
text = "CONSTRUCT { ?class <http://example.org/shop#rank> 3 } WHERE { ?class <http://example.org/shop#rank> 2 }"
over = "data.model"
`;
    const files = {
      'entity.txt.jinja': '',
      'all.txt.jinja': '{% for row in queries.entities %}{{ row.name }} {{ row.rank }}\n{% endfor %}',
    };
    const listed = manifest.replace(
      'source = "entity.txt.jinja"\noutput = "{{ entity.name }}.txt"\nfor_each = "queries.entities"\nas = "entity"',
      'source = "all.txt.jinja"\noutput = "all.txt"',
    );
    const ports = worldWith({}, [pack({ manifest: listed, files })]);
    expect((await generate([], ports))['all.txt']).toBe('Order 1\nOrder 2\nOrder 3\nProduct 2\nProduct 3\n');
  });

  it('keep the blank nodes of one CONSTRUCT apart from those of another', async () => {
    const derive = (rank: number) =>
      `text = "CONSTRUCT { [] <http://example.org/shop#made> ${rank} } WHERE { ?class <http://example.org/shop#rank> ${rank} }"\n`;
    const manifest = `${MANIFEST}\n[queries.one]\n${derive(1)}[queries.two]\n${derive(2)}`;
    const gate = '# mixed up\nASK { ?x <http://example.org/shop#made> 1 , 2 }';
    const both = '# not there\nASK { FILTER NOT EXISTS { ?x <http://example.org/shop#made> 1 . ?y <http://example.org/shop#made> 2 } }';
    const ports = worldWith({}, [pack({ manifest, files: { 'gates/x.rq': gate, 'gates/y.rq': both } })]);
    expect(Object.keys(await generate([], ports))).toEqual(['Order.txt', 'Product.txt']);
  });

  it('have the common prefixes, as in `packs query`', async () => {
    const files = { 'queries/entities.rq': ENTITIES.replace(/PREFIX (owl|rdfs): .*\n/g, '') };
    expect(Object.keys(await generate([], worldWith({}, [pack({ files })])))).toEqual(['Order.txt', 'Product.txt']);
  });

  it('follow a changed ontology by regenerate, and keep what the user wrote', async () => {
    const ports = worldWith({ '/shop.ttl': SHOP });
    await generate(['ontology=shop.ttl'], ports);
    ports.project.put('Order.txt', 'Order (en) 2\nMine.\n');
    ports.dataFiles.put('/shop.ttl', SHOP.replaceAll('Product', 'Article').replace(':rank 1', ':rank 4'));
    const preview = await planRegeneration(OTHER, ports);
    expect(actions(preview)).toEqual({ 'Article.txt': 'create', 'Order.txt': 'update', 'Product.txt': 'delete' });
    await apply(preview, ports).catch(() => undefined);
    expect(ports.project.toTexts()['Order.txt']).toContain('Mine.');
  });

  it('give the same bytes whatever the order of the data', async () => {
    const reversed = SHOP.split('\n');
    const text = [...reversed.slice(0, 4), ...reversed.slice(4).reverse()].join('\n');
    expect(await generate(['ontology=m.ttl'], worldWith({ '/m.ttl': text }))).toEqual(
      await generate(['ontology=m.ttl'], worldWith({ '/m.ttl': SHOP })),
    );
  });

  it('are not asked where no template names them', async () => {
    const manifest = `[queries.odd]\ntext = "SELECT * { ?s ?p ?o }"\n`;
    const ports = {
      ...worldWith({}, [makePack({ id: 'sample', manifest, files: { 'templates/a.txt': 'a' } })]),
      openSparqlEngine: () => Promise.reject(new Error('opened')),
    };
    await apply(await planGeneration(request(['sample']), ports), ports);
    expect(ownFiles(ports)).toEqual({ 'a.txt': 'a' });
  });
});

describe('gates', () => {
  const GATE = `# Every class needs a label in English.\n${PREFIXES}SELECT ?class WHERE { ?class a owl:Class FILTER NOT EXISTS { ?class rdfs:label ?l FILTER(LANG(?l) = "en") } }`;
  const gated = (more: Record<string, string> = {}) => pack({ files: { 'gates/labels.rq': GATE, ...more } });

  it('let data pass that they do not find', async () => {
    expect(Object.keys(await generate([], worldWith({}, [gated()])))).toEqual(['Order.txt', 'Product.txt']);
  });

  it('refuse by any row or true, all of them at once, before anything is written', async () => {
    const ports = worldWith({ '/m.ttl': `${SHOP}\n:A a owl:Class . :B a owl:Class .` }, [
      gated({ 'gates/no-b.rq': `${PREFIXES}ASK { :B a owl:Class }` }),
    ]);
    await expect(generate(['ontology=m.ttl'], ports)).rejects.toMatchObject({
      code: 'DATA_REFUSED',
      diagnostics: [
        {
          code: 'GATE_REFUSED',
          message: 'Every class needs a label in English: class = <http://example.org/shop#A>',
          where: { file: 'gates/labels.rq' },
        },
        {
          code: 'GATE_REFUSED',
          message: 'Every class needs a label in English: class = <http://example.org/shop#B>',
          where: { file: 'gates/labels.rq' },
        },
        { code: 'GATE_REFUSED', message: 'the gate no-b refuses', where: { file: 'gates/no-b.rq' } },
      ],
    });
    expect(ports.project.toTexts()).toEqual({});
  });
});

describe('shapes', () => {
  const SHAPES = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <http://example.org/shop#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    :ClassShape a sh:NodeShape ; sh:targetClass owl:Class ;
      sh:property [ sh:path :rank ; sh:minCount 1 ; sh:maxInclusive 5 ; sh:message "a class has a rank of at most 5" ] ;
      sh:property [ sh:path :note ; sh:maxCount 0 ; sh:severity sh:Warning ; sh:message "notes are not read" ] .`;
  const shaped = (shapes = SHAPES) => pack({ files: { 'shapes/model.ttl': shapes } });

  it('refuse with the nodes and the messages of the shape; a warning does not', async () => {
    const ports = worldWith({ '/m.ttl': `${SHOP}\n:A a owl:Class . :B a owl:Class ; :rank 9 .` }, [shaped()]);
    await expect(generate(['ontology=m.ttl'], ports)).rejects.toMatchObject({
      code: 'DATA_REFUSED',
      diagnostics: [
        { code: 'SHAPE_VIOLATED', message: '<http://example.org/shop#A>, <http://example.org/shop#rank>: a class has a rank of at most 5' },
        {
          code: 'SHAPE_VIOLATED',
          message: '<http://example.org/shop#B>, <http://example.org/shop#rank>: a class has a rank of at most 5: found "9"',
        },
      ],
    });
    expect(ports.project.toTexts()).toEqual({});
  });

  it('warn by shapes of a lower severity', async () => {
    const ports = worldWith({ '/m.ttl': SHOP.replace(':rank 2', ':rank 2 ; :note "x"') }, [shaped()]);
    const { plan } = await planGeneration(request(['sample'], { given: flags('ontology=m.ttl') }), ports);
    expect(plan.warnings).toEqual(['<http://example.org/shop#Product>, <http://example.org/shop#note>: notes are not read']);
  });

  it('know the classes below a class from the data', async () => {
    const shapes = SHAPES.replace('sh:targetClass owl:Class', 'sh:targetClass :Thing');
    const data = `${SHOP}\n:Part rdfs:subClassOf :Thing . :p a :Part .`;
    await expect(generate(['ontology=m.ttl'], worldWith({ '/m.ttl': data }, [shaped(shapes)]))).rejects.toMatchObject({
      diagnostics: [{ code: 'SHAPE_VIOLATED', message: expect.stringContaining('#p>') }],
    });
  });

  it.each([
    ['text that is no Turtle', '<a', 'RDF_INVALID'],
    ['a pattern that is none', SHAPES.replace('sh:minCount 1', 'sh:pattern "("'), 'SHAPES_INVALID'],
    ['a constraint in SPARQL', SHAPES.replace('sh:property', 'sh:sparql [ sh:select "SELECT $this {}" ] ; sh:property'), 'SHAPES_INVALID'],
  ])('that are %s are findings', async (_what, shapes, code) => {
    await expect(generate([], worldWith({}, [shaped(shapes)]))).rejects.toMatchObject({ code: 'DATA_REFUSED', diagnostics: [{ code }] });
  });
});

describe('what goes wrong', () => {
  it('in data: file, line and column, and findings of all packs', async () => {
    const ports = worldWith({ '/m.ttl': '@prefix : <http://example.org/> .\n:a :b .\n' });
    await expect(generate(['ontology=m.ttl'], ports)).rejects.toMatchObject({
      code: 'DATA_REFUSED',
      diagnostics: [{ code: 'RDF_INVALID', where: { file: '../../m.ttl', line: 2 } }],
    });
  });

  it('in queries: all of them, with line and column', async () => {
    const files = {
      'queries/entities.rq': 'SELECT *\n{ ?s ?p',
      'gates/x.rq': 'INSERT DATA { <a:b> <a:c> 1 }',
      'gates/y.rq': 'ASK { SERVICE <http://example.org/> {} }',
    };
    await expect(generate([], worldWith({}, [pack({ files })]))).rejects.toMatchObject({
      code: 'DATA_REFUSED',
      diagnostics: [
        { code: 'QUERY_INVALID', where: { file: 'queries/entities.rq', line: 2 } },
        { code: 'QUERY_REFUSED', where: { file: 'gates/x.rq', line: 1, column: 1 } },
        { code: 'QUERY_REFUSED', where: { file: 'gates/y.rq', line: 1, column: 7 } },
      ],
    });
  });

  it('in a gate that can refuse nothing', async () => {
    const files = { 'gates/x.rq': 'CONSTRUCT WHERE { ?s ?p ?o }' };
    await expect(generate([], worldWith({}, [pack({ files })]))).rejects.toMatchObject({ diagnostics: [{ code: 'QUERY_UNSUITABLE' }] });
  });

  it('in what a query asks: a table is no graph', async () => {
    await expect(generate(['ontology=m.csv'], worldWith({ '/m.csv': 'a\n1\n' }))).rejects.toMatchObject({
      diagnostics: [{ code: 'DATA_INVALID', message: 'queries.entities asks data.model, which is CSV and no graph' }],
    });
  });

  it('in a parameter: no such variable in the query, or no term', async () => {
    const other = MANIFEST.replace('{ language = "language" }', '{ tongue = "language" }');
    await expect(generate([], worldWith({}, [pack({ manifest: other })]))).rejects.toMatchObject({
      code: 'DATA_REFUSED',
      diagnostics: [{ code: 'QUERY_UNSUITABLE' }],
    });
    const list = MANIFEST.replace('{ language = "language" }', '{ language = "[language]" }');
    await expect(generate([], worldWith({}, [pack({ manifest: list })]))).rejects.toMatchObject({ code: 'QUERY_PARAMETER_INVALID' });
    const iri = MANIFEST.replace('{ language = "language" }', '{ language = { value = "language", type = "iri" } }');
    await expect(generate(['language=> } DROP ALL #'], worldWith({}, [pack({ manifest: iri })]))).rejects.toMatchObject({
      code: expect.stringMatching(/^(QUERY_PARAMETER|RDF_TERM)_INVALID$/),
    });
  });

  it('a remote context of JSON-LD is not fetched', async () => {
    const ports = worldWith({ '/m.jsonld': '{"@context": "http://127.0.0.1:9/context", "name": "x"}' });
    await expect(generate(['ontology=m.jsonld'], ports)).rejects.toMatchObject({ diagnostics: [{ code: 'RDF_INVALID' }] });
  });

  it('a query that never ends is ended, and one with too many rows', async () => {
    const many = Array.from({ length: 400 }, (_, index) => `:c${index} a owl:Class ; :rank ${index} .`).join('\n');
    const ports = worldWith({ '/m.ttl': `${SHOP}\n${many}` }, [
      pack({ files: { 'gates/x.rq': 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }' } }),
    ]);
    await expect(generate(['ontology=m.ttl'], ports)).rejects.toMatchObject({
      code: 'QUERY_TIMEOUT',
      message: expect.stringContaining('sample, gates/x.rq: '),
    });
    const rows = worldWith({ '/m.ttl': `${SHOP}\n${many}` }, [
      pack({
        files: { 'queries/entities.rq': 'SELECT * { ?a ?b ?language . ?d ?e ?f }' },
        manifest: MANIFEST.replace(/parameters.*\n/, ''),
      }),
    ]);
    await expect(generate(['ontology=m.ttl'], rows)).rejects.toMatchObject({ code: 'QUERY_TOO_MANY_ROWS' });
  }, 60_000);

  it('a graph that does not fit, whoever it is of', async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, index) => `<http://example.org/${index}> <http://example.org/p> "${index} ${'x'.repeat(300)}" .`,
    );
    const ports = {
      ...worldWith({ '/m.nt': lines.join('\n') }),
      openSparqlEngine: async () => new OxigraphEngine({ workerFile: builtWorker('sparql'), memory: 24 * 1024 * 1024 }),
    };
    await expect(generate(['ontology=m.nt'], ports)).rejects.toMatchObject({ code: 'QUERY_OUT_OF_MEMORY' });
    expect(ports.project.toTexts()).toEqual({});
  }, 60_000);

  it('a shape whose pattern never ends is ended', async () => {
    const shapes = `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://example.org/shop#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
      :S a sh:NodeShape ; sh:targetSubjectsOf :code ; sh:property [ sh:path :code ; sh:pattern "^(a+)+$" ] .`;
    const ports = worldWith({ '/m.ttl': `${SHOP}\n:Product :code "${'a'.repeat(40)}!" .` }, [pack({ files: { 'shapes/s.ttl': shapes } })]);
    await expect(generate(['ontology=m.ttl'], ports)).rejects.toMatchObject({ code: 'SHAPES_TIMEOUT' });
  }, 60_000);

  it('all queries together, whoever they are of', async () => {
    const ports = worldWith({ '/m.ttl': SHOP });
    const allowances = new Set<unknown>();
    const openSparqlEngine = async () => {
      const engine = new OxigraphEngine({ workerFile: builtWorker('sparql') });
      const open = engine.open.bind(engine);
      engine.open = async (...args) => {
        const opened = await open(...args);
        if (opened.kind !== 'opened') return opened;
        const query = opened.store.query.bind(opened.store);
        opened.store.query = (asked) => {
          allowances.add(asked.limits?.allowance);
          return query(asked);
        };
        return opened;
      };
      return engine;
    };
    await generate(['ontology=m.ttl'], { ...ports, openSparqlEngine });
    const [shared, ...more] = [...allowances] as { milliseconds: number }[];
    expect(more).toEqual([]);
    expect(shared?.milliseconds).toBeLessThan(60_000);
  });

  it('entities of XML that grow to more than there is memory for, and none is read from elsewhere', async () => {
    const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('');
    const document = (entities: string, text: string): string =>
      `<?xml version="1.0"?><!DOCTYPE r [${entities}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><rdf:Description rdf:about="http://x/y"><e:p>${text}</e:p></rdf:Description></rdf:RDF>`;
    const read = (text: string) => {
      const openSparqlEngine = async () => new OxigraphEngine({ workerFile: builtWorker('sparql'), memory: 64 * 1024 * 1024 });
      return generate(['ontology=m.rdf'], { ...worldWith({ '/m.rdf': text }), openSparqlEngine });
    };
    await expect(read(document(`<!ENTITY l0 "lol">${laughs}`, '&l9;'))).rejects.toMatchObject({ code: 'QUERY_OUT_OF_MEMORY' });
    await expect(read(document('<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;'))).rejects.toMatchObject({ code: 'DATA_REFUSED' });
    await expect(read(document('', '&x;'))).rejects.toMatchObject({ code: 'DATA_REFUSED' });
  });

  it.each([
    ['a context by its address', '{"@context":"http://127.0.0.1:9/c.jsonld","@id":"http://a/b"}'],
    ['a context that takes over another', '{"@context":{"@import":"http://127.0.0.1:9/c.jsonld"},"@id":"http://a/b"}'],
    ['a context of a property', '{"@context":{"p":{"@id":"http://p","@context":"http://127.0.0.1:9/c"}},"@id":"http://a/b","p":{"q":1}}'],
  ])('of JSON-LD nothing is fetched: %s', async (_, text) => {
    await expect(generate(['ontology=m.jsonld'], worldWith({ '/m.jsonld': text }))).rejects.toMatchObject({
      code: 'DATA_REFUSED',
      diagnostics: [{ message: expect.stringContaining('nothing is fetched') }],
    });
  });
});
