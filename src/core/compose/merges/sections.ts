import { mergeText } from '../../reconcile/text/merge-text.ts';
import { plainText } from '../../reconcile/text/text-lines.ts';
import { type EntryText, type FlatEntry, type FlatRules, type FlatSides, mergeFlat, type Settled } from './flat-merge.ts';
import { areTitled, cutAtHeadings, parseSections } from './markdown-sections.ts';
import type { MergeDriver, MergeInput, MergeOutcome } from './merge-driver.ts';
import { placeSections } from './place-sections.ts';
import { plainSides } from './plain-sides.ts';
import { mergeSimple } from './tree/merge-trees.ts';

/**
 * Merges Markdown by section. With a base, a section that only one side has is added where it follows there, and sections that both changed
 * are merged line by line. Without a base, paragraphs that `ours` lacks are added to the end of the same section, so that no text is lost;
 * two different titles of the whole are a conflict.
 */
export const mergeSections: MergeDriver = (input) => {
  const plain = plainSides(input);
  const simple = mergeSimple(input, plain);
  if (simple !== undefined) return simple;
  const base = plain.base === undefined ? undefined : cutAtHeadings(plain.base);
  const [ours, theirs] = [cutAtHeadings(plain.ours), cutAtHeadings(plain.theirs)];
  const texts = base === undefined ? [ours, theirs] : [ours, theirs, base];
  if (texts.some(({ isOpen }) => isOpen)) return { kind: 'unparsable', reason: 'a fenced block or front matter never ends' };
  const isTitled = areTitled(texts);
  const rules: FlatRules = { mergeBodies: (bodies) => mergeBodies(bodies, input), join: joinSections };
  const mine = parseSections(ours, isTitled);
  const other = parseSections(theirs, isTitled);
  if (base !== undefined) return mergeFlat({ base: parseSections(base, isTitled), ours: mine, theirs: other }, input, rules);
  const sides = { base: undefined, ours: mine, theirs: foldBeginning(mine, other) };
  const placed = mergeFlat(sides, input, { ...rules, order: placeSections });
  // Where headings leave a level out, another place would put a section below another one.
  if (keepsSections(placed, sides, isTitled)) return placed;
  const behind = mergeFlat(sides, input, rules);
  if (keepsSections(behind, sides, isTitled)) return behind;
  return { kind: 'unparsable', reason: 'sections of one would come below headings of the other' };
};

/** What stands before the first heading of `theirs` belongs to what `ours` begins with: nothing can be put before a heading without being first. */
function foldBeginning(ours: readonly FlatEntry[], theirs: readonly FlatEntry[]): readonly FlatEntry[] {
  const [first] = ours;
  const [beginning, ...rest] = theirs;
  if (first === undefined || first.key === '' || beginning?.key !== '') return theirs;
  const known = new Set(ours.flatMap(({ body }) => paragraphsOf(body).map((paragraph) => paragraph.trim())));
  if (paragraphsOf(beginning.body).every((paragraph) => known.has(paragraph.trim()))) return rest;
  const same = rest.find(({ key }) => key === first.key);
  if (same === undefined) return [{ ...beginning, key: first.key, title: first.title }, ...rest];
  return rest.map((entry) => (entry === same ? { ...entry, body: `${entry.body.trimEnd()}\n\n${beginning.body}` } : entry));
}

function keepsSections(outcome: MergeOutcome, { ours, theirs }: Pick<FlatSides, 'ours' | 'theirs'>, isTitled: boolean): boolean {
  if (outcome.kind !== 'merged') return true;
  const wanted = new Set([...ours, ...theirs].map(({ key }) => key));
  const found = parseSections(cutAtHeadings(plainText(outcome.text)), isTitled).map(({ key }) => key);
  return found.length === wanted.size && found.every((key) => wanted.has(key));
}

function mergeBodies({ base, ours, theirs }: { base: string | undefined; ours: string; theirs: string }, input: MergeInput): Settled {
  if (base === undefined) return uniteParagraphs(ours, theirs);
  const merged = mergeText({ base, ours, theirs, labels: input.labels });
  return merged.kind === 'merged' ? { text: merged.text } : { ours, theirs, reason: 'changed differently on both sides' };
}

function uniteParagraphs(ours: string, theirs: string): Settled {
  const mine = paragraphsOf(ours);
  const other = paragraphsOf(theirs);
  const [title, otherTitle] = [titleOf(ours), titleOf(theirs)];
  if (title !== undefined && otherTitle !== undefined && title !== otherTitle) return { ours, theirs, reason: 'two different titles' };
  const known = new Set(mine.map((paragraph) => paragraph.trim()));
  const added = other.filter((paragraph) => !known.has(paragraph.trim()) && !isHeading(paragraph));
  if (added.length === 0) return { text: ours };
  return { text: `${[ours.trimEnd(), ...added.map((paragraph) => paragraph.trimEnd())].join('\n\n')}\n` };
}

/** The title of the whole that a section begins with. */
function titleOf(body: string): string | undefined {
  const heading = cutAtHeadings(body).cuts[0]?.heading;
  return heading?.level === 1 ? heading.title : undefined;
}

const isHeading = (paragraph: string): boolean => /^(?:#{1,6}(?:[ \t]|\n|$)|[^\n]+\n(?:=+|-+)[ \t]*\n?$)/.test(paragraph);

/** The blocks of a section: the heading, then what blank lines separate; a fenced block is one. */
function paragraphsOf(body: string): string[] {
  const blocks: string[] = [];
  let fence = '';
  let isOpen = false;
  for (const line of body.split('\n').slice(0, -1)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    const isBlank = line.trim() === '' && fence === '';
    if (isBlank) isOpen = false;
    else if (isOpen) blocks[blocks.length - 1] += `${line}\n`;
    else blocks.push(`${line}\n`);
    if (!isBlank) isOpen = fence !== '' || !/^#{1,6}(?:[ \t]|$)/.test(line);
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = '';
  }
  return blocks;
}

/** What is new or changed stands apart by a blank line; sections of `ours` stay as close as they are. */
function joinSections(texts: readonly EntryText[]): string {
  return texts
    .map(({ text, isOwn }, index) => {
      const before = texts[index - 1];
      if (before === undefined) return isOwn ? text : text.replace(/^\n+/, '');
      const isApart = text.startsWith('\n') || before.text.endsWith('\n\n');
      return (isOwn && before.isOwn) || isApart ? text : `\n${text}`;
    })
    .join('');
}
