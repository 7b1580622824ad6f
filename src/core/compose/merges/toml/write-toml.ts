import type { Sources } from '../tree/merge-trees.ts';
import type { Merged, MergedChild } from '../tree/merged-node.ts';
import { CannotWrite, type TreeChild, type TreeNode } from '../tree/tree-node.ts';
import { writeDelimited } from '../tree/write-delimited.ts';
import type { TomlNode } from './parse-toml.ts';
import { encodeKey, type Statement } from './scan-toml.ts';

type Children = Extract<Merged, { kind: 'children' }>;

/** A change of the text of `ours`. */
interface Edit {
  readonly at: number;
  readonly until: number;
  readonly text: string;
  /** Whether it brings headers: at one place, lines of the table above come first. */
  readonly isTable?: boolean;
}

/**
 * Writes a merge of TOML values into the text of `ours`: values are replaced where they stand, added keys go to the lines of their table,
 * added tables behind the one they follow, with their comments, and removed ones leave with theirs.
 */
export function writeToml(merged: Merged, sources: Sources): string {
  if (merged.kind === 'keep') return sources.ours;
  if (merged.kind === 'take') return sources.theirs;
  if (merged.kind !== 'children') throw new CannotWrite('a document that is no table');
  const root = merged.ours as TomlNode;
  const edits: Edit[] = [];
  writeTable(merged, [], { sources, edits, statements: root.statements });
  return applyEdits(sources.ours, edits);
}

interface Writing {
  readonly sources: Sources;
  readonly edits: Edit[];
  /** All statements of `ours`. */
  readonly statements: readonly Statement[];
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits
    .map((edit, index) => ({ ...edit, index }))
    .sort((a, b) => a.at - b.at || a.until - b.until || Number(a.isTable ?? false) - Number(b.isTable ?? false) || a.index - b.index);
  let result = '';
  let at = 0;
  for (const edit of sorted) {
    if (edit.at < at) throw new CannotWrite('two changes of one place');
    result += text.slice(at, edit.at) + edit.text;
    at = edit.until;
  }
  return result + text.slice(at);
}

function writeTable(merged: Children, path: readonly string[], writing: Writing): void {
  const table = merged.ours as TomlNode;
  const stays = new Set(merged.children.map((child) => child.ours));
  for (const child of table.children) if (!stays.has(child)) removeStatements(child.node, writing);
  merged.children.forEach((child, index) => {
    const spot: Spot = {
      table,
      path: table.kind === 'map' ? [...path, child.key] : path,
      siblings: merged.children,
      index,
    };
    if (child.ours !== undefined) writeOwn(child, child.ours, spot, writing);
    else if (child.theirs !== undefined) addChild(child.theirs, spot, writing);
  });
}

interface Spot {
  readonly table: TomlNode;
  /** The full path of the child. */
  readonly path: readonly string[];
  /** All children of the table in the result, and which of them this is. */
  readonly siblings: readonly MergedChild[];
  readonly index: number;
}

function writeOwn(child: MergedChild, own: TreeChild, spot: Spot, writing: Writing): void {
  const { value } = child;
  const { node } = own;
  if (value.kind === 'keep') return;
  if (value.kind === 'children' && node.isBlock) writeTable(value, spot.path, writing);
  else if (value.kind === 'children' && node.children.length === 0 && value.theirs.isBlock) unfoldEmpty(value, node, spot, writing);
  else if (value.kind === 'take' && (node.isBlock || value.node.isBlock) && child.theirs !== undefined) {
    removeStatements(node, writing);
    addChild(child.theirs, spot, writing);
  } else writing.edits.push({ at: node.start, until: node.end, text: writeInline(value, writing.sources) });
}

/** Empty brackets that are filled from tables become tables. */
function unfoldEmpty({ theirs, children }: Children, own: TreeNode, spot: Spot, writing: Writing): void {
  removeStatements(own, writing);
  const { header } = theirs as TomlNode;
  const below = children.flatMap((child) => (child.theirs === undefined ? [] : (child.theirs.node as TomlNode).statements));
  const statements = [...(header === undefined ? [] : [header]), ...below].sort((a, b) => a.start - b.start);
  if (statements.length === 0 || statements[0]?.kind === 'value') throw new CannotWrite('a table without a header');
  addTables(statements.map((statement) => endedLine(writing.sources.theirs.slice(statement.lead, statement.end))).join(''), spot, writing);
}

