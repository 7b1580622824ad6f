import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/loopback-server.ts';
import { makeWorkshops, type Workshop } from '../support/run-program.ts';
import { type SparqlServer, startSparqlServer } from '../support/sparql-server.ts';

const makeWorkshop = makeWorkshops();

describe('packs query --endpoint', () => {
  let server: SparqlServer;
  let shop: Workshop;
  let catalogue: string;
  beforeAll(async () => {
    shop = makeWorkshop();
    catalogue = (await shop.succeed(['export', '--catalogue'])).stdout;
    server = await startSparqlServer(catalogue);
  });
  afterAll(() => server.stop());

  const both = async (args: readonly string[]) => [
    (await shop.succeed(['query', ...args])).stdout,
    (await shop.succeed(['query', ...args, '--endpoint', `${server.url}/sparql`])).stdout,
  ];

  it.each<[string, readonly string[]]>([
    ['a query that has a name', ['related', '--param', 'pack=web-api-starter']],
    [
      'a table',
      ['--query', 'SELECT ?id ?score { ?pack ps:id ?id ; ps:score ?score } ORDER BY DESC(?score) ?id', '--limit', '3', '--offset', '1'],
    ],
    ['yes or no', ['--query', 'ASK { ?pack ps:id "web-api-starter" }']],
    ...['json', 'xml', 'csv', 'tsv'].map((format): [string, string[]] => [
      format,
      ['--format', format, '--query', 'SELECT ?id { ?pack a ps:Pack ; ps:id ?id } ORDER BY ?id'],
    ]),
    ...['ntriples', 'jsonld'].map((format): [string, string[]] => [
      format,
      ['--format', format, '--query', 'CONSTRUCT { ?a ps:dependsOn ?b } { ?a ps:id "enterprise-stack" ; ps:dependsOn ?b }'],
    ]),
  ])('answers as here: %s', async (_, args) => {
    const [here, there] = await both(args);
    const lines = (text = '') => text.split('\n').sort();
    expect(lines(there)).toEqual(lines(here));
    expect(here?.length).toBeGreaterThan(2);
  });

  it('may write graphs in its own way', async () => {
    const query = 'CONSTRUCT { ?a ps:dependsOn ?b } { ?a ps:id "cli-app-starter" ; ps:dependsOn ?b }';
    const [, there = ''] = await both(['--format', 'turtle', '--query', query]);
    expect(there).toMatch(/pack:cli-app-starter:[\s\S]*ns#dependsOn[\s\S]*pack:base-typescript:/);
  });

  it('is sent the whole query, its parameters bound as terms', async () => {
    await shop.succeed(['query', 'package-users', '--param', 'package="a\\"b } #"', '--endpoint', `${server.url}/sparql`]);
    expect(server.queries.at(-1)).toMatch(/^PREFIX ps: <urn:packsmith:ns#>\n/);
    expect(server.queries.at(-1)).toContain('VALUES (?package) { ("a\\"b } #") }');
  });

  it('is sent nothing that is refused or not valid here', async () => {
    const before = server.queries.length;
    for (const query of ['DROP ALL', 'SELECT * { SERVICE <a:b> {} }', 'SELECT * { ?a ?b }'])
      expect((await shop.json(['query', '--query', query, '--endpoint', `${server.url}/sparql`])).error?.code).toMatch(
        /^QUERY_(?:REFUSED|INVALID)$/,
      );
    expect(server.queries.length).toBe(before);
  });

  it('may be what is no endpoint, and says so', async () => {
    const ask = (url: string) => shop.json(['query', '--query', 'ASK {}', '--endpoint', url]);
    const missing = await ask(`${server.url}/query`);
    expect([missing.error?.code, missing.exitCode, missing.error?.message]).toEqual([
      'ENDPOINT_REFUSED',
      5,
      `${server.url}/query answers 404: nothing is here`,
    ]);
    expect((await ask('ftp://127.0.0.1/')).error?.code).toBe('SOURCE_RESPONSE_INVALID');
    expect((await ask('http://127.0.0.1:9/')).error?.code).toBe('SOURCE_UNREACHABLE');
    expect((await shop.json(['query', '--query', 'ASK {}', '--endpoint', `${server.url}/sparql`, '--offline'])).error?.code).toBe(
      'OFFLINE_MISSING',
    );
  });

  it.each<[string, number, Record<string, string>, string, string]>([
    ['asks for a login', 401, {}, '', 'SOURCE_DENIED'],
    ['answers a page', 200, { 'content-type': 'text/html' }, '<html>', 'SOURCE_RESPONSE_INVALID'],
    ['answers no solutions', 200, { 'content-type': 'application/sparql-results+json' }, '{"head":{}}', 'SOURCE_RESPONSE_INVALID'],
    [
      'answers half of them',
      200,
      { 'content-type': 'application/sparql-results+json' },
      '{"head":{"vars":["x"]},"resu',
      'SOURCE_RESPONSE_INVALID',
    ],
    ['cannot read the query', 400, { 'content-type': 'text/plain' }, 'line 1: \u001B[31mno', 'ENDPOINT_REFUSED'],
    ['has not the form', 406, { 'content-type': 'text/plain' }, '', 'ENDPOINT_REFUSED'],
    ['redirects what is sent', 302, { location: '/elsewhere' }, '', 'SOURCE_RESPONSE_INVALID'],
  ])('may be a server that %s', async (_, status, headers, body, code) => {
    const other = await startServer((_request, response) => response.writeHead(status, headers).end(body));
    const { error } = await shop.json(['query', '--query', 'SELECT * { ?a ?b ?c }', '--endpoint', other.url]);
    await other.stop();
    expect([error?.code, error?.message.includes('\u001B')]).toEqual([code, false]);
  });

  it('may never answer', async () => {
    const other = await startServer(() => {});
    const { error } = await shop.json(['query', '--query', 'ASK {}', '--timeout', '1', '--endpoint', other.url]);
    await other.stop();
    expect(error?.code).toBe('QUERY_TIMEOUT');
  });
});
