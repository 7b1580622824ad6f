import type { Budget } from '../budget.ts';

/** Python's `str.replace`; a negative limit means all. The size of the result is paid for before it is built. */
export function replaceText(text: string, from: string, to: string, limit: number, budget: Budget): string {
  budget.spendSteps(text.length >> 4);
  const parts = from === '' ? ['', ...text, ''] : text.split(from);
  budget.allocate(parts.length * 8);
  const count = limit < 0 ? parts.length - 1 : Math.min(limit, parts.length - 1);
  budget.allocate(text.length + count * to.length);
  if (count === parts.length - 1) return parts.join(to);
  return parts.slice(0, count + 1).join(to) + (count + 1 < parts.length ? from : '') + parts.slice(count + 1).join(from);
}

/** Counts the places where a part occurs, not overlapping. */
export function countText(text: string, part: string): number {
  if (part === '') return text.length + 1;
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count++;
  return count;
}
