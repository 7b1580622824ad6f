import type { Budget } from '../budget.ts';
import { fail } from '../fault.ts';
import { splitLines } from '../methods/split.ts';
import { strip } from '../methods/strip.ts';
import { textLength } from '../text.ts';

export interface WrapOptions {
  readonly width: number;
  readonly breaksLongWords: boolean;
  readonly breaksOnHyphens: boolean;
  /** What is put between the lines. */
  readonly joint: string;
}

/** Wraps each line of a text on its own, keeping white space inside lines, as Jinja2's `wordwrap` does. */
export function wordWrap(text: string, options: WrapOptions, budget: Budget): string {
  if (options.width <= 0) fail('"width" must be above 0');
  budget.spendSteps(text.length * 2);
  const { joint } = options;
  const wrapped = splitLines(text, false, budget).map((line) => {
    const lines = wrapLine(line, options, budget);
    budget.allocate(line.length + (lines.length + 1) * (joint.length + 16));
    return lines.join(joint);
  });
  return wrapped.join(joint);
}

/** Lines are broken at these blanks only, not at those that hold words together. */
const GAP = /([\t-\r ]+)/;

const isBlank = (chunk: string | undefined): boolean => chunk !== undefined && strip(chunk) === '';

function wrapLine(line: string, options: WrapOptions, budget: Budget): string[] {
  const chunks = splitChunks(line, options.breaksOnHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && isBlank(chunks.at(-1))) chunks.pop();
    const current = takeLine(chunks, options, budget);
    if (isBlank(current.at(-1))) current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

/** Takes the chunks of one line from the end of a reversed list. */
function takeLine(chunks: string[], { width, breaksLongWords, breaksOnHyphens }: WrapOptions, budget: Budget): string[] {
  const current: string[] = [];
  let length = 0;
  for (let next = chunks.at(-1); next !== undefined && length + textLength(next) <= width; next = chunks.at(-1)) {
    current.push(next);
    length += textLength(next);
    chunks.pop();
  }
  const long = chunks.at(-1);
  if (long === undefined || textLength(long) <= width) return current;
  if (!breaksLongWords) {
    if (current.length === 0) current.push(chunks.pop() ?? '');
    return current;
  }
  budget.spendSteps(long.length);
  const room = width - length;
  const characters = Array.from(long);
  let cut = room;
  if (breaksOnHyphens && characters.length > room) {
    const hyphen = characters.lastIndexOf('-', room - 1);
    if (hyphen > 0 && characters.slice(0, hyphen).some((character) => character !== '-')) cut = hyphen + 1;
  }
  chunks[chunks.length - 1] = characters.slice(cut).join('');
  // Also where nothing of it fits: the blank before it then stands inside the line.
  current.push(characters.slice(0, cut).join(''));
  return current;
}

function splitChunks(line: string, breaksOnHyphens: boolean): string[] {
  if (!breaksOnHyphens || !line.includes('-')) return line.split(GAP).filter((chunk) => chunk !== '');
  const chunks: string[] = [];
  for (const part of line.split(GAP)) {
    if (part === '') continue;
    if (GAP.test(part) || !part.includes('-')) chunks.push(part);
    else chunks.push(...splitWord(part));
  }
  return chunks;
}

/** Splits after hyphens that stand between letters, and around dashes. */
function splitWord(word: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const match of word.matchAll(/-+/g)) {
    const end = match.index + match[0].length;
    const before = word.slice(start, match.index);
    if (match[0].length > 1) {
      if (!/[\p{L}\p{N}_]/u.test(word[end] ?? '')) continue;
      if (before !== '') parts.push(before);
      parts.push(match[0]);
      start = end;
    } else if (/[^\d\W]{2}$/.test(before) && /^[^\d\W]{2}/.test(word.slice(end, end + 2))) {
      parts.push(word.slice(start, end));
      start = end;
    }
  }
  if (start < word.length) parts.push(word.slice(start));
  return parts;
}
