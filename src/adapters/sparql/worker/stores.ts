import type { Quad, Store } from 'oxigraph/web.js';
import { labelBlanks } from '../../../core/data/quads.ts';
import type { Diagnostic } from '../../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { RDF_MEDIA_TYPES } from '../../../core/metadata/media-types.ts';
import type { ParsedRdf, RdfDocument, RdfInput } from '../../../ports/sparql-engine.ts';
import type { KeptStore, SentStore } from '../protocol.ts';
import { toContentError } from './end-of-engine.ts';
import { keepMemory, restoreMemory } from './kept-memory.ts';
import type { Engine, Oxigraph } from './load-oxigraph.ts';
import { describeRdfProblem } from './rdf-syntax.ts';
import { TermReader, TermWriter } from './terms.ts';

/** The stores that are open. */
export class Stores {
  readonly #engine: Engine;
  readonly #oxigraph: Oxigraph;
  readonly #writer: TermWriter;
  readonly #open = new Map<number, Store>();
  #count = 0;
  /** Nothing was done with the engine yet. */
  #isFresh = true;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#oxigraph = engine.oxigraph;
    this.#writer = new TermWriter(engine.oxigraph);
  }

  /** Takes a store that is kept, in place of everything that the engine has. */
  restore(kept: KeptStore): SentStore | undefined {
    if (!this.#isFresh) return undefined;
    const pointer = restoreMemory(this.#engine, kept);
    if (pointer === undefined) return undefined;
    return this.#add(Object.assign(Object.create(this.#oxigraph.Store.prototype), { __wbg_ptr: pointer }) as Store);
  }

  /** Keeps a store where it is the only one that was ever open: the memory is kept as a whole. */
  keep(id: number, kept: KeptStore): undefined {
    if (this.#count === 1) keepMemory(this.#engine, this.get(id), kept);
  }

  open(inputs: readonly RdfInput[]): SentStore {
    this.#isFresh = false;
    const store = new this.#oxigraph.Store();
    const diagnostics = inputs.flatMap((input, index) => this.#fill(store, input, index));
    if (diagnostics.length > 0) {
      free(store);
      return { diagnostics };
    }
    return this.#add(store);
  }

  #add(store: Store): SentStore {
    this.#isFresh = false;
    this.#count += 1;
    this.#open.set(this.#count, store);
    return { id: this.#count, size: store.size };
  }

  /** All of the quads, or none where one is not valid. */
  add(id: number, quads: RdfInput): number {
    const store = this.get(id);
    const [problem] = this.#fill(store, quads, 0);
    if (problem !== undefined) throw new PacksmithError('RDF_TERM_INVALID', problem.message);
    return store.size;
  }

  get(id: number): Store {
    const store = this.#open.get(id);
    if (store === undefined) throw new Error('the store is closed');
    return store;
  }

  close(id: number): undefined {
    const store = this.#open.get(id);
    if (store !== undefined) free(store);
    this.#open.delete(id);
  }

  parse(document: RdfDocument): ParsedRdf {
    this.#isFresh = false;
    const parsed = this.#parse(document);
    if (!Array.isArray(parsed)) return { quads: [], diagnostics: [parsed as Diagnostic] };
    const reader = new TermReader();
    return { quads: (parsed as Quad[]).map((quad) => reader.quad(quad)), diagnostics: [] };
  }

  #fill(store: Store, input: RdfInput, index: number): Diagnostic[] {
    if (!isDocument(input)) {
      for (const quad of input.map((given) => this.#writer.quad(given))) store.add(quad);
      return [];
    }
    if (!mayHaveBlankNodes(input)) return this.#load(store, input);
    const { quads, diagnostics } = this.parse(input);
    for (const quad of labelBlanks(quads, `d${index}`)) store.add(this.#writer.quad(quad));
    return [...diagnostics];
  }

  #load(store: Store, { text, format, base, name }: RdfDocument): Diagnostic[] {
    try {
      store.load(text, { format: RDF_MEDIA_TYPES[format], ...(base !== undefined && { base_iri: base }) });
      return [];
    } catch (error) {
      return [describeRdfProblem(toContentError(error), name)];
    }
  }

  #parse({ text, format, base, name }: RdfDocument): Quad[] | Diagnostic {
    try {
      return parseAll(this.#oxigraph, text, { format: RDF_MEDIA_TYPES[format], ...(base !== undefined && { base_iri: base }) });
    } catch (error) {
      return describeRdfProblem(toContentError(error), name);
    }
  }
}

/** Works with an empty store that nobody else sees. */
export function withStore<Result>(oxigraph: Oxigraph, work: (store: Store) => Result): Result {
  const store = new oxigraph.Store();
  try {
    return work(store);
  } finally {
    free(store);
  }
}

/** Its memory would otherwise wait for the garbage collector, which does not know how much it is. */
function free(store: Store): void {
  (store as Store & { free(): void }).free();
}

type ParseAll = (text: string, options: { readonly format: string; readonly base_iri?: string }) => Quad[];

function parseAll(oxigraph: Oxigraph, text: string, options: Parameters<ParseAll>[1]): Quad[] {
  // Its declarations do not export it.
  return (oxigraph as unknown as { readonly parse: ParseAll }).parse(text, options);
}

function isDocument(input: RdfInput): input is RdfDocument {
  return 'text' in input;
}

/** Loaded as text, blank nodes would get other names, and so their solutions another order, in each run. */
function mayHaveBlankNodes({ text, format }: RdfDocument): boolean {
  if (format === 'jsonld' || format === 'rdfxml') return true;
  return format === 'ntriples' || format === 'nquads' ? text.includes('_:') : /_:|[[(]/.test(text);
}
