import { findReferencedNames } from '../../jinja/find-referenced-names.ts';
import { nearest } from '../../text/nearest.ts';
import { CONTEXT_NAMES, LANGUAGE_NAMES } from '../check-templates.ts';
import { BEFORE_ANSWERS } from '../check-variables.ts';
import { findGuardedNames } from '../find-guarded-names.ts';
import type { PackText } from '../pack-texts.ts';
import type { Rule } from '../rule.ts';

export const undeclaredName: Rule = {
  id: 'undeclared-name',
  severity: 'error',
  summary: 'A template, path or condition names something that is neither a variable of the pack nor in scope',
  reason: 'Names that are not defined are errors when the pack is rendered.',
  cure: 'Declare the variable, correct the name, or guard it with `is defined`.',
  isOfOwnLanguage: true,
  check: ({ pack, texts, place }) => {
    const variables = pack.manifest.variables.map(({ name }) => name);
    return texts.flatMap((text) => {
      if (text.tree === undefined || text.role === 'partial') return [];
      const scope = new Set([...variables, ...namesFor(text)]);
      const guarded = findGuardedNames(text.tree);
      return findReferencedNames(text.tree)
        .filter(({ name }) => !scope.has(name) && !guarded.has(name))
        .map((reference) => {
          const [near] = nearest(reference.name, scope, 1);
          const suggestion = near === undefined ? `declare [variables.${reference.name}]` : `did you mean ${near}?`;
          return { message: `${reference.name} is not declared`, where: place(text, reference), suggestion };
        });
    });
  },
};

function namesFor({ role, template }: PackText): readonly string[] {
  const row = template?.declaration?.forEach === undefined ? [] : [template.declaration.as];
  const isDefinition = role === 'default' || role === 'computed';
  return isDefinition ? BEFORE_ANSWERS : [...CONTEXT_NAMES, ...LANGUAGE_NAMES, ...(role === 'rows' ? [] : row)];
}
