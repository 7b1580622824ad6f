import { findReferencedNames } from '../../jinja/find-referenced-names.ts';
import { findNamedVariables } from '../find-named-variables.ts';
import type { LintFacts } from '../lint-facts.ts';
import type { Rule } from '../rule.ts';

export const unusedVariable: Rule = {
  id: 'unused-variable',
  severity: 'warning',
  summary: 'A variable is asked, and nothing depends on its value',
  reason: 'People answer a question that changes nothing, and take it for something that does.',
  cure: 'Remove the variable, or use it.',
  check: (facts) => {
    const { pack, texts, locate } = facts;
    const { language } = pack.manifest;
    const used =
      language === undefined
        ? new Set(texts.flatMap(({ tree }) => (tree === undefined ? [] : findReferencedNames(tree).map(({ name }) => name))))
        : findNamedVariables(pack, language, texts);
    return pack.manifest.variables
      .filter(({ name, shared }) => !used.has(name) && !(shared && isSharedWithDependency(name, facts)))
      .map(({ name }) => ({
        message: `nothing uses the variable ${name}`,
        where: locate(['variables', name]),
        subject: `variables.${name}`,
        suggestion: 'remove it, or use it in a template, a path or a condition',
      }));
  },
};

/** A pack declares what a dependency shares to give it another default; of a pack that is not on this machine that may be so. */
function isSharedWithDependency(name: string, { pack, dependencies }: LintFacts): boolean {
  return pack.manifest.dependencies.some(({ id }) => {
    const manifest = dependencies.get(id)?.manifest;
    return manifest === undefined || manifest.variables.some((variable) => variable.name === name && variable.shared);
  });
}
