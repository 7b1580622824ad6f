import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import { renderChanging } from '../jinja/render-template.ts';
import type { ValueMap } from '../pack/values.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A call of a method that changes a dictionary or a list. */
const CHANGE = /\.\s*(?:update|pop|popitem|setdefault|clear|append|extend|insert|remove|sort|reverse)\s*\(/;

/** Whether a template may change what templates after it see. */
export function changesValues(text: string): boolean {
  return CHANGE.test(text);
}

/** What all other templates see after templates such as `{{ cookiecutter.update({…}) }}`. */
export function changeValues(
  texts: readonly NamedText[],
  context: ValueMap,
  rendering: { readonly environment: JinjaEnvironment; readonly budget: Budget },
): ValueMap {
  const { environment, budget } = rendering;
  return texts.reduce(
    (changed, { name, text }) =>
      changesValues(text) ? renderChanging(text, { name, context: changed, environment, budget }).context : changed,
    context,
  );
}
