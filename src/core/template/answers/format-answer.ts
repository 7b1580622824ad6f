import type { Value } from '../../pack/values.ts';
import { formatJsonValue } from './json-value.ts';

/** What is shown in the place of every secret. */
export const SECRET_MASK = '••••••';

/** A value as text that, given by a flag for a variable of its type, is the same value again: lists and maps as JSON, all else plainly; no value is empty text. */
export function formatAnswer(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? formatJsonValue(value) : String(value);
}
