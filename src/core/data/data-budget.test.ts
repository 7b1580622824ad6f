import { describe, expect, it } from 'vitest';
import { LIMITS } from '../manifest/limits.ts';
import type { Value } from '../pack/values.ts';
import { DataBudget } from './data-budget.ts';

const rows = (count: number): Value => Array.from({ length: count }, () => new Map([['a', '1']]));

describe('what the data of all packs may be together', () => {
  it('is counted over all files, and the one with which it is too much is named', () => {
    const budget = new DataBudget();
    // A row of one cell counts as ten.
    const half = rows(LIMITS.dataValues.maximum / 20 - 10);
    budget.spend(half, 'a.csv');
    budget.spend(half, 'b.csv');
    expect(() => budget.spend(rows(30), 'c.csv')).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED', where: { file: 'c.csv' } }));
  });

  it('takes what a table of the largest size has, and nesting as deep as it comes', () => {
    let deep: Value = 1;
    for (let depth = 0; depth < 50_000; depth++) deep = [deep];
    new DataBudget().spend(deep, 'a.json');
    new DataBudget().spend(null, 'a.json');
  });
});
