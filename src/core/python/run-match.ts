import { compareValues } from '../jinja/operators.ts';
import { isList, JinjaTuple, type JinjaValue, truth } from '../jinja/values.ts';

import { bind } from './bind-target.ts';
import { isInstance } from './instance-of.ts';
import type { Machine, Outcome } from './machine.ts';
import type { PythonExpression, Statement } from './nodes.ts';
import type { Scope } from './scope.ts';

type MatchNode = Extract<Statement, { readonly kind: 'match' }>;

/** `match`: the first case that fits. */
export function runMatch({ subject, cases }: MatchNode, scope: Scope, run: Machine): Outcome {
  const value = run.evaluate(subject, scope);
  for (const { pattern, as, guard, body } of cases) {
    run.runtime.budget.step();
    if (!fits(pattern, value, scope, run)) continue;
    if (as !== undefined) scope.set(as, value);
    if (guard === undefined || truth(run.evaluate(guard, scope))) return run.runBlock(body, scope);
  }
  return undefined;
}

/** Patterns are read as expressions: a name takes what is there, `|` stands between several. */
function fits(pattern: PythonExpression, value: JinjaValue, scope: Scope, run: Machine): boolean {
  const { budget } = run.runtime;
  switch (pattern.kind) {
    case 'name':
      if (pattern.name !== '_') scope.set(pattern.name, value);
      return true;
    case 'merge':
      return fits(pattern.left, value, scope, run) || fits(pattern.right, value, scope, run);
    case 'list':
    case 'tuple':
      return fitsAll(pattern.items, value, scope, run);
    case 'call':
      return isInstance(value, run.evaluate(pattern.callee, scope), budget);
    default: {
      const wanted = run.evaluate(pattern, scope);
      const isSame = wanted === null || typeof wanted === 'boolean';
      return isSame ? wanted === value : compareValues('==', value, wanted, budget);
    }
  }
}

function fitsAll(patterns: readonly PythonExpression[], value: JinjaValue, scope: Scope, run: Machine): boolean {
  const items = value instanceof JinjaTuple ? value.items : isList(value) ? value : undefined;
  if (items === undefined) return false;
  const star = patterns.findIndex(({ kind }) => kind === 'star');
  const rest = items.length - patterns.length + 1;
  if (star < 0 ? rest !== 1 : rest < 0) return false;
  run.runtime.budget.spendSteps(items.length);
  return patterns.every((pattern, at) => {
    if (pattern.kind !== 'star') return fits(pattern, items[star >= 0 && at > star ? at + rest - 1 : at] ?? null, scope, run);
    const taken = items.slice(at, at + rest);
    if (pattern.value.kind !== 'name' || pattern.value.name !== '_') bind(pattern.value, taken, scope, run);
    return true;
  });
}
