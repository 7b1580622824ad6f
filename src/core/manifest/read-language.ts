import type { PackManifest } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import type { Problems } from './problems.ts';
import { readBoolean, readKey, readString, readStrings, readTable, type Table } from './table.ts';
import { toValue } from './to-value.ts';

/** Reads `[language]`; nothing where there is none. */
export function readLanguage(document: Table, problems: Problems): Pick<PackManifest, 'language'> {
  if (readKey(document, 'language') === undefined) return {};
  const table = readTable(document, 'language');
  const delimiters = readTable(table, 'delimiters');
  return {
    language: {
      dialect: readString(table, 'dialect') === 'liquid' ? 'liquid' : 'jinja2',
      namespace: readString(table, 'namespace'),
      extensions: readStrings(table, 'extensions'),
      trimBlocks: readBoolean(table, 'trim_blocks') ?? false,
      lstripBlocks: readBoolean(table, 'lstrip_blocks') ?? false,
      keepTrailingNewline: readBoolean(table, 'keep_trailing_newline') ?? true,
      newLines: readString(table, 'new_lines'),
      delimiters: new Map(Object.keys(delimiters).flatMap((name) => [[name, readString(delimiters, name) ?? ''] as const])),
      constants: readValues(table, 'constants', problems),
      rendered: readValues(table, 'rendered', problems),
    },
  };
}

function readValues(table: Table, key: string, problems: Problems): Map<string, Value> {
  return new Map(
    Object.entries(readTable(table, key)).flatMap(([name, value]) => {
      const found = toValue(value, ['language', key, name], problems);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}
