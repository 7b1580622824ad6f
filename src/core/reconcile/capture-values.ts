import { compareText } from '../text/compare-text.ts';

/** What surrounds a captured value must say something: a line that is nothing but the value is like any other. */
const LEAST_CONTEXT = 3;
const LONGEST_LINE = 1000;
const LONGEST_VALUE = 200;

/**
 * Finds what stands in some lines where a rendered text has a marker: each line of the text that has it is a pattern for the lines. Gives the values
 * by how often they were found, most often first.
 */
export function captureValues(rendered: string, marker: string, lines: readonly string[]): string[] {
  const votes = new Map<string, number>();
  const known = new Set(lines.filter((line) => line.length <= LONGEST_LINE).map((line) => line.trim()));
  for (const pattern of new Set(rendered.split('\n').map((line) => line.trim()))) {
    const parts = pattern.split(marker);
    if (parts.length < 2 || parts.join('').replace(/\s/g, '').length < LEAST_CONTEXT) continue;
    for (const line of known) {
      const value = captureIn(line, parts);
      if (value !== undefined) votes.set(value, (votes.get(value) ?? 0) + 1);
    }
  }
  return [...votes].sort(([a, x], [b, y]) => y - x || compareText(a, b)).map(([value]) => value);
}

/** The one text that gives the line when it stands between all parts. */
function captureIn(line: string, parts: readonly string[]): string | undefined {
  const fixed = parts.reduce((length, part) => length + part.length, 0);
  const length = (line.length - fixed) / (parts.length - 1);
  if (!Number.isInteger(length) || length < 1 || length > LONGEST_VALUE) return undefined;
  const start = parts[0]?.length ?? 0;
  const value = line.slice(start, start + length);
  return parts.join(value) === line ? value : undefined;
}
