import type { Budget } from '../budget.ts';
import { toText } from '../python-repr.ts';
import { escapeHtml } from '../text.ts';
import { type CallArguments, type JinjaFilter, type JinjaValue, Markup, type Runtime } from '../values.ts';

type Apply = (value: JinjaValue, args: readonly (JinjaValue | undefined)[], runtime: Runtime, all: CallArguments) => JinjaValue;

/** Names a filter with its parameters (separated by spaces; those before `|` are required) and what it does. */
export function filter(
  name: string,
  signature: string,
  apply: Apply,
  more: { takesUndefined?: boolean; variadic?: boolean } = {},
): [string, JinjaFilter] {
  const [required = '', optional = ''] = signature.includes('|') ? signature.split('|') : ['', signature];
  const needed = required.split(' ').filter((word) => word !== '');
  const rest = optional.split(' ').filter((word) => word !== '');
  return [name, { parameters: [...needed, ...rest], required: needed.length, apply, ...more }];
}

/** A filter over text: the value is turned into text first, and the result is markup when the value was. */
export function textFilter(name: string, apply: (text: string, budget: Budget) => string): [string, JinjaFilter] {
  return filter(name, '', (value, _args, { budget }) => {
    const text = toText(value, budget);
    budget.spendSteps(text.length);
    budget.allocate(text.length);
    return rewrap(value, apply(text, budget));
  });
}

/** Gives a result the kind (text or markup) of the value it was made from. */
export function rewrap(value: JinjaValue, text: string): JinjaValue {
  return value instanceof Markup ? new Markup(text) : text;
}

/** The HTML form of a value: markup as it is, anything else escaped. */
export function toHtml(value: JinjaValue, budget: Budget): string {
  if (value instanceof Markup) return value.text;
  const text = toText(value, budget);
  budget.allocate(text.length * 2);
  return escapeHtml(text);
}
