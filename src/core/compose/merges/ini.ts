import { likeOriginal } from '../../reconcile/text/like-original.ts';
import { markDifferences } from '../../reconcile/text/merge-text.ts';
import { plainText } from '../../reconcile/text/text-lines.ts';
import { type EntryText, type FlatEntry, mergeFlat, type Settled, twoValues } from './flat-merge.ts';
import type { MergeDriver, MergeInput, MergeOutcome } from './merge-driver.ts';
import { plainSides } from './plain-sides.ts';
import { mergeSimple } from './tree/merge-trees.ts';

/** Merges `.editorconfig` and INI files section by section, and within a section key by key, with the comments above each. */
export const mergeIni: MergeDriver = (input) => {
  const plain = plainSides(input);
  const simple = mergeSimple(input, plain);
  if (simple !== undefined) return simple;
  const ours = parseSections(plain.ours);
  const theirs = parseSections(plain.theirs);
  const base = plain.base === undefined ? undefined : parseSections(plain.base);
  if (typeof ours === 'string' || typeof theirs === 'string' || typeof base === 'string') {
    return { kind: 'unparsable', reason: [ours, theirs, base].find((side) => typeof side === 'string') ?? 'not sections and keys' };
  }
  const top = mergeTop({ base: base?.[0], ours: ours[0], theirs: theirs[0] }, input);
  const sections = mergeFlat({ base: base?.slice(1), ours: ours.slice(1), theirs: theirs.slice(1) }, input, {
    mergeBodies: (sides) => mergeSection(sides, input),
    join: joinSections,
    addsLast: true,
  });
  return joinParts(top, sections, input);
};

/** The keys before any section come first whatever the other side has, so they are merged apart. */
function mergeTop(
  sides: { base: FlatEntry | undefined; ours: FlatEntry | undefined; theirs: FlatEntry | undefined },
  input: MergeInput,
): Settled {
  const [base, ours = '', theirs = ''] = [sides.base?.body, sides.ours?.body, sides.theirs?.body];
  if (ours === theirs || theirs === base) return { text: ours };
  return ours === base ? { text: theirs } : mergeSection({ base, ours, theirs }, input);
}

function joinParts(top: Settled, sections: MergeOutcome, input: MergeInput): MergeOutcome {
  if (sections.kind === 'unparsable') return sections;
  const below = sections.kind === 'merged' ? [] : sections.conflicts;
  const above = 'text' in top ? [] : [{ at: 'top', ours: top.ours.trimEnd(), theirs: top.theirs.trimEnd(), reason: top.reason }];
  if (sections.kind === 'merged' && 'text' in top) {
    const text = top.text === '' ? sections.text : top.text + (sections.text === '' ? '' : withBlankLine(sections.text, true));
    return { kind: 'merged', text: likeOriginal(plainText(text), input.ours), parts: sections.parts };
  }
  const { marked } = markDifferences({ ours: input.ours, theirs: input.theirs, labels: input.labels });
  return { kind: 'conflict', marked, conflicts: [...above, ...below] };
}

/** Keys of one section; a conflict among them is a conflict of the section, with both sides as each would have it. */
function mergeSection({ base, ours, theirs }: { base: string | undefined; ours: string; theirs: string }, input: MergeInput): Settled {
  const keys = [base ?? '', ours, theirs].map(parseKeys);
  if (keys.some((side) => typeof side === 'string')) return { ours, theirs, reason: 'a section with lines that are no keys' };
  const [baseKeys, oursKeys, theirsKeys] = keys as FlatEntry[][];
  const outcome = mergeFlat(
    { base: base === undefined ? undefined : baseKeys, ours: oursKeys ?? [], theirs: theirsKeys ?? [] },
    { ...input, ours, theirs },
    { mergeBodies: (sides) => (assignedValue(sides.ours) === assignedValue(sides.theirs) ? { text: sides.ours } : twoValues(sides)) },
  );
  if (outcome.kind === 'merged') return { text: outcome.text };
  const places = outcome.kind === 'conflict' ? outcome.conflicts.map(({ at }) => at).join(', ') : '';
  return { ours, theirs, reason: `two different values of ${places}` };
}

/** The sections, before them the keys that stand before any section. */
function parseSections(text: string): FlatEntry[] | string {
  const sections = new Map<string, FlatEntry>();
  let current: FlatEntry = { key: '', title: 'top', lead: '', body: '' };
  let pending = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const header = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) {
      if (sections.has(header) || current.key === header) return `section [${header}] stands twice`;
      sections.set(current.key, current);
      current = { key: header, title: `[${header}]`, lead: pending, body: `${line}\n` };
      pending = '';
    } else if (/^\s*([#;].*)?$/.test(line)) {
      pending += `${line}\n`;
    } else {
      current = { ...current, body: `${current.body}${pending}${line}\n` };
      pending = '';
    }
  }
  return [...sections.values(), { ...current, body: current.body + pending.trimEnd() + (pending.trim() === '' ? '' : '\n') }];
}

function parseKeys(body: string): FlatEntry[] | string {
  const entries = new Map<string, FlatEntry>();
  let lead = '';
  for (const line of body.split('\n').slice(0, -1)) {
    if (/^\s*([#;].*)?$/.test(line)) {
      lead += `${line}\n`;
      continue;
    }
    const key = /^\s*\[.+\]\s*$/.test(line) ? '[header]' : /^\s*([^=:\s][^=:]*?)\s*[=:]/.exec(line)?.[1];
    if (key === undefined || entries.has(key)) return 'a line that is no key, or a key twice';
    entries.set(key, { key, title: key, lead, body: `${line}\n` });
    lead = '';
  }
  return [...entries.values()];
}

function assignedValue(body: string): string {
  return /^\s*\[/.test(body) ? body.trim() : body.replace(/^[^=:]*[=:]/, '').trim();
}

/** What is new or changed stands apart by a blank line; sections of `ours` stay as close as they are. */
function joinSections(texts: readonly EntryText[]): string {
  return texts.map(({ text, isOwn }, index) => withBlankLine(text, index > 0 && !(isOwn && texts[index - 1]?.isOwn === true))).join('');
}

function withBlankLine(text: string, isLater: boolean): string {
  return isLater && !text.startsWith('\n') ? `\n${text}` : text;
}
