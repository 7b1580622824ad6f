import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { type LoopbackServer, startServer } from './loopback-server.ts';

const oxigraph = createRequire(import.meta.url)('oxigraph') as {
  readonly Store: new () => {
    load(text: string, options: { format: string }): void;
    query(text: string, options?: { results_format: string }): string;
  };
};

/** A server of the SPARQL 1.1 Protocol over some N-Quads, and what it was sent. */
export interface SparqlServer extends LoopbackServer {
  readonly queries: readonly string[];
}

/** As servers do: queries by POST only, the type that is wanted or 406, and the parser's words for what it cannot read. */
export async function startSparqlServer(data: string): Promise<SparqlServer> {
  const store = new oxigraph.Store();
  store.load(data, { format: 'application/n-quads' });
  const queries: string[] = [];
  const server = await startServer(async (request, response) => {
    if (request.url !== '/sparql') return answer(response, 404, 'nothing is here');
    if (request.method !== 'POST') return answer(response, 405, 'POST a query');
    if (!/^application\/sparql-query\b/.test(request.headers['content-type'] ?? '')) return answer(response, 415, 'this is no query');
    const text = await readBody(request);
    queries.push(text);
    const isGraph = /^\s*(?:PREFIX[^\n]*\n)*\s*(?:CONSTRUCT|DESCRIBE)/i.test(text);
    const offered = isGraph
      ? ['application/n-triples', 'text/turtle']
      : ['application/sparql-results+json', 'application/sparql-results+xml', 'text/csv', 'text/tab-separated-values'];
    const wanted = (request.headers.accept ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
    const type = wanted.find((candidate) => offered.includes(candidate));
    if (type === undefined) return answer(response, 406, `there is ${offered.join(', ')}`);
    try {
      answer(response, 200, store.query(text, { results_format: type }), type);
    } catch (error) {
      answer(response, 400, String(error));
    }
  });
  return { ...server, queries };
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
