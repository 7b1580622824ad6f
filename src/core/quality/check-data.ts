import { formatOfPath, suggestEnding } from '../data/data-format.ts';
import { isGate } from '../data/pack-data.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type InspectedQuery, inspectQuery } from '../metadata/sparql/inspect-query.ts';
import { PREFIXES } from '../metadata/vocabulary.ts';
import type { Pack } from '../pack/pack.ts';
import type { DataDeclaration, QueryDeclaration } from '../pack/pack-manifest.ts';
import { nearest } from '../text/nearest.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { sortedPaths } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** Checks without asking anything that the queries and gates of a pack can be read, only read, and have what the manifest says of them, and that its files of data are there. */
export function checkData(pack: Pack): Diagnostic[] {
  return [...pack.manifest.data.flatMap((data) => checkDefault(data, pack)), ...checkQueries(pack)];
}

/** The same of queries and gates alone. */
export function checkQueries(pack: Pack): Diagnostic[] {
  const gates = sortedPaths(pack.files).filter(isGate);
  return [
    ...pack.manifest.queries.flatMap((query) => checkQuery(query, pack)),
    ...gates.flatMap((path) => checkGate(path, inspect(path, textOf(path, pack) ?? ''))),
  ];
}

function checkDefault({ name, default: path, format }: DataDeclaration, pack: Pack): Diagnostic[] {
  if (path === undefined) return [];
  if (!pack.files.has(path as ProjectPath)) return [missing(`[data.${name}] has the default ${JSON.stringify(path)}`, path, pack)];
  if (format !== undefined || formatOfPath(path) !== undefined) return [];
  const message = `[data.${name}]: ${path} has no ending that says its format`;
  return [{ code: 'DATA_FORMAT_UNKNOWN', severity: 'error', message, where: { file: 'pack.toml' }, suggestion: suggestEnding(path) }];
}

function checkQuery({ name, content, groupBy, parameters }: QueryDeclaration, pack: Pack): Diagnostic[] {
  const text = content.kind === 'text' ? content.text : textOf(content.file, pack);
  if (text === undefined) return [missing(`[queries.${name}] has the file ${JSON.stringify(filePath(content))}`, filePath(content), pack)];
  const query = inspect(content.kind === 'text' ? `pack.toml [queries.${name}]` : content.file, text);
  if (query.diagnostics.length > 0) return [...query.diagnostics];
  const named = [
    ...parameters.map(({ variable }) => ({ key: 'parameters', variable })),
    ...(groupBy === undefined ? [] : [{ key: 'group_by', variable: groupBy }]),
  ];
  return named
    .filter(({ variable }) => !query.variables.has(variable))
    .map(({ key, variable }) => {
      const [closest] = nearest(variable, [...query.variables], 1);
      return unsuitable(
        'pack.toml',
        `[queries.${name}] ${key}: the query has no variable ?${variable}`,
        closest && `did you mean ${closest}?`,
      );
    });
}

function checkGate(path: string, { form, diagnostics }: InspectedQuery): readonly Diagnostic[] {
  if (diagnostics.length > 0 || form === 'SELECT' || form === 'ASK') return diagnostics;
  return [unsuitable(path, `a gate refuses by rows or by true, and ${form} gives neither`, 'use SELECT or ASK')];
}

function inspect(name: string, text: string): InspectedQuery {
  return inspectQuery(text, { name, prefixes: PREFIXES });
}

function filePath(content: QueryDeclaration['content']): string {
  return content.kind === 'file' ? content.file : '';
}

function textOf(path: string, { files }: Pack): string | undefined {
  const content = files.get(path as ProjectPath)?.content;
  return content === undefined ? undefined : decodeUtf8(content);
}

function missing(what: string, path: string, { files }: Pack): Diagnostic {
  const [closest] = nearest(path, files.keys(), 1);
  const suggestion = closest === undefined ? {} : { suggestion: `did you mean ${closest}?` };
  return {
    code: 'DATA_FILE_MISSING',
    severity: 'error',
    message: `${what}, which no file of the pack is`,
    where: { file: 'pack.toml' },
    ...suggestion,
  };
}

function unsuitable(file: string, message: string, suggestion: string | undefined): Diagnostic {
  return { code: 'QUERY_UNSUITABLE', severity: 'error', message, where: { file }, ...(suggestion === undefined ? {} : { suggestion }) };
}
