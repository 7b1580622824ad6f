import type { CopierLanguage } from '../pack/pack-language.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import type { Problems } from './problems.ts';
import { readBoolean, readKey, readString, readStrings, readTable, type Table } from './table.ts';
import { toValue } from './to-value.ts';

const DIALECTS = ['jinja2', 'copier', 'liquid'] as const;

/** Reads `[language]`; nothing where there is none. */
export function readLanguage(document: Table, problems: Problems): Pick<PackManifest, 'language'> {
  if (readKey(document, 'language') === undefined) return {};
  const table = readTable(document, 'language');
  const delimiters = readTable(table, 'delimiters');
  const names = readTable(table, 'names');
  checkDialect(table, problems);
  return {
    language: {
      dialect: DIALECTS.find((known) => known === readString(table, 'dialect')) ?? 'jinja2',
      namespace: readString(table, 'namespace'),
      extensions: readStrings(table, 'extensions'),
      trimBlocks: readBoolean(table, 'trim_blocks') ?? false,
      lstripBlocks: readBoolean(table, 'lstrip_blocks') ?? false,
      keepTrailingNewline: readBoolean(table, 'keep_trailing_newline') ?? true,
      newLines: readString(table, 'new_lines'),
      delimiters: new Map(Object.keys(delimiters).flatMap((name) => [[name, readString(delimiters, name) ?? ''] as const])),
      constants: readValues(table, 'constants', problems),
      rendered: readValues(table, 'rendered', problems),
      names: new Map(Object.keys(names).map((name) => [name, readString(names, name) ?? name])),
      nulls: readStrings(table, 'nulls'),
      changes: readStrings(table, 'changes'),
      lineStatementPrefix: readString(table, 'line_statement_prefix'),
      lineCommentPrefix: readString(table, 'line_comment_prefix'),
      newlineSequence: readString(table, 'newline_sequence'),
      autoescape: readBoolean(table, 'autoescape') ?? false,
      copier: readCopierLanguage(table, problems),
    },
  };
}

/** The keys that only one dialect has. */
const KEYS_OF = {
  copier: ['strict', 'suffix', 'subdirectory', 'exclude', 'keep', 'answers_file', 'external_data', 'messages', 'answers'],
  jinja2: ['names', 'nulls', 'changes'],
} as const;

function checkDialect(table: Table, problems: Problems): void {
  for (const [dialect, keys] of Object.entries(KEYS_OF)) {
    if (readString(table, 'dialect') === dialect) continue;
    for (const key of keys.filter((name) => readKey(table, name) !== undefined))
      problems.conflict(['language', key], `it goes with the dialect "${dialect}"`, `remove it, or write dialect = "${dialect}"`);
  }
}

function readCopierLanguage(table: Table, problems: Problems): CopierLanguage {
  const texts = (key: string): Map<string, string> =>
    new Map([...readValues(table, key, problems)].map(([name, text]) => [name, String(text)]));
  return {
    strict: readBoolean(table, 'strict') ?? false,
    suffix: readString(table, 'suffix'),
    subdirectory: readString(table, 'subdirectory'),
    exclude: readStrings(table, 'exclude'),
    keep: readStrings(table, 'keep'),
    answersFile: readString(table, 'answers_file'),
    externalData: texts('external_data'),
    messages: texts('messages'),
    answers: new Map(
      [...readValues(table, 'answers', problems)].map(([name, value]) => [name, value instanceof Map ? (value as ValueMap) : new Map()]),
    ),
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
