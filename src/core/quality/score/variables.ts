import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import { countedCheck, countOf, findingsOf, type ScoreDimension } from './score-facts.ts';

const FREE_TEXT = new Set(['string', 'text', 'list', 'map']);
const NUMBERS = new Set(['integer', 'number']);

export const variables: ScoreDimension = {
  name: 'variables',
  checks: (facts) => {
    const all = facts.lint.pack.manifest.variables;
    const asked = all.filter(({ computed }) => computed === undefined);
    const open = asked.filter(({ type }) => FREE_TEXT.has(type) || NUMBERS.has(type));
    const subjects = (...rules: string[]) => new Set(findingsOf(facts, ...rules).map(({ subject }) => subject));
    const idle = subjects('unused-variable', 'unreachable-question');
    const loose = subjects('weak-pattern', 'untyped-secret');
    const isSound = (found: ReadonlySet<string | undefined>) => (variable: VariableDefinition) => !found.has(`variables.${variable.name}`);
    return [
      ...countedCheck(
        'variables that can be asked and have an effect',
        6,
        countOf(all, isSound(idle)),
        'remove or use the variables that `packs lint` names',
      ),
      ...countedCheck(
        'questions with a prompt and a description',
        3,
        countOf(asked, ({ prompt, description }) => prompt !== undefined && description !== undefined),
        'give each variable a prompt and a description',
      ),
      ...countedCheck(
        'texts and numbers that are bounded',
        4,
        countOf(open, isBounded),
        'give texts a pattern or max_length, numbers min and max, lists max_items',
      ),
      ...countedCheck(
        'variables without weak patterns and untyped secrets',
        2,
        countOf(all, isSound(loose)),
        'mend the patterns and types that `packs lint` names',
      ),
    ];
  },
};

function isBounded({ type, pattern, maxLength, min, max, maxItems }: VariableDefinition): boolean {
  if (NUMBERS.has(type)) return min !== undefined && max !== undefined;
  return pattern !== undefined || maxLength !== undefined || maxItems !== undefined;
}
