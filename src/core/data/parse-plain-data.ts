import { LIMITS } from '../manifest/limits.ts';
import type { Value } from '../pack/values.ts';
import { parseJsonValue } from '../template/answers/json-value.ts';
import { findNestingProblem } from '../template/answers/nesting-guard.ts';
import { parseTomlValue } from '../template/answers/toml-value.ts';
import type { TreeOutcome } from '../template/answers/tree-outcome.ts';
import { parseYamlValue } from '../template/answers/yaml-value.ts';
import { positionAt } from '../text/position-at.ts';
import type { PlainDataFormat } from './data-format.ts';

/** What reading a file of data gives: the value, or what is wrong with it and where. Lines and columns count from 1. */
export type DataOutcome =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'problem'; readonly problem: string; readonly line?: number; readonly column?: number };

const READERS: { readonly [Format in Exclude<PlainDataFormat, 'csv' | 'tsv'>]: (text: string) => TreeOutcome } = {
  json: (text) => parseJsonValue(text, LIMITS.plainDataBytes.maximum),
  yaml: (text) => guarded(text, LIMITS.yamlDataBytes.maximum, parseYamlValue),
  toml: (text) => guarded(text, LIMITS.plainDataBytes.maximum, parseTomlValue),
};

/** Reads JSON, YAML (no tags, no aliases) or TOML as a plain value. A byte order mark is passed over. */
export function parsePlainData(text: string, format: Exclude<PlainDataFormat, 'csv' | 'tsv'>): DataOutcome {
  const source = text.replace(/^\ufeff/, '');
  const outcome = READERS[format](source);
  if (outcome.kind === 'value') return { kind: 'value', value: outcome.value };
  return { kind: 'problem', problem: outcome.problem, ...positionAt(source, outcome.offset) };
}

/**
 * The records of a table as one map a row, its keys the names of the first record. All values are text: a table does not say what is a number,
 * and `007` is none.
 */
export function toRows(records: readonly (readonly string[])[]): DataOutcome {
  const [header = [], ...rows] = records;
  const seen = new Set<string>();
  for (const [index, name] of header.entries()) {
    if (name === '') return { kind: 'problem', problem: `the column ${index + 1} has no name`, line: 1 };
    if (seen.has(name)) return { kind: 'problem', problem: `the column ${JSON.stringify(name)} is there twice`, line: 1 };
    seen.add(name);
  }
  return { kind: 'value', value: rows.map((row) => new Map(header.map((name, index) => [name, row[index] ?? '']))) };
}

function guarded(text: string, maximum: number, read: (text: string) => TreeOutcome): TreeOutcome {
  const nesting = findNestingProblem(text, maximum);
  return nesting === undefined ? read(text) : { kind: 'problem', ...nesting };
}
