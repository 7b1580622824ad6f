import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { LIMITS } from '../../core/manifest/limits.ts';
import type { RdfFormat, RdfQuad } from '../../core/metadata/rdf.ts';
import { parseSolutions } from '../../core/metadata/sparql/parse-solutions.ts';
import type {
  OpenedStore,
  OpenOptions,
  ParsedRdf,
  QueryRequest,
  QueryResult,
  RdfDocument,
  RdfInput,
  SolutionFormat,
  SparqlEngine,
  SparqlStore,
} from '../../ports/sparql-engine.ts';
import { EngineWorker } from './engine-worker.ts';
import type { SentQuery } from './protocol.ts';

export interface OxigraphSettings {
  /** The path of the built worker. */
  readonly workerFile: string;
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

  async open(inputs: readonly RdfInput[], { signal }: OpenOptions = {}): Promise<OpenedStore> {
    const worker = this.#start();
    const opened = await worker.ask('open', inputs, { signal });
    if ('diagnostics' in opened) return { kind: 'invalid', diagnostics: opened.diagnostics };
    return { kind: 'opened', store: new OxigraphStore(worker, opened) };
  }

  async parse(document: RdfDocument): Promise<ParsedRdf> {
    return this.#start().ask('parse', document);
  }

  async format(quads: readonly RdfQuad[], format: RdfFormat, prefixes: ReadonlyMap<string, string> = new Map()): Promise<string> {
    return this.#start().ask('format', { quads, format, prefixes });
  }

  async check(request: Pick<QueryRequest, 'text' | 'name' | 'prefixes' | 'base'>): Promise<readonly Diagnostic[]> {
    const { text, name, prefixes = new Map(), base } = request;
    return this.#start().ask('check', { text, name, prefixes, base }, { milliseconds: LIMITS.querySeconds.maximum * 1000 });
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
  readonly size: number;
  readonly #worker: EngineWorker;
  readonly #id: number;

  constructor(worker: EngineWorker, { id, size }: { readonly id: number; readonly size: number }) {
    this.size = size;
    this.#worker = worker;
    this.#id = id;
  }

  async query(request: QueryRequest): Promise<QueryResult> {
    const result = await this.#worker.ask('query', { store: this.#id, query: toSent(request) }, toBounds(request));
    if ('quads' in result) return { kind: 'graph', quads: result.quads };
    const solutions = parseSolutions(result.solutions);
    if (solutions === undefined) throw new Error('the engine wrote no solutions');
    return solutions;
  }

  async queryText(request: QueryRequest, format: SolutionFormat | RdfFormat): Promise<string> {
    return this.#worker.ask('queryText', { store: this.#id, query: toSent(request), format }, toBounds(request));
  }

  async close(): Promise<void> {
    if (!this.#worker.hasEnded) await this.#worker.ask('close', this.#id);
  }
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

function toBounds({ limits, signal }: QueryRequest): { readonly milliseconds: number; readonly signal: AbortSignal | undefined } {
  return { milliseconds: limits?.milliseconds ?? LIMITS.querySeconds.maximum * 1000, signal };
}
