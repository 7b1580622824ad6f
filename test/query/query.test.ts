import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../support/run-in-process.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

/** A workshop with two packs of its own beside those that are shipped. */
function makeWorld(): Workshop {
  const world = makeWorkshop();
  writePack(join(world.work, 'packs/api'), {
    id: 'api',
    version: '1.2.0',
    manifest: `[dependencies]\nbase = "^1.0.0"\n\n[packages.npm]\nleft-pad = "^1.3.0"\n\n[variables.port]\ntype = "integer"\ndefault = 3000\n`,
    files: { 'templates/{{ port }}.txt.jinja': 'port {{ port }}', 'templates/plain.txt': 'x' },
  });
  writePack(join(world.work, 'packs/base'), {
    id: 'base',
    manifest:
      '[queries.hills]\nfile = "queries/hills.rq"\n\n[queries.above]\ntext = "SELECT ?name { ?hill <https://example.com/height> ?height ; <https://example.com/name> ?name FILTER(?height > ?least) }"\n',
    files: {
      'queries/hills.rq': 'PREFIX ex: <https://example.com/>\nSELECT ?name { ?hill ex:name ?name } ORDER BY ?name',
      'ontology.ttl':
        '@prefix ex: <https://example.com/> .\nex:a ex:name "Ar\\u001B[31mber"@de ; ex:height 1456 .\n[] ex:name "Lusen" ; ex:height 1373 .',
      'tests/one.toml': 'description = "one"\n',
    },
  });
  return world;
}

const OWN = 'VALUES ?id { "api" "base" }';

