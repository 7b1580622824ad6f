import type { Rule } from '../rule.ts';

export const missingPrompt: Rule = {
  id: 'missing-prompt',
  severity: 'warning',
  summary: 'A variable that is asked has no prompt',
  reason: 'People are asked by its name in the code.',
  cure: 'Write the question as `prompt`.',
  check: ({ pack: { manifest }, locate }) =>
    manifest.variables
      .filter(({ computed, prompt }) => computed === undefined && prompt === undefined)
      .map(({ name }) => ({ message: `${name} has no prompt`, where: locate(['variables', name]), subject: `variables.${name}` })),
};
