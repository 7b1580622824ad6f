import { likeOriginal } from '../../reconcile/text/like-original.ts';
import { markDifferences } from '../../reconcile/text/merge-text.ts';
import type { MergeConflict, MergeInput, MergeOutcome, MergePart } from './merge-driver.ts';
import { placeAdded } from './tree/place-added.ts';

/** One entry of a flat file: a variable, a line, a section. */
export interface FlatEntry {
  /** What it is known by; once in a file. */
  readonly key: string;
  /** What reports call it. */
  readonly title: string;
  /** The lines above that belong to it: comments and blank lines, each with its line end. */
  readonly lead: string;
  /** Its own lines, each with its line end. */
  readonly body: string;
}

/** A merged text, or none where a conflict remains; `ours` and `theirs` are the text as each side would have it. */
export type Settled = { readonly text: string } | { readonly ours: string; readonly theirs: string; readonly reason: string };

export interface FlatSides {
  readonly base: readonly FlatEntry[] | undefined;
  readonly ours: readonly FlatEntry[];
  readonly theirs: readonly FlatEntry[];
}

export interface FlatRules {
  /** Merges the bodies of one entry that both sides have differently. */
  readonly mergeBodies: (sides: { base: string | undefined; ours: string; theirs: string }) => Settled;
  /** Makes an entry that only `theirs` has fit into `ours`; none when `ours` has it all the same. */
  readonly adopt?: (entry: FlatEntry) => FlatEntry | undefined;
  /** Joins the entries' texts; plain concatenation when not given. `isOwn` tells those that stand in `ours` as they are. */
  readonly join?: (texts: readonly EntryText[]) => string;
  /** The order of all keys, where it is not that of `placeAdded`. */
  readonly order?: (ours: readonly string[], theirs: readonly string[]) => string[];
  /** Whether what comes before everything known in `theirs` goes to the end rather than to the beginning. */
  readonly addsLast?: boolean;
}

export interface EntryText {
  readonly text: string;
  readonly isOwn: boolean;
}

interface Item {
  readonly title: string;
  readonly ours: string;
  readonly theirs: string;
  readonly from: MergePart['from'];
  /** Whether the entry stands so in `ours`. */
  readonly isWhole: boolean;
}

/**
 * Three-way merge of flat files, entry by entry: what one side alone changed or removed wins, additions of both are kept,
 * `ours` gives the order, and an addition stands behind the entry it follows in `theirs`.
 */
export function mergeFlat(given: FlatSides, input: MergeInput, rules: FlatRules): MergeOutcome {
  const sides = rules.addsLast === true ? { ...given, theirs: unknownLast(given) } : given;
  const maps = { base: byKey(sides.base ?? []), ours: byKey(sides.ours), theirs: byKey(sides.theirs) };
  const conflicts: MergeConflict[] = [];
  const order = (rules.order ?? placeBehind)([...maps.ours.keys()], [...maps.theirs.keys()]);
  const items = order.flatMap((key): Item[] => {
    const base = sides.base === undefined ? undefined : maps.base.get(key);
    const item = mergeEntry({ base, ours: maps.ours.get(key), theirs: maps.theirs.get(key) }, rules, conflicts);
    return item === undefined ? [] : [item];
  });
  const join = (side: 'ours' | 'theirs'): string => {
    const texts = items
      .map((item) => ({ text: item[side], isOwn: item.from !== 'theirs' && item.isWhole }))
      .filter(({ text }) => text !== '');
    return rules.join?.(texts) ?? texts.map(({ text }) => text).join('');
  };
  if (conflicts.length === 0) {
    return { kind: 'merged', text: likeOriginal(join('ours'), input.ours), parts: items.map(({ title, from }) => ({ at: title, from })) };
  }
  const { marked } = markDifferences({ ours: join('ours'), theirs: join('theirs'), labels: input.labels });
  return { kind: 'conflict', marked: likeOriginal(marked, input.ours), conflicts };
}

