import type { Value } from '../../pack/values.ts';
import { formatJsonValue } from './json-value.ts';

/** What is shown in the place of every secret. */
export const SECRET_MASK = '••••••';

/**
 * A value as text that, given by a flag for a variable of its type, is the same value again: lists of plain words with commas between, other lists
 * and maps as JSON, all else plainly. No value and nothing in a list or map are empty text.
 */
export function formatAnswer(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  if (value instanceof Map) return value.size === 0 ? '' : formatJsonValue(value);
  const items = value as readonly Value[];
  return items.every(isPlainWord) ? items.join(', ') : formatJsonValue(value);
}

/** Whether an item of a list needs no escape: nothing that separates, quotes, or begins JSON. */
function isPlainWord(item: Value): boolean {
  return typeof item === 'string' && item !== '' && item.trim() === item && !/^\[|[,\\]/.test(item);
}
