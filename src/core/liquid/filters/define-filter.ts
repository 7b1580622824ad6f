import { fail } from '../../jinja/fault.ts';
import { filter } from '../../jinja/filters/define-filter.ts';
import type { JinjaFilter, JinjaValue, Runtime } from '../../jinja/values.ts';
import { LIQUID } from '../nodes.ts';
import { toInteger, toText } from '../values.ts';

type Arguments = readonly (JinjaValue | undefined)[];

/** A filter of Liquid. The parameters before `|` are required. */
export function liquidFilter(
  name: string,
  signature: string,
  apply: (value: JinjaValue, args: Arguments, runtime: Runtime) => JinjaValue,
): readonly [string, JinjaFilter] {
  return filter(LIQUID + name, signature, apply);
}

/** A filter that takes what a value prints as. */
export function textFilter(
  name: string,
  signature: string,
  apply: (text: string, args: Arguments, runtime: Runtime) => string,
): readonly [string, JinjaFilter] {
  return liquidFilter(name, signature, (value, args, runtime) => {
    const text = toText(value, runtime.budget);
    runtime.budget.spendSteps(text.length >> 2);
    runtime.budget.allocate(text.length);
    const result = apply(text, args, runtime);
    runtime.budget.allocate(result.length);
    return result;
  });
}

export function textArg(value: JinjaValue | undefined, { budget }: Runtime, fallback = ''): string {
  return value === undefined ? fallback : toText(value, budget);
}

export function integerArg(value: JinjaValue | undefined, fallback: number): number {
  return value === undefined ? fallback : (toInteger(value) ?? fail('an argument must be a whole number'));
}
