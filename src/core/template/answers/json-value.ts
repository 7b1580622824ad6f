import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Value } from '../../pack/values.ts';
import { findNestingProblem } from './nesting-guard.ts';
import type { TreeOutcome } from './tree-outcome.ts';

/** Reads strict JSON (RFC 8259). Whole numbers beyond the safe range become bigints; a repeated key is a problem. `offsets` says where each key of the outermost object is. */
export function parseJsonValue(text: string, maximum?: number): TreeOutcome {
  const nesting = findNestingProblem(text, maximum);
  if (nesting !== undefined) return { kind: 'problem', ...nesting };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const first = errors[0];
  if (first !== undefined) return { kind: 'problem', problem: sentence(printParseErrorCode(first.error)), offset: first.offset };
  if (tree === undefined) return { kind: 'problem', problem: 'a value is expected', offset: 0 };
  const reading: Reading = { text, offsets: new Map(), problem: undefined };
  const value = readNode(tree, reading, true);
  if (reading.problem !== undefined) return { kind: 'problem', ...reading.problem };
  return { kind: 'value', value, offsets: reading.offsets };
}

/** Writes a value as JSON on one line. */
export function formatJsonValue(value: Value): string {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Map) {
    return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}: ${formatJsonValue(item)}`).join(', ')}}`;
  }
  return `[${[...(value as readonly Value[])].map(formatJsonValue).join(', ')}]`;
}

interface Reading {
  readonly text: string;
  readonly offsets: Map<string, number>;
  problem: { problem: string; offset: number } | undefined;
}

function readNode(node: Node, reading: Reading, isOutermost: boolean): Value {
  if (node.type === 'array') return (node.children ?? []).map((child) => readNode(child, reading, false));
  if (node.type === 'object') return readObject(node, reading, isOutermost);
  if (node.type === 'number') return readNumber(reading.text.slice(node.offset, node.offset + node.length), node, reading);
  return node.value as string | boolean | null;
}

function readObject(node: Node, reading: Reading, isOutermost: boolean): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (map.has(name)) reading.problem ??= { problem: `the key ${JSON.stringify(name)} is repeated`, offset: key.offset };
    if (isOutermost) reading.offsets.set(name, key.offset);
    map.set(name, readNode(value, reading, false));
  }
  return map;
}

function readNumber(source: string, node: Node, reading: Reading): Value {
  const value = Number(source);
  if (!Number.isFinite(value)) reading.problem ??= { problem: `the number ${source} is too large`, offset: node.offset };
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? BigInt(source) : value;
}

function sentence(errorCode: string): string {
  return errorCode.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
