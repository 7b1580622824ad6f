import type { Quad, Store } from 'oxigraph/web.js';
import type { Diagnostic } from '../../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../../core/diagnostics/packsmith-error.ts';
import { namedNode, type RdfTerm } from '../../../core/metadata/rdf.ts';
import type { SolutionFormat } from '../../../core/metadata/sparql/check-result-format.ts';
import type { EditedText } from '../../../core/metadata/sparql/edit-text.ts';
import { failForFindings } from '../../../core/metadata/sparql/fail-for-findings.ts';
import { type InspectedQuery, inspectQuery } from '../../../core/metadata/sparql/inspect-query.ts';
import { prepareQuery } from '../../../core/metadata/sparql/prepare-query.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { SentQuery, SentResult } from '../protocol.ts';
import { countSolutions } from './count-solutions.ts';
import { toContentError } from './end-of-engine.ts';
import type { Oxigraph } from './load-oxigraph.ts';
import { describeQueryProblem } from './query-syntax.ts';
import { withStore } from './stores.ts';
import { TermReader, TermWriter } from './terms.ts';

/** Runs a query and gives its result as data. */
export function runQuery(oxigraph: Oxigraph, store: Store, query: SentQuery): SentResult {
  const opened = openQuery(oxigraph, query);
  const { form } = opened.inspected;
  if (form === 'CONSTRUCT' || form === 'DESCRIBE') return { quads: opened.graph(store) };
  return { solutions: opened.solutions(store, 'json') };
}

/** Runs a query and gives its solutions as text. */
export function runQueryText(oxigraph: Oxigraph, store: Store, query: SentQuery, format: SolutionFormat): string {
  return openQuery(oxigraph, query).solutions(store, format);
}

/** Reads a query without data. */
export function checkQuery(
  oxigraph: Oxigraph,
  { text, name, prefixes, base }: Pick<SentQuery, 'text' | 'name' | 'prefixes' | 'base'>,
): readonly Diagnostic[] {
  const inspected = inspectQuery(text, { name, prefixes });
  if (inspected.diagnostics.length > 0) return inspected.diagnostics;
  const prepared = prepareQuery(inspected, { terms: new Map(), prefixes: writePrefixes(oxigraph, prefixes), offset: 0, limit: 0 });
  try {
    withStore(oxigraph, (store) => store.query(prepared.text, { ...(base !== undefined && { base_iri: base }) }));
    return [];
  } catch (error) {
    return [describeQueryProblem(toContentError(error), inspected, prepared, name)];
  }
}

/** The query as it would be run. */
export function prepareText(oxigraph: Oxigraph, query: SentQuery): string {
  const { prepared } = openQuery(oxigraph, query);
  const diagnostics = checkQuery(oxigraph, query);
  if (diagnostics.length > 0) throw failForFindings(diagnostics);
  return prepared.text;
}

interface OpenedQuery {
  readonly inspected: InspectedQuery;
  readonly prepared: EditedText;
  solutions(store: Store, format: SolutionFormat): string;
  graph(store: Store): ReturnType<TermReader['quad']>[];
}

function openQuery(oxigraph: Oxigraph, query: SentQuery): OpenedQuery {
  const inspected = inspectQuery(query.text, query);
  if (inspected.diagnostics.length > 0) throw failForFindings(inspected.diagnostics);
  const { offset, limit = Number.POSITIVE_INFINITY } = query.page;
  const prepared = prepareQuery(inspected, {
    terms: writeTerms(oxigraph, query.parameters, inspected),
    prefixes: writePrefixes(oxigraph, query.prefixes),
    offset,
    // One more than is allowed, so that it shows.
    limit: Math.min(limit, query.rows + 1),
  });
  const run = (store: Store, format?: SolutionFormat) => runPrepared(store, { query, inspected, prepared }, format);
  return {
    inspected,
    prepared,
    solutions: (store, format) => {
      const text = run(store, format) as string;
      if (inspected.form === 'SELECT') checkRows(countSolutions(text, format), query);
      return text;
    },
    graph: (store) => {
      const quads = run(store) as Quad[];
      checkRows(quads.length, query);
      const reader = new TermReader();
      return quads.map((quad) => reader.quad(quad));
    },
  };
}

interface Run {
  readonly query: SentQuery;
  readonly inspected: InspectedQuery;
  readonly prepared: EditedText;
}

function runPrepared(store: Store, { query, inspected, prepared }: Run, format: SolutionFormat | undefined): unknown {
  try {
    return store.query(prepared.text, {
      use_default_graph_as_union: query.unionGraphs,
      ...(query.base !== undefined && { base_iri: query.base }),
      ...(format !== undefined && { results_format: format }),
    });
  } catch (error) {
    throw failForFindings([describeQueryProblem(toContentError(error), inspected, prepared, query.name)]);
  }
}

function writePrefixes(oxigraph: Oxigraph, prefixes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const writer = new TermWriter(oxigraph);
  return new Map([...prefixes].map(([prefix, iri]) => [prefix, writer.term(namedNode(iri)).toString()]));
}

function writeTerms(oxigraph: Oxigraph, parameters: ReadonlyMap<string, RdfTerm>, { variables }: InspectedQuery): Map<string, string> {
  const writer = new TermWriter(oxigraph);
  return new Map(
    [...parameters].map(([name, term]) => {
      if (!variables.has(name)) throw failForName(name, [...variables]);
      if (term.kind === 'blank')
        throw new PacksmithError('QUERY_PARAMETER_INVALID', `the parameter "${name}" is a blank node, which names nothing`);
      return [name, writer.term(term).toString()] as const;
    }),
  );
}

function failForName(name: string, variables: readonly string[]): PacksmithError {
  const [closest] = nearest(name, variables, 1);
  const known = variables.length === 0 ? 'the query has no variables' : `its variables: ${variables.join(', ')}`;
  return new PacksmithError('QUERY_PARAMETER_INVALID', `the query has no variable "${name}"`, {
    hint: closest === undefined ? known : `did you mean "${closest}"?`,
  });
}

function checkRows(count: number, { rows }: SentQuery): void {
  if (count <= rows) return;
  throw new PacksmithError('QUERY_TOO_MANY_ROWS', `the query has more than ${rows} results, which is the limit (queryRows)`);
}
