import { findReferencedNames } from '../../jinja/find-referenced-names.ts';
import { foldPath } from '../../tree/project-path.ts';
import { type Assignment, judge, listCases, namesOf, parseCondition } from '../conditions.ts';
import { renderKnownPath } from '../known-path.ts';
import type { LintFacts } from '../lint-facts.ts';
import type { PackText } from '../pack-texts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const collidingOutputs: Rule = {
  id: 'colliding-outputs',
  severity: 'error',
  summary: 'Two templates of the pack write one path for some choice of the variables',
  reason: 'For those choices the pack cannot be generated.',
  cure: 'Give them different paths, or conditions that exclude each other.',
  isOfOwnLanguage: true,
  check: (facts) => {
    const paths = facts.texts.filter((text) => text.role === 'path' && writesOne(text));
    const seen = new Map<string, PackText[]>();
    return paths.flatMap((text): RuleFinding[] => {
      const outputs = possibleOutputs(text, facts);
      const earlier = new Set(outputs.flatMap((output) => seen.get(output) ?? []));
      for (const output of outputs) seen.set(output, [...(seen.get(output) ?? []), text]);
      const clash = [...earlier].map((other) => findClash(other, text, facts)).find((found) => found !== undefined);
      return clash === undefined ? [] : [clash];
    });
  },
};

/** Injections share files on purpose, and rows are known only with their data. */
function writesOne({ template }: PackText): boolean {
  return template?.outputTemplate !== undefined && template.declaration?.forEach === undefined;
}

function namesIn(text: PackText): string[] {
  const condition = conditionOf(text);
  const own = text.tree === undefined ? [] : findReferencedNames(text.tree).map(({ name }) => name);
  return condition === undefined ? own : [...own, ...namesOf(condition)];
}

function conditionOf({ template }: PackText) {
  const when = template?.declaration?.when;
  return when === undefined ? undefined : parseCondition(when);
}

/** The path in one case where it is certainly written; folded, so that paths which a file system takes for one are one. */
function certainOutput(text: PackText, known: Assignment): string | undefined {
  const condition = conditionOf(text);
  if (text.template?.declaration?.when !== undefined && (condition === undefined || judge(condition, known) !== true)) return undefined;
  const path = renderKnownPath(text, known);
  return path === undefined || path === '' ? undefined : foldPath(path);
}

function possibleOutputs(text: PackText, { pack }: LintFacts): string[] {
  const cases = listCases(namesIn(text), pack.manifest.variables) ?? [];
  return [...new Set(cases.flatMap((known) => certainOutput(text, known) ?? []))];
}

function findClash(first: PackText, second: PackText, { pack, place }: LintFacts): RuleFinding | undefined {
  const cases = listCases([...namesIn(first), ...namesIn(second)], pack.manifest.variables) ?? [];
  for (const known of cases) {
    const output = certainOutput(first, known);
    if (output === undefined || output !== certainOutput(second, known)) continue;
    const choice = [...known].filter(([, value]) => typeof value !== 'symbol').map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    const message = `${describe(first)} and ${describe(second)} both write ${output}${choice.length === 0 ? '' : ` where ${choice.join(', ')}`}`;
    return { message, where: place(second, { line: 1, column: 1 }) };
  }
  return undefined;
}

function describe({ template, file }: PackText): string {
  return template?.name ?? file;
}
