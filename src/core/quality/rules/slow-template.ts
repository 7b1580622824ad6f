import type { Rule } from '../rule.ts';
import { measureCost } from '../template-cost.ts';

/** What a template may cost in estimated steps: about a thousandth of the budget of a whole run. */
const HIGH_COST = 20_000;

export const slowTemplate: Rule = {
  id: 'slow-template',
  severity: 'warning',
  summary: `A template is estimated to take more than ${HIGH_COST} steps`,
  reason: 'Loops within loops, and large templates that are included in loops, multiply; with real data they reach the limit of a run.',
  cure: 'Compute what the inner loop looks for before the outer one, or include outside of it.',
  check: ({ texts, place }) => {
    const partials = new Map(texts.filter(({ role }) => role === 'partial').map((text) => [text.file, text]));
    return texts.flatMap((text) => {
      if (text.tree === undefined || text.role !== 'content') return [];
      const { cost, costliest } = measureCost(text.tree, partials);
      if (cost <= HIGH_COST) return [];
      const message = `it is estimated to take ${cost} steps, most of them here`;
      return [{ message, where: place(text, costliest ?? { line: 1, column: 1 }) }];
    });
  },
};
