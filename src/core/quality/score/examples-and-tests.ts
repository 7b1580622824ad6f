import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import { listTemplates } from '../../template/list-templates.ts';
import { type Counted, countedCheck, countOf, type ScoreDimension, type ScoreFacts, upTo } from './score-facts.ts';

const ENOUGH_CASES = 3;

export const examplesAndTests: ScoreDimension = {
  name: 'examples and tests',
  checks: (facts) => {
    const { trial, caseFiles, lint } = facts;
    const names = listTemplates(lint.pack).map(({ name }) => name);
    const cases = countedCheck('test cases', 2, upTo(caseFiles, ENOUGH_CASES), `write ${ENOUGH_CASES} cases or more below tests/`);
    const choices = countedCheck(
      'choices that a test case or example makes',
      4,
      countChoices(facts),
      'write cases for the values that no case has',
    );
    if (trial === undefined) return [...cases, ...choices];
    const asExpected = trial.cases.of === 0 ? { done: 0, of: 1 } : trial.cases;
    return [
      ...cases,
      ...choices,
      ...countedCheck('test cases that pass', 4, asExpected, 'mend what `packs test` says'),
      ...countedCheck(
        'templates that a passing case renders',
        4,
        countOf(names, (name) => trial.rendered.has(name)),
        'write cases that reach the other templates',
      ),
      ...countedCheck('examples that give a project', 2, trial.examples, 'mend the examples that `packs validate --deep` names'),
    ];
  },
};

/** Truth values and choices of variables that are asked; a default counts where some case leaves it. */
function countChoices({ lint, tried, caseFiles }: ScoreFacts): Counted {
  const all = lint.pack.manifest.variables.flatMap((variable) => valuesOf(variable).map((value) => ({ variable, value })));
  const isTried = ({ variable: { name, default: initial }, value }: (typeof all)[number]) =>
    tried.get(name)?.has(value) === true || (caseFiles > 0 && initial !== undefined && String(initial) === value);
  return countOf(all, isTried);
}

function valuesOf({ type, choices, computed }: VariableDefinition): string[] {
  if (computed !== undefined) return [];
  if (type === 'boolean') return ['true', 'false'];
  return type === 'choice' || type === 'choices' ? choices.map(({ value }) => String(value)) : [];
}
