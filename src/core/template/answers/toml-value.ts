import { parse, TomlDate, TomlError, type TomlValue } from 'smol-toml';
import type { Value } from '../../pack/values.ts';
import { MAX_NESTING } from './nesting-guard.ts';
import type { TreeOutcome } from './tree-outcome.ts';

/** Reads TOML 1.0. Dates and times become their text; whole numbers beyond the safe range become bigints; `inf` and `nan` are problems. */
export function parseTomlValue(text: string): TreeOutcome {
  try {
    const table = parse(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_NESTING });
    if (isTooDeep(table)) return { kind: 'problem', problem: `it has more than ${MAX_NESTING} levels of nesting`, offset: 0 };
    return { kind: 'value', value: toValue(table), offsets: findKeyOffsets(text, Object.keys(table)) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { kind: 'problem', problem: firstLine(error.message), offset: offsetOf(text, error.line, error.column) };
  }
}

/** Dotted keys nest without brackets, so that depth is measured on the tree, level by level. */
function isTooDeep(table: TomlValue): boolean {
  let level: TomlValue[] = [table];
  for (let depth = 0; depth <= MAX_NESTING; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && !(value instanceof TomlDate) ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function toValue(value: TomlValue): Value {
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(toValue);
  if (typeof value === 'object') return new Map(Object.entries(value).map(([key, item]) => [key, toValue(item)]));
  return value;
}

/** Where each outermost key first stands at the beginning of a line, bare or quoted, or in the header of a table. */
function findKeyOffsets(text: string, keys: readonly string[]): ReadonlyMap<string, number> {
  const wanted = new Set(keys);
  const offsets = new Map<string, number>();
  for (const match of text.matchAll(/^[ \t]*(?:\[\[?[ \t]*)?(?:"([^"\\\n]*)"|'([^'\n]*)'|([\w-]+))[ \t]*[=.\]]/gm)) {
    const key = match[1] ?? match[2] ?? match[3] ?? '';
    const at = match.index + match[0].search(/[^\s[]/);
    if (wanted.has(key) && !offsets.has(key)) offsets.set(key, at);
  }
  return offsets;
}

function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line.replace(/^Invalid TOML document: /, '');
}
