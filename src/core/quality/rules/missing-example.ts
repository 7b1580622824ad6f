import type { Rule } from '../rule.ts';

/** Types whose values are plain from the type. */
const PLAIN = new Set(['boolean', 'choice', 'choices', 'secret']);

export const missingExample: Rule = {
  id: 'missing-example',
  severity: 'info',
  summary: 'The pack has variables and no `[[examples]]`, or a variable with a free value has no `example`',
  reason: 'A refused answer is explained by the example of the variable.',
  cure: 'Add `[[examples]]` with values that show what the pack can do, and `example` to the variables that are named.',
  check: ({ pack: { manifest }, locate }) => {
    const asked = manifest.variables.filter(({ computed }) => computed === undefined);
    const none = asked.length > 0 && manifest.examples.length === 0;
    const pack = none ? [{ message: 'the pack has no [[examples]]', where: locate(['pack']), subject: 'examples' }] : [];
    const variables = asked
      .filter(({ type, example }) => example === undefined && !PLAIN.has(type))
      .map(({ name }) => ({ message: `${name} has no example`, where: locate(['variables', name]), subject: `variables.${name}` }));
    return [...pack, ...variables];
  },
};
