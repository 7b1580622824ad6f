import type { FlatEntry } from './flat-merge.ts';

interface Heading {
  readonly level: number;
  readonly title: string;
}

/**
 * Cuts Markdown at its headings, those in fenced blocks aside: one entry a heading, with the text up to the next, known by the titles that lead
 * to it; blank lines lead to the heading below them, and what stands before the first heading is an entry of its own. Where a text has one first-level
 * heading it is the title of the whole, and is known as such; a text without one has its sections below the title of the others.
 */
export function parseSections({ cuts }: MarkdownText, isTitled: boolean): FlatEntry[] {
  const above: Heading[] = [];
  const seen = new Map<string, number>();
  return cuts.map(({ heading, body: whole }, index) => {
    const isLast = index === cuts.length - 1;
    const lead = '\n'.repeat(blankLinesAtEnd(cuts[index - 1]?.body ?? ''));
    const body = isLast ? whole : whole.slice(0, whole.length - blankLinesAtEnd(whole));
    if (heading === undefined) return { key: '', title: '(beginning)', lead, body };
    while ((above.at(-1)?.level ?? 0) >= heading.level) above.pop();
    above.push(heading);
    const titles = above.map(({ level, title }) => (isTitled && level === 1 ? '' : title.toLowerCase()));
    const path = JSON.stringify(isTitled && above[0]?.level !== 1 ? ['', ...titles] : titles);
    const count = (seen.get(path) ?? 0) + 1;
    seen.set(path, count);
    return { key: `${path}#${count}`, title: heading.title, lead, body };
  });
}

/** How many line ends a text has at its end beyond the one of its last line. */
function blankLinesAtEnd(text: string): number {
  let count = 0;
  while (text[text.length - 2 - count] === '\n') count++;
  return count;
}

/** Markdown cut at its headings. */
export interface MarkdownText {
  readonly cuts: readonly Cut[];
  /** Whether a fenced block or front matter never ends: what is put behind it would be a part of it, or end it. */
  readonly isOpen: boolean;
}

/** Whether no text has more than one heading of the first level. */
export function areTitled(texts: readonly MarkdownText[]): boolean {
  return texts.every(({ cuts }) => cuts.filter(({ heading }) => heading?.level === 1).length <= 1);
}

interface Cut {
  readonly heading: Heading | undefined;
  readonly body: string;
}

/** Cuts a text that ends with a line end. */
export function cutAtHeadings(text: string): MarkdownText {
  const lines = text.split('\n').slice(0, -1);
  const cuts: { heading: Heading | undefined; body: string }[] = [];
  let fence = '';
  const bodyStart = endOfFrontMatter(lines);
  lines.forEach((line, index) => {
    const heading = fence === '' && index >= bodyStart ? headingAt(lines, index) : undefined;
    const last = cuts.at(-1);
    if (heading !== undefined || last === undefined) cuts.push({ heading, body: `${line}\n` });
    else last.body += `${line}\n`;
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = '';
  });
  return { cuts, isOpen: fence !== '' || (isFrontMatter(lines) && bodyStart === 0) };
}

function isFrontMatter(lines: readonly string[]): boolean {
  return lines[0]?.trim() === '---';
}

function endOfFrontMatter(lines: readonly string[]): number {
  if (!isFrontMatter(lines)) return 0;
  return lines.findIndex((line, index) => index > 0 && line.trim() === '---') + 1;
}

function headingAt(lines: readonly string[], index: number): Heading | undefined {
  const line = lines[index] ?? '';
  const [, marks, title = ''] = /^ {0,3}(#{1,6})(?:[ \t]+(.*))?$/.exec(line) ?? [];
  if (marks !== undefined) return { level: marks.length, title: title.replace(/[ \t]+#*[ \t]*$/, '').trim() };
  const below = lines[index + 1] ?? '';
  const isParagraph = /^ {0,3}[^\s>#|`~*+-]/.test(line) && (lines[index - 1] ?? '').trim() === '';
  if (!isParagraph || !/^ {0,3}(?:=+|-{2,})[ \t]*$/.test(below)) return undefined;
  return { level: below.trimStart().startsWith('=') ? 1 : 2, title: line.trim() };
}
