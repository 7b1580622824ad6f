import { createEnvironment } from '../../jinja/environment.ts';
import { findReferencedFunctions } from '../../jinja/find-referenced-names.ts';
import { nearest } from '../../text/nearest.ts';
import type { Rule } from '../rule.ts';

const environment = createEnvironment();

const KNOWN: Readonly<Record<'filter' | 'test', ReadonlySet<string>>> = {
  filter: new Set(environment.filters.keys()),
  test: new Set(environment.tests.keys()),
};

export const templateError: Rule = {
  id: 'template-error',
  severity: 'error',
  summary: 'A template, path or expression cannot be parsed, or uses a filter or test that does not exist',
  reason: 'The pack fails as soon as it is rendered.',
  cure: 'Mend the syntax, or use a filter of the template language.',
  check: ({ texts, locate, place }) =>
    texts.flatMap((text) => {
      if (text.tree === undefined) {
        const { problem, key, file } = text;
        return [
          { message: problem?.message ?? 'it cannot be parsed', where: key === undefined ? (problem?.where ?? { file }) : locate(key) },
        ];
      }
      return findReferencedFunctions(text.tree)
        .filter(({ kind, name }) => !KNOWN[kind].has(name))
        .map((used) => {
          const near = nearest(used.name, KNOWN[used.kind]);
          const suggestion = near.length === 0 ? {} : { suggestion: `did you mean ${near.join(' or ')}?` };
          return { message: `there is no ${used.kind} named ${JSON.stringify(used.name)}`, where: place(text, used), ...suggestion };
        });
    }),
};
