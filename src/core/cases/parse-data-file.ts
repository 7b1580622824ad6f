import { type ParseError, parse as parseJson, printParseErrorCode } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import type { PlainValue } from '../plan/generation-plan.ts';
import { positionAt } from '../text/position-at.ts';

export type ParsedData = { readonly kind: 'data'; readonly value: unknown } | { readonly kind: 'problem'; readonly problem: string };

/** Endings of files whose values can be looked up. */
export const DATA_ENDINGS = ['.json', '.jsonc', '.ipynb', '.webmanifest', '.yaml', '.yml', '.toml'] as const;

export function isDataFile(path: string): boolean {
  return DATA_ENDINGS.some((ending) => path.endsWith(ending));
}

/** Reads a data file as the ending of its name says. Of YAML with several documents the value is their list. Never throws. */
export function parseDataFile(path: string, text: string): ParsedData {
  try {
    if (path.endsWith('.toml')) return { kind: 'data', value: parseToml(text, { integersAsBigInt: 'asNeeded' }) };
    return /\.ya?ml$/.test(path) ? readYaml(text) : readJson(text);
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? firstLine(error.message) : String(error) };
  }
}

/** Comments and trailing commas are allowed, as in `tsconfig.json`. */
function readJson(text: string): ParsedData {
  const errors: ParseError[] = [];
  const value: unknown = parseJson(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error === undefined) return { kind: 'data', value };
  return { kind: 'problem', problem: `line ${positionAt(text, error.offset).line}: ${printParseErrorCode(error.error)}` };
}

function readYaml(text: string): ParsedData {
  const documents = parseAllDocuments(text, { prettyErrors: true, logLevel: 'silent' });
  const list = Array.isArray(documents) ? documents : [];
  const error = list.flatMap(({ errors }) => errors)[0];
  if (error !== undefined) return { kind: 'problem', problem: firstLine(error.message) };
  const values = list.map((document): unknown => document.toJS({ maxAliasCount: 100 }));
  return { kind: 'data', value: values.length === 1 ? values[0] : values };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

export type Looked = { readonly isThere: true; readonly value: unknown } | { readonly isThere: false; readonly reached: string };

/** Follows a JSON Pointer (RFC 6901); where it leads nowhere, how far it led. */
export function followPointer(data: unknown, pointer: string): Looked {
  let value = data;
  let reached = '';
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!hasKey(value, key)) return { isThere: false, reached };
    value = value[key];
    reached += `/${segment}`;
  }
  return { isThere: true, value };
}

function hasKey(value: unknown, key: string): value is Record<string, unknown> {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d{0,8})$/.test(key) && Number(key) < value.length;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

/** Whether data is an expected value: tables whatever the order of their keys, lists in order. */
export function isSameData(actual: unknown, expected: PlainValue): boolean {
  if (typeof actual === 'bigint') return actual.toString() === expected;
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, index) => isSameData(actual[index], item));
  }
  if (typeof expected !== 'object' || expected === null) return actual === expected;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual)) return false;
  const keys = Object.keys(expected);
  const table = expected as Readonly<Record<string, PlainValue>>;
  return (
    Object.keys(actual).length === keys.length && keys.every((key) => hasKey(actual, key) && isSameData(actual[key], table[key] ?? null))
  );
}
