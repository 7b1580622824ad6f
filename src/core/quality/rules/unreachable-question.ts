import { judgeAll } from '../conditions.ts';
import type { Rule } from '../rule.ts';

export const unreachableQuestion: Rule = {
  id: 'unreachable-question',
  severity: 'warning',
  summary: 'The condition of a variable can never hold, so that it is never asked',
  reason: 'The variable always has its default; what depends on other values of it is dead.',
  cure: 'Correct the condition, or remove the variable.',
  isOfOwnLanguage: true,
  check: ({ pack: { manifest }, locate }) =>
    manifest.variables
      .filter(({ when }) => when !== undefined && judgeAll(when, manifest.variables) === 'never')
      .map(({ name, when }) => ({
        message: `${name} is never asked: \`${when}\` holds for no choice of the variables before it`,
        where: locate(['variables', name, 'when']),
        subject: `variables.${name}`,
      })),
};
