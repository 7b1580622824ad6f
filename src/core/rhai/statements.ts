import { characters } from '../jinja/text.ts';
import { type Handlers, truthOf } from './expressions.ts';
import type { NodeOf, SwitchCase } from './nodes.ts';
import { isInRange } from './operators.ts';
import { failScript, RhaiFault } from './rhai-fault.ts';
import type { RhaiRun } from './rhai-run.ts';
import { RhaiScope } from './rhai-scope.ts';
import { RhaiSignal } from './rhai-signal.ts';
import { isSame, numberOf, RhaiArray, RhaiChar, RhaiMap, RhaiRange, type RhaiValue, toText, typeOf } from './values.ts';

export const STATEMENT_HANDLERS: Handlers<'block' | 'if' | 'switch' | 'loop' | 'for' | 'let' | 'leave' | 'continue' | 'throw' | 'try'> = {
  block: ({ body }, scope, run) => {
    const inner = new RhaiScope(scope);
    let last: RhaiValue = null;
    for (const node of body) last = run.evaluate(node, inner);
    return last;
  },
  if: ({ condition, body, otherwise }, scope, run) => {
    if (truthOf(run.evaluate(condition, scope), 'what `if` asks')) return run.evaluate(body, scope);
    return otherwise === undefined ? null : run.evaluate(otherwise, scope);
  },
  switch: ({ value, cases }, scope, run) => {
    const given = run.evaluate(value, scope);
    const found = cases.find(
      (one) =>
        (one.values === undefined || matches(one, given, scope, run)) &&
        (one.guard === undefined || truthOf(run.evaluate(one.guard, scope), 'what a case asks')),
    );
    return found === undefined ? null : run.evaluate(found.body, scope);
  },
  loop,
  for: forEach,
  let: ({ name, value, isConstant }, scope, run) => {
    scope.declare(name, value === undefined ? null : run.evaluateOwn(value, scope), isConstant);
    return null;
  },
  leave: ({ how, value }, scope, run) => leave(how, value === undefined ? null : run.evaluateOwn(value, scope), run),
  continue: (_node, _scope, run) => leave('continue', null, run),
  throw: ({ value, line, column }, scope, run) => {
    const given = value === undefined ? null : run.evaluateOwn(value, scope);
    throw new RhaiFault(toText(given, run.budget) || 'the script throws', { line, column }, given);
  },
  try: tryBlock,
};

/** What leaves a place costs more than a step. */
export function leave(how: RhaiSignal['how'], value: RhaiValue, { budget }: RhaiRun): never {
  budget.spendSteps(20);
  throw new RhaiSignal(how, value);
}

function matches({ values = [] }: SwitchCase, given: RhaiValue, scope: RhaiScope, run: RhaiRun): boolean {
  return values.some((node) => {
    const value = run.evaluate(node, scope);
    if (value instanceof RhaiRange && numberOf(given) !== undefined) return isInRange(given, value);
    return typeOf(value) === typeOf(given) && isSame(value, given, run.budget);
  });
}

function loop({ condition, goesOnWhile, isDo, body }: NodeOf<'loop'>, scope: RhaiScope, run: RhaiRun): RhaiValue {
  const goesOn = (): boolean => condition === undefined || truthOf(run.evaluate(condition, scope), 'what a loop asks') === goesOnWhile;
  if (!isDo && !goesOn()) return null;
  do {
    const left = turn(() => run.evaluate(body, scope), run);
    if (left !== undefined) return left.given;
  } while (goesOn());
  return null;
}

function forEach({ name, counter, items, body }: NodeOf<'for'>, scope: RhaiScope, run: RhaiRun): RhaiValue {
  let count = 0n;
  for (const item of itemsOf(run.evaluateOwn(items, scope), run)) {
    const inner = new RhaiScope(scope);
    inner.declare(name, item);
    if (counter !== undefined) inner.declare(counter, count++);
    const left = turn(() => run.evaluate(body, inner), run);
    if (left !== undefined) return left.given;
  }
  return null;
}

/** One turn of a loop; the signal where that is left for good. */
function turn(run: () => RhaiValue, { budget }: RhaiRun): RhaiSignal | undefined {
  budget.step();
  try {
    run();
    return undefined;
  } catch (error) {
    if (!(error instanceof RhaiSignal) || (error.how !== 'break' && error.how !== 'continue')) throw error;
    return error.how === 'break' ? error : undefined;
  }
}

function* itemsOf(value: RhaiValue, { budget }: RhaiRun): Generator<RhaiValue> {
  if (value instanceof RhaiArray) yield* value.items;
  else if (typeof value === 'string') {
    budget.spendSteps(value.length);
    for (const character of characters(value)) yield new RhaiChar(character);
  } else if (value instanceof RhaiRange) {
    const { start, end, step } = value;
    for (let at = start; step > 0n ? at < end : at > end; at += step) yield at;
  } else failScript(`a loop cannot go through ${typeOf(value)}`);
}

function tryBlock({ body, name, handler }: NodeOf<'try'>, scope: RhaiScope, run: RhaiRun): RhaiValue {
  try {
    return run.evaluate(body, scope);
  } catch (error) {
    if (!(error instanceof RhaiFault)) throw error;
    run.budget.spendSteps(20);
    const inner = new RhaiScope(scope);
    if (name !== undefined) inner.declare(name, error.value === undefined ? describeFault(error) : error.value);
    return run.evaluate(handler, inner);
  }
}

function describeFault({ message, at }: RhaiFault): RhaiMap {
  const entries = new Map<string, RhaiValue>([['message', message]]);
  if (at !== undefined) entries.set('line', BigInt(at.line)).set('position', BigInt(at.column));
  return new RhaiMap(entries);
}