function writeInline(value: Merged, sources: Sources): string {
  switch (value.kind) {
    case 'keep':
      return sources.ours.slice(value.node.start, value.node.end);
    case 'take':
      if (value.node.isBlock) throw new CannotWrite('a table in an inline table');
      return sources.theirs.slice(value.node.start, value.node.end);
    case 'text':
      return quoteLike(value.text, sources.ours[value.ours.start]);
    case 'children': {
      if (value.theirs.isBlock) throw new CannotWrite('a table in an inline table');
      const writeValue = (child: MergedChild): string => writeInline(child.value, sources);
      return writeDelimited(value, { ...sources, comment: /^#[^\n]*/, mayTrailComma: false, adopt: (text) => text, writeValue });
    }
    case 'conflict':
      throw new CannotWrite('an open conflict');
    default:
      return value satisfies never;
  }
}

function quoteLike(text: string, quote: string | undefined): string {
  return quote === "'" && !/['\n]/.test(text) ? `'${text}'` : JSON.stringify(text);
}

function removeStatements(node: TreeNode, writing: Writing): void {
  for (const statement of (node as TomlNode).statements) writing.edits.push({ at: statement.lead, until: statement.end, text: '' });
}

/** Adds an entry of `theirs`: what stands on the lines of a table there to the lines of that table here, and whole tables as tables. */
function addChild(child: TreeChild, spot: Spot, writing: Writing): void {
  const { statements } = child.node as TomlNode;
  const source = writing.sources.theirs;
  if (statements.length === 0) addLines(`${source.slice(child.start, child.node.end)}\n`, spot, writing);
  const firstHeader = statements.findIndex((statement) => statement.kind !== 'value');
  const lines = firstHeader === -1 ? statements : statements.slice(0, firstHeader);
  const tables = firstHeader === -1 ? [] : statements.slice(firstHeader);
  if (lines.length > 0) addLines(lines.map((line) => lineText(line, child, spot, source)).join(''), spot, writing);
  if (tables.length > 0)
    addTables(tables.map((statement) => endedLine(source.slice(statement.lead, statement.end))).join(''), spot, writing);
}

const endedLine = (line: string): string => (line.endsWith('\n') ? line : `${line}\n`);

/** A line of `theirs` with its comments; its key is written anew when the table it goes to is another than the one it stood in. */
function lineText(line: Statement, child: TreeChild, { table, path }: Spot, source: string): string {
  const lead = source.slice(line.lead, line.start).replace(/^(?:[ \t]*\n)+/, '');
  const isDirect =
    (child.node as TomlNode).statements.length === 1 &&
    !child.node.isBlock &&
    table.statements.every((own) => own.kind !== 'value' || own.keys.length === 1);
  if (line.keys.length === 1 && isDirect) return lead + endedLine(source.slice(line.start, line.end));
  const below = line.keys.slice(line.keys.lastIndexOf(child.key));
  const home = homeOf(table, path.slice(0, -1));
  const keys = [...home.below, ...below].map(encodeKey).join('.');
  return `${lead}${keys} = ${endedLine(source.slice(line.value, line.end))}`;
}

/** Where a table's own lines stand: below its header, or as dotted keys among the lines of a table above. */
function homeOf(table: TomlNode, path: readonly string[]): { below: readonly string[] } {
  if (table.header !== undefined) return { below: [] };
  const dotted = table.statements.find((statement) => statement.kind === 'value');
  if (dotted === undefined || path.length === 0) return { below: [] };
  const depth = dotted.keys.lastIndexOf(path.at(-1) ?? '');
  return { below: depth === -1 ? [] : dotted.keys.slice(0, depth + 1) };
}

function addLines(text: string, spot: Spot, writing: Writing): void {
  const { table } = spot;
  if (table.kind === 'list') throw new CannotWrite('a value among tables');
  const depth = spot.path.length - 1;
  const isOwn = (statement: Statement): boolean => statement.kind === 'value' && isOwnLine(statement, table, depth);
  const own = lastBefore(spot, isOwn) ?? table.statements.findLast(isOwn);
  if (own !== undefined) writing.edits.push({ at: own.end, until: own.end, text });
  else if (table.header !== undefined) writing.edits.push({ at: table.header.end, until: table.header.end, text });
  else addHome(text, spot, writing);
}

/** The last statement in `ours`, of the entries before, that fits. */
function lastBefore({ siblings, index }: Spot, fits: (statement: Statement) => boolean): Statement | undefined {
  for (let at = index - 1; at >= 0; at--) {
    const found = statementsOf(siblings[at]).findLast(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The statements in `ours` of an entry of the result. */
function statementsOf(child: MergedChild | undefined): readonly Statement[] {
  return child?.ours === undefined ? [] : (child.ours.node as TomlNode).statements;
}

/** Whether a line stands among the own lines of a table, not below the header of a table inside it. */
function isOwnLine(line: Statement, table: TomlNode, depth: number): boolean {
  if (table.header !== undefined || depth === 0) return line.header === table.header;
  return (line.header?.keys.length ?? 0) < depth;
}

/** A table that is only implied gets its header; the root needs none, but its lines stand before every table. */
function addHome(text: string, { table, path }: Spot, writing: Writing): void {
  const first = table.statements[0];
  const at = first?.lead ?? 0;
  const isImplied = path.length > 1;
  const header = isImplied ? `${at === 0 ? '' : '\n'}[${path.slice(0, -1).map(encodeKey).join('.')}]\n` : '';
  const gap = first !== undefined && (at === 0 || !isImplied) ? '\n' : '';
  writing.edits.push({ at, until: at, text: `${header}${text}${gap}` });
}

function addTables(text: string, spot: Spot, writing: Writing): void {
  const { table, siblings, index } = spot;
  const near = lastBefore(spot, (statement) => statement.kind !== 'value');
  const next =
    table.kind === 'list' && near === undefined ? siblings.slice(index + 1).find((child) => child.ours !== undefined) : undefined;
  const anchor = near ?? table.statements.at(-1) ?? writing.statements.at(-1);
  const at = statementsOf(next)[0]?.lead ?? (anchor === undefined ? 0 : endOfTable(anchor, writing.statements));
  const gap = at === 0 || text.startsWith('\n') ? '' : '\n';
  writing.edits.push({ at, until: at, text: gap + text, isTable: true });
}

/** The end of the last line below the header that a statement is or stands below. */
function endOfTable(statement: Statement, statements: readonly Statement[]): number {
  let index = statements.indexOf(statement);
  while (statements[index + 1]?.kind === 'value') index++;
  return statements[index]?.end ?? statement.end;
}
