import { fail, suggest, TemplateFault } from './fault.ts';
import { integerOf } from './numbers.ts';
import { type CallArguments, type JinjaValue, textOf, typeName } from './values.ts';

/** Binds arguments to parameters as Python does; undefined stands for what was not given. `required` parameters must be. */
export function bindArguments(
  owner: string,
  args: CallArguments,
  parameters: readonly string[],
  required = 0,
): readonly (JinjaValue | undefined)[] {
  const { positional, named } = args;
  if (positional.length > parameters.length) fail(`${owner} takes at most ${parameters.length} arguments, not ${positional.length}`);
  if (named.size === 0 && positional.length >= required) return positional;
  const bound: (JinjaValue | undefined)[] = [...positional];
  for (const [name, value] of named) {
    const index = parameters.indexOf(name);
    if (index === -1) {
      const { hint, suggestions } = suggest(name, parameters);
      throw new TemplateFault('TEMPLATE_FAILED', `${owner} has no parameter "${name.slice(0, 64)}"`, hint, suggestions);
    }
    if (index < positional.length) fail(`${owner} is given "${name}" twice`);
    bound[index] = value;
  }
  for (let index = 0; index < required; index++) {
    if (bound[index] === undefined) fail(`${owner} needs the argument "${parameters[index] ?? ''}"`);
  }
  return bound;
}

/** An argument that must be text. */
export function textArgument(value: JinjaValue | undefined, name: string, fallback?: string): string {
  if (value === undefined && fallback !== undefined) return fallback;
  return textOf(value) ?? fail(`"${name}" must be a string${value === undefined ? '' : `, not ${typeName(value)}`}`);
}

/** An argument that must be an int. */
export function integerArgument(value: JinjaValue | undefined, name: string, fallback?: number): number {
  if (value === undefined && fallback !== undefined) return fallback;
  const integer = integerOf(value);
  return integer === undefined ? fail(`"${name}" must be an int${value === undefined ? '' : `, not ${typeName(value)}`}`) : Number(integer);
}
