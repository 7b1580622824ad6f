import { parse } from 'smol-toml';
import { nestingOf } from '../tree/nesting.ts';
import { CannotWrite, type Intern, listId, mapId, scalarId, type TreeChild, type TreeNode } from '../tree/tree-node.ts';
import { type Statement, scanKeys, scanStatements, scanValue, skipBlank, skipSpaces } from './scan-toml.ts';

const LARGEST = 1024 * 1024;
const DEEPEST = 64;

/** A value of a TOML text; what is written as statements (tables, arrays of tables, dotted keys) knows them, in source order. */
export interface TomlNode extends TreeNode {
  readonly statements: readonly Statement[];
  /** The header whose lines a table's own values stand on; the root and tables that are only implied have none. */
  readonly header: Statement | undefined;
}

/** Reads a TOML text with plain line ends into values with their places; a text says why it cannot be read. */
export function parseToml(text: string, intern: Intern): TomlNode | string {
  if (text.length > LARGEST) return 'larger than 1 MB';
  if (nestingOf(text) > DEEPEST || dottedDepth(text) > DEEPEST) return `nested deeper than ${DEEPEST} levels`;
  try {
    const values = parse(text, { integersAsBigInt: true, maxDepth: DEEPEST });
    return buildTree(text, values, intern);
  } catch (error) {
    if (error instanceof CannotWrite) return error.message;
    return `not valid TOML${error instanceof Error ? `: ${error.message.split('\n')[0]}` : ''}`;
  }
}

/** The most dots before the equals sign of a line: how deep a dotted key can be. */
function dottedDepth(text: string): number {
  let deepest = 0;
  for (const line of text.split('\n')) deepest = Math.max(deepest, (line.split('=', 1)[0]?.split('.').length ?? 1) - 1);
  return deepest;
}

/** A table or array of tables while its statements are collected. */
interface Draft {
  kind: 'map' | 'list';
  header: Statement | undefined;
  readonly statements: Statement[];
  readonly children: Map<string, DraftChild>;
}

interface DraftChild {
  readonly first: Statement;
  readonly content: Draft | Statement;
}

function buildTree(text: string, values: unknown, intern: Intern): TomlNode {
  const root: Draft = { kind: 'map', header: undefined, statements: [], children: new Map() };
  let table = [root];
  for (const statement of scanStatements(text)) {
    if (statement.kind !== 'value') {
      table = openTable(root, statement);
      continue;
    }
    const parents = descend([...table], statement.keys.slice(0, -1), statement);
    for (const parent of parents) parent.statements.push(statement);
    parents.at(-1)?.children.set(statement.keys.at(-1) ?? '', { first: statement, content: statement });
  }
  return finishTable(root, values, { text, intern });
}

/** Follows or makes the tables of a path, entering the last item of arrays of tables; gives all of them, the root first. */
function descend(tables: Draft[], keys: readonly string[], statement: Statement): Draft[] {
  for (const key of keys) {
    const parent = tables.at(-1);
    const known = parent?.children.get(key)?.content;
    const next: Draft =
      known === undefined || !('children' in known) ? { kind: 'map', header: undefined, statements: [], children: new Map() } : known;
    if (known === undefined) parent?.children.set(key, { first: statement, content: next });
    tables.push(next);
    const item = next.kind === 'list' ? [...next.children.values()].at(-1)?.content : undefined;
    if (item !== undefined && 'children' in item) tables.push(item);
  }
  return tables;
}

function openTable(root: Draft, statement: Statement): Draft[] {
  const parents = descend([root], statement.keys.slice(0, -1), statement);
  const key = statement.keys.at(-1) ?? '';
  const parent = parents.at(-1);
  const known = parent?.children.get(key)?.content;
  const content: Draft =
    known !== undefined && 'children' in known
      ? known
      : { kind: statement.kind === 'item' ? 'list' : 'map', header: undefined, statements: [], children: new Map() };
  if (known === undefined) parent?.children.set(key, { first: statement, content });
  const path = [...parents, content];
  if (statement.kind === 'item') {
    const item: Draft = { kind: 'map', header: statement, statements: [], children: new Map() };
    content.children.set(String(content.children.size), { first: statement, content: item });
    path.push(item);
  } else content.header = statement;
  for (const table of path) table.statements.push(statement);
  return path;
}

