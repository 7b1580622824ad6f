import type { MessagePort } from 'node:worker_threads';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import type { ErrorCode } from '../../core/diagnostics/error-codes.ts';
import type { PacksmithErrorOptions } from '../../core/diagnostics/packsmith-error.ts';
import type { RdfFormat, RdfQuad, RdfTerm } from '../../core/metadata/rdf.ts';
import type { SolutionFormat } from '../../core/metadata/sparql/check-result-format.ts';
import type { ParsedRdf, QueryPage, RdfDocument, RdfInput } from '../../ports/sparql-engine.ts';

/** What the worker is told when it starts. */
export interface WorkerSettings {
  /** Bytes that the engine may have for data and queries together. */
  readonly memory: number;
  /** What an earlier worker compiled, or where to put a `CompiledEngine` for later ones. */
  readonly compiled: CompiledEngine | MessagePort;
}

/** The engine without any state. Workers that have it from one another share its machine code, also what is compiled later. */
export interface CompiledEngine {
  /** A module of WebAssembly. */
  readonly module: object;
  /** Tells its version from others, and one bound of memory from another. */
  readonly identity: string;
}

/** A query without what can't be sent. */
export interface SentQuery {
  readonly text: string;
  readonly name: string;
  readonly parameters: ReadonlyMap<string, RdfTerm>;
  readonly prefixes: ReadonlyMap<string, string>;
  readonly base: string | undefined;
  readonly page: QueryPage;
  readonly rows: number;
  readonly unionGraphs: boolean;
}

/** What the worker does, by name: what it is asked, and what it answers. */
export interface WorkerOperations {
  readonly open: { readonly ask: readonly RdfInput[]; readonly answer: SentStore };
  /** Takes what is kept in a file, where it is what the key says. */
  readonly restore: { readonly ask: KeptStore; readonly answer: SentStore | undefined };
  /** Keeps a store, as the only one there is. */
  readonly keep: { readonly ask: KeptStore & { readonly store: number }; readonly answer: undefined };
  /** Answers how many quads the store then has. */
  readonly add: { readonly ask: { readonly store: number; readonly quads: RdfInput }; readonly answer: number };
  readonly close: { readonly ask: number; readonly answer: undefined };
  readonly query: { readonly ask: { readonly store: number; readonly query: SentQuery }; readonly answer: SentResult };
  readonly queryText: {
    readonly ask: { readonly store: number; readonly query: SentQuery; readonly format: SolutionFormat };
    readonly answer: string;
  };
  readonly parse: { readonly ask: RdfDocument; readonly answer: ParsedRdf };
  /** From N-Quads. */
  readonly format: { readonly ask: { readonly text: string; readonly format: RdfFormat }; readonly answer: string };
  readonly prepare: { readonly ask: SentQuery; readonly answer: string };
  readonly check: {
    readonly ask: Pick<SentQuery, 'text' | 'name' | 'prefixes' | 'base'>;
    readonly answer: readonly Diagnostic[];
  };
}

export interface KeptStore {
  /** Absolute. */
  readonly file: string;
  readonly key: string;
}

export type SentStore = { readonly id: number; readonly size: number } | { readonly diagnostics: readonly Diagnostic[] };

/** Solutions travel as text in the JSON format of W3C, which is several times faster to hand over than objects. */
export type SentResult = { readonly solutions: string } | { readonly quads: readonly RdfQuad[] };

export interface WorkerRequest<Name extends keyof WorkerOperations = keyof WorkerOperations> {
  readonly id: number;
  readonly name: Name;
  readonly ask: WorkerOperations[Name]['ask'];
}

export interface SentFailure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly options: Pick<PacksmithErrorOptions, 'hint' | 'where' | 'diagnostics'>;
}

export type WorkerReply =
  | { readonly id: number; readonly kind: 'started' }
  | { readonly id: number; readonly kind: 'answer'; readonly answer: WorkerOperations[keyof WorkerOperations]['answer'] }
  | { readonly id: number; readonly kind: 'failure'; readonly failure: SentFailure }
  /** The engine is not usable any more, because its memory is full. */
  | { readonly id: number; readonly kind: 'full' };
