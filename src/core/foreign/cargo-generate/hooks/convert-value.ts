import type { Budget } from '../../../jinja/budget.ts';
import type { Value } from '../../../pack/values.ts';
import { failHost } from '../../../rhai/rhai-fault.ts';
import { plainText, RhaiArray, type RhaiValue, typeOf } from '../../../rhai/values.ts';

/** A value of templates as scripts see it. */
export function toRhaiValue(value: Value, budget: Budget): RhaiValue {
  if (Array.isArray(value)) {
    budget.spendSteps(value.length);
    budget.allocate(16 + value.length * 8);
    return new RhaiArray((value as readonly Value[]).map((item) => toRhaiValue(item, budget)));
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : String(value);
  return value instanceof Map ? null : (value as string | bigint | boolean | null);
}

/** A value of a script as templates see it: text, a truth value, or a list of such. */
export function fromRhaiValue(value: RhaiValue): Value {
  const text = plainText(value);
  if (text !== undefined) return text;
  if (typeof value === 'boolean') return value;
  if (value instanceof RhaiArray) return value.items.map(fromRhaiValue);
  return failHost(`a variable is text, a truth value or a list, and not ${typeOf(value)}: write .to_string()`);
}
