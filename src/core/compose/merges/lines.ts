import { type FlatEntry, mergeFlat, type Settled, twoValues } from './flat-merge.ts';
import type { MergeDriver } from './merge-driver.ts';
import { plainSides } from './plain-sides.ts';
import { mergeSimple } from './tree/merge-trees.ts';

/**
 * Merges files that are sets of lines, such as ignore files: every line of both stands in the result once, with the comments above it;
 * with a base, a line that one side removed is gone. A conflict only where one line is indented differently.
 */
export const mergeLines: MergeDriver = (input) => {
  const plain = plainSides(input);
  const simple = mergeSimple(input, plain);
  if (simple !== undefined) return simple;
  const ours = parseLines(plain.ours);
  const theirs = parseLines(plain.theirs);
  const base = plain.base === undefined ? undefined : parseLines(plain.base);
  return mergeFlat({ base, ours, theirs }, input, { mergeBodies: mergeLine, adopt: withoutKnownComments(ours), addsLast: true });
};

/** Blanks at the end of a line mean nothing; those before it may. */
function mergeLine(sides: { base: string | undefined; ours: string; theirs: string }): Settled {
  return sides.ours.trimEnd() === sides.theirs.trimEnd() ? { text: sides.ours } : twoValues(sides);
}

/** Lines by their text; a comment belongs to the line below it, or stands for itself before a blank line. A repeated line is counted. */
function parseLines(text: string): FlatEntry[] {
  const entries: FlatEntry[] = [];
  const seen = new Map<string, number>();
  let lead = '';
  let hasComment = false;
  const add = (content: string, body: string): void => {
    const count = (seen.get(content) ?? 0) + 1;
    seen.set(content, count);
    entries.push({ key: count === 1 ? content : `${content}\n${count}`, title: body.trim(), lead, body });
    lead = '';
    hasComment = false;
  };
  const addComment = (): void => {
    const comment = lead.trimStart();
    lead = lead.slice(0, lead.length - comment.length);
    add(`#${comment.trim()}`, comment);
  };
  for (const line of text.split('\n').slice(0, -1)) {
    const content = line.trim();
    if (content.startsWith('#')) {
      lead += `${line}\n`;
      hasComment = true;
    } else if (content !== '') add(content, `${line}\n`);
    else if (!hasComment) lead += '\n';
    else {
      addComment();
      lead = '\n';
    }
  }
  if (lead.trim() !== '') addComment();
  return entries;
}

/** Makes added entries come without the comment lines that `ours` already has; none is left of an entry that is nothing but such comments. */
export function withoutKnownComments(ours: readonly FlatEntry[]): (entry: FlatEntry) => FlatEntry | undefined {
  const known = new Set(ours.flatMap((own) => (own.lead + own.body).split('\n').map((line) => line.trim())));
  return (entry) => {
    const isComment = entry.key.startsWith('#');
    const lines = (isComment ? entry.body : entry.lead).split('\n').slice(0, -1);
    const kept = lines.filter((line) => line.trim() === '' || !known.has(line.trim()));
    const isRepeated = kept.length < lines.length && kept.every((line) => line.trim() === '');
    if (isRepeated) return isComment ? undefined : { ...entry, lead: '' };
    const text = kept.map((line) => `${line}\n`).join('');
    return isComment ? { ...entry, body: text } : { ...entry, lead: text };
  };
}
