import type { Value } from '../pack/values.ts';

/** Writes a key, quoted only where it must be. */
export function formatTomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : formatTomlString(key);
}

/** Writes a value on one line. Entries that are null have no form in TOML and are left out. */
export function formatTomlValue(value: Value): string {
  if (typeof value === 'string') return formatTomlString(value);
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value))
    return `[${value
      .filter((item: Value) => item !== null)
      .map(formatTomlValue)
      .join(', ')}]`;
  if (value instanceof Map) return formatInlineTable(value);
  return String(value);
}

/** Writes `key = value` lines; text of several lines as a multi-line string. */
export function formatTomlPairs(pairs: Iterable<readonly [string, Value]>): string {
  let text = '';
  for (const [key, value] of pairs) {
    const written = typeof value === 'string' && value.includes('\n') ? formatLongString(value) : formatTomlValue(value);
    if (value !== null) text += `${formatTomlKey(key)} = ${written}\n`;
  }
  return text;
}

function formatInlineTable(map: ReadonlyMap<string, Value>): string {
  const pairs = [...map].filter(([, value]) => value !== null).map(([key, value]) => `${formatTomlKey(key)} = ${formatTomlValue(value)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** A number without a fraction reads back as the same number either way; one beyond the exact integers must stay a float. */
function formatNumber(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return Number.isSafeInteger(value) || /[.e]/.test(text) ? text : `${text}.0`;
}

function formatTomlString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007f');
}

function formatLongString(text: string): string {
  const lines = text.split('\n').map((line) => formatTomlString(line).slice(1, -1));
  return `"""\n${lines.join('\n')}"""`;
}
