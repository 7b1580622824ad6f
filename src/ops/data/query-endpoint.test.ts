import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { namedNode } from '../../core/metadata/rdf.ts';
import type { EndpointAnswer, EndpointRequest } from '../../ports/sparql-endpoint.ts';
import type { QueryRequest, RdfDocument, SparqlEngine } from '../../ports/sparql-engine.ts';
import { type QueryEndpointRequest, queryEndpoint } from './query-endpoint.ts';

const QUAD = { subject: namedNode('urn:s'), predicate: namedNode('urn:p'), object: namedNode('urn:o') };
const ROWS = (...values: string[]) =>
  JSON.stringify({ head: { vars: ['x'] }, results: { bindings: values.map((value) => ({ x: { type: 'uri', value } })) } });

interface Scene {
  readonly request?: Partial<QueryEndpointRequest>;
  readonly text?: string;
  readonly answer?: EndpointAnswer | ((request: EndpointRequest) => Promise<EndpointAnswer>);
}

/** Asks an endpoint that gives one answer. The engine knows one quad, and `!` as what is not valid. */
async function ask({ request, text = 'SELECT ?x WHERE { ?x ?y ?z }', answer }: Scene) {
  const seen = { sent: [] as EndpointRequest[], parsed: [] as string[], closed: 0 };
  const engine = {
    prepare: async ({ text: asked }: QueryRequest) => `prepared ${asked}`,
    parse: async ({ text: rdf, format }: RdfDocument) => {
      seen.parsed.push(format);
      return rdf.includes('!')
        ? { quads: [], diagnostics: [{ code: 'RDF_INVALID', severity: 'error', message: 'no' }] }
        : { quads: [QUAD], diagnostics: [] };
    },
    format: async (quads: readonly unknown[], format: string) => `${quads.length} as ${format}`,
    close: async () => {
      seen.closed += 1;
    },
  } as unknown as SparqlEngine;
  const endpoint = {
    query: async (sent: EndpointRequest) => {
      seen.sent.push(sent);
      return typeof answer === 'function' ? answer(sent) : (answer ?? { type: 'application/sparql-results+json', text: ROWS('urn:a') });
    },
  };
  const whole = {
    query: { text, name: 'query', scope: { kind: 'catalogue' } },
    parameters: new Map(),
    endpoint: 'https://user:secret@example.org/sparql',
    ...request,
  } as QueryEndpointRequest;
  const outcome = await queryEndpoint(whole, { openSparqlEngine: async () => engine, openSparqlEndpoint: async () => endpoint }).catch(
    (error: unknown) => error,
  );
  return { outcome, ...seen, accept: seen.sent[0]?.accept };
}

const CONSTRUCT = 'CONSTRUCT WHERE { ?x ?y ?z }';
const ntriples = { type: 'application/n-triples', text: '' };

describe('a query to an endpoint', () => {
  it('is sent prepared, and its solutions are data', async () => {
    const { outcome, sent, accept, closed } = await ask({});
    expect(outcome).toEqual({ kind: 'rows', variables: ['x'], rows: [[namedNode('urn:a')]] });
    expect([sent[0]?.text, accept, closed]).toEqual(['prepared SELECT ?x WHERE { ?x ?y ?z }', ['application/sparql-results+json'], 1]);
  });

  it.each<[what: string, scene: Scene, expected: unknown]>([
    [
      'text in the format that was wanted',
      { request: { format: 'csv' }, answer: { type: 'text/csv', text: 'x\n' } },
      { kind: 'text', text: 'x\n' },
    ],
    [
      'true or false',
      { text: 'ASK {}', answer: { type: 'application/sparql-results+json', text: '{"boolean":true}' } },
      { kind: 'boolean', value: true },
    ],
    ['a graph', { text: CONSTRUCT, answer: ntriples }, { kind: 'graph', quads: [QUAD] }],
    [
      'a graph as it was wanted',
      { text: CONSTRUCT, request: { format: 'turtle' }, answer: { type: 'text/turtle', text: 'as sent' } },
      { kind: 'text', text: 'as sent' },
    ],
    [
      'a graph that is put into another format',
      { text: CONSTRUCT, request: { format: 'jsonld' }, answer: ntriples },
      { kind: 'text', text: '1 as jsonld' },
    ],
    [
      'a graph in a type that nobody named',
      { text: CONSTRUCT, answer: { type: 'text/plain', text: '' } },
      { kind: 'graph', quads: [QUAD] },
    ],
  ])('may be answered with %s', async (_, scene, expected) => {
    expect((await ask(scene)).outcome).toEqual(expected);
  });

  it('asks for what graphs can be read from, the wanted format first', async () => {
    expect((await ask({ text: CONSTRUCT, answer: ntriples })).accept).toEqual(['application/n-triples', 'text/turtle']);
    expect((await ask({ text: CONSTRUCT, request: { format: 'jsonld' }, answer: ntriples })).accept).toEqual([
      'application/ld+json',
      'application/n-triples',
      'text/turtle',
    ]);
  });

  it.each<[what: string, scene: Scene, code: string]>([
    ['no solutions', { answer: { type: 'application/sparql-results+json', text: '<html>' } }, 'SOURCE_RESPONSE_INVALID'],
    ['a graph that is not valid', { text: CONSTRUCT, answer: { ...ntriples, text: '!' } }, 'SOURCE_RESPONSE_INVALID'],
    [
      'more rows than may be',
      { request: { limits: { rows: 1 } }, answer: { type: 'application/sparql-results+json', text: ROWS('urn:a', 'urn:b') } },
      'QUERY_TOO_MANY_ROWS',
    ],
    ['a failure', { answer: async () => Promise.reject(new PacksmithError('ENDPOINT_REFUSED', 'no')) }, 'ENDPOINT_REFUSED'],
  ])('fails where the answer is %s; the engine is closed, and credentials are not shown', async (_, scene, code) => {
    const { outcome, closed } = await ask(scene);
    expect(outcome).toMatchObject({ code });
    expect([closed, String(outcome).includes('secret')]).toEqual([1, false]);
  });

  const waiting = ({ signal }: EndpointRequest): Promise<EndpointAnswer> =>
    new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new PacksmithError('INTERRUPTED', 'interrupted'))));

  it('is given up when its time is over, and when somebody interrupts it', async () => {
    expect((await ask({ request: { limits: { milliseconds: 10 } }, answer: waiting })).outcome).toMatchObject({
      code: 'QUERY_TIMEOUT',
      message: expect.stringContaining('0.01 s'),
    });
    const interrupt = new AbortController();
    const interrupted = ask({ request: { signal: interrupt.signal }, answer: waiting });
    setTimeout(() => interrupt.abort(), 10);
    expect((await interrupted).outcome).toMatchObject({ code: 'INTERRUPTED' });
  });

  it('is not sent where it could not be asked here', async () => {
    const { outcome, sent, closed } = await ask({ text: 'INSERT DATA { <urn:a> <urn:b> <urn:c> }' });
    expect([(outcome as PacksmithError).code, sent, closed]).toEqual(['QUERY_REFUSED', [], 0]);
  });
});
