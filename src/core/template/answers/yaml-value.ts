import { isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import type { Value } from '../../pack/values.ts';
import type { TreeOutcome } from './tree-outcome.ts';

/** The deepest indentation that is read: the parser is recursive, and block nesting has no brackets to count. */
const MAX_INDENTATION = 256;

/**
 * Reads one YAML 1.2 document with the core schema. Anchors, aliases, tags and merge keys are refused, so that no small file becomes a large value;
 * keys must be plain values, each once. Text must have passed the nesting guard.
 */
export function parseYamlValue(text: string): TreeOutcome {
  const deep = findDeepBlock(text);
  if (deep !== undefined) return { kind: 'problem', problem: 'it is nested too deeply', offset: deep };
  const document = parseDocument(text, { schema: 'core', intAsBigInt: true, uniqueKeys: true, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) return { kind: 'problem', problem: error.message, offset: error.pos[0] };
  const refused = findRefused(document.contents);
  if (refused !== undefined) return { kind: 'problem', ...refused };
  if (document.contents === null) return { kind: 'value', value: new Map(), offsets: new Map() };
  const offsets = new Map<string, number>();
  if (isMap(document.contents)) {
    for (const { key } of document.contents.items) {
      if (isScalar(key)) offsets.set(keyText(key.value), key.range?.[0] ?? 0);
    }
  }
  return { kind: 'value', value: toValue(document.contents), offsets };
}

/** Many sequence or key indicators on one line, or indentation beyond reason, nest without brackets. */
export function findDeepBlock(text: string): number | undefined {
  const match = new RegExp(`^ {${MAX_INDENTATION}}|^[ ]*(?:[-?:] +){64}`, 'm').exec(text);
  return match === null ? undefined : match.index;
}

function findRefused(contents: Node | null): { problem: string; offset: number } | undefined {
  let found: { problem: string; offset: number } | undefined;
  visit(contents, (_key, node) => {
    if (!isNode(node)) return undefined;
    const problem = problemOf(node);
    if (problem === undefined) return undefined;
    found = { problem, offset: node.range?.[0] ?? 0 };
    return visit.BREAK;
  });
  return found;
}

function problemOf(node: Node): string | undefined {
  if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) return 'anchors and aliases are not allowed';
  if (node.tag !== undefined) return `the tag ${node.tag} is not allowed`;
  if (isMap(node) && node.items.some(({ key }) => !isScalar(key))) return 'a key must be a plain value';
  if (isScalar(node) && typeof node.value === 'number' && !Number.isFinite(node.value)) return 'infinite numbers and nan are not allowed';
  return undefined;
}

function toValue(node: unknown): Value {
  if (isMap(node)) return new Map(node.items.map(({ key, value }) => [keyText(isScalar(key) ? key.value : ''), toValue(value)]));
  if (isSeq(node)) return node.items.map(toValue);
  return isScalar(node) ? scalarValue(node.value) : null;
}

function scalarValue(value: unknown): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function keyText(key: unknown): string {
  return key === null ? '' : String(key);
}
