import { likeOriginal } from '../../../reconcile/text/like-original.ts';
import { markDifferences, mergeText } from '../../../reconcile/text/merge-text.ts';
import type { MergeConflict, MergeInput, MergeOutcome } from '../merge-driver.ts';
import { type PlainSides, plainSides } from '../plain-sides.ts';
import { mergeNodes } from './merge-nodes.ts';
import type { MergeRules } from './merge-rules.ts';
import { type Choice, idOfMerged, type Merged, partsOf, settle } from './merged-node.ts';
import { CannotWrite, createIntern, type Intern, type TreeNode } from './tree-node.ts';

/** One structured format: how its text becomes values, and how a merge is written into the text of `ours`. */
export interface TreeFormat {
  /** Reads a text with plain line ends; a text instead of a tree says why it cannot be read. */
  readonly parse: (text: string, intern: Intern) => TreeNode | string;
  /** Writes a merge without conflicts. May throw `CannotWrite`; what it writes is read again and compared by the caller. */
  readonly write: (merged: Merged, sources: Sources) => string;
}

export interface Sources {
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Merges two texts of a structured format by their values and writes the result into the text of `ours`.
 * With a base, the lines are merged too: when that goes without conflict and means the same, it is taken, since it keeps the comments of both.
 * Every result is read again: a text that does not mean what was decided is never returned (`unparsable` then, or a conflict over more lines).
 */
export function mergeTrees(input: MergeInput, format: TreeFormat, rules: MergeRules = {}): MergeOutcome {
  const plain = plainSides(input);
  const simple = mergeSimple(input, plain);
  if (simple !== undefined) return simple;
  const intern = createIntern();
  const trees = parseAll(plain, input, format, intern);
  if (typeof trees === 'string') return { kind: 'unparsable', reason: trees };
  const conflicts: MergeConflict[] = [];
  const source = (side: 'base' | 'ours' | 'theirs', node: TreeNode): string => (plain[side] ?? '').slice(node.start, node.end).trimEnd();
  const merged = mergeNodes({ base: trees.base, ours: trees.ours, theirs: trees.theirs }, [], { intern, rules, source, conflicts });
  const job: WriteJob = { merged, format, plain, intern };
  if (conflicts.length > 0) return { kind: 'conflict', marked: markConflicts(job, input), conflicts };
  const text = mergeLines(job, input) ?? writeChecked(job, 'ours');
  if (text === undefined) return { kind: 'unparsable', reason: 'the result cannot be written into the file as it stands' };
  return { kind: 'merged', text: likeOriginal(text, input.ours), parts: partsOf(merged) };
}

/** Merges that need no look at the content: equal sides, an unchanged side, an empty side without a base. */
export function mergeSimple(input: MergeInput, plain: PlainSides): MergeOutcome | undefined {
  const whole = (text: string, from: 'ours' | 'theirs' | 'both'): MergeOutcome => ({ kind: 'merged', text, parts: [{ at: '', from }] });
  if (input.ours === input.base) return whole(input.theirs, input.theirs === input.ours ? 'both' : 'theirs');
  if (plain.ours === plain.theirs) return whole(input.ours, 'both');
  if (plain.theirs === plain.base) return whole(input.ours, 'ours');
  if (plain.ours === plain.base) return whole(likeOriginal(plain.theirs, input.ours), 'theirs');
  if (input.base !== undefined) return undefined;
  if (plain.ours === '') return whole(input.theirs, 'theirs');
  if (plain.theirs.trim() === '') return whole(input.ours, 'ours');
  return plain.ours.trim() === '' ? whole(input.theirs, 'theirs') : undefined;
}

interface Trees {
  readonly base: TreeNode | undefined;
  readonly ours: TreeNode;
  readonly theirs: TreeNode;
}

function parseAll(plain: PlainSides, { labels }: MergeInput, format: TreeFormat, intern: Intern): Trees | string {
  const ours = format.parse(plain.ours, intern);
  if (typeof ours === 'string') return `${labels.ours}: ${ours}`;
  const theirs = format.parse(plain.theirs, intern);
  if (typeof theirs === 'string') return `${labels.theirs}: ${theirs}`;
  const base = plain.base === undefined ? undefined : format.parse(plain.base, intern);
  if (typeof base === 'string') return `${labels.base ?? 'base'}: ${base}`;
  return { base, ours, theirs };
}

interface WriteJob {
  readonly merged: Merged;
  readonly format: TreeFormat;
  readonly plain: PlainSides;
  readonly intern: Intern;
}

/** Writes a merge, conflicts settled for one side; `undefined` when the text does not come out meaning exactly that. */
function writeChecked({ merged, format, plain, intern }: WriteJob, choice: Choice): string | undefined {
  const settled = settle(merged, choice);
  try {
    const text = format.write(settled, plain);
    return means(text, idOfMerged(settled, intern), format, intern) ? text : undefined;
  } catch (error) {
    if (error instanceof CannotWrite) return undefined;
    throw error;
  }
}

function means(text: string, id: number, format: TreeFormat, intern: Intern): boolean {
  const tree = format.parse(text, intern);
  return typeof tree !== 'string' && tree.id === id;
}

function mergeLines({ merged, format, plain, intern }: WriteJob, { labels }: MergeInput): string | undefined {
  if (plain.base === undefined) return undefined;
  const lines = mergeText({ base: plain.base, ours: plain.ours, theirs: plain.theirs, labels });
  return lines.kind === 'merged' && means(lines.text, idOfMerged(merged, intern), format, intern) ? lines.text : undefined;
}

/** Everything decided is written, and what is not stands between markers; when that cannot be written, all lines that differ do. */
function markConflicts(job: WriteJob, { labels, ours }: MergeInput): string {
  const mine = writeChecked(job, 'ours');
  const other = writeChecked(job, 'theirs');
  const sides = mine === undefined || other === undefined ? job.plain : { ours: mine, theirs: other };
  return likeOriginal(markDifferences({ ours: sides.ours, theirs: sides.theirs, labels }).marked, ours);
}
