import {
  type Alias,
  type CST,
  isAlias,
  isMap,
  isScalar,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { columnAt } from '../tree/indentation.ts';
import { indentationDepth, nestingOf } from '../tree/nesting.ts';
import { CannotWrite, type Intern, listId, mapId, markedId, scalarId, type TreeChild, type TreeNode } from '../tree/tree-node.ts';

const LARGEST = 1024 * 1024;
const DEEPEST = 64;

/** Reads one YAML document with plain line ends into values with their places; a text says why it cannot be read. */
export function parseYaml(text: string, intern: Intern): TreeNode | string {
  if (text.length > LARGEST) return 'larger than 1 MB';
  if (nestingOf(text) > DEEPEST || indentationDepth(text) > DEEPEST) return `nested deeper than ${DEEPEST} levels`;
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) return `not one valid YAML document in line ${text.slice(0, error.pos[0]).split('\n').length} (${error.code})`;
  if (document.contents === null) return 'no content';
  try {
    return toTree(document.contents, { text, intern, anchors: new Map() }, { path: '', from: document.contents.range[0], isRoot: true });
  } catch (problem) {
    if (problem instanceof CannotWrite) return problem.message;
    throw problem;
  }
}

interface Reading {
  readonly text: string;
  readonly intern: Intern;
  /** Where the anchored node of a name stands: an alias is equal to one that means the same place. */
  readonly anchors: Map<string, string>;
}

interface Place {
  readonly path: string;
  /** The first offset that can belong to the value: behind the colon or the dash. */
  readonly from: number;
  readonly isRoot?: boolean;
}

function toTree(node: ParsedNode, reading: Reading, place: Place): TreeNode {
  if (isAlias(node)) return aliasOf(node, reading, place);
  const anchor = node.anchor;
  if (anchor !== undefined) reading.anchors.set(anchor, place.path);
  const tag = node.srcToken === undefined || node.tag === undefined ? '' : explicitTag(node, reading, place);
  const mark = anchor === undefined && tag === '' ? undefined : `${tag}&${anchor ?? ''}`;
  if (isScalar(node)) return scalarOf(node, mark, reading, place);
  return isMap(node) ? mapOf(node, mark, reading, place) : listOf(node, mark, reading, place);
}

