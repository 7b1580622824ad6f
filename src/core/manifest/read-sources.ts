import { DATA_FORMATS } from '../data/data-format.ts';
import type { DataDeclaration, QueryDeclaration, QueryParameter } from '../pack/pack-manifest.ts';
import { checkPath, checkPathTemplate } from './check-paths.ts';
import type { KeyPath } from './key-path.ts';
import type { Problems } from './problems.ts';
import { requireOne } from './read-templates.ts';
import { findReservedName } from './reserved-names.ts';
import { isTable, readEntries, readKey, readString, type Table } from './table.ts';

/** Reads `[queries]`: one of file and text, and that `over` names data that is declared. */
export function readQueries(document: Table, problems: Problems): QueryDeclaration[] {
  const data = readEntries(document, 'data').map(([name]) => name);
  return readEntries(document, 'queries').flatMap(([name, table]) => {
    const path = ['queries', name];
    checkName(path, name, problems);
    if (!isTable(table)) return [];
    const content = readContent(table, path, problems);
    const over = readString(table, 'over');
    if (over !== undefined) checkOver([...path, 'over'], { over, data, problems });
    const parameters = readParameters(table, [...path, 'parameters'], problems);
    const groupBy = readString(table, 'group_by');
    return content === undefined ? [] : [{ name, content, over, groupBy, parameters }];
  });
}

/** Reads `[data]`: at least one of from and default, and that the paths are safe. */
export function readData(document: Table, problems: Problems): DataDeclaration[] {
  return readEntries(document, 'data').flatMap(([name, table]) => {
    const path = ['data', name];
    checkName(path, name, problems);
    if (!isTable(table)) return [];
    const format = DATA_FORMATS.find((known) => known === readKey(table, 'format'));
    const source = { name, from: readString(table, 'from'), default: readString(table, 'default'), format };
    if (source.from !== undefined) checkPathTemplate([...path, 'from'], source.from, problems);
    if (source.default !== undefined) checkPath([...path, 'default'], source.default, problems);
    if (readKey(table, 'from') === undefined && readKey(table, 'default') === undefined) {
      problems.conflict(path, 'it needs from, default, or both', 'add from');
    }
    return [source];
  });
}

function checkName(path: KeyPath, name: string, problems: Problems): void {
  if (findReservedName(name) === undefined) return;
  const message = `${path.join('.')}: "${name}" is reserved`;
  problems.add({ code: 'MANIFEST_RESERVED_NAME', severity: 'error', at: 'key', path, message, suggestion: 'choose another name' });
}

function readContent(table: Table, path: KeyPath, problems: Problems): QueryDeclaration['content'] | undefined {
  const kind = requireOne(['file', 'text'], { table, path, problems });
  const given = kind === undefined ? undefined : readString(table, kind);
  if (given === undefined) return undefined;
  if (kind === 'text') return { kind, text: given };
  checkPath([...path, 'file'], given, problems);
  return { kind: 'file', file: given };
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

function readParameters(table: Table, path: KeyPath, problems: Problems): QueryParameter[] {
  return readEntries(table, 'parameters').flatMap(([variable, entry]): QueryParameter[] => {
    if (!VARIABLE.test(variable)) problems.invalid([...path, variable], 'it is not the name of a variable', 'write it without "?"');
    const value = isTable(entry) ? readString(entry, 'value') : typeof entry === 'string' ? entry : undefined;
    const type = isTable(entry) && readKey(entry, 'type') === 'iri' ? 'iri' : 'literal';
    return value === undefined ? [] : [{ variable, value, type }];
  });
}

function checkOver(path: KeyPath, options: { over: string; data: readonly string[]; problems: Problems }): void {
  const { over, data, problems } = options;
  const name = /^data\.(\w+)$/.exec(over)?.[1];
  if (name === undefined) problems.invalid(path, 'it must be "data." and the name of data', 'write for example "data.model"');
  else if (!data.includes(name)) {
    problems.unknownName(path, { message: `there is no [data.${name}]`, known: data.map((known) => `data.${known}`), name: over });
  }
}
