import type { Value } from '../../core/pack/values.ts';
import { stripControlLine } from '../../core/text/strip-control.ts';

/** A value on one line, as a person would write it: text bare, lists in brackets, maps in braces. */
export function formatValue(value: Value): string {
  if (typeof value === 'string') return stripControlLine(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Map) return `{ ${[...value].map(([key, item]) => `${stripControlLine(key)} = ${formatNested(item)}`).join(', ')} }`;
  return `[${(value as readonly Value[]).map(formatNested).join(', ')}]`;
}

function formatNested(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(stripControlLine(value)) : formatValue(value);
}

/** Bytes with a unit that keeps the number short. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A count with its noun, such as `1 file` or `3 files`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
