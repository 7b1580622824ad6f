import { compareText } from '../../text/compare-text.ts';
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
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return stripControlLine(value.join(', ')) || '–';
  return stripControlLine(formatAnswer(value));
}

/** The review as lines of at most `columns` characters: names aligned, long values cut, groups as headings. */
export function formatReview(rows: readonly ReviewRow[], columns: number): string {
  const nameWidth = Math.min(Math.max(0, ...rows.map((row) => row.name.length)), Math.floor(columns / 2));
  const lines: string[] = [];
  for (const [index, row] of rows.entries()) {
    const isNewGroup = compareText(row.group, rows[index - 1]?.group ?? '') !== 0;
    if (isNewGroup && lines.length > 0) lines.push('');
    if (isNewGroup && row.group !== '') lines.push(cut(row.group, columns));
    lines.push(formatRow(row, { nameWidth, columns }));
  }
  return lines.join('\n');
}

function formatRow({ name, value, source }: ReviewRow, { nameWidth, columns }: { nameWidth: number; columns: number }): string {
  const start = `  ${cut(name, nameWidth).padEnd(nameWidth)}  `;
  const end = `  (${source})`;
  const room = columns - start.length;
  if (value.length + end.length <= room) return start + value + end;
  const valueRoom = Math.max(8, room - end.length);
  return valueRoom + end.length <= room ? start + cut(value, valueRoom) + end : start + cut(value, Math.max(4, room));
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, Math.max(1, length - 1)).join('')}…`;
}
