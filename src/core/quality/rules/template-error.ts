import { findReferencedFunctions } from '../../jinja/find-referenced-names.ts';
import { nearest } from '../../text/nearest.ts';
import { environmentOf } from '../check-templates.ts';
import type { Rule } from '../rule.ts';

export const templateError: Rule = {
  id: 'template-error',
  severity: 'error',
  summary: 'A template, path or expression cannot be parsed, or uses a filter or test that does not exist',
  reason: 'The pack fails as soon as it is rendered.',
  cure: 'Mend the syntax, or use a filter of the template language.',
  check: ({ pack, texts, locate, place }) => {
    const isRead = texts.some(({ tree }) => tree !== undefined);
    const { filters, tests } = environmentOf(isRead ? pack : {});
    const known = { filter: filters, test: tests };
    return texts.flatMap((text) => {
      const { tree, problem, key, file } = text;
      if (problem !== undefined)
        return [{ message: problem.message, where: key === undefined ? (problem.where ?? { file }) : locate(key) }];
      if (tree === undefined) return [];
      return findReferencedFunctions(tree)
        .filter(({ kind, name }) => !known[kind].has(name))
        .map((used) => {
          const near = nearest(used.name, known[used.kind].keys());
          const suggestion = near.length === 0 ? {} : { suggestion: `did you mean ${near.join(' or ')}?` };
          return { message: `there is no ${used.kind} named ${JSON.stringify(used.name)}`, where: place(text, used), ...suggestion };
        });
    });
  },
};
