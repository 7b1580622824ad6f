import { isOrdered } from '../../core/data/is-ordered.ts';
import { isGate } from '../../core/data/pack-data.ts';
import { labelBlanks } from '../../core/data/quads.ts';
import { groupRows, toQueryRows, toTerm } from '../../core/data/rdf-value.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { RdfQuad, RdfTerm } from '../../core/metadata/rdf.ts';
import { type InspectedQuery, inspectQuery } from '../../core/metadata/sparql/inspect-query.ts';
import { PREFIXES } from '../../core/metadata/vocabulary.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { QueryDeclaration } from '../../core/pack/pack-manifest.ts';
import type { Value, ValueMap } from '../../core/pack/values.ts';
import { checkQueries } from '../../core/quality/check-data.ts';
import type { Evaluator } from '../../core/template/answers/evaluator.ts';
import { compareText } from '../../core/text/compare-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { utf8At } from '../../core/tree/file-text.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Ports } from '../../ports/ports.ts';
import type { QueryAllowance, QueryResult, RdfDocument, SparqlEngine, SparqlStore } from '../../ports/sparql-engine.ts';
import { checkShapes } from './check-shapes.ts';
import { explainGate } from './explain-gate.ts';
import type { RdfSource } from './read-data.ts';

export interface AskDataRequest {
  readonly pack: Pack;
  /** The names in `[data]` that are no graphs, and what they are. */
  readonly others: ReadonlyMap<string, string>;
  readonly sources: readonly RdfSource[];
  /** What parameters see: the answers, secrets masked, and the names of the project. */
  readonly context: ValueMap;
  readonly evaluator: Evaluator;
  /** What is left of the time for all queries of the command. */
  readonly allowance: QueryAllowance;
  readonly signal?: AbortSignal;
}

export interface AskedData {
  /** `queries.NAME`: rows, or a boolean. */
  readonly queries: ValueMap;
  readonly findings: readonly Diagnostic[];
  readonly warnings: readonly string[];
}

/** The engines, while they are open. */
export interface AskPorts {
  readonly sparql: SparqlEngine;
  readonly openShapeValidator: Ports['openShapeValidator'];
}

/** A query or gate that was read. */
interface ReadQuery {
  /** As findings call it. */
  readonly name: string;
  readonly query: InspectedQuery;
}

interface NamedQuery extends ReadQuery {
  readonly declaration: QueryDeclaration;
}

/** The key of all data together, beside the names in `[data]`. */
const ALL = '';

/**
 * Asks the data of one pack, in this order: every CONSTRUCT and DESCRIBE of `[queries]` as the manifest has them, each seeing what those before it
 * gave; then shapes and gates, all of them; and, where none refuses, the queries that give rows.
 * @throws PacksmithError `QUERY_TIMEOUT`, `QUERY_TOO_MANY_ROWS`, `QUERY_OUT_OF_MEMORY`, `QUERY_PARAMETER_INVALID`, `SHAPES_TIMEOUT`, `INTERRUPTED`.
 */
export async function askData(request: AskDataRequest, ports: AskPorts): Promise<AskedData> {
  const queries = request.pack.manifest.queries.map((declaration) => readNamed(declaration, request));
  const gates = readGates(request.pack);
  const unusable = checkQueries(request.pack);
  const misplaced = queries.flatMap((query) => findMisplaced(query, request));
  if (unusable.length + misplaced.length > 0) return { queries: new Map(), findings: [...unusable, ...misplaced], warnings: [] };
  const session = new DataSession(request, ports);
  try {
    const invalid = await session.openAll();
    if (invalid.length > 0) return { queries: new Map(), findings: invalid, warnings: [] };
    for (const query of queries.filter(({ query: { form } }) => form === 'CONSTRUCT' || form === 'DESCRIBE')) await session.derive(query);
    const { findings, warnings } = await session.check(gates);
    if (findings.length > 0) return { queries: new Map(), findings, warnings };
    const answers = new Map<string, Value>();
    for (const query of queries) {
      const { form } = query.query;
      if (form === 'SELECT' || form === 'ASK') answers.set(query.declaration.name, await session.answer(query));
    }
    return { queries: answers, findings: [], warnings };
  } finally {
    await session.close();
  }
}

