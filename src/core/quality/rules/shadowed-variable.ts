import { boundNames, listStatements } from '../../jinja/walk-template.ts';
import { CONTEXT_NAMES } from '../check-templates.ts';
import type { Rule } from '../rule.ts';

const CONTEXT = new Set<string>(CONTEXT_NAMES);

export const shadowedVariable: Rule = {
  id: 'shadowed-variable',
  severity: 'warning',
  summary: 'A loop, assignment, macro or row of a template hides a variable of the pack or a name of the context',
  reason: 'Below it the name means something else, and whoever edits the template later will not see that.',
  cure: 'Give the inner name another name.',
  isOfOwnLanguage: true,
  check: ({ pack, texts, locate, place }) => {
    const variables = new Set(pack.manifest.variables.map(({ name }) => name));
    const explain = (name: string) =>
      variables.has(name) ? `${name} hides the variable of that name` : `${name} hides what templates call ${name}`;
    const hides = (name: string) => variables.has(name) || CONTEXT.has(name);
    const rows = pack.manifest.templates.flatMap(({ as, forEach }, index) =>
      forEach !== undefined && hides(as)
        ? [{ message: explain(as), where: locate(['templates', index, 'as']), subject: `templates.${index}` }]
        : [],
    );
    const inner = texts.flatMap((text) => {
      if (text.tree === undefined) return [];
      const bound = listStatements(text.tree).flatMap(({ node }) => boundNames(node));
      return bound.filter(({ name }) => hides(name)).map((at) => ({ message: explain(at.name), where: place(text, at) }));
    });
    return [...rows, ...inner];
  },
};
