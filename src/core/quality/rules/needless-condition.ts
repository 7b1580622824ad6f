import { judgeAll } from '../conditions.ts';
import type { Rule } from '../rule.ts';

export const needlessCondition: Rule = {
  id: 'needless-condition',
  severity: 'info',
  summary: 'A condition always holds',
  reason: 'It looks as if something were optional that is not.',
  cure: 'Remove the condition.',
  isFixable: true,
  isOfOwnLanguage: true,
  check: ({ pack: { manifest }, texts, locate }) =>
    texts
      .filter(({ role, key }) => role === 'when' && key !== undefined)
      .filter(({ text }) => judgeAll(text, manifest.variables) === 'always')
      .map(({ text, key = [] }) => ({
        message: `\`${text}\` holds for every choice of the variables`,
        where: locate(key),
        subject: key.slice(0, -1).join('.'),
        suggestion: 'remove this condition',
        // In a composition it may not hold, and entries of arrays have no place that an edit could name.
        ...(key.every((part) => typeof part === 'string') && judgeAll(text, manifest.variables, true) === 'always'
          ? { fix: { kind: 'remove-key' as const, path: key } }
          : {}),
      })),
};
