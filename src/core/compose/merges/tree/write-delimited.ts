import { indentAt } from './indentation.ts';
import type { Merged, MergedChild } from './merged-node.ts';
import { CannotWrite, type TreeChild, type TreeNode } from './tree-node.ts';

/**
 * Writes maps and lists that stand between brackets, with commas: JSON, the flow style of YAML, arrays and inline tables of TOML.
 * While the children are those of `ours`, everything between them stays as it is. Otherwise the container is taken apart into pieces
 * (what leads to a child, the child, what trails on its line) and put together again with the pieces of both sides.
 */
export interface DelimitedSyntax {
  /** A comment at the start of the given text, to its end; without the line end that closes it. */
  readonly comment: RegExp;
  readonly ours: string;
  readonly theirs: string;
  /** Writes the value of a child that stands in `ours`. */
  readonly writeValue: (child: MergedChild) => string;
  /** Moves text of `theirs` that starts at `offset` to an indentation of `ours`. */
  readonly adopt: (text: string, offset: number, indent: string) => string;
  readonly mayTrailComma: boolean;
}

type Children = Extract<Merged, { kind: 'children' }>;

export function writeDelimited(merged: Children, syntax: DelimitedSyntax): string {
  const { ours } = merged;
  const isSame =
    merged.children.length === ours.children.length && merged.children.every((child, index) => child.ours === ours.children[index]);
  return isSame ? writeInPlace(merged, syntax) : writeAnew(merged, syntax);
}

function writeInPlace({ ours, children }: Children, syntax: DelimitedSyntax): string {
  let text = '';
  let at = ours.start;
  for (const child of children) {
    const node = child.ours?.node ?? ours;
    text += syntax.ours.slice(at, node.start) + syntax.writeValue(child);
    at = node.end;
  }
  return text + syntax.ours.slice(at, ours.end);
}

interface Piece {
  /** White space and comments before the child, from behind the line the child before it is on. */
  readonly lead: string;
  /** Between the child and its comma. */
  readonly beforeComma: string;
  /** Behind the comma, on the same line: white space and a comment. */
  readonly trail: string;
}

interface Pieces {
  readonly open: string;
  readonly of: ReadonlyMap<TreeChild, Piece>;
  readonly close: string;
  readonly endsInComma: boolean;
}

function writeAnew(merged: Children, syntax: DelimitedSyntax): string {
  const { ours, theirs, children } = merged;
  const mine = takeApart(ours, syntax.ours, syntax);
  const other = takeApart(theirs, syntax.theirs, syntax);
  if (children.length === 0) return syntax.ours.slice(ours.start, ours.start + 1) + syntax.ours.slice(ours.end - 1, ours.end);
  const layout = layoutOf(mine, other, { ours, theirs }, syntax);
  let text = mine.open;
  children.forEach((child, index) => {
    const isLast = index === children.length - 1;
    text += writePiece(
      child,
      { mine, other, layout, isFirst: index === 0, areItems: ours.kind === 'list', comma: isLast && !mine.endsInComma ? '' : ',' },
      syntax,
    );
  });
  return text + (layout.close ?? mine.close);
}

interface Layout {
  readonly isTall: boolean;
  readonly indent: string;
  readonly firstLead: string;
  readonly close?: string;
}

function layoutOf(mine: Pieces, other: Pieces, nodes: { ours: TreeNode; theirs: TreeNode }, syntax: DelimitedSyntax): Layout {
  const [first] = mine.of.values();
  if (first !== undefined) {
    const isTall = [...mine.of.values()].some((piece) => piece.lead.includes('\n'));
    const tall = [...mine.of.values()].find((piece) => piece.lead.includes('\n'))?.lead ?? '';
    return { isTall, indent: lastIndent(tall), firstLead: first.lead };
  }
  const [model] = other.of.values();
  const isTall = model?.lead.includes('\n') ?? false;
  const outer = indentAt(syntax.ours, nodes.ours.start);
  const adopted = syntax.adopt(model?.lead ?? '', nodes.theirs.start, outer);
  const close = syntax.ours.slice(nodes.ours.end - 1, nodes.ours.end);
  return {
    isTall,
    indent: lastIndent(adopted),
    firstLead: isTall ? '' : adopted,
    close: isTall ? `\n${outer}${close}` : (model?.lead ?? '') + close,
  };
}

/** The white space that the last line of a lead begins with; a comment may follow it. */
function lastIndent(lead: string): string {
  return indentAt(lead, lead.length);
}

interface PieceContext {
  readonly mine: Pieces;
  readonly other: Pieces;
  readonly layout: Layout;
  readonly isFirst: boolean;
  readonly areItems: boolean;
  readonly comma: string;
}