/** The tag as written, when one is: the library fills in the implied ones. */
function explicitTag(node: ParsedNode, { text }: Reading, { from }: Place): string {
  const before = text.slice(from, node.range[0]).replace(/#.*/g, '');
  return /!\S*/.exec(before)?.[0] ?? '';
}

function aliasOf(node: Alias.Parsed, { text, intern, anchors }: Reading, place: Place): TreeNode {
  const id = intern(`*${node.source}@${anchors.get(node.source) ?? ''}`);
  return { ...extentOf(node, text, place), kind: 'scalar', isBlock: false, value: `*${node.source}`, children: [], id };
}

function scalarOf(node: Scalar.Parsed, mark: string | undefined, { text, intern }: Reading, place: Place): TreeNode {
  const value =
    typeof node.value === 'string' ? node.value : typeof node.value === 'number' ? String(node.source ?? node.value) : String(node.value);
  const type = node.value === null ? 'null' : typeof node.value;
  const id = markedId(intern, scalarId(intern, type, value), mark);
  return { ...extentOf(node, text, place), kind: 'scalar', isBlock: false, value, children: [], id, ...marked(mark) };
}

const marked = (mark: string | undefined): { mark?: string } => (mark === undefined ? {} : { mark });

/** From tag or anchor to the end of the content, when they stand on one line. */
function extentOf(node: ParsedNode, text: string, { from }: Place): { start: number; end: number } {
  const between = text.slice(from, node.range[0]);
  const start = /[#\n]/.test(between) ? node.range[0] : from + between.length - between.trimStart().length;
  return { start, end: node.range[1] };
}

function mapOf(node: YAMLMap.Parsed, mark: string | undefined, reading: Reading, place: Place): TreeNode {
  const { text, intern } = reading;
  const isBlock = node.flow !== true;
  const tokens = (node.srcToken as CST.BlockMap | CST.FlowCollection | undefined)?.items ?? [];
  const entries = node.items.map((pair, index) => {
    const { key, value } = pair;
    if (!isScalar(key) || key.anchor !== undefined || value === null) throw new CannotWrite('a key that is not plain text');
    const colon = tokens[index]?.sep?.find((token) => token.type === 'map-value-ind')?.offset;
    if (colon === undefined || text.slice(key.range[1], colon).trim() !== '') throw new CannotWrite('a key in the long form');
    const name = String(key.value);
    const tree = toTree(value, reading, { path: `${place.path}/${JSON.stringify(name)}`, from: colon + 1 });
    return { key: name, start: key.range[0], node: tree };
  });
  if (new Set(entries.map((entry) => entry.key)).size < entries.length) throw new CannotWrite('a key stands twice in one map');
  const children = isBlock
    ? blockChildren(entries, text, place)
    : entries.map((entry) => ({ ...entry, lead: entry.start, end: entry.node.end }));
  const id = markedId(
    intern,
    mapId(
      intern,
      children.map((child) => [child.key, child.node.id]),
    ),
    mark,
  );
  return { ...containerExtent(node, children, isBlock, text, place), kind: 'map', isBlock, value: '', children, id, ...marked(mark) };
}

function listOf(node: YAMLSeq.Parsed, mark: string | undefined, reading: Reading, place: Place): TreeNode {
  const { text, intern } = reading;
  const isBlock = node.flow !== true;
  const tokens = (node.srcToken as CST.BlockSequence | CST.FlowCollection | undefined)?.items ?? [];
  const entries = node.items.map((item, index) => {
    if (!('range' in item)) throw new CannotWrite('a pair as item of a list');
    const dash = tokens[index]?.start.find((token) => token.type === 'seq-item-ind')?.offset;
    if (isBlock && dash === undefined) throw new CannotWrite('an item without a dash');
    const tree = toTree(item as ParsedNode, reading, { path: `${place.path}/*`, from: dash === undefined ? item.range[0] : dash + 1 });
    return { key: '', start: dash ?? tree.start, node: tree };
  });
  const children = isBlock
    ? blockChildren(entries, text, place)
    : entries.map((entry) => ({ ...entry, lead: entry.start, end: entry.node.end }));
  const id = markedId(
    intern,
    listId(
      intern,
      children.map((child) => child.node.id),
    ),
    mark,
  );
  return { ...containerExtent(node, children, isBlock, text, place), kind: 'list', isBlock, value: '', children, id, ...marked(mark) };
}

function containerExtent(
  node: ParsedNode,
  children: readonly TreeChild[],
  isBlock: boolean,
  text: string,
  place: Place,
): { start: number; end: number } {
  const [first] = children;
  const last = children.at(-1);
  return isBlock && first !== undefined && last !== undefined ? { start: first.lead, end: last.end } : extentOf(node, text, place);
}

interface Entry {
  readonly key: string;
  readonly start: number;
  readonly node: TreeNode;
}

/** Gives each entry of a block whole lines: its own, deeper comments below, and the comments and blank lines above. */
function blockChildren(entries: readonly Entry[], text: string, place: Place): TreeChild[] {
  const children: TreeChild[] = [];
  for (const entry of entries) {
    const before = children.at(-1);
    const lead = before?.end ?? firstLead(entry.start, text, place);
    children.push({ ...entry, lead, end: endOfEntry(entry, text) });
  }
  return children;
}

function firstLead(start: number, text: string, { from, isRoot }: Place): number {
  const line = start - columnAt(text, start);
  if (isRoot === true) return line;
  if (line <= from) return start;
  return text.indexOf('\n', from) + 1;
}

function endOfEntry({ start, node }: Entry, text: string): number {
  const column = columnAt(text, start);
  const isWhole = node.end > start && text[node.end - 1] === '\n';
  let end = isWhole ? node.end : lineEnd(text, node.end);
  for (let at = end; at < text.length; ) {
    const next = lineEnd(text, at);
    const line = text.slice(at, next).trimEnd();
    const indent = line.length - line.trimStart().length;
    if (line !== '' && !(line.trimStart().startsWith('#') && indent > column)) break;
    if (line !== '') end = next;
    at = next;
  }
  return end;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline + 1;
}
