/** What stands behind the markers; a pack's side usually names pack and version. */
export interface ConflictLabels {
  readonly ours: string;
  readonly theirs: string;
  readonly base?: string;
}

const LEAST_LENGTH = 7;
const MARK = '\uFEFF';
const MARKER = /^(?:<{7,}|={7,}|>{7,}|\|{7,})(?=\s|$)/;

/** The length that markers need to be told from those the lines already contain: seven, or one more than the longest there. */
export function markerLength(lines: Iterable<string>): number {
  let length = LEAST_LENGTH;
  for (const line of lines) {
    const found = MARKER.exec(line);
    if (found !== null) length = Math.max(length, found[0].length + 1);
  }
  return length;
}

/** One conflict as lines: ours, the base where given, theirs, between markers of `length` characters. */
export function formatConflict(
  sides: { ours: readonly string[]; theirs: readonly string[]; base?: readonly string[] },
  labels: ConflictLabels,
  length: number,
): string[] {
  return [
    marker('<', length, labels.ours),
    ...sides.ours,
    ...(sides.base === undefined ? [] : [marker('|', length, labels.base), ...sides.base]),
    '='.repeat(length),
    ...sides.theirs,
    marker('>', length, labels.theirs),
  ];
}

type Part = 'common' | 'ours' | 'base' | 'theirs';

/** A text with one side of each of its conflicts in the place of the markers; they are known by their labels. */
export function pickSide(marked: string, side: 'ours' | 'theirs', labels: ConflictLabels): string {
  const steps: readonly {
    readonly from: readonly Part[];
    readonly sign: string;
    readonly label: string | undefined;
    readonly into: Part;
  }[] = [
    { from: ['common'], sign: '<', label: labels.ours, into: 'ours' },
    { from: ['ours'], sign: '|', label: labels.base, into: 'base' },
    { from: ['ours', 'base'], sign: '=', label: '', into: 'theirs' },
    { from: ['theirs'], sign: '>', label: labels.theirs, into: 'common' },
  ];
  const kept: string[] = [];
  // A byte order mark stands before whatever the first line is.
  const mark = marked.startsWith(MARK) ? MARK : '';
  const lines = marked.slice(mark.length).split(/(?<=\n)/);
  // The real markers are the longest there are.
  const length = markerLength(lines) - 1;
  let part: Part = 'common';
  for (const line of lines) {
    const content = line.replace(/\r?\n$/, '');
    const step = steps.find(({ from, sign, label }) => from.includes(part) && content === marker(sign, length, label));
    if (step !== undefined) part = step.into;
    else if (part === 'common' || part === side) kept.push(line);
  }
  return mark + kept.join('');
}

/** Whether a text still holds an unsettled conflict: an opening, a middle and a closing marker of one length, in this order. */
export function hasConflictMarkers(text: string): boolean {
  const reached = new Map<number, '<' | '='>();
  for (const line of linesOf(text)) {
    const length = MARKER.exec(line)?.[0].length;
    if (length === undefined) continue;
    const state = reached.get(length);
    if (line.startsWith('<')) reached.set(length, '<');
    else if (line.startsWith('=') && state === '<') reached.set(length, '=');
    else if (line.startsWith('>') && state === '=') return true;
  }
  return false;
}

/** Where the conflicts of a file are, so that what is left of their markers can be told from other lines. */
export interface MarkedPlace {
  /** Of the markers: longer than any line of either side that looks like one. */
  readonly length: number;
  /** How many lines stand before the first marker, and how many behind the last. */
  readonly above: number;
  readonly below: number;
}

/** Where a text that was marked just now has its conflicts; `undefined` where it has none. */
export function locateMarkers(marked: string): MarkedPlace | undefined {
  const lines = linesOf(marked);
  const length = markerLength(lines) - 1;
  const found = lines.flatMap((line, index) => (MARKER.exec(line)?.[0].length === length ? [index] : []));
  const [first, last] = [found[0], found.at(-1)];
  return first === undefined || last === undefined ? undefined : { length, above: first, below: lines.length - 1 - last };
}

/**
 * The lines, from 1, that are left of the markers of a file. A middle marker can be the underline of a heading as well: it counts only where the
 * conflicts were, by the lines that stood around them.
 */
export function findMarkers(text: string, { length, above, below }: MarkedPlace): number[] {
  const lines = linesOf(text);
  const isLeft = (line: string, index: number): boolean => {
    if (MARKER.exec(line)?.[0].length !== length) return false;
    return !line.startsWith('=') || (line === '='.repeat(length) && index >= above && index < lines.length - below);
  };
  return lines.flatMap((line, index) => (isLeft(line, index) ? [index + 1] : []));
}

function linesOf(text: string): string[] {
  return (text.startsWith(MARK) ? text.slice(MARK.length) : text).split(/\r?\n/);
}

function marker(sign: string, length: number, label: string | undefined): string {
  const clean = (label ?? '').replace(/[\r\n]+/g, ' ');
  return sign.repeat(length) + (clean === '' ? '' : ` ${clean}`);
}
