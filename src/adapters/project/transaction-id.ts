import { randomBytes } from 'node:crypto';

const PATTERN = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-[0-9a-f]{6}$/;

export function isTransactionId(text: string): boolean {
  return PATTERN.test(text);
}

/** An id that is greater than those of all earlier transactions, even when the clock was set back. */
export function makeTransactionId(now: number, earlier: readonly string[]): string {
  const latest = earlier.filter(isTransactionId).reduce((greatest, id) => Math.max(greatest, readInstant(id)), 0);
  const instant = new Date(Math.max(now, latest + 1)).toISOString().replaceAll(/[-:.]/g, '');
  return `${instant}-${randomBytes(3).toString('hex')}`;
}

function readInstant(id: string): number {
  const [, year, month, day, hour, minute, second, millisecond] = PATTERN.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`) || 0;
}
