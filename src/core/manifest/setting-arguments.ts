import { parse, TomlError } from 'smol-toml';
import { PacksmithError } from '../diagnostics/packsmith-error.ts';
import type { Value } from '../pack/values.ts';
import { quote } from './key-path.ts';
import { Problems } from './problems.ts';
import type { Table } from './table.ts';
import { toValue } from './to-value.ts';

/**
 * Parses a key as people type it after `packs config set`: `defaults.author`, `registries."my registry".url`.
 * @throws PacksmithError `INVALID_ARGUMENTS`
 */
export function parseSettingKey(text: string): string[] {
  const path: string[] = [];
  let node: unknown = parseLine(`${text} = 0`);
  while (typeof node === 'object' && node !== null && Object.keys(node).length === 1 && path.length <= MAX_KEY_DEPTH) {
    const [[key, value] = ['', 0]] = Object.entries(node as Table);
    path.push(key);
    node = value;
  }
  if (path.length === 0 || node !== 0)
    throw new PacksmithError('INVALID_ARGUMENTS', `${quote(text)} is not a key`, { hint: 'write for example defaults.author' });
  return path;
}

const MAX_KEY_DEPTH = 16;

/** Parses a value as people type it: what is a TOML value (`true`, `8080`, `["a", "b"]`, `"text"`) is that, all else is the text itself. */
export function parseSettingValue(text: string): Value {
  const table = parseLine(`value = ${text}`);
  const problems = new Problems();
  const value = table === undefined || Object.keys(table).length !== 1 ? undefined : toValue(table['value'], ['value'], problems);
  return value === undefined || problems.hasErrors ? text : value;
}

function parseLine(line: string): Table | undefined {
  try {
    return parse(line, { integersAsBigInt: 'asNeeded', maxDepth: MAX_KEY_DEPTH });
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}
