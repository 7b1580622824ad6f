import * as v from 'valibot';
import { formatKeyPath, type KeyPath, quote } from './key-path.ts';
import { type Problems, suggestNearest } from './problems.ts';
import { isTable, readKey, type Table } from './table.ts';

/**
 * What is read of a valibot schema. The schema is walked here rather than by valibot, since valibot reports only the first unknown key of a table,
 * takes arrays and dates for tables, passes over keys named `constructor`, and cannot say which form of a union was meant; leaves are checked by valibot.
 */
interface SchemaNode {
  readonly type: string;
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  readonly key?: SchemaNode;
  readonly value?: SchemaNode;
  readonly item?: SchemaNode;
  readonly wrapped?: SchemaNode;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

/** Checks a document against a schema: unknown keys with the nearest known one, absent keys, types and forms. All problems are reported. */
export function checkStructure(schema: v.GenericSchema, document: Table, problems: Problems): void {
  checkNode(schema as unknown as SchemaNode, document, { path: [], problems });
}

interface Place {
  readonly path: KeyPath;
  readonly problems: Problems;
}

function checkNode(node: SchemaNode, value: unknown, place: Place): void {
  if (node.type === 'any') return;
  if (node.type === 'optional') checkNode(node.wrapped ?? node, value, place);
  else if (node.type === 'union') checkUnion(node, value, place);
  else if (!hasType(node, value)) reportType(node, value, place);
  else if (node.type === 'strict_object') checkTable(node, value as Table, place);
  else if (node.type === 'record') checkRecord(node, value as Table, place);
  else if (node.type === 'array') checkArray(node, value as readonly unknown[], place);
  else checkLeaf(node, value, place);
}

function checkTable(node: SchemaNode, table: Table, place: Place): void {
  const entries = node.entries ?? {};
  for (const [key, child] of Object.entries(entries)) {
    const value = readKey(table, key);
    if (value !== undefined) checkNode(child, value, at(place, key));
    else if (child.type !== 'optional') place.problems.missing(place.path, key);
  }
  for (const key of Object.keys(table)) {
    if (!Object.hasOwn(entries, key)) place.problems.unknownKey([...place.path, key], Object.keys(entries));
  }
}

function checkRecord(node: SchemaNode, table: Table, place: Place): void {
  for (const [key, value] of Object.entries(table)) {
    const inner = at(place, key);
    if (node.key !== undefined) checkRecordKey(node.key, key, inner);
    if (node.value !== undefined) checkNode(node.value, value, inner);
  }
}

function checkRecordKey(node: SchemaNode, key: string, { path, problems }: Place): void {
  const issue = findLeafIssue(node, key);
  if (issue === undefined) return;
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
  const suggestion = findLeafIssue(node, plain) === undefined ? `write ${plain}` : 'choose another name';
  const message = `${formatKeyPath(path)}: the key ${issue.message}`;
  problems.add({ code: 'MANIFEST_INVALID_VALUE', severity: 'error', at: 'key', path, message, suggestion });
}

function checkArray(node: SchemaNode, items: readonly unknown[], place: Place): void {
  for (const [index, item] of items.entries()) {
    if (node.item !== undefined) checkNode(node.item, item, at(place, index));
  }
  const own = findIssues(node, items).find((issue) => issue.kind === 'validation' && issue.path === undefined);
  if (own !== undefined) place.problems.invalid(place.path, own.message);
}

function checkUnion(node: SchemaNode, value: unknown, place: Place): void {
  const fitting = (node.options as readonly SchemaNode[]).find((option) => hasType(option, value));
  if (fitting === undefined) reportType(node, value, place);
  else checkNode(fitting, value, place);
}

function checkLeaf(node: SchemaNode, value: unknown, { path, problems }: Place): void {
  const issue = findLeafIssue(node, value);
  if (issue === undefined) return;
  const isListed = node.type === 'picklist' || node.type === 'literal';
  if (isListed) problems.invalid(path, `${show(value)} must be ${describe(node)}`, suggestNearest(String(value), listAllowed(node)));
  else problems.invalid(path, issue.message);
}

function findLeafIssue(node: SchemaNode, value: unknown): v.BaseIssue<unknown> | undefined {
  return findIssues(node, value)[0];
}

function findIssues(node: SchemaNode, value: unknown): readonly v.BaseIssue<unknown>[] {
  return v.safeParse(node as unknown as v.GenericSchema, value).issues ?? [];
}

function hasType(node: SchemaNode, value: unknown): boolean {
  switch (node.type) {
    case 'any':
      return true;
    case 'strict_object':
    case 'record':
      return isTable(value);
    case 'array':
      return Array.isArray(value);
    case 'literal':
      return typeof value === typeof node.literal;
    case 'picklist':
      return typeof value === 'string';
    default:
      return typeof value === node.type;
  }
}

function reportType(node: SchemaNode, value: unknown, { path, problems }: Place): void {
  problems.invalid(path, `it must be ${describe(node)}, but it is ${describeValue(value)}`, suggestForm(node, value, path));
}

function suggestForm(node: SchemaNode, value: unknown, path: KeyPath): string | undefined {
  if (node.type === 'literal') return `write ${String(node.literal)}`;
  if (node.type === 'array' && typeof value === 'string') return `write [${quote(value)}]`;
  if (node.type === 'array' && isTable(value)) return `write [[${path.join('.')}]]`;
  if (isTableNode(node) && Array.isArray(value)) return `write [${path.join('.')}] once`;
  return suggestQuotes(node, value, path);
}

function suggestQuotes(node: SchemaNode, value: unknown, path: KeyPath): string | undefined {
  if (path.at(-1) === 'mode' && typeof value === 'number') return `write "0${value.toString(8)}"`;
  if (node.type === 'string' && ['number', 'boolean', 'bigint'].includes(typeof value)) return `put it in quotes: "${String(value)}"`;
  if (typeof value !== 'string') return undefined;
  const isUnquoted = (node.type === 'number' && /^-?\d{1,15}$/.test(value)) || (node.type === 'boolean' && /^(?:true|false)$/.test(value));
  return isUnquoted ? `remove the quotes: ${value}` : undefined;
}

function isTableNode(node: SchemaNode): boolean {
  return node.type === 'strict_object' || node.type === 'record';
}

function describe(node: SchemaNode): string {
  if (node.type === 'union') return (node.options as readonly SchemaNode[]).map(describe).join(' or ');
  if (node.type === 'picklist' || node.type === 'literal')
    return listAllowed(node)
      .map(show)
      .join(', ')
      .replace(/, ([^,]*)$/, ' or $1');
  return NAMES_OF_TYPES.get(node.type) ?? node.type;
}

const NAMES_OF_TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'an array'],
  ['strict_object', 'a table'],
  ['record', 'a table'],
]);

function listAllowed(node: SchemaNode): string[] {
  return node.type === 'literal' ? [String(node.literal)] : (node.options ?? []).map(String);
}

function show(value: unknown): string {
  return typeof value === 'string' && !/^\d+$/.test(value) ? quote(value) : String(value);
}

function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (isTable(value)) return 'a table';
  if (typeof value === 'bigint') return 'an integer that is too large';
  if (typeof value === 'object') return 'a date or time';
  return typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function at({ path, problems }: Place, key: string | number): Place {
  return { path: [...path, key], problems };
}
