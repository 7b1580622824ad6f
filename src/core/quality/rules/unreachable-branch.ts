import type { ExpressionNode, IfNode, StatementNode } from '../../jinja/nodes.ts';
import { bodiesOf, boundNames, listStatements } from '../../jinja/walk-template.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import { type Assignment, judge, listCases, namesOf, parseCondition } from '../conditions.ts';
import type { LintFacts } from '../lint-facts.ts';
import type { PackText } from '../pack-texts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const unreachableBranch: Rule = {
  id: 'unreachable-branch',
  severity: 'warning',
  summary: 'A branch of an `if` in a template can never be taken',
  reason: 'The text in it never reaches a project, often because a choice was renamed.',
  cure: 'Correct the condition, or remove the branch.',
  isOfOwnLanguage: true,
  check: (facts) => facts.texts.filter(({ role }) => role === 'content' || role === 'path').flatMap((text) => checkText(text, facts)),
};

/** What must hold, or must not, for a place of a template to be reached. */
interface Guard {
  readonly condition: ExpressionNode;
  readonly holds: boolean;
}

interface Walk {
  readonly text: PackText;
  readonly facts: LintFacts;
  /** Without those that the template gives another value to. */
  readonly variables: readonly VariableDefinition[];
  readonly found: RuleFinding[];
}

function checkText(text: PackText, facts: LintFacts): RuleFinding[] {
  if (text.tree === undefined) return [];
  const bound = new Set(listStatements(text.tree).flatMap(({ node }) => boundNames(node).map(({ name }) => name)));
  const variables = facts.pack.manifest.variables.filter(({ name }) => !bound.has(name));
  const walk: Walk = { text, facts, variables, found: [] };
  const when = text.template?.declaration?.when;
  const condition = when === undefined ? undefined : parseCondition(when);
  visit(text.tree.body, condition === undefined ? [] : [{ condition, holds: true }], walk);
  return walk.found;
}

function visit(body: readonly StatementNode[], guards: readonly Guard[], walk: Walk): void {
  for (const node of body) {
    if (node.kind === 'if') visitBranches(node, guards, walk);
    else for (const inner of bodiesOf(node)) visit(inner, guards, walk);
  }
}

function visitBranches(node: IfNode, guards: readonly Guard[], walk: Walk): void {
  const { text, facts, found } = walk;
  const passed: Guard[] = [];
  for (const { test, body } of node.branches) {
    const inner = [...guards, ...passed, { condition: test, holds: true }];
    if (canBeReached(inner, walk.variables)) visit(body, inner, walk);
    else if (body.length > 0) found.push({ message: 'this branch is never taken, whatever is chosen', where: facts.place(text, test) });
    passed.push({ condition: test, holds: false });
  }
  const rest = [...guards, ...passed];
  if (node.otherwise.length === 0) return;
  if (canBeReached(rest, walk.variables)) visit(node.otherwise, rest, walk);
  else found.push({ message: 'the `else` of this `if` is never taken, whatever is chosen', where: facts.place(text, node) });
}

function canBeReached(guards: readonly Guard[], variables: readonly VariableDefinition[]): boolean {
  const cases = listCases(new Set(guards.flatMap(({ condition }) => namesOf(condition))), variables);
  return cases === undefined || cases.some((known) => guards.every((guard) => allows(guard, known)));
}

function allows({ condition, holds }: Guard, known: Assignment): boolean {
  const verdict = judge(condition, known);
  return verdict === undefined || verdict === holds;
}
