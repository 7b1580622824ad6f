import type { KeyPath } from '../../manifest/key-path.ts';
import { judgeAll } from '../conditions.ts';
import type { Rule } from '../rule.ts';

export const unreachableOutput: Rule = {
  id: 'unreachable-output',
  severity: 'warning',
  summary: 'The condition of a template, package or hook can never hold',
  reason: 'What it guards is dead: it is maintained and never reaches a project.',
  cure: 'Correct the condition, or remove what it guards.',
  isOfOwnLanguage: true,
  check: ({ pack: { manifest }, texts, locate }) =>
    texts
      .filter(({ role, key }) => role === 'when' && key !== undefined && key[0] !== 'variables')
      .filter(({ text }) => judgeAll(text, manifest.variables) === 'never')
      .map(({ text, key = [] }) => ({
        message: `${describe(key)} is never used: \`${text}\` holds for no choice of the variables`,
        where: locate(key),
        subject: key.slice(0, -1).join('.'),
      })),
};

function describe(key: KeyPath): string {
  const [section, second, third] = key;
  if (section === 'packages') return `the package ${third}`;
  return section === 'hooks' ? `the hook ${Number(third) + 1} of ${second}` : `[[templates]] ${Number(second) + 1}`;
}
