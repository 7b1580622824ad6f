import { internAll } from './intern.ts';
import { type ConflictLabels, formatConflict, markerLength } from './markers.ts';
import { type ConflictStyle, mergeRegions, type Region, type Span } from './merge-regions.ts';
import { splitLines, type TextLines } from './text-lines.ts';

export interface TextMergeInput {
  /** The common ancestor; the empty text when there is none. */
  readonly base: string;
  /** What the user has. */
  readonly ours: string;
  readonly theirs: string;
  readonly labels: ConflictLabels;
  /** How conflicts are shown; `zdiff3` when not given. */
  readonly style?: ConflictStyle;
}

export type TextMerge =
  | { readonly kind: 'merged'; readonly text: string; readonly regions: readonly Region[] }
  | { readonly kind: 'conflict'; readonly marked: string; readonly regions: number };

/**
 * Merges two texts that come from one, line by line (diff3). Line ends, byte order mark and the final newline play no part in the comparison:
 * the result has those of `ours`, line by line, and lines that come from `theirs` end as most lines of `ours` do.
 * When one side is the base byte for byte, the result is the other side byte for byte. Where both changed the same lines differently
 * the result is a conflict, with every such place between markers that name the sides; markers grow past any already in the texts.
 */
export function mergeText(input: TextMergeInput): TextMerge {
  if (input.base === input.ours) return { kind: 'merged', text: input.theirs, regions: wholeOf(input.theirs, 'theirs') };
  if (input.base === input.theirs || input.ours === input.theirs) return { kind: 'merged', text: input.ours, regions: [] };
  const base = splitLines(input.base);
  const ours = splitLines(input.ours);
  const theirs = splitLines(input.theirs);
  const [baseIds = NONE, oursIds = NONE, theirsIds = NONE] = internAll(base.contents, ours.contents, theirs.contents);
  const sides = { base: baseIds, ours: oursIds, theirs: theirsIds };
  const style = input.style ?? 'zdiff3';
  const regions = mergeRegions(sides, style, (index) => !/[a-z0-9]/i.test(ours.contents[index] ?? ''));
  const conflicts = regions.filter((region) => region.kind === 'conflict').length;
  const text = assemble({ base, ours, theirs }, regions, { style, labels: input.labels });
  return conflicts === 0 ? { kind: 'merged', text, regions } : { kind: 'conflict', marked: text, regions: conflicts };
}

/** Puts every place where two texts differ between conflict markers. Equal texts give the text itself with no region. */
export function markDifferences(input: { ours: string; theirs: string; labels: ConflictLabels }): { marked: string; regions: number } {
  const ours = splitLines(input.ours);
  const theirs = splitLines(input.theirs);
  const [oursIds = NONE, theirsIds = NONE] = internAll(ours.contents, theirs.contents);
  const whole = { kind: 'conflict', base: { start: 0, end: 0 }, ours: { start: 0, end: 0 }, theirs: { start: 0, end: 0 } } as const;
  const empty = new Int32Array();
  const regions = mergeRegions({ base: empty, ours: oursIds, theirs: theirsIds }, 'merge').map((region) => ({
    ...whole,
    ...region,
    kind: whole.kind,
  }));
  return {
    marked: assemble({ base: splitLines(''), ours, theirs }, regions, { style: 'merge', labels: input.labels }),
    regions: regions.length,
  };
}

const NONE = new Int32Array();

function wholeOf(text: string, kind: 'theirs'): Region[] {
  const all: Span = { start: 0, end: splitLines(text).contents.length };
  return [{ kind, base: { start: 0, end: 0 }, ours: { start: 0, end: 0 }, theirs: all }];
}

interface Lines {
  readonly base: TextLines;
  readonly ours: TextLines;
  readonly theirs: TextLines;
}

function assemble(lines: Lines, regions: readonly Region[], options: { style: ConflictStyle; labels: ConflictLabels }): string {
  const { base, ours, theirs } = lines;
  const end = ours.prevailing ?? theirs.prevailing ?? '\n';
  const size = regions.some((region) => region.kind === 'conflict')
    ? markerLength([base, ours, theirs].flatMap((side) => side.contents))
    : 0;
  const output: string[] = [];
  const keep = (from: number, to: number): void => {
    for (let index = from; index < to; index++) output.push((ours.contents[index] ?? '') + (ours.ends[index] || end));
  };
  let at = 0;
  for (const region of regions) {
    if (region.kind === 'ours') continue;
    keep(at, region.ours.start);
    at = region.ours.end;
    const added = region.kind === 'theirs' ? slice(theirs, region.theirs) : conflictLines(lines, region, { ...options, size });
    for (const line of added) output.push(line + end);
  }
  keep(at, ours.contents.length);
  return ours.mark + withFinalEnd(output, lines);
}

function conflictLines(lines: Lines, region: Region, options: { style: ConflictStyle; labels: ConflictLabels; size: number }): string[] {
  const sides = { ours: slice(lines.ours, region.ours), theirs: slice(lines.theirs, region.theirs) };
  const shown = options.style === 'merge' ? sides : { ...sides, base: slice(lines.base, region.base) };
  return formatConflict(shown, options.labels, options.size);
}

const slice = (lines: TextLines, span: Span): readonly string[] => lines.contents.slice(span.start, span.end);

/** Ends the text as `ours` ends; an empty `ours` has no habit, so `theirs` decides. */
function withFinalEnd(output: readonly string[], { ours, theirs }: Lines): string {
  const model = ours.contents.length === 0 ? theirs : ours;
  const text = output.join('');
  if (model.ends.at(-1) !== '') return text;
  return text.endsWith('\r\n') ? text.slice(0, -2) : text.endsWith('\n') ? text.slice(0, -1) : text;
}
