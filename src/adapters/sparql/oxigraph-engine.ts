import { join } from 'node:path';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import type { RdfFormat, RdfQuad } from '../../core/metadata/rdf.ts';
import { checkResultFormat, isSolutionFormat, type SolutionFormat } from '../../core/metadata/sparql/check-result-format.ts';
import { inspectQuery } from '../../core/metadata/sparql/inspect-query.ts';
import { parseSolutions } from '../../core/metadata/sparql/parse-solutions.ts';
import { encodeUtf8 } from '../../core/text/utf8.ts';
import type {
  KeptInputs,
  OpenedStore,
  OpenOptions,
  ParsedRdf,
  QueryRequest,
  QueryResult,
  RdfDocument,
  RdfInput,
  SparqlEngine,
  SparqlStore,
} from '../../ports/sparql-engine.ts';
import { nativeHash } from '../hash.ts';
import { type AskOptions, EngineWorker } from './engine-worker.ts';
import type { SentQuery } from './protocol.ts';
import { writeRdf } from './write-rdf.ts';

export interface OxigraphSettings {
  /** The path of the built worker. */
  readonly workerFile: string;
  /** Absolute: where stores are kept between runs; absent: nowhere. */
  readonly cacheDirectory?: string;
  /** Bytes that data and queries may have together; `LIMITS.queryBytes` where absent. */
  readonly memory?: number;
}

/** Oxigraph in a worker, which starts with the first use and starts anew after a limit has ended it. */
export class OxigraphEngine implements SparqlEngine {
  readonly #settings: OxigraphSettings;
  #worker: EngineWorker | undefined;

  constructor(settings: OxigraphSettings) {
    this.#settings = settings;
  }

  /** Starts the worker at once, so that it is ready when it is asked. */
  static start(settings: OxigraphSettings): OxigraphEngine {
    const engine = new OxigraphEngine(settings);
    engine.#start();
    return engine;
  }

  async open(inputs: readonly RdfInput[], { signal }: OpenOptions = {}): Promise<OpenedStore> {
    const worker = this.#start();
    const opened = await worker.ask('open', inputs.map(toSentInput), { signal });
    if ('diagnostics' in opened) return { kind: 'invalid', diagnostics: opened.diagnostics };
    return { kind: 'opened', store: new OxigraphStore(this, worker, opened) };
  }

  async openKept({ key, load }: KeptInputs, { signal }: OpenOptions = {}): Promise<OpenedStore> {
    const { cacheDirectory } = this.#settings;
    if (cacheDirectory === undefined) return this.open(await load(), { ...(signal && { signal }) });
    const kept = { key, file: join(cacheDirectory, `store-${nativeHash(encodeUtf8(key)).slice(0, 16)}.bin`) };
    const worker = this.#start();
    const restored = await worker.ask('restore', kept, { signal });
    if (restored !== undefined && 'id' in restored) return { kind: 'opened', store: new OxigraphStore(this, worker, restored) };
    const opened = await worker.ask('open', (await load()).map(toSentInput), { signal });
    if ('diagnostics' in opened) return { kind: 'invalid', diagnostics: opened.diagnostics };
    await worker.ask('keep', { ...kept, store: opened.id }, { signal });
    return { kind: 'opened', store: new OxigraphStore(this, worker, opened) };
  }

  async parse(document: RdfDocument): Promise<ParsedRdf> {
    return this.#start().ask('parse', document);
  }

  async format(quads: readonly RdfQuad[], format: RdfFormat, prefixes: ReadonlyMap<string, string> = new Map()): Promise<string> {
    if (format !== 'jsonld' && format !== 'rdfxml') return writeRdf(quads, format, prefixes);
    return this.#start().ask('format', { text: writeRdf(quads, 'nquads'), format });
  }

  async check(request: Pick<QueryRequest, 'text' | 'name' | 'prefixes' | 'base'>): Promise<readonly Diagnostic[]> {
    const { text, name, prefixes = new Map(), base } = request;
    return this.#start().ask('check', { text, name, prefixes, base }, { milliseconds: LIMITS.querySeconds.maximum * 1000 });
  }

  async prepare(request: QueryRequest): Promise<string> {
    return this.#start().ask('prepare', toSent(request));
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.stop();
  }

  #start(): EngineWorker {
    if (this.#worker === undefined || this.#worker.hasEnded) {
      const { workerFile: file, memory = LIMITS.queryBytes.maximum } = this.#settings;
      this.#worker = new EngineWorker({ file, memory });
    }
    return this.#worker;
  }
}

class OxigraphStore implements SparqlStore {
  #size: number;
  readonly #engine: OxigraphEngine;
  readonly #worker: EngineWorker;
  readonly #id: number;

  constructor(engine: OxigraphEngine, worker: EngineWorker, { id, size }: { readonly id: number; readonly size: number }) {
    this.#size = size;
    this.#engine = engine;
    this.#worker = worker;
    this.#id = id;
  }

  get size(): number {
    return this.#size;
  }

  async add(quads: readonly RdfQuad[], { signal }: OpenOptions = {}): Promise<void> {
    this.#size = await this.#worker.ask('add', { store: this.#id, quads: toSentInput(quads) }, { signal });
  }

  async query(request: QueryRequest): Promise<QueryResult> {
    const result = await this.#worker.ask('query', { store: this.#id, query: toSent(request) }, toBounds(request));
    if ('quads' in result) return { kind: 'graph', quads: result.quads };
    const solutions = parseSolutions(result.solutions);
    if (solutions === undefined) throw new Error('the engine wrote no solutions');
    return solutions;
  }

  async queryText(request: QueryRequest, format: SolutionFormat | RdfFormat): Promise<string> {
    const query = toSent(request);
    const { form } = inspectQuery(query.text, query);
    checkResultFormat(form, format);
    if (isSolutionFormat(format)) return this.#worker.ask('queryText', { store: this.#id, query, format }, toBounds(request));
    const result = await this.query(request);
    return this.#engine.format(result.kind === 'graph' ? result.quads : [], format, request.prefixes);
  }

  async close(): Promise<void> {
    if (!this.#worker.hasEnded) await this.#worker.ask('close', this.#id);
  }
}

/** Quads go as text, which is faster than one by one, unless they have blank nodes, which would get other names. */
function toSentInput(input: RdfInput): RdfInput {
  if ('text' in input) return input;
  const text = writeRdf(input, 'nquads');
  return text.includes('_:') ? input : { text, format: 'nquads', name: 'quads' };
}

function toSent({ text, name, parameters, prefixes, base, page, limits, unionGraphs }: QueryRequest): SentQuery {
  return {
    text,
    name,
    parameters: parameters ?? new Map(),
    prefixes: prefixes ?? new Map(),
    base,
    page: page ?? { offset: 0, limit: undefined },
    rows: limits?.rows ?? LIMITS.queryRows.maximum,
    unionGraphs: unionGraphs ?? false,
  };
}

function toBounds({ limits, signal }: QueryRequest): AskOptions {
  return { milliseconds: limits?.milliseconds ?? LIMITS.querySeconds.maximum * 1000, allowance: limits?.allowance, signal };
}
