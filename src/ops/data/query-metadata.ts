import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { RdfFormat, RdfTerm } from '../../core/metadata/rdf.ts';
import { checkResultFormat, type SolutionFormat } from '../../core/metadata/sparql/check-result-format.ts';
import { failForFindings } from '../../core/metadata/sparql/fail-for-findings.ts';
import { inspectQuery } from '../../core/metadata/sparql/inspect-query.ts';
import { parseParameter } from '../../core/metadata/sparql/parse-parameter.ts';
import { scanTokens } from '../../core/metadata/sparql/scan-tokens.ts';
import { isMeasured, PREFIXES } from '../../core/metadata/vocabulary.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { Ports } from '../../ports/ports.ts';
import type { QueryLimits, QueryPage, QueryRequest, QueryResult } from '../../ports/sparql-engine.ts';
import type { ChosenQuery } from './choose-query.ts';
import { type MetadataPorts, openMetadata } from './open-metadata.ts';

export interface QueryMetadataRequest {
  readonly query: ChosenQuery;
  /** By variable, as `parseParameter` reads them. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly page?: QueryPage;
  readonly limits?: QueryLimits;
  /** The result as text in a format; absent: as data. */
  readonly format?: SolutionFormat | RdfFormat | undefined;
  readonly signal?: AbortSignal;
}

export type QueryAnswer = QueryResult | { readonly kind: 'text'; readonly text: string };

/**
 * Asks the catalogue, a project, or a pack.
 * @throws PacksmithError as `SparqlStore.query` and `openMetadata` do, `PACK_NOT_FOUND` for a parameter, and `QUERY_FORMAT_UNSUITABLE`.
 */
export async function queryMetadata(
  request: QueryMetadataRequest,
  ports: MetadataPorts & Pick<Ports, 'openSparqlEngine'>,
): Promise<QueryAnswer> {
  const { query, format, signal } = request;
  const asked = prepareRequest(request);
  if (query.scope.kind === 'catalogue') await requirePacks(query, asked, ports);
  const engine = await ports.openSparqlEngine();
  try {
    const store = await openMetadata(engine, { scope: query.scope, withScores: namesMeasured(asked), signal }, ports);
    if (format === undefined) return await store.query(asked);
    return { kind: 'text', text: await store.queryText(asked, format) };
  } finally {
    await engine.close();
  }
}

/** Nothing found of a pack that is not there would read as an answer. */
async function requirePacks({ packs = [] }: ChosenQuery, { parameters }: QueryRequest, { repository }: Pick<Ports, 'repository'>) {
  if (packs.length === 0) return;
  const ids = new Set((await repository.list()).filter(({ isBroken }) => !isBroken).map(({ id }) => id as string));
  const missing = packs.map((name) => textOf(parameters?.get(name))).filter((id) => !ids.has(id));
  if (missing.length === 0) return;
  const suggestions = [...new Set(missing.flatMap((id) => nearestIds(id, ids)))];
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : '`packs list` shows every pack';
  const message = `there is ${missing.map((id) => `no pack ${JSON.stringify(id)}`).join(' and ')}`;
  throw new PacksmithError('PACK_NOT_FOUND', message, { hint, suggestions });
}

/** Those that are spelled alike, else those of which the beginning was given. */
function nearestIds(id: string, ids: ReadonlySet<string>): readonly string[] {
  const alike = nearest(id, ids);
  return alike.length > 0 || id === '' ? alike : [...ids].filter((known) => known.startsWith(id)).slice(0, 3);
}

function textOf(term: RdfTerm | undefined): string {
  return term !== undefined && 'value' in term ? term.value : '';
}

/** Whether a query, or a parameter of it, names what has to be measured first. */
function namesMeasured({ text, parameters }: QueryRequest): boolean {
  const bound = [...(parameters?.values() ?? [])].map((term) => (term.kind === 'iri' ? term.value : ''));
  return [...scanTokens(text).map((token) => token.text), ...bound].some(isMeasured);
}

/** Refuses what can be refused before anything is loaded. */
export function prepareRequest({ query, parameters, page, limits, format, signal }: QueryMetadataRequest): QueryRequest {
  const { text, name, required = [] } = query;
  const missing = required.filter((parameter) => !parameters.has(parameter));
  if (missing.length > 0) throw lacksParameters(name, missing);
  const inspected = inspectQuery(text, { name, prefixes: PREFIXES });
  if (inspected.diagnostics.length > 0) throw failForFindings(inspected.diagnostics);
  if (format !== undefined) checkResultFormat(inspected.form, format);
  const terms = new Map([...parameters].map(([key, value]) => [key, parseParameter(key, value, PREFIXES)]));
  return {
    text,
    name,
    parameters: terms,
    prefixes: PREFIXES,
    ...(page && { page }),
    ...(limits && { limits }),
    ...(signal && { signal }),
  };
}

function lacksParameters(name: string, missing: readonly string[]): PacksmithError {
  const flags = missing.map((parameter) => `--param ${parameter}=…`).join(' ');
  return new PacksmithError('QUERY_PARAMETER_INVALID', `the query ${name} needs ${missing.join(' and ')}`, {
    hint: `give ${flags}; \`packs query --list\` shows the parameters`,
  });
}
