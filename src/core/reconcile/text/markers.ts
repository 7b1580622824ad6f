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
  for (const line of (text.startsWith(MARK) ? text.slice(MARK.length) : text).split(/\r?\n/)) {
    const length = MARKER.exec(line)?.[0].length;
    if (length === undefined) continue;
    const state = reached.get(length);
    if (line.startsWith('<')) reached.set(length, '<');
    else if (line.startsWith('=') && state === '<') reached.set(length, '=');
    else if (line.startsWith('>') && state === '=') return true;
  }
  return false;
}

function marker(sign: string, length: number, label: string | undefined): string {
  const clean = (label ?? '').replace(/[\r\n]+/g, ' ');
  return sign.repeat(length) + (clean === '' ? '' : ` ${clean}`);
}
