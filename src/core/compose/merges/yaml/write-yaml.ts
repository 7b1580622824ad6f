import { columnAt } from '../tree/indentation.ts';
import type { Sources } from '../tree/merge-trees.ts';
import type { Merged, MergedChild } from '../tree/merged-node.ts';
import { CannotWrite, type TreeChild, type TreeNode } from '../tree/tree-node.ts';
import { writeDelimited } from '../tree/write-delimited.ts';

type Children = Extract<Merged, { kind: 'children' }>;

/** Writes a merge of YAML values into the text of `ours`: whole lines for what stands in blocks, between brackets for the flow style. */
export function writeYaml(merged: Merged, sources: Sources): string {
  if (merged.kind === 'keep') return sources.ours;
  if (merged.kind === 'take') return sources.theirs;
  if (merged.kind !== 'children') throw new CannotWrite('a scalar as document');
  const empty = merged.ours.kind === 'map' ? '{}\n' : '[]\n';
  const block = merged.children.length === 0 ? empty : undefined;
  const text = merged.ours.isBlock
    ? (block ?? writeBlock(merged, sources))
    : (unfoldEmpty(merged, 0, sources) ?? writeFlow(merged, sources));
  return sources.ours.slice(0, merged.ours.start) + text + sources.ours.slice(merged.ours.end);
}

function writeBlock(merged: Children, sources: Sources): string {
  const [first] = merged.ours.children;
  if (first === undefined || merged.children.length === 0) throw new CannotWrite('an empty block');
  const column = columnAt(sources.ours, first.start);
  const isInLine = startsInLine(first, sources.ours);
  return merged.children
    .map((child, index) => {
      const { lead, body } = writeEntry(child, merged.theirs, column, sources);
      if (index > 0 || !isInLine) return lead + body;
      if (lead.trim() !== '') throw new CannotWrite('a comment has no place before the first entry');
      return body;
    })
    .join('');
}

/** Empty brackets that are filled from a block become a block. */
function unfoldEmpty({ ours, theirs, children }: Children, column: number, sources: Sources): string | undefined {
  if (children.length === 0 || ours.isBlock || ours.children.length > 0 || !theirs.isBlock) return undefined;
  const entries = children.flatMap((child) => (child.theirs === undefined ? [] : [adoptEntry(child.theirs, column, sources.theirs)]));
  return entries.map(({ lead, body }) => lead + body).join('');
}

/** Whether something other than white space stands before an entry on its line, such as the dash of a list. */
function startsInLine(child: TreeChild, source: string): boolean {
  return source.slice(child.start - columnAt(source, child.start), child.start).trim() !== '';
}

interface WrittenEntry {
  /** Whole lines of comments, then the indentation. */
  readonly lead: string;
  readonly body: string;
}

function writeEntry(child: MergedChild, theirs: TreeNode, column: number, sources: Sources): WrittenEntry {
  if (child.ours !== undefined) {
    const lead = startsInLine(child.ours, sources.ours) ? ' '.repeat(column) : sources.ours.slice(child.ours.lead, child.ours.start);
    return { lead, body: writeOwn(child, child.ours, sources) };
  }
  if (child.theirs === undefined) throw new CannotWrite('an entry of neither side');
  return theirs.isBlock ? adoptEntry(child.theirs, column, sources.theirs) : unfoldEntry(child.theirs, theirs, column, sources.theirs);
}

/** An entry that stood between brackets, on a line of its own. */
function unfoldEntry(child: TreeChild, parent: TreeNode, column: number, source: string): WrittenEntry {
  const dash = parent.kind === 'list' ? '- ' : '';
  const space = parent.kind === 'map' && source[child.node.start - 1] === ':' ? ' ' : '';
  const body = `${dash}${source.slice(child.start, child.node.start)}${space}${source.slice(child.node.start, child.node.end)}\n`;
  return { lead: ' '.repeat(column), body };
}

function adoptEntry(child: TreeChild, column: number, source: string): WrittenEntry {
  const shift = column - columnAt(source, child.start);
  const above = startsInLine(child, source) ? '' : source.slice(child.lead, child.start - columnAt(source, child.start));
  const body = source.slice(child.start, child.end);
  return {
    lead: (above === '' ? '' : shiftLines(`\n${above}`, shift).slice(1)) + ' '.repeat(column),
    body: shiftLines(body.endsWith('\n') ? body : `${body}\n`, shift),
  };
}

/** Moves every line but the first by a number of columns. */
function shiftLines(text: string, columns: number): string {
  if (columns === 0) return text;
  if (columns > 0) return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(columns)}`);
  return text.replace(/\n( +)/g, (_, white: string) => `\n${white.slice(Math.min(white.length, -columns))}`);
}

function writeOwn(child: MergedChild, own: TreeChild, sources: Sources): string {
  const { node } = own;
  const before = sources.ours.slice(own.start, node.start);
  const after = sources.ours.slice(node.end, own.end);
  const { value } = child;
  switch (value.kind) {
    case 'keep':
      return sources.ours.slice(own.start, own.end);
    case 'text':
      return before + JSON.stringify(value.text) + after;
    case 'take':
      return child.theirs === undefined ? failWith('an entry of neither side') : replaceValue(own, child.theirs, sources);
    case 'children': {
      const unfolded = unfoldEmpty(value, columnAt(sources.ours, own.start) + 2, sources);
      if (unfolded !== undefined) return `${before.trimEnd()}\n${unfolded}`;
      if (!node.isBlock) return before + writeFlow(value, sources) + after;
      if (value.children.length > 0) return before + writeBlock(value, sources) + after;
      return `${(before.split('\n')[0] ?? '').trimEnd()} ${node.kind === 'map' ? '{}' : '[]'}\n`;
    }
    case 'conflict':
      return failWith('an open conflict');
    default:
      return value satisfies never;
  }
}

function failWith(reason: string): never {
  throw new CannotWrite(reason);
}

/** A value on one line changes places with another on one line; anything else is replaced with its whole entry. */
function replaceValue(own: TreeChild, other: TreeChild, sources: Sources): string {
  const value = sources.theirs.slice(other.node.start, other.node.end);
  const old = sources.ours.slice(own.node.start, own.node.end);
  const areLines = [own.node, other.node].every((node) => !node.isBlock) && !value.includes('\n') && !old.includes('\n');
  if (!areLines) return adoptEntry(other, columnAt(sources.ours, own.start), sources.theirs).body;
  const before = sources.ours.slice(own.start, own.node.start);
  return (/\s$/.test(before) || value === '' ? before : `${before} `) + value + sources.ours.slice(own.node.end, own.end);
}

function writeFlow(merged: Children, sources: Sources): string {
  const writeValue = (child: MergedChild): string => writeFlowValue(child.value, child.ours?.node, sources);
  return writeDelimited(merged, { ...sources, comment: /^(?<![^\s])#[^\n]*/, mayTrailComma: false, adopt: (text) => text, writeValue });
}

function writeFlowValue(value: Merged, own: TreeNode | undefined, sources: Sources): string {
  if (value.kind === 'keep') return sources.ours.slice(value.node.start, value.node.end);
  if (value.kind === 'children') return value.ours.isBlock ? failWith('a block between brackets') : writeFlow(value, sources);
  if (value.kind !== 'take' || value.node.isBlock || own?.isBlock === true) return failWith('a block between brackets');
  return sources.theirs.slice(value.node.start, value.node.end);
}