interface Reading {
  readonly text: string;
  readonly intern: Intern;
}

function finishTable(draft: Draft, values: unknown, reading: Reading): TomlNode {
  const children = [...draft.children].map(([key, { first, content }]): TreeChild => {
    const value = valueAt(values, key);
    const node = 'children' in content ? finishTable(content, value, reading) : finishValue(content, value, reading);
    return { key: draft.kind === 'map' ? key : '', lead: first.lead, start: first.start, end: first.end, node };
  });
  const start = draft.statements[0]?.start ?? 0;
  const end = draft.statements.at(-1)?.end ?? 0;
  const id = idOf(draft.kind, children, reading.intern);
  return { kind: draft.kind, isBlock: true, value: '', children, id, start, end, statements: draft.statements, header: draft.header };
}

function idOf(kind: 'map' | 'list', children: readonly TreeChild[], intern: Intern): number {
  if (kind === 'map')
    return mapId(
      intern,
      children.map((child) => [child.key, child.node.id]),
    );
  return listId(
    intern,
    children.map((child) => child.node.id),
  );
}

function finishValue(statement: Statement, value: unknown, reading: Reading): TomlNode {
  return { ...inlineNode(statement.value, value, reading), statements: [statement] };
}

function inlineNode(start: number, value: unknown, reading: Reading): TomlNode {
  const { text, intern } = reading;
  const end = scanValue(text, start);
  const place = { start, end, isBlock: false, value: '', statements: [], header: undefined };
  if (text[start] === '[' || text[start] === '{') {
    const kind = text[start] === '[' ? 'list' : 'map';
    const children = inlineChildren(kind, { start, end }, value, reading);
    return { ...place, kind, children, id: idOf(kind, children, intern) };
  }
  const [type, content] = scalarOf(value);
  return { ...place, kind: 'scalar', value: content, children: [], id: scalarId(intern, type, content) };
}

function inlineChildren(
  kind: 'map' | 'list',
  { start, end }: { start: number; end: number },
  value: unknown,
  reading: Reading,
): TreeChild[] {
  const { text } = reading;
  const children: TreeChild[] = [];
  for (let at = skipBlank(text, start + 1); at < end - 1; at = skipBlank(text, at)) {
    if (text[at] === ',') {
      at++;
      continue;
    }
    const keys = kind === 'map' ? scanKeys(text, at) : { parts: [String(children.length)], end: at };
    if (keys.parts.length !== 1) throw new CannotWrite('a dotted key in an inline table');
    const key = keys.parts[0] ?? '';
    const valueStart = kind === 'map' ? skipSpaces(text, skipSpaces(text, keys.end) + 1) : at;
    const node = inlineNode(valueStart, valueAt(value, key), reading);
    children.push({ key: kind === 'map' ? key : '', lead: at, start: at, end: node.end, node });
    at = node.end;
  }
  return children;
}

/** An own property, so that no key reaches a prototype. */
function valueAt(container: unknown, key: string): unknown {
  return typeof container === 'object' && container !== null ? Object.getOwnPropertyDescriptor(container, key)?.value : undefined;
}

function scalarOf(value: unknown): [type: string, content: string] {
  if (typeof value === 'string') return ['string', value];
  if (typeof value === 'bigint') return ['integer', String(value)];
  if (typeof value === 'number') return ['float', Object.is(value, -0) ? '-0' : String(value)];
  if (typeof value === 'boolean') return ['boolean', String(value)];
  if (typeof value === 'object' && value !== null && 'toISOString' in value && typeof value.toISOString === 'function')
    return ['time', String(value.toISOString())];
  throw new CannotWrite('a value of another kind');
}
