import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import { RDF_MEDIA_TYPES } from '../../core/metadata/media-types.ts';
import type { RdfFormat, RdfQuad } from '../../core/metadata/rdf.ts';
import { isSolutionFormat, type SolutionFormat } from '../../core/metadata/sparql/check-result-format.ts';
import { inspectQuery } from '../../core/metadata/sparql/inspect-query.ts';
import { parseSolutions } from '../../core/metadata/sparql/parse-solutions.ts';
import { PREFIXES } from '../../core/metadata/vocabulary.ts';
import { redactUrl } from '../../core/pack/redact-url.ts';
import type { Ports } from '../../ports/ports.ts';
import type { EndpointAnswer, EndpointRequest, SparqlEndpoint } from '../../ports/sparql-endpoint.ts';
import type { QueryRequest, SparqlEngine } from '../../ports/sparql-engine.ts';
import { prepareRequest, type QueryAnswer, type QueryMetadataRequest } from './query-metadata.ts';

export interface QueryEndpointRequest extends QueryMetadataRequest {
  readonly endpoint: string;
}

const MEDIA_TYPES: Readonly<Record<SolutionFormat | RdfFormat, string>> = {
  json: 'application/sparql-results+json',
  xml: 'application/sparql-results+xml',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  ...RDF_MEDIA_TYPES,
};

/**
 * Sends the very query that would be asked here, its parameters bound, to an endpoint.
 * @throws PacksmithError as `SparqlEndpoint.query` does, `QUERY_INVALID`, `QUERY_REFUSED`, `QUERY_PARAMETER_INVALID`, `QUERY_FORMAT_UNSUITABLE`.
 */
export async function queryEndpoint(
  request: QueryEndpointRequest,
  ports: Pick<Ports, 'openSparqlEngine'> & { readonly openSparqlEndpoint: () => Promise<SparqlEndpoint> },
): Promise<QueryAnswer> {
  const asked = prepareRequest(request);
  const engine = await ports.openSparqlEngine();
  try {
    const text = await engine.prepare(asked);
    return await send(text, { request, asked, engine }, await ports.openSparqlEndpoint());
  } finally {
    await engine.close();
  }
}

interface Sending {
  readonly request: QueryEndpointRequest;
  readonly asked: QueryRequest;
  readonly engine: SparqlEngine;
}

async function send(text: string, { request, asked, engine }: Sending, endpoint: SparqlEndpoint): Promise<QueryAnswer> {
  const { endpoint: url, format, signal } = request;
  const { form } = inspectQuery(asked.text, { name: asked.name, prefixes: PREFIXES });
  const isGraph = form === 'CONSTRUCT' || form === 'DESCRIBE';
  const answer = await withinTime({ url, text, accept: acceptedTypes(isGraph, format) }, { endpoint, asked, signal });
  if (format !== undefined && answer.type === MEDIA_TYPES[format]) return { kind: 'text', text: answer.text };
  if (!isGraph) return readSolutions(answer.text, { url, asked });
  const quads = await readGraph(engine, answer, url);
  return format === undefined || isSolutionFormat(format)
    ? { kind: 'graph', quads }
    : { kind: 'text', text: await engine.format(quads, format, PREFIXES) };
}

interface Waiting {
  readonly endpoint: SparqlEndpoint;
  readonly asked: QueryRequest;
  readonly signal: AbortSignal | undefined;
}

async function withinTime(request: Omit<EndpointRequest, 'signal'>, { endpoint, asked, signal }: Waiting): Promise<EndpointAnswer> {
  const milliseconds = asked.limits?.milliseconds ?? LIMITS.querySeconds.maximum * 1000;
  const limit = AbortSignal.timeout(milliseconds);
  try {
    return await endpoint.query({ ...request, signal: signal === undefined ? limit : AbortSignal.any([signal, limit]) });
  } catch (error) {
    if (!limit.aborted || signal?.aborted === true) throw error;
    throw new PacksmithError('QUERY_TIMEOUT', `the endpoint has not answered after ${milliseconds / 1000} s, which is the limit`, {
      cause: error,
    });
  }
}

/** What is wanted, and for graphs what can be made into it. */
function acceptedTypes(isGraph: boolean, format: SolutionFormat | RdfFormat | undefined): readonly string[] {
  if (!isGraph) return [MEDIA_TYPES[format ?? 'json']];
  return [...new Set([MEDIA_TYPES[format ?? 'ntriples'], MEDIA_TYPES.ntriples, MEDIA_TYPES.turtle])];
}

function readSolutions(text: string, { url, asked }: { readonly url: string; readonly asked: QueryRequest }): QueryAnswer {
  const solutions = parseSolutions(text);
  if (solutions === undefined) throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${redactUrl(url)}: its answer has no solutions`);
  const limit = asked.limits?.rows ?? LIMITS.queryRows.maximum;
  if (solutions.kind === 'rows' && solutions.rows.length > limit)
    throw new PacksmithError('QUERY_TOO_MANY_ROWS', `the query has more than ${limit} results, which is the limit (queryRows)`);
  return solutions;
}

async function readGraph(engine: SparqlEngine, { type, text }: EndpointAnswer, url: string): Promise<readonly RdfQuad[]> {
  const [format] = Object.entries(MEDIA_TYPES).find(([, media]) => media === type) ?? ['ntriples'];
  const { quads, diagnostics } = await engine.parse({ text, format: format as RdfFormat, name: redactUrl(url), base: url });
  if (diagnostics.length > 0)
    throw new PacksmithError('SOURCE_RESPONSE_INVALID', `${redactUrl(url)}: its answer is no valid RDF`, { diagnostics });
  return quads;
}
