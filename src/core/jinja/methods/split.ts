import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import { SPACES } from '../text.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: Python ends lines at these control characters too
const LINE_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;

const WORD = new RegExp(`[^${SPACES}]+`, 'g');

/** Python's `str.split`: at a separator, or at runs of white space when there is none; at most `limit` times unless that is negative. */
export function split(text: string, separator: string | undefined, limit: number, budget: Budget): string[] {
  budget.spendSteps(text.length >> 2);
  budget.allocate(text.length * 8);
  if (separator === '') fail('the separator is empty');
  if (separator === undefined) return splitBlank(text, limit);
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit + 1) return parts;
  return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
}

function splitBlank(text: string, limit: number): string[] {
  const found: string[] = [];
  const word = new RegExp(WORD, 'g');
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    if (limit >= 0 && found.length === limit) {
      found.push(text.slice(match.index));
      return found;
    }
    found.push(match[0]);
  }
  return found;
}

/** Python's `str.rsplit`. */
export function splitFromRight(text: string, separator: string | undefined, limit: number, budget: Budget): string[] {
  if (limit < 0) return split(text, separator, limit, budget);
  budget.spendSteps(text.length >> 2);
  budget.allocate(text.length * 8);
  if (separator === '') fail('the separator is empty');
  if (separator !== undefined) {
    const parts = text.split(separator);
    if (parts.length <= limit + 1) return parts;
    return [parts.slice(0, parts.length - limit).join(separator), ...parts.slice(parts.length - limit)];
  }
  const words = [...text.matchAll(WORD)];
  if (words.length <= limit) return words.map((match) => match[0]);
  const last = words[words.length - limit - 1];
  const rest = last === undefined ? '' : text.slice(0, last.index + last[0].length);
  return [rest, ...words.slice(words.length - limit).map((match) => match[0])];
}

/** Python's `str.splitlines`. */
export function splitLines(text: string, keepEnds: boolean, budget: Budget): string[] {
  budget.spendSteps(text.length >> 2);
  budget.allocate(text.length * 8);
  const lines: string[] = [];
  let start = 0;
  for (const match of text.matchAll(LINE_BREAK)) {
    const end = match.index + match[0].length;
    lines.push(text.slice(start, keepEnds ? end : match.index));
    start = end;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}