function readNamed(declaration: QueryDeclaration, { pack }: AskDataRequest): NamedQuery {
  const { content } = declaration;
  if (content.kind === 'text') return { declaration, ...readQuery(content.text, `pack.toml [queries.${declaration.name}]`) };
  const bytes = pack.files.get(content.file as ProjectPath)?.content;
  return { declaration, ...readQuery(bytes === undefined ? '' : (decodeUtf8(bytes) ?? ''), content.file) };
}

function readGates({ files }: Pack): ReadQuery[] {
  const paths = [...files.keys()].filter(isGate).sort(compareText);
  return paths.map((path) => readQuery(utf8At(files, path) ?? '', path));
}

function readQuery(text: string, name: string): ReadQuery {
  return { name, query: inspectQuery(text, { name, prefixes: PREFIXES }) };
}

/** Queries ask graphs. */
function findMisplaced({ declaration, name }: NamedQuery, { others }: AskDataRequest): Diagnostic[] {
  const data = declaration.over?.slice('data.'.length);
  const format = data === undefined ? undefined : others.get(data);
  if (format === undefined) return [];
  const message = `queries.${declaration.name} asks data.${data}, which is ${format.toUpperCase()} and no graph`;
  return [
    { code: 'DATA_INVALID', severity: 'error', message, where: { file: name }, suggestion: 'read it in templates as it is, or give RDF' },
  ];
}

/** The graphs of one pack while they are asked: the documents, and what was derived from them. */
class DataSession {
  readonly #request: AskDataRequest;
  readonly #ports: AskPorts;
  readonly #stores = new Map<string, SparqlStore>();
  readonly #derived = new Map<string, RdfQuad[]>();
  #constructed = 0;

  constructor(request: AskDataRequest, ports: AskPorts) {
    this.#request = request;
    this.#ports = ports;
  }

  /** Reads all documents. Findings where one is not valid. */
  async openAll(): Promise<readonly Diagnostic[]> {
    const opened = await this.#ports.sparql.open(this.#documents(ALL), this.#options());
    if (opened.kind === 'invalid') return opened.diagnostics;
    this.#stores.set(ALL, opened.store);
    return [];
  }

  /** Adds what a query constructs to the graph that it asks, and to all data together. */
  async derive(query: NamedQuery): Promise<void> {
    const key = keyOf(query);
    const result = await this.#run(query, key);
    if (result.kind !== 'graph' || result.quads.length === 0) return;
    const quads = labelBlanks(result.quads, `c${this.#constructed++}-`);
    for (const changed of new Set([key, ALL])) {
      this.#derived.set(changed, [...(this.#derived.get(changed) ?? []), ...quads]);
      await this.#stores.get(changed)?.add(quads, this.#options());
    }
  }

