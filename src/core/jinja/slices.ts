import type { Budget } from './budget.ts';
import { fail } from './fault.ts';
import { integerOf } from './numbers.ts';
import { characters } from './text.ts';
import { DictView, isList, JinjaRange, JinjaTuple, JinjaUndefined, type JinjaValue, Markup, textOf, typeName } from './values.ts';

/** Python's `value[start:stop:step]` for strings, lists, tuples and ranges. */
export function slice(value: JinjaValue, bounds: readonly [JinjaValue, JinjaValue, JinjaValue], budget: Budget): JinjaValue {
  const [start, stop, step] = bounds.map(toBound);
  const stride = step ?? 1;
  if (stride === 0) fail('the step of a slice cannot be 0');
  if (value instanceof DictView)
    fail(`a value of type ${typeName(value)} cannot be sliced`, 'make a list of it first, with the filter "list"');
  if (isList(value)) return pick(value, start, stop, stride, budget);
  if (value instanceof JinjaTuple) return new JinjaTuple(pick(value.items, start, stop, stride, budget));
  if (value instanceof JinjaRange) return sliceRange(value, start, stop, stride);
  const text = textOf(value);
  if (text !== undefined) {
    budget.spendSteps(text.length >> 4);
    const found = characters(text);
    const result =
      typeof found === 'string' && stride === 1
        ? sliceText(found, start, stop, budget)
        : pick(Array.from(found), start, stop, stride, budget).join('');
    return value instanceof Markup ? new Markup(result) : result;
  }
  if (value instanceof JinjaUndefined) value.fail();
  return fail(`a value of type ${typeName(value)} cannot be sliced`);
}

function toBound(value: JinjaValue): number | undefined {
  if (value === null) return undefined;
  const integer = integerOf(value);
  return integer === undefined ? fail(`the bounds of a slice are ints or none, not ${typeName(value)}`) : Number(integer);
}

function sliceText(text: string, start: number | undefined, stop: number | undefined, budget: Budget): string {
  const { from, to } = limits(text.length, start, stop, 1);
  const result = text.slice(from, Math.max(from, to));
  budget.allocate(result.length);
  return result;
}

function pick<T>(items: readonly T[], start: number | undefined, stop: number | undefined, step: number, budget: Budget): T[] {
  const { from, to } = limits(items.length, start, stop, step);
  budget.allocate(Math.max(0, Math.ceil((to - from) / step)) * 8);
  if (step === 1) return items.slice(from, Math.max(from, to));
  const result: T[] = [];
  for (let index = from; step > 0 ? index < to : index > to; index += step) result.push(items[index] as T);
  return result;
}

function sliceRange(range: JinjaRange, start: number | undefined, stop: number | undefined, step: number): JinjaRange {
  const { from, to } = limits(range.length, start, stop, step);
  return new JinjaRange(range.start + from * range.step, range.start + to * range.step, range.step * step);
}

/** The first and the last index of a slice, as Python's `slice.indices`. */
function limits(length: number, start: number | undefined, stop: number | undefined, step: number): { from: number; to: number } {
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? length : length - 1;
  const place = (bound: number | undefined, fallback: number): number => {
    if (bound === undefined) return fallback;
    return Math.min(highest, Math.max(lowest, bound < 0 ? bound + length : bound));
  };
  return step > 0 ? { from: place(start, 0), to: place(stop, length) } : { from: place(start, length - 1), to: place(stop, -1) };
}
