import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { floatValue } from '../../jinja/python-data/plain-scalar.ts';
import { floatText } from '../../jinja/python-float.ts';
import type { Value } from '../../pack/values.ts';
import { findNestingProblem } from '../../template/answers/nesting-guard.ts';
import { positionAt } from '../../text/position-at.ts';

/** One key of a `cookiecutter.json`. */
export interface ContextEntry {
  readonly key: string;
  /** As JSON has it; `1.0` is a float. */
  readonly value: Value;
  /** The same with every number as Python's `str` writes it: what cookiecutter renders. */
  readonly texts: Value;
  readonly line: number;
  readonly column: number;
}

export const CONTEXT_FILE = 'cookiecutter.json';

/** Reads a `cookiecutter.json`: strict JSON with an object outermost; of a repeated key the last value counts, at its first place, as in Python. */
export function readContext(text: string): { readonly entries: readonly ContextEntry[]; readonly diagnostics: readonly Diagnostic[] } {
  const problem = (message: string, offset: number): { entries: []; diagnostics: Diagnostic[] } => ({
    entries: [],
    diagnostics: [{ code: 'FOREIGN_INVALID', severity: 'error', message, where: { file: CONTEXT_FILE, ...positionAt(text, offset) } }],
  });
  const nesting = findNestingProblem(text);
  if (nesting !== undefined) return problem(nesting.problem, nesting.offset);
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\ufeff/, ' '), errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined) return problem(`it is not valid JSON: ${sentence(printParseErrorCode(first.error))}`, first.offset);
  if (tree?.type !== 'object') return problem('it must be a JSON object', 0);
  const entries = new Map<string, ContextEntry>();
  for (const property of tree.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    entries.set(name, {
      key: name,
      value: toValue(value, text, false),
      texts: toValue(value, text, true),
      ...positionAt(text, key.offset),
    });
  }
  return { entries: [...entries.values()], diagnostics: [] };
}

function toValue(node: Node, text: string, asTexts: boolean): Value {
  if (node.type === 'array') return (node.children ?? []).map((child) => toValue(child, text, asTexts));
  if (node.type === 'number') return readNumber(text.slice(node.offset, node.offset + node.length), asTexts);
  if (node.type !== 'object') return node.value as string | boolean | null;
  const map = new Map<string, Value>();
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) map.set(String(key.value), toValue(value, text, asTexts));
  }
  return map;
}

function readNumber(source: string, asText: boolean): Value {
  const isWhole = /^-?\d+$/.test(source);
  if (asText) return isWhole ? String(BigInt(source)) : floatText(Number(source));
  const value = Number(source);
  if (!isWhole) return floatValue(value);
  return Number.isSafeInteger(value) ? value : BigInt(source);
}

function sentence(errorCode: string): string {
  return errorCode.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();
}
