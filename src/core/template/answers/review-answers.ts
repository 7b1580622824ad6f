import { stripControlLine } from '../../text/strip-control.ts';
import { describeSource } from './answer-messages.ts';
import type { AnswerEntry, AnswerOutcome } from './answer-types.ts';
import { formatAnswer, SECRET_MASK } from './format-answer.ts';

/** One line of the review: safe to show, secrets masked. */
export interface ReviewRow {
  readonly key: string;
  readonly group: string;
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

/** The variables that apply, by group in the order in which the groups first occur, each with its value and where that came from. */
export function reviewAnswers({ entries }: Pick<AnswerOutcome, 'entries'>): ReviewRow[] {
  const shown = entries.filter((entry) => entry.status !== 'skipped');
  const groups = [...new Set(shown.map((entry) => entry.group ?? ''))];
  const names = new Map<string, number>();
  for (const { name } of shown) names.set(name, (names.get(name) ?? 0) + 1);
  return groups.flatMap((group) =>
    shown
      .filter((entry) => (entry.group ?? '') === group)
      .map((entry) => ({
        key: entry.key,
        group: stripControlLine(group),
        name: (names.get(entry.name) ?? 0) > 1 ? `${entry.pack}.${entry.name}` : entry.name,
        value: displayAnswer(entry),
        source: stripControlLine(entry.source === undefined ? entry.status : describeSource(entry.source, entry.detail)),
      })),
  );
}

/** The value of an entry on one line: secrets masked, nothing as a dash, control characters removed. */
export function displayAnswer({ value, isSecret }: Pick<AnswerEntry, 'value' | 'isSecret'>): string {
  if (value === undefined || value === null || value === '') return '–';
  if (isSecret) return SECRET_MASK;
  return stripControlLine(formatAnswer(value)) || '–';
}

/** The review as lines of at most `columns` characters: names and sources aligned, long values cut, groups as headings; what has no group comes under `Other` where there are groups. */
export function formatReview(rows: readonly ReviewRow[], columns: number): string {
  const nameWidth = Math.min(widest(rows.map((row) => row.name)), Math.floor(columns / 2));
  const valueWidth = Math.min(widest(rows.map((row) => row.value)), MAX_ALIGNED_VALUE);
  const hasGroups = rows.some((row) => row.group !== '');
  const lines: string[] = [];
  for (const [index, row] of rows.entries()) {
    if (hasGroups && row.group !== rows[index - 1]?.group) {
      if (lines.length > 0) lines.push('');
      lines.push(cut(row.group === '' ? 'Other' : row.group, columns));
    }
    lines.push(formatRow(row, { nameWidth, valueWidth, columns }));
  }
  return lines.join('\n');
}

const MAX_ALIGNED_VALUE = 32;

interface Widths {
  readonly nameWidth: number;
  readonly valueWidth: number;
  readonly columns: number;
}

/** Where the line is too narrow the value is cut, down to eight characters; then the source falls away. */
function formatRow({ name, value, source }: ReviewRow, { nameWidth, valueWidth, columns }: Widths): string {
  const start = `  ${cut(name, nameWidth).padEnd(nameWidth)}  `;
  const end = `  (${source})`;
  const room = columns - start.length;
  const valueRoom = room - end.length;
  if (valueRoom < 8) return start + cut(value, Math.max(4, room));
  return start + cut(value, valueRoom).padEnd(Math.min(valueWidth, valueRoom)) + end;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => [...text].length));
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(1, length - 1)).join('')}…`;
}