describe('packs query', () => {
  it('asks the catalogue', async () => {
    const { succeed } = makeWorld();
    const { stdout } = await succeed([
      'query',
      '--query',
      `SELECT ?pack ?id ?n { ?pack ps:id ?id ; ps:version ?v ${OWN} OPTIONAL { ?pack ps:usesPackage/ps:name ?n } } ORDER BY ?id`,
    ]);
    expect(stdout).toBe(
      'PACK            ID    N\npack:api:1.2.0  api   left-pad\npack:base:1.0.0  base\n\n2 results\n'
        .replace('PACK            ID', 'PACK             ID')
        .replace('pack:api:1.2.0  api', 'pack:api:1.2.0   api'),
    );
  });

  it('refuses a query of packsmith without its parameters, and names each', async () => {
    const { run } = makeWorld();
    const { exitCode, stderr } = await run(['query', 'compatibility', '--param', 'first=api']);
    expect(exitCode).toBe(2);
    for (const text of ['QUERY_PARAMETER_INVALID', 'needs second', '--param second=…']) expect(stderr).toContain(text);
  });

  it.each([
    [['related', '--param', 'pack=ap'], 'there is no pack "ap"', 'did you mean api'],
    [['compatibility', '--param', 'first=api', '--param', 'second=nope'], 'there is no pack "nope"', ''],
    [
      ['compatibility', '--param', 'first=qqqqqqqqq', '--param', 'second=zzzzzzzzz'],
      'there is no pack "qqqqqqqqq" and no pack "zzzzzzzzz"',
      '`packs list`',
    ],
  ])('refuses %j, which names a pack that there is not', async (args, message, hint) => {
    const { run } = makeWorld();
    const { exitCode, stderr } = await run(['query', ...args]);
    expect(exitCode).not.toBe(0);
    for (const text of ['PACK_NOT_FOUND', message, hint]) expect(stderr).toContain(text);
  });

  it('says that two packs agree', async () => {
    const { stdout } = await makeWorld().succeed(['query', 'compatibility', '--param', 'first=api', '--param', 'second=base']);
    expect(stdout).toContain('no results');
  });

  it('titles columns with the words of their variables', async () => {
    const { stdout } = await makeWorld().succeed(['query', 'package-users', '--param', 'package=left-pad']);
    expect(stdout).toMatch(/^ID +VERSION +ECOSYSTEM +RANGE +IS DEVELOPMENT\napi +1\.2\.0 +npm +\^1\.3\.0 +false\n/);
  });

  it('says what a project is made of, and nothing that is only in the catalogue', async () => {
    const { succeed, work } = makeWorld();
    await succeed(['generate', 'web-api-starter', 'mine', '--defaults', '--skip-hooks']);
    await succeed(['generate', 'devops-basics', 'other', '--defaults']);
    const ask = async (project: string) =>
      (await succeed(['query', 'components', '--project', '--format', 'csv'], { cwd: join(work, project) })).stdout.split('\r\n');
    const mine = await ask('mine');
    for (const line of [/^npm,fastify,\^[\d.]+,,web-api-starter$/, /^pack,base-typescript,[\d.]+,MIT,$/])
      expect(mine).toContainEqual(expect.stringMatching(line));
    expect(await ask('other')).toEqual([mine[0], expect.stringMatching(/^pack,devops-basics,[\d.]+,MIT,$/), '']);
  });

  it('says of a project which licences its packs have, and which of them a folder registry has newer', async () => {
    const { succeed, work, root, home } = makeWorld();
    const registry = join(root, 'registry');
    mkdirSync(join(home, 'packsmith'));
    writeFileSync(join(home, 'packsmith', 'config.toml'), `[registries.shared]\ntype = "folder"\nurl = ${JSON.stringify(registry)}\n`);
    await succeed(['create', 'tea', '../tea']);
    const publish = () => succeed(['publish', '../tea', '--registry', registry]);
    await publish();
    await succeed(['generate', 'tea', 'out', '--defaults']);
    const raise = (version: string): void => {
      for (const file of ['pack.toml', 'CHANGELOG.md']) {
        const path = join(root, 'tea', file);
        writeFileSync(path, readFileSync(path, 'utf8').replace(/0\.1\.0|0\.1\.1/, version));
      }
    };
    raise('0.1.1');
    await publish();
    raise('0.2.0-rc.1');
    await publish();
    const ask = async (name: string) =>
      (await succeed(['query', name, '--project', '--format', 'csv'], { cwd: join(work, 'out') })).stdout.split('\r\n');
    expect(await ask('outdated')).toEqual(['id,version,source,newer', 'tea,0.1.0,installed,0.1.1', '']);
    expect(await ask('licenses')).toEqual(['license,packs,ids', 'MIT,1,tea', '']);
    await succeed(['uninstall', 'tea']);
    expect(await ask('licenses')).toEqual(['license,packs,ids', 'not known here,1,tea', '']);
    expect((await succeed(['query', 'licenses', '--format', 'csv'])).stdout).toContain('web-api-starter');
  });

  it.each<[string, (text: string) => void]>([
    ['csv', (text) => expect(text).toBe('id,version\r\napi,1.2.0\r\nbase,1.0.0\r\n')],
    ['tsv', (text) => expect(text).toBe('?id\t?version\n"api"\t"1.2.0"\n"base"\t"1.0.0"\n')],
    [
      'json',
      (text) =>
        expect(JSON.parse(text)).toMatchObject({
          head: { vars: ['id', 'version'] },
          results: { bindings: [{ id: { value: 'api' } }, {}] },
        }),
    ],
    ['xml', (text) => expect(text).toContain('<binding name="id"><literal>api</literal></binding>')],
  ])('writes solutions as %s', async (format, check) => {
    const { succeed } = makeWorld();
    check(
      (
        await succeed([
          'query',
          '--format',
          format,
          '--query',
          `SELECT ?id ?version { ?pack ps:id ?id ; ps:version ?version ${OWN} } ORDER BY ?id`,
        ])
      ).stdout,
    );
  });

  it.each<[string, (text: string) => void]>([
    ['turtle', (text) => expect(text).toContain('<urn:packsmith:pack:api:1.2.0> ps:dependsOn <urn:packsmith:pack:base:1.0.0>.')],
    [
      'ntriples',
      (text) => expect(text).toBe('<urn:packsmith:pack:api:1.2.0> <urn:packsmith:ns#dependsOn> <urn:packsmith:pack:base:1.0.0> .\n'),
    ],
    [
      'jsonld',
      (text) =>
        expect(JSON.parse(text)).toEqual([
          { '@id': 'urn:packsmith:pack:api:1.2.0', 'urn:packsmith:ns#dependsOn': [{ '@id': 'urn:packsmith:pack:base:1.0.0' }] },
        ]),
    ],
  ])('writes graphs as %s', async (format, check) => {
    const { succeed } = makeWorld();
    check(
      (await succeed(['query', '--format', format, '--query', 'CONSTRUCT { ?a ps:dependsOn ?b } { ?a ps:id "api" ; ps:dependsOn ?b }']))
        .stdout,
    );
  });

  it('has the result as data in the envelope', async () => {
    const { json } = makeWorld();
    const rows = await json(['query', '--query', `SELECT ?id ?none { ?pack ps:id ?id ; ps:version "1.2.0" ${OWN} }`]);
    expect(rows.data).toEqual({ kind: 'rows', variables: ['id', 'none'], bindings: [{ id: { type: 'literal', value: 'api' } }] });
    expect((await json(['query', '--query', 'ASK { ?pack ps:id "api" }'])).data).toEqual({ kind: 'boolean', boolean: true });
    const graph = await json(['query', '--query', 'CONSTRUCT { ?a ps:id ?id } { ?a ps:id ?id ; ps:version "1.2.0" } LIMIT 1']);
    expect(graph.data.statements).toMatchObject([
      { subject: { type: 'uri', value: 'urn:packsmith:pack:api:1.2.0' }, object: { value: 'api' } },
    ]);
  });

  it('pages', async () => {
    const { succeed } = makeWorld();
    const args = ['query', '--format', 'csv', '--query', `SELECT ?id { ?pack ps:id ?id ; ps:version ?v ${OWN} } ORDER BY ?id`];
    expect((await succeed([...args, '--limit', '1'])).stdout).toBe('id\r\napi\r\n');
    expect((await succeed([...args, '--limit', '1', '--offset', '1'])).stdout).toBe('id\r\nbase\r\n');
  });

  it('asks the queries of a pack, without what would colour a terminal', async () => {
    const { succeed, json } = makeWorld();
    expect((await succeed(['query', 'base', 'hills'])).stdout).toBe('NAME\nArber\nLusen\n\n2 results\n');
    expect((await succeed(['query', 'base', 'above', '--param', 'least=1400'])).stdout).toContain('\n1 result\n');
    expect((await json(['query', 'base', '--list'])).data.queries).toMatchObject(
      [{ pack: 'base', name: 'above' }, { name: 'hills' }].reverse(),
    );
    const failed = await json(['query', 'base', 'hill']);
    expect([failed.error?.code, failed.exitCode, failed.error?.suggestions]).toEqual(['QUERY_NOT_FOUND', 7, ['hills']]);
  });

  it('sees a pack, its ontology and what is known of it, and no other pack', async () => {
    const { succeed } = makeWorld();
    const text =
      'SELECT ?id ?name { ?pack a ps:Pack ; ps:id ?id . ?x <https://example.com/height> 1373 ; <https://example.com/name> ?name }';
    expect((await succeed(['query', './packs/base', '--query', text, '--format', 'csv'])).stdout).toBe('id,name\r\nbase,Lusen\r\n');
  });

  it.each<[string, readonly string[], string]>([
    ['package-users', ['package=left-pad'], 'api,1.2.0,npm,^1.3.0,false,'],
    ['variable-uses', ['variable=port'], 'api,templates/{{ port }}.txt.jinja,{{ port }}.txt'],
    ['untested', [], 'api,1.2.0,A sample'],
    ['licenses', [], 'MIT,'],
    ['related', ['pack=web-api-starter'], 'web-fullstack,'],
    ['compatibility', ['first=web-api-starter', 'second=devops-basics'], 'file of both,'],
  ])('has the query %s', async (name, parameters, line) => {
    const { succeed } = makeWorld();
    const { stdout } = await succeed(['query', name, '--format', 'csv', ...parameters.flatMap((parameter) => ['--param', parameter])]);
    expect(
      stdout.split('\r\n').find((candidate) => candidate.startsWith(line)),
      stdout,
    ).toBeDefined();
  });

  it('knows which pack is newer, and which is best', async () => {
    const { succeed, work } = makeWorld();
    writePack(join(work, 'packs/cli-app-starter'), { id: 'cli-app-starter', version: '0.0.1' });
    const { stdout } = await succeed(['query', 'outdated', '--format', 'csv']);
    expect(stdout).toMatch(/^id,version,source,newer\r\ncli-app-starter,0\.0\.1,project,\d+\.\d+\.\d+\r\n$/);
    const scores = (await succeed(['query', '--format', 'csv', '--query', 'SELECT ?score { ?pack ps:score ?score } ORDER BY DESC(?score)']))
      .stdout;
    const values = scores.trim().split('\r\n').slice(1).map(Number);
    expect(values.length).toBeGreaterThan(14);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('sees changes at once, and loads nothing twice', async () => {
    const { succeed, work, home } = makeWorld();
    const stores = () => readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) => /store-[0-9a-f]+\.bin$/.test(path));
    const ask = async () =>
      (await succeed(['query', '--format', 'csv', '--query', 'SELECT ?v { ?pack ps:id "api" ; ps:version ?v }'])).stdout;
    expect(await ask()).toBe('v\r\n1.2.0\r\n');
    expect([await ask(), stores().length]).toEqual(['v\r\n1.2.0\r\n', 1]);
    const manifest = join(work, 'packs/api/pack.toml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('1.2.0', '1.3.0'));
    expect([await ask(), stores().length]).toEqual(['v\r\n1.3.0\r\n', 2]);
    writeFileSync(join(work, 'packs/api/templates/more.txt.jinja'), '{{ port }}');
    expect((await succeed(['query', 'variable-uses', '--param', 'variable=port'])).stdout).toContain('more.txt');
  });

  it.each<[string, readonly string[], number, string]>([
    ['a query that is not valid', ['--query', 'SELECT ?x {\n ?x ps:id }'], 2, 'QUERY_INVALID'],
    ['an unknown prefix', ['--query', 'SELECT ?x { ?x foo:id ?y }'], 2, 'QUERY_INVALID'],
    ['an update', ['--query', 'INSERT DATA { <a:b> <a:b> <a:b> }'], 2, 'QUERY_REFUSED'],
    ['LOAD', ['--query', 'LOAD <https://example.com/>'], 2, 'QUERY_REFUSED'],
    ['SERVICE', ['--query', 'SELECT * { SERVICE <https://example.com/> { ?x ?y ?z } }'], 2, 'QUERY_REFUSED'],
    ['a parameter that is not there', ['related', '--param', 'pact=x'], 2, 'QUERY_PARAMETER_INVALID'],
    ['a parameter that is no term', ['related', '--param', 'pack=<no iri>'], 2, 'QUERY_PARAMETER_INVALID'],
    ['a parameter without a value', ['related', '--param', 'pack'], 2, 'QUERY_PARAMETER_INVALID'],
    ['a form that does not suit', ['--query', 'ASK {}', '--format', 'csv'], 2, 'QUERY_FORMAT_UNSUITABLE'],
    ['a table of a graph', ['--query', 'DESCRIBE <a:b>', '--format', 'table'], 2, 'QUERY_FORMAT_UNSUITABLE'],
    ['a name that nothing has', ['relatd'], 7, 'QUERY_NOT_FOUND'],
    ['no question', [], 2, 'INVALID_ARGUMENTS'],
    ['SPARQL without its flag', ['SELECT ?id { ?pack ps:id ?id }'], 2, 'INVALID_ARGUMENTS'],
    ['two questions', ['related', '--query', 'ASK {}', '--file', 'x.rq'], 2, 'INVALID_ARGUMENTS'],
    ['a file that is not there', ['--file', 'x.rq'], 7, 'FILE_NOT_FOUND'],
    [
      'a query that never ends',
      ['--timeout', '1', '--query', 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }'],
      2,
      'QUERY_TIMEOUT',
    ],
    ['too many results', ['--query', 'SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }'], 2, 'QUERY_TOO_MANY_ROWS'],
    ['a project that is none', ['--project', '--query', 'ASK {}'], 7, 'PROJECT_NOT_FOUND'],
  ])('refuses %s', async (_, args, exitCode, code) => {
    const failed = await makeWorld().json(['query', ...args]);
    expect([failed.error?.code, failed.exitCode]).toEqual([code, exitCode]);
  });

  it('binds what looks like a query as text', async () => {
    const { json } = makeWorld();
    const hostile = '"api" } UNION { ?pack ps:id ?id } #';
    const query = 'SELECT ?pack ?given { ?pack ps:version ?v ; ps:id ?id FILTER(?id = ?wanted) BIND(?wanted AS ?given) }';
    expect((await json(['query', '--query', query, '--param', `wanted=x${hostile}`])).data.bindings).toEqual([]);
    const failed = await json(['query', '--query', query, '--param', `wanted=${hostile}`]);
    expect(failed.error?.code).toBe('QUERY_PARAMETER_INVALID');
    const iri = await json(['query', '--query', 'SELECT ?v { ?p ps:version ?v }', '--param', 'p=<urn:packsmith:pack:api:1.2.0> ?a ?b }>']);
    expect(iri.error?.code).toBe('QUERY_PARAMETER_INVALID');
  });

  it('asks a project where its files came from', async () => {
    const { succeed, work } = makeWorld();
    await succeed(['generate', 'api', 'svc', '--var', 'port=4000']);
    const cwd = join(work, 'svc');
    const query =
      'SELECT ?path ?template ?pack ?value { ?project ps:generatedFile ?file ; ps:answer [ ps:to "port" ; ps:value ?value ] . ?file ps:path ?path ; ps:template/ps:path ?template ; ps:from/ps:id ?pack } ORDER BY ?path';
    // The catalogue of this directory has not that pack, but the lockfile has its name.
    const { stdout } = await succeed(
      ['query', '--project', '--format', 'csv', '--query', query.replace('ps:template/ps:path ?template', 'ps:template ?template')],
      { cwd },
    );
    expect(stdout).toContain('4000.txt,urn:packsmith:pack:api:1.2.0:template:templates%2F%7B%7B%20port%20%7D%7D.txt.jinja,api,4000');
  });
});