  async check(gates: readonly ReadQuery[]): Promise<{ findings: readonly Diagnostic[]; warnings: readonly string[] }> {
    const { pack, signal } = this.#request;
    const documents = this.#documents(ALL);
    const derived = this.#derived.get(ALL) ?? [];
    const shapes = await checkShapes({ pack, documents, derived, ...(signal && { signal }) }, this.#ports);
    const findings = [...shapes.findings];
    for (const gate of gates) findings.push(...explainGate(gate.name, gate.query.text, await this.#run(gate, ALL)));
    return { findings, warnings: shapes.warnings };
  }

  async answer(query: NamedQuery): Promise<Value> {
    const result = await this.#run(query, keyOf(query));
    if (result.kind === 'boolean') return result.value;
    if (result.kind === 'graph') return [];
    const { name, groupBy } = query.declaration;
    if (groupBy !== undefined && !result.variables.includes(groupBy)) {
      throw new PacksmithError('QUERY_PARAMETER_INVALID', `pack.toml [queries.${name}] group_by: the query gives no ?${groupBy}`, {
        where: { file: 'pack.toml' },
        hint: `it gives ${result.variables.map((variable) => `?${variable}`).join(', ')}`,
      });
    }
    const rows = toQueryRows(result, isOrdered(query.query));
    return groupBy === undefined ? rows : groupRows(rows, groupBy);
  }

  async close(): Promise<void> {
    for (const store of this.#stores.values()) await store.close();
  }

  async #run(query: ReadQuery | NamedQuery, key: string): Promise<QueryResult> {
    const store = await this.#open(key);
    const { name } = query;
    const { allowance } = this.#request;
    const parameters = 'declaration' in query ? this.#parameters(query) : new Map<string, RdfTerm>();
    try {
      const request = { text: query.query.text, name, parameters, prefixes: PREFIXES, unionGraphs: true, limits: { allowance } };
      return await store.query({ ...request, ...this.#options() });
    } catch (error) {
      if (!(error instanceof PacksmithError) || !error.code.startsWith('QUERY_')) throw error;
      const { code, message, hint, where = { file: name }, diagnostics } = error;
      throw new PacksmithError(code, `${this.#request.pack.manifest.id}, ${name}: ${message}`, {
        where,
        diagnostics,
        ...(hint === undefined ? {} : { hint }),
        cause: error,
      });
    }
  }

  async #open(key: string): Promise<SparqlStore> {
    const known = this.#stores.get(key);
    if (known !== undefined) return known;
    const opened = await this.#ports.sparql.open([...this.#documents(key), this.#derived.get(key) ?? []], this.#options());
    if (opened.kind === 'invalid') throw new RangeError('documents that were read before are not valid any more');
    this.#stores.set(key, opened.store);
    return opened.store;
  }

  #documents(key: string): RdfDocument[] {
    const { pack, sources } = this.#request;
    const ontology = pack.files.get(ONTOLOGY_PATH)?.content;
    const own: RdfDocument[] =
      ontology === undefined || key !== ALL
        ? []
        : [
            {
              text: decodeUtf8(ontology) ?? '',
              format: 'turtle',
              name: `${pack.manifest.id}: ${ONTOLOGY_PATH}`,
              base: `file:///${ONTOLOGY_PATH}`,
            },
          ];
    const read = sources.filter(({ name }) => key === ALL || name === key);
    return [...own, ...read.map(toDocument)];
  }

  /** @throws PacksmithError `QUERY_PARAMETER_INVALID` for a value that is no term. */
  #parameters({ declaration, name }: NamedQuery): ReadonlyMap<string, RdfTerm> {
    const { evaluator, context } = this.#request;
    return new Map(
      declaration.parameters.flatMap(({ variable, value, type }): [string, RdfTerm][] => {
        const given = evaluator.expression(value, context, `pack.toml [queries.${declaration.name}] parameters.${variable}`);
        if (given === null) return [];
        const term = toTerm(given, type);
        if (term !== undefined) return [[variable, term]];
        throw new PacksmithError(
          'QUERY_PARAMETER_INVALID',
          `${name}: the parameter ?${variable} is neither text nor a number nor a boolean`,
          {
            where: { file: 'pack.toml' },
          },
        );
      }),
    );
  }

  #options(): { readonly signal?: AbortSignal } {
    const { signal } = this.#request;
    return signal === undefined ? {} : { signal };
  }
}

/** RDF facts about the pack's domain, which all queries see that do not name their data. */
const ONTOLOGY_PATH = 'ontology.ttl' as ProjectPath;

function keyOf({ declaration }: NamedQuery): string {
  return declaration.over?.slice('data.'.length) ?? ALL;
}

/** Relative IRIs get a base that is the same wherever the file lies. */
function toDocument({ text, format, file }: RdfSource): RdfDocument {
  const segment = encodeURIComponent(file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf(' ')) + 1));
  return { text, format, name: file, base: `file:///${segment}` };
}
