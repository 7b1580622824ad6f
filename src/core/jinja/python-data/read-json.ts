import { type Node as JsonNode, type ParseError, parseTree } from 'jsonc-parser';
import type { Value } from '../../pack/values.ts';
import { findNestingProblem } from '../../template/answers/nesting-guard.ts';
import { floatValue } from './plain-scalar.ts';

/** The value of a JSON text as Python reads it: `1.0` is a float. `undefined` where it is not JSON. */
export function readJsonValue(text: string): Value | undefined {
  if (findNestingProblem(text) !== undefined) return undefined;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  return errors.length > 0 || tree === undefined ? undefined : toValue(tree, text);
}

function toValue(node: JsonNode, text: string): Value {
  if (node.type === 'array') return (node.children ?? []).map((child) => toValue(child, text));
  if (node.type === 'number') {
    const source = text.slice(node.offset, node.offset + node.length);
    if (!/^-?\d+$/.test(source)) return floatValue(Number(source));
    return Number.isSafeInteger(Number(source)) ? Number(source) : BigInt(source);
  }
  if (node.type !== 'object') return node.value as string | boolean | null;
  const entries = (node.children ?? []).flatMap(({ children: [key, value] = [] }): [string, Value][] =>
    key === undefined || value === undefined ? [] : [[String(key.value), toValue(value, text)]],
  );
  return new Map(entries);
}
