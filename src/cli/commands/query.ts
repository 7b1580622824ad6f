import { resolve } from 'node:path';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { RdfFormat } from '../../core/metadata/rdf.ts';
import type { SolutionFormat } from '../../core/metadata/sparql/check-result-format.ts';
import { findUnknownTerms } from '../../core/metadata/sparql/find-unknown-terms.ts';
import { inspectQuery } from '../../core/metadata/sparql/inspect-query.ts';
import { PREFIXES } from '../../core/metadata/vocabulary.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { NodePorts } from '../../node-ports.ts';
import { type ChosenQuery, choosePackQuery, chooseStockQuery, listPackQueries, listStockQueries } from '../../ops/data/choose-query.ts';
import { queryEndpoint } from '../../ops/data/query-endpoint.ts';
import { type QueryAnswer, type QueryMetadataRequest, queryMetadata } from '../../ops/data/query-metadata.ts';
import { anchorText, loadNamedPack } from '../../ops/packs/load-named-pack.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { loadOptionsOf } from '../load-options.ts';
import type { querySpec } from '../specs/query.ts';
import { toQueryData, viewQueryAnswer, viewQueryList } from '../views/query-result.ts';

type Input = CommandInput<typeof querySpec>;
type ResultFormat = SolutionFormat | RdfFormat;

export const runQuery: RunCommand<typeof querySpec> = async (input, context) => {
  const { flags, positionals } = input;
  refuseSparql(positionals[0] ?? '');
  const ports = await context.openPorts();
  const place = positionals[0] === undefined ? undefined : anchorText(positionals[0], context.workingDirectory);
  if (flags.list) {
    const queries = place === undefined ? listStockQueries() : listPackQueries(await load(place, { context, ports }));
    const next = ['packs query NAME --param VARIABLE=VALUE'];
    return { data: { queries }, view: (terminal) => viewQueryList(queries, terminal), next: place === undefined ? next : [] };
  }
  const query = await chooseQuery(input, { context, ports, place });
  const format = chooseFormat(input, query, context.globals.json);
  const request: QueryMetadataRequest = {
    query,
    parameters: readParameters(flags.param),
    page: { offset: flags.offset ?? 0, limit: flags.limit },
    limits: flags.timeout === undefined ? {} : { milliseconds: flags.timeout * 1000 },
    format,
    signal: context.signal,
  };
  const answer = await ask(input, request, { context, ports });
  // Another endpoint may have a newer vocabulary.
  const warnings = flags.endpoint === undefined ? findUnknownTerms(query.text) : [];
  return { data: toQueryData(answer), view: (terminal) => viewQueryAnswer(answer, terminal), warnings };
};

/** How a query begins, and no reference to a pack. */
const SPARQL = /^\s*(?:select|ask|construct|describe|prefix|base)\s*[\s{?*]/i;

function refuseSparql(reference: string): void {
  if (!SPARQL.test(reference)) return;
  throw new PacksmithError('INVALID_ARGUMENTS', `${JSON.stringify(reference)} is no name of a query and no pack`, {
    hint: 'SPARQL is given with --query, or in a file with --file',
  });
}

interface World {
  readonly context: CommandContext;
  readonly ports: NodePorts;
}

async function load(place: string, { context, ports }: World): Promise<Pack> {
  return (await loadNamedPack(place, loadOptionsOf(context), ports)).pack;
}

async function ask({ flags }: Input, request: QueryMetadataRequest, { context, ports }: World): Promise<QueryAnswer> {
  const { endpoint } = flags;
  if (endpoint !== undefined) {
    if (context.globals.offline)
      throw new PacksmithError('OFFLINE_MISSING', 'an endpoint is in the network, and --offline keeps out of it');
    return queryEndpoint({ ...request, endpoint }, ports);
  }
  const project = request.query.scope.kind === 'project' ? (await context.openProject()).project : undefined;
  return queryMetadata(request, { ...ports, project });
}

async function chooseQuery(input: Input, world: World & { readonly place: string | undefined }): Promise<ChosenQuery> {
  const { flags, positionals } = input;
  const [id, name, more] = positionals;
  const own = [flags.query, flags.file].filter((given) => given !== undefined);
  if (more !== undefined || own.length > 1 || (own.length === 1 && name !== undefined))
    throw new PacksmithError('INVALID_ARGUMENTS', 'give one query: NAME, ID NAME, --query or --file', { hint: 'see `packs query --help`' });
  if (own.length === 1) return readOwnQuery(input, world);
  if (id === undefined)
    throw new PacksmithError('INVALID_ARGUMENTS', 'nothing is asked', {
      hint: '`packs query --list` shows queries that have names; --query takes one of your own',
    });
  if (name !== undefined) return choosePackQuery(await load(world.place ?? id, world), name);
  return chooseStockQuery(id, flags.project ? { kind: 'project' } : { kind: 'catalogue' });
}

async function readOwnQuery(
  { flags }: Input,
  { ports, place, context }: World & { readonly place: string | undefined },
): Promise<ChosenQuery> {
  const text = flags.query ?? readFile(flags.file ?? '', context, ports);
  const name = flags.file ?? '--query';
  if (flags.project) return { text, name, scope: { kind: 'project' } };
  if (place === undefined) return { text, name, scope: { kind: 'catalogue' } };
  return { text, name, scope: { kind: 'pack', pack: await load(place, { context, ports }) } };
}

function readFile(file: string, { workingDirectory }: CommandContext, { files }: NodePorts): string {
  const text = files.read(resolve(workingDirectory, file));
  if (text === undefined) throw new PacksmithError('FILE_NOT_FOUND', `there is no file ${file}`, { where: { file } });
  return text;
}

/** The envelope of --json has the result as data, whatever the form. */
function chooseFormat({ flags }: Input, { text, name }: ChosenQuery, isJson: boolean): ResultFormat | undefined {
  const { form } = inspectQuery(text, { name, prefixes: PREFIXES });
  const isGraph = form === 'CONSTRUCT' || form === 'DESCRIBE';
  if (flags.format === 'table' && isGraph)
    throw new PacksmithError('QUERY_FORMAT_UNSUITABLE', `the result of ${form} cannot be written as table`, {
      hint: 'use turtle, ntriples, jsonld',
    });
  if (flags.format !== undefined && flags.format !== 'table') return flags.format;
  return isGraph && !isJson ? 'turtle' : undefined;
}

function readParameters(given: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    given.map((text) => {
      const [, name, value] = /^\??([^=]+)=([\s\S]*)$/.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new PacksmithError('QUERY_PARAMETER_INVALID', `--param ${JSON.stringify(text)} is not NAME=VALUE`, {
          hint: 'for example --param pack=web-api-starter',
        });
      return [name, value] as const;
    }),
  );
}
