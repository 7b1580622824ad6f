import { type Budget, createBudget, DEFAULT_LIMITS, type JinjaLimits } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { evaluateExpression, isTruthy, renderTemplate } from '../jinja/render-template.ts';
import type { Evaluator } from './answers/evaluator.ts';

/** What one default, condition or computed expression may use when no budget is shared: ample for a line of text, and over at once for a bomb. */
export const EVALUATION_LIMITS: JinjaLimits = {
  steps: 100_000,
  outputBytes: 1024 * 1024,
  allocatedBytes: 8 * 1024 * 1024,
  depth: DEFAULT_LIMITS.depth,
};

/** Makes the evaluator of answers from the template engine. All calls share the budget where one is given; else each has `EVALUATION_LIMITS` for itself. */
export function createEvaluator(environment: JinjaEnvironment, budget?: Budget): Evaluator {
  const fresh = (): Budget => budget ?? createBudget(EVALUATION_LIMITS);
  return {
    expression: (source, context, name) => evaluateExpression(source, { name, context, environment, budget: fresh() }),
    template: (source, context, name) => renderTemplate(source, { name, context, environment, budget: fresh() }),
    isTruthy,
  };
}
