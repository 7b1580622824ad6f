import { ERROR_CODES, type ErrorCode } from '../diagnostics/error-codes.ts';
import { checkGlob, checkPath } from '../manifest/check-paths.ts';
import { type KeyPath, quote } from '../manifest/key-path.ts';
import type { Problems } from '../manifest/problems.ts';
import { isTable, readBoolean, readEntries, readKey, readString, readStrings, readTable, type Table } from '../manifest/table.ts';
import { toValueMap } from '../manifest/to-value.ts';
import { toPlainValue } from '../plan/generation-plan.ts';
import { compilePattern } from '../text/pattern.ts';
import type { CaseExpectation, CaseRefusal } from './pack-case.ts';
import { DATA_ENDINGS, isDataFile } from './parse-data-file.ts';

/** Expectations that only an update can meet, and those of what a command does to files that are there. */
const OF_UPDATES = ['conflicts', 'deleted'] as const;
const OF_CHANGES = ['created', 'updated'] as const;

/** Reads `[expect]`: paths are safe, expressions compile, pointers are pointers, and nothing contradicts. */
export function readExpectation(table: Table, kind: 'new' | 'start' | 'update', problems: Problems): CaseExpectation {
  const at = ['expect'];
  const refusal = readRefusal(table, problems);
  const others = Object.keys(table).filter((key) => key !== 'refusal');
  if (refusal !== undefined && others.length > 0) {
    const message = `a case that is refused has no result, so that ${others.join(', ')} cannot be looked at`;
    problems.conflict([...at, 'refusal'], message, 'make two cases of it');
  }
  for (const key of OF_UPDATES) {
    if (kind !== 'update' && readKey(table, key) !== undefined) problems.conflict([...at, key], 'it is about updates', 'add [update]');
  }
  for (const key of OF_CHANGES) {
    if (kind !== 'new' || readKey(table, key) === undefined) continue;
    problems.conflict([...at, key], 'it is about files that are there before', 'add [update] or [start], or list the files under `files`');
  }
  const globs = (key: string): string[] => readPaths(table, key, { check: checkGlob, problems });
  const paths = (key: string): string[] => readPaths(table, key, { check: checkPath, problems });
  const whole = (key: string): string[] | undefined => (readKey(table, key) === undefined ? undefined : paths(key));
  return {
    files: globs('files'),
    complete: readBoolean(table, 'complete') ?? false,
    absent: globs('absent'),
    executable: globs('executable'),
    contains: readTexts(table, 'contains', problems),
    lacks: readTexts(table, 'lacks', problems),
    matches: readPatterns(table, problems),
    text: readWholeTexts(table, problems),
    values: readValues(table, problems),
    noValues: readNoValues(table, problems),
    snapshots: globs('snapshots'),
    hooks: readKey(table, 'hooks') === undefined ? undefined : readStrings(table, 'hooks'),
    refusal,
    conflicts: paths('conflicts'),
    created: whole('created'),
    updated: whole('updated'),
    deleted: whole('deleted'),
  };
}

interface PathCheck {
  readonly check: (path: KeyPath, text: string, problems: Problems) => void;
  readonly problems: Problems;
}

function readPaths(table: Table, key: string, { check, problems }: PathCheck): string[] {
  const paths = readStrings(table, key);
  for (const [index, path] of paths.entries()) check(['expect', key, index], path, problems);
  return paths;
}

function readTexts(table: Table, key: string, problems: Problems): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  const inner = readTable(table, key);
  for (const path of Object.keys(inner)) {
    checkPath(['expect', key, path], path, problems);
    texts.set(path, readStrings(inner, path));
  }
  return texts;
}

function readPatterns(table: Table, problems: Problems): Map<string, string[]> {
  const patterns = readTexts(table, 'matches', problems);
  for (const [path, sources] of patterns) {
    for (const [index, source] of sources.entries()) {
      const compiled = compilePattern(source);
      if (compiled.kind === 'invalid') problems.invalid(['expect', 'matches', path, index], `${quote(source)}: ${compiled.reason}`);
    }
  }
  return patterns;
}

function readWholeTexts(table: Table, problems: Problems): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [path, text] of readEntries(table, 'text')) {
    checkPath(['expect', 'text', path], path, problems);
    if (typeof text === 'string') texts.set(path, text);
  }
  return texts;
}

function readValues(table: Table, problems: Problems): CaseExpectation['values'] {
  const values = new Map<string, Map<string, ReturnType<typeof toPlainValue>>>();
  for (const [path, pointers] of readEntries(table, 'values')) {
    const at = ['expect', 'values', path];
    checkDataFile(at, path, problems);
    if (!isTable(pointers)) continue;
    for (const pointer of Object.keys(pointers)) checkPointer({ path: [...at, pointer], at: 'key' }, pointer, problems);
    const read = toValueMap(Object.entries(pointers), at, problems);
    values.set(path, new Map([...read].map(([pointer, value]) => [pointer, toPlainValue(value)])));
  }
  return values;
}

function readNoValues(table: Table, problems: Problems): Map<string, string[]> {
  const texts = readTexts(table, 'no_values', problems);
  for (const [path, pointers] of texts) {
    const at = ['expect', 'no_values', path];
    checkDataFile(at, path, problems);
    for (const [index, pointer] of pointers.entries()) checkPointer({ path: [...at, index], at: 'value' }, pointer, problems);
  }
  return texts;
}

function checkDataFile(at: KeyPath, path: string, problems: Problems): void {
  checkPath(at, path, problems);
  if (isDataFile(path)) return;
  problems.invalid(
    at,
    `the values of ${quote(path)} cannot be read`,
    `files that end in ${DATA_ENDINGS.join(', ')} can; use contains or matches`,
  );
}

function checkPointer(place: { path: KeyPath; at: 'key' | 'value' }, pointer: string, problems: Problems): void {
  if (pointer === '' || /^\/(?:[^~]|~[01])*$/.test(pointer)) return;
  const message = `${quote(pointer)} is not a JSON Pointer`;
  const suggestion = pointer.startsWith('/') ? 'write ~0 for "~"' : `write ${quote(`/${pointer.replaceAll('.', '/')}`)}`;
  problems.add({ code: 'MANIFEST_INVALID_VALUE', severity: 'error', ...place, message, suggestion });
}

function readRefusal(table: Table, problems: Problems): CaseRefusal | undefined {
  if (readKey(table, 'refusal') === undefined) return undefined;
  const refusal = readTable(table, 'refusal');
  const code = readString(refusal, 'code') ?? '';
  const known = Object.keys(ERROR_CODES);
  if (code !== '' && !known.includes(code)) {
    const path = ['expect', 'refusal', 'code'];
    problems.unknownName(path, { message: `${quote(code)} is not the code of an error`, known, name: code });
  }
  return {
    code: code as ErrorCode,
    variables: readKey(refusal, 'variables') === undefined ? undefined : readStrings(refusal, 'variables'),
    contains: readStrings(refusal, 'contains'),
  };
}
