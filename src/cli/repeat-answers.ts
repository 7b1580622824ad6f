import type { Value } from '../core/pack/values.ts';
import type { GenerationPreview } from '../ops/project/plan-wanted.ts';

/** The values of `--var` that give the same answers again, those that were typed among them; a secret is left for the reader to fill in. */
export function repeatAnswers(given: readonly string[], { answers }: Pick<GenerationPreview, 'answers'>): string[] {
  const secrets = new Set(answers.filter(({ isSecret }) => isSecret).map(({ name }) => name));
  const typed = answers.filter(({ source }) => source === 'interactive' || source === 'edited');
  // Of a repeated name the last one counts.
  return [...given, ...typed.map(({ key, value }) => `${key}=${value === undefined ? '' : toFlagText(value)}`)].map((text) => {
    const [target = ''] = text.split('=', 1);
    return secrets.has(target.slice(target.lastIndexOf('.') + 1)) ? `${target}=…` : text;
  });
}

/** A value as `--var` reads it: text as it is, anything else as JSON. */
function toFlagText(value: Value): string {
  return typeof value === 'string'
    ? value
    : JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? Object.fromEntries(part) : part));
}
