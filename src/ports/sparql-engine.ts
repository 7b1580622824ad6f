import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { RdfFormat, RdfQuad, RdfTerm } from '../core/metadata/rdf.ts';
import type { SolutionFormat } from '../core/metadata/sparql/check-result-format.ts';

/** RDF as text, from a file or from anywhere. */
export interface RdfDocument {
  readonly text: string;
  readonly format: RdfFormat;
  /** What findings name as their file. */
  readonly name: string;
  /** What relative IRIs are relative to, absolute; absent: they are findings. */
  readonly base?: string;
}

export interface ParsedRdf {
  /** In the order of the document; empty when there are findings. Blank nodes are named by the order in which they appear. */
  readonly quads: readonly RdfQuad[];
  /** `RDF_INVALID`, with file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a store holds: documents, or quads as they are. */
export type RdfInput = RdfDocument | readonly RdfQuad[];

/** Each bound names a code; a bound that is absent is the documented one (`LIMITS.querySeconds`, `LIMITS.queryRows`). */
/** What is left for all queries that name it together: whoever runs one takes off what it took. */
export interface QueryAllowance {
  milliseconds: number;
}

export interface QueryLimits {
  /** `QUERY_TIMEOUT`. */
  readonly milliseconds?: number;
  /** `QUERY_TIMEOUT` (`LIMITS.queriesSeconds`); absent: there is no such bound. */
  readonly allowance?: QueryAllowance;
  /** Solutions of SELECT, statements of CONSTRUCT and DESCRIBE: `QUERY_TOO_MANY_ROWS`. */
  readonly rows?: number;
}

/** One part of the solutions, in the order of the query. */
export interface QueryPage {
  readonly offset: number;
  readonly limit: number | undefined;
}

export interface QueryRequest {
  readonly text: string;
  /** What errors name as their file. */
  readonly name: string;
  /** Variables, without their `?`, that are bound before the query runs. Each must occur in the query. */
  readonly parameters?: ReadonlyMap<string, RdfTerm>;
  /** Prefixes that the query may use without declaring them; its own declarations win. */
  readonly prefixes?: ReadonlyMap<string, string>;
  /** What relative IRIs of the query are relative to. */
  readonly base?: string;
  readonly page?: QueryPage;
  readonly limits?: QueryLimits;
  /** Queries see the union of all graphs as the default graph. */
  readonly unionGraphs?: boolean;
  readonly signal?: AbortSignal;
}

export type QueryResult =
  | {
      readonly kind: 'rows';
      /** Without their `?`, in the order of the projection. */
      readonly variables: readonly string[];
      /** Each with one cell for a variable: `undefined` where it is not bound. Blank nodes are named by the order in which they appear. */
      readonly rows: readonly (readonly (RdfTerm | undefined)[])[];
    }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'graph'; readonly quads: readonly RdfQuad[] };

/** Data to be asked. Whoever opens one closes it. */
export interface SparqlStore {
  /** The number of its quads. */
  readonly size: number;
  /**
   * Adds quads, as they are: a blank node is the one of that name which was added or opened as a quad before.
   * @throws PacksmithError `RDF_TERM_INVALID`, and then nothing is added; `QUERY_OUT_OF_MEMORY`, `INTERRUPTED`.
   */
  add(quads: readonly RdfQuad[], options?: OpenOptions): Promise<void>;
  /**
   * Runs a SELECT, ASK, CONSTRUCT or DESCRIBE query. When a limit of time or memory, or the signal, ends it, every store of the engine is closed.
   * @throws PacksmithError `QUERY_INVALID` with line and column, `QUERY_REFUSED` (update, LOAD, SERVICE), `QUERY_PARAMETER_INVALID`, `QUERY_TIMEOUT`,
   * `QUERY_TOO_MANY_ROWS`, `QUERY_OUT_OF_MEMORY`, `INTERRUPTED`.
   */
  query(request: QueryRequest): Promise<QueryResult>;
  /**
   * As `query`, the result as text: solutions and booleans in a format of W3C, graphs in a format of RDF, with the prefixes of the request.
   * @throws PacksmithError as `query` does, and `QUERY_FORMAT_UNSUITABLE` when a result of that kind has no such format.
   */
  queryText(request: QueryRequest, format: SolutionFormat | RdfFormat): Promise<string>;
  close(): Promise<void>;
}

export type OpenedStore =
  | { readonly kind: 'opened'; readonly store: SparqlStore }
  /** `RDF_INVALID`: a finding for each document that is not valid. */
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] };

export interface OpenOptions {
  readonly signal?: AbortSignal;
}

/** Data that need not be loaded again in another run. */
export interface KeptInputs {
  /** Everything that decides what is in them: for another content, another key. */
  readonly key: string;
  /** Called only where nothing is kept under the key. */
  load(): Promise<readonly RdfInput[]>;
}

/** Reads, writes and asks RDF; nothing of it touches the network or the disk. It starts with its first use and ends with `close`. */
export interface SparqlEngine {
  /** @throws PacksmithError `QUERY_OUT_OF_MEMORY`, `INTERRUPTED`. */
  open(inputs: readonly RdfInput[], options?: OpenOptions): Promise<OpenedStore>;
  /** As `open`, of data that is kept between runs where the engine has a place for it; what is kept is used only under its own key, and only whole. */
  openKept(inputs: KeptInputs, options?: OpenOptions): Promise<OpenedStore>;
  /** Never fails for what the document says. @throws PacksmithError `QUERY_OUT_OF_MEMORY`. */
  parse(document: RdfDocument): Promise<ParsedRdf>;
  /** @throws PacksmithError `RDF_TERM_INVALID` for what is no term (an IRI that is not absolute), `QUERY_OUT_OF_MEMORY`. */
  format(quads: readonly RdfQuad[], format: RdfFormat, prefixes?: ReadonlyMap<string, string>): Promise<string>;
  /** Findings (`QUERY_INVALID`, `QUERY_REFUSED`) about the text of a query, which is not run over any data. */
  check(request: Pick<QueryRequest, 'text' | 'name' | 'prefixes' | 'base'>): Promise<readonly Diagnostic[]>;
  /**
   * A query as it would be run, whole: prefixes declared, parameters bound, solutions bounded. It is what an endpoint elsewhere can be sent.
   * @throws PacksmithError `QUERY_INVALID`, `QUERY_REFUSED`, `QUERY_PARAMETER_INVALID`, `RDF_TERM_INVALID`.
   */
  prepare(request: QueryRequest): Promise<string>;
  close(): Promise<void>;
}
