import { expect, it } from 'vitest';
import { isTransactionId, makeTransactionId } from './transaction-id.ts';

it('orders by age, within a millisecond and when the clock was set back', () => {
  const now = Date.UTC(2026, 4, 6, 7, 8, 9, 10);
  const ids: string[] = [];
  for (const instant of [now, now, now - 86_400_000, now + 5]) ids.push(makeTransactionId(instant, ids));
  expect(ids[0]).toMatch(/^20260506T070809010Z-[0-9a-f]{6}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.every(isTransactionId)).toBe(true);
});

it.each(['', '..', '20260506T070809010Z-00000g', '20260506T070809010Z-000000/..', 'x20260506T070809010Z-000000'])('is not %j', (text) => {
  expect(isTransactionId(text)).toBe(false);
});
