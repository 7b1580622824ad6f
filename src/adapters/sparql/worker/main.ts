/** The worker in which the engine lives, so that a query that never ends can be ended, and memory that is full is nobody else's. */
import { parentPort, workerData } from 'node:worker_threads';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import type { CompiledEngine, SentFailure, WorkerOperations, WorkerReply, WorkerRequest, WorkerSettings } from '../protocol.ts';
import { isEndOfEngine } from './end-of-engine.ts';
import { formatQuads } from './format-quads.ts';
import { compileOxigraph, startOxigraph } from './load-oxigraph.ts';
import { checkQuery, prepareText, runQuery, runQueryText } from './queries.ts';
import { Stores } from './stores.ts';

type Operations = { readonly [Name in keyof WorkerOperations]: (ask: WorkerOperations[Name]['ask']) => WorkerOperations[Name]['answer'] };

const engine = startOxigraph(compiledEngine(workerData as WorkerSettings));
const { oxigraph } = engine;
const stores = new Stores(engine);

const operations: Operations = {
  open: (inputs) => stores.open(inputs),
  restore: (kept) => stores.restore(kept),
  keep: ({ store, ...kept }) => stores.keep(store, kept),
  add: ({ store, quads }) => stores.add(store, quads),
  close: (id) => stores.close(id),
  parse: (document) => stores.parse(document),
  query: ({ store, query }) => runQuery(oxigraph, stores.get(store), query),
  queryText: ({ store, query, format }) => runQueryText(oxigraph, stores.get(store), query, format),
  format: ({ text, format }) => formatQuads(oxigraph, text, format),
  prepare: (query) => prepareText(oxigraph, query),
  check: (query) => checkQuery(oxigraph, query),
};

parentPort?.on('message', ({ id, name, ask }: WorkerRequest) => {
  reply({ id, kind: 'started' });
  try {
    reply({ id, kind: 'answer', answer: operations[name](ask as never) });
  } catch (error) {
    if (isEndOfEngine(error)) reply({ id, kind: 'full' });
    else if (error instanceof PacksmithError) reply({ id, kind: 'failure', failure: toFailure(error) });
    else throw error;
  }
});

function compiledEngine({ memory, compiled: given }: WorkerSettings): CompiledEngine {
  if ('module' in given) return given;
  const compiled = compileOxigraph(memory);
  given.postMessage(compiled);
  return compiled;
}

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

function toFailure({ code, message, hint, where, diagnostics }: PacksmithError): SentFailure {
  return { code, message, options: { diagnostics, ...(hint !== undefined && { hint }), ...(where && { where }) } };
}
