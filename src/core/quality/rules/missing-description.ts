import type { Rule } from '../rule.ts';

const SHORT = 20;

export const missingDescription: Rule = {
  id: 'missing-description',
  severity: 'warning',
  summary: `A variable has no description, or that of the pack has fewer than ${SHORT} characters`,
  reason: 'Whoever chooses a pack, or answers its questions, has nothing else to go by.',
  cure: 'Say what the project will be, and what each variable changes in it.',
  check: ({ pack: { manifest }, locate }) => {
    const own = manifest.description.length < SHORT;
    const pack = own
      ? [{ message: 'the description of the pack says too little', where: locate(['pack', 'description']), subject: 'pack' }]
      : [];
    const variables = manifest.variables
      .filter(({ description, computed }) => computed === undefined && description === undefined)
      .map(({ name }) => ({ message: `${name} has no description`, where: locate(['variables', name]), subject: `variables.${name}` }));
    return [...pack, ...variables];
  },
};