function writePiece(child: MergedChild, context: PieceContext, syntax: DelimitedSyntax): string {
  const own = child.ours === undefined ? undefined : context.mine.of.get(child.ours);
  if (child.ours !== undefined && own !== undefined) {
    const body = syntax.ours.slice(child.ours.start, child.ours.node.start) + syntax.writeValue(child);
    return leadOfOwn(own, context) + body + joinComma(own, context.comma);
  }
  const theirs = child.theirs === undefined ? undefined : context.other.of.get(child.theirs);
  if (child.theirs === undefined || theirs === undefined) throw new CannotWrite('a child of neither side');
  const { isTall, indent, firstLead } = context.layout;
  const start = child.theirs.key === '' && context.areItems ? child.theirs.node.start : child.theirs.start;
  const body = syntax.adopt(syntax.theirs.slice(start, child.theirs.node.end), start, isTall ? indent : '');
  if (!isTall) return (context.isFirst ? firstLead : ' ') + body + context.comma;
  return adoptLead(theirs.lead, indent) + body + joinComma({ ...theirs, beforeComma: '' }, context.comma);
}

function leadOfOwn({ lead }: Piece, { isFirst, layout }: PieceContext): string {
  if (isFirst && !lead.includes('\n')) return layout.firstLead;
  return !isFirst && lead === '' ? ' ' : lead;
}

/** A comment to the end of the line would swallow a comma that follows it. */
function joinComma(piece: Piece, comma: string): string {
  return piece.beforeComma.includes('\n') ? comma + piece.beforeComma + piece.trail : piece.beforeComma + comma + piece.trail;
}

/** The comment lines that lead to a child, on lines of their own at the new indentation. */
function adoptLead(lead: string, indent: string): string {
  const lines = lead.split('\n').map((line) => line.trim());
  const comments = lines.slice(0, -1).filter((line) => line !== '');
  const inline = lines.at(-1) ?? '';
  return `${comments.map((line) => `\n${indent}${line}`).join('')}\n${indent}${inline === '' ? '' : `${inline} `}`;
}

function takeApart(node: TreeNode, source: string, syntax: DelimitedSyntax): Pieces {
  const pieces = new Map<TreeChild, Piece>();
  if (node.isBlock) return foldBlock(node);
  const end = node.end - 1;
  let at = sameLineEnd(source, node.start + 1, node.children[0]?.start ?? end, syntax.comment);
  const open = source.slice(node.start, at);
  let endsInComma = false;
  node.children.forEach((child, index) => {
    const lead = source.slice(at, child.start);
    const next = node.children[index + 1]?.start ?? end;
    const comma = findComma(source, child.node.end, next, syntax.comment);
    const isLast = index === node.children.length - 1;
    if (comma === undefined && !isLast && !syntax.mayTrailComma) throw new CannotWrite('a comma is missing');
    endsInComma = isLast && comma !== undefined;
    const behind = comma === undefined ? child.node.end : comma + 1;
    at = sameLineEnd(source, behind, next, syntax.comment);
    pieces.set(child, { lead, beforeComma: source.slice(child.node.end, comma ?? child.node.end), trail: source.slice(behind, at) });
  });
  return { open, of: pieces, close: source.slice(at, node.end), endsInComma };
}

/** A block of YAML that goes between brackets: only its bare entries do, and only when they hold no block themselves. */
function foldBlock({ children }: TreeNode): Pieces {
  if (children.some((child) => child.node.isBlock)) throw new CannotWrite('a block between brackets');
  const bare: Piece = { lead: '', beforeComma: '', trail: '' };
  return { open: '', of: new Map(children.map((child) => [child, bare])), close: '', endsInComma: false };
}

function findComma(source: string, from: number, to: number, comment: RegExp): number | undefined {
  for (let at = from; at < to; at++) {
    if (source[at] === ',') return at;
    const found = comment.exec(source.slice(at, to));
    if (found !== null) at += found[0].length - 1;
  }
  return undefined;
}

/** The end of the comments that follow on the same line; `from` itself when there is none. */
function sameLineEnd(source: string, from: number, to: number, comment: RegExp): number {
  let end = from;
  for (let at = from; at < to && source[at] !== '\n'; at++) {
    const found = comment.exec(source.slice(at, to));
    if (found === null) {
      if (source[at] !== ' ' && source[at] !== '\t') break;
      continue;
    }
    at += found[0].length - 1;
    end = at + 1;
    if (found[0].includes('\n')) break;
  }
  return end;
}
