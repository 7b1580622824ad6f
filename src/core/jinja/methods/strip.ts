import { SPACES } from '../text.ts';

const SPACE = new RegExp(`[${SPACES}]`);

/** Removes characters from the ends of a text: white space, or any of those given. */
export function strip(text: string, characters?: string, sides: 'both' | 'left' | 'right' = 'both'): string {
  const set = characters === undefined ? undefined : new Set(characters);
  const goes = (character: string): boolean => set?.has(character) ?? SPACE.test(character);
  const units = set === undefined || !/[\ud800-\udfff]/.test(text) ? text : Array.from(text);
  let start = 0;
  let end = units.length;
  if (sides !== 'right') while (start < end && goes(units[start] ?? '')) start++;
  if (sides !== 'left') while (end > start && goes(units[end - 1] ?? '')) end--;
  return typeof units === 'string' ? units.slice(start, end) : units.slice(start, end).join('');
}
