import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { STOCK_QUERIES } from '../../core/metadata/stock-queries.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { QueryDeclaration } from '../../core/pack/pack-manifest.ts';
import { nearest } from '../../core/text/nearest.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { MetadataScope } from './open-metadata.ts';

/** A query that was chosen, and what it asks. */
export interface ChosenQuery {
  readonly text: string;
  /** What errors name as its file. */
  readonly name: string;
  readonly scope: MetadataScope;
  /** Parameters without which it means nothing. */
  readonly required?: readonly string[];
  /** Parameters that are ids of packs of the catalogue. */
  readonly packs?: readonly string[];
}

/** A query that can be chosen by its name. */
export interface ListedQuery {
  /** Absent for a query of packsmith. */
  readonly pack?: string;
  readonly name: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** @throws PacksmithError `QUERY_NOT_FOUND` with the nearest names. */
export function chooseStockQuery(name: string, scope: MetadataScope): ChosenQuery {
  const stock = STOCK_QUERIES.find((query) => query.name === name);
  if (stock !== undefined) return { text: stock.text, name, scope, required: Object.keys(stock.parameters), packs: stock.packs ?? [] };
  throw notFound(
    `there is no query "${name}"`,
    name,
    STOCK_QUERIES.map((query) => query.name),
    'packs query --list',
  );
}

/** @throws PacksmithError `QUERY_NOT_FOUND` with the nearest names. */
export function choosePackQuery(pack: Pack, name: string): ChosenQuery {
  const { id, queries } = pack.manifest;
  const query = queries.find((declared) => declared.name === name);
  if (query === undefined)
    throw notFound(
      `${id} has no query "${name}"`,
      name,
      queries.map((declared) => declared.name),
      `packs query ${id} --list`,
    );
  return { ...readDeclared(pack, query), scope: { kind: 'pack-data', pack, over: query.over } };
}

/** The queries of packsmith. */
export function listStockQueries(): readonly ListedQuery[] {
  return STOCK_QUERIES.map(({ name, summary, parameters }) => ({ name, summary, parameters }));
}

/** The queries of a pack. */
export function listPackQueries({ manifest }: Pack): readonly ListedQuery[] {
  return manifest.queries.map(({ name, over, parameters }) => ({
    pack: manifest.id,
    name,
    summary: over === undefined ? 'asks the ontology and the data of the pack' : `asks ${over}`,
    parameters: Object.fromEntries(parameters.map(({ variable, value }) => [variable, value])),
  }));
}

function readDeclared({ manifest, files }: Pack, { name, content }: QueryDeclaration): Pick<ChosenQuery, 'text' | 'name'> {
  if (content.kind === 'text') return { text: content.text, name: `${manifest.id}: pack.toml [queries.${name}]` };
  const bytes = files.get(content.file as ProjectPath)?.content;
  const file = `${manifest.id}: ${content.file}`;
  if (bytes === undefined) throw new PacksmithError('QUERY_NOT_FOUND', `${file}, which [queries.${name}] names, is not in the pack`);
  return { text: decodeUtf8(bytes) ?? '', name: file };
}

function notFound(message: string, name: string, known: readonly string[], list: string): PacksmithError {
  const suggestions = nearest(name, known);
  const hint = suggestions.length > 0 ? `did you mean ${suggestions.join(' or ')}?` : `\`${list}\` shows what there is`;
  return new PacksmithError('QUERY_NOT_FOUND', message, { hint, suggestions });
}