function placeBehind(ours: readonly string[], theirs: readonly string[]): string[] {
  return placeAdded(ours, theirs, false);
}

/** Moves what `theirs` begins with, up to the first entry that `ours` has, to its end, apart by a blank line. */
function unknownLast({ ours, theirs }: FlatSides): readonly FlatEntry[] {
  const known = new Set(ours.map((entry) => entry.key));
  const first = theirs.findIndex((entry) => known.has(entry.key));
  const unknown = first === -1 ? theirs : theirs.slice(0, first);
  const [head, ...rest] = unknown;
  if (head === undefined) return theirs;
  return [...theirs.slice(unknown.length), head.lead === '' ? head : { ...head, lead: `\n${head.lead}` }, ...rest];
}

interface EntrySides {
  readonly base: FlatEntry | undefined;
  readonly ours: FlatEntry | undefined;
  readonly theirs: FlatEntry | undefined;
}

function byKey(entries: readonly FlatEntry[]): Map<string, FlatEntry> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

function mergeEntry(entry: EntrySides, rules: FlatRules, conflicts: MergeConflict[]): Item | undefined {
  const { base, ours, theirs } = entry;
  if (ours !== undefined && theirs !== undefined) return mergeBoth({ base, ours, theirs }, rules, conflicts);
  const only = ours ?? (theirs === undefined || rules.adopt === undefined ? theirs : rules.adopt(theirs));
  if (only === undefined || (base !== undefined && base.body === only.body)) return undefined;
  const side = ours === undefined ? 'theirs' : 'ours';
  const text = only.lead + only.body;
  if (base === undefined) return { title: only.title, ours: text, theirs: text, from: side, isWhole: side === 'ours' };
  conflicts.push({
    at: only.title,
    [side]: only.body.trimEnd(),
    base: base.body.trimEnd(),
    reason: `changed in ${side}, removed in ${side === 'ours' ? 'theirs' : 'ours'}`,
  });
  return {
    title: only.title,
    ours: side === 'ours' ? text : '',
    theirs: side === 'theirs' ? text : '',
    from: side,
    isWhole: side === 'ours',
  };
}

function mergeBoth(
  { base, ours, theirs }: { base: FlatEntry | undefined; ours: FlatEntry; theirs: FlatEntry },
  rules: FlatRules,
  conflicts: MergeConflict[],
): Item {
  const lead = base !== undefined && ours.lead === base.lead ? theirs.lead : ours.lead;
  const settled = settleBodies(base?.body, ours.body, theirs.body, rules);
  if ('text' in settled) {
    const text = lead + settled.text;
    return {
      title: ours.title,
      ours: text,
      theirs: text,
      from: originOf(settled.text, ours.body, theirs.body),
      isWhole: text === ours.lead + ours.body,
    };
  }
  conflicts.push({
    at: ours.title,
    ours: ours.body.trimEnd(),
    theirs: theirs.body.trimEnd(),
    ...(base === undefined ? {} : { base: base.body.trimEnd() }),
    reason: settled.reason,
  });
  return { title: ours.title, ours: lead + settled.ours, theirs: lead + settled.theirs, from: 'both', isWhole: false };
}

function settleBodies(base: string | undefined, ours: string, theirs: string, rules: FlatRules): Settled {
  if (ours === theirs || theirs === base) return { text: ours };
  return ours === base ? { text: theirs } : rules.mergeBodies({ base, ours, theirs });
}

function originOf(text: string, ours: string, theirs: string): MergePart['from'] {
  if (ours === theirs) return 'both';
  return text === ours ? 'ours' : text === theirs ? 'theirs' : 'both';
}

/** The outcome for entries that hold one value each. */
export function twoValues({ base, ours, theirs }: { base: string | undefined; ours: string; theirs: string }): Settled {
  return { ours, theirs, reason: base === undefined ? 'two different values' : 'changed differently on both sides' };
}
