import { findReferencedNames } from '../jinja/find-referenced-names.ts';
import type { ExpressionNode, TemplateNode } from '../jinja/nodes.ts';
import { parseLoneExpression } from '../jinja/parse-template.ts';
import { isTemplate } from '../manifest/text-templates.ts';
import type { VariableDefinition } from '../pack/pack-manifest.ts';
import type { Value } from '../pack/values.ts';
import { emptyValue } from '../template/answers/empty-value.ts';
import { evaluateKnown, truthOf, UNKNOWN } from './evaluate-known.ts';

/** What some variables hold; `UNKNOWN` for those that can hold too much. */
export type Assignment = ReadonlyMap<string, Value | typeof UNKNOWN>;

/** More cases than these are not looked at: nothing is then claimed. */
const MAX_CASES = 4096;

/**
 * Every case of the named variables that the pack allows, those that they depend on included: each choice and each truth value, the default where a
 * variable does not apply. `undefined` when there are too many. With `composed` also those that other packs can bring about: they may leave without a
 * value what they share.
 */
export function listCases(names: Iterable<string>, variables: readonly VariableDefinition[], composed = false): Assignment[] | undefined {
  const wanted = closeOver(names, variables);
  let cases: Map<string, Value | typeof UNKNOWN>[] = [new Map()];
  for (const variable of variables.filter(({ name }) => wanted.has(name))) {
    cases = cases.flatMap((known) => valuesOf(variable, { known, composed }).map((value) => new Map([...known, [variable.name, value]])));
    if (cases.length > MAX_CASES) return undefined;
  }
  return cases;
}

/** The truth of a condition in one case; `undefined` where the case does not settle it. */
export function judge(condition: ExpressionNode, known: Assignment): boolean | undefined {
  return truthOf(condition, known);
}

/** Whether a condition holds in no case or in every one. */
export function judgeAll(condition: string, variables: readonly VariableDefinition[], composed = false): 'never' | 'always' | undefined {
  const tree = parseCondition(condition);
  if (tree === undefined) return undefined;
  const cases = listCases(namesOf(tree), variables, composed);
  if (cases === undefined) return undefined;
  const verdicts = cases.map((known) => judge(tree, known));
  if (verdicts.every((verdict) => verdict === false)) return 'never';
  return verdicts.every((verdict) => verdict === true) ? 'always' : undefined;
}

/** The expression of a condition, or `undefined` where it cannot be parsed: that is reported elsewhere. */
export function parseCondition(condition: string): ExpressionNode | undefined {
  try {
    return parseLoneExpression(condition, 'condition');
  } catch {
    return undefined;
  }
}

/** The free names of an expression. */
export function namesOf(expression: ExpressionNode): string[] {
  const position = { line: 1, column: 1 };
  const output = { kind: 'output', expression, ...position } as const;
  const template: TemplateNode = { kind: 'template', name: 'condition', body: [output], blocks: new Map(), ...position };
  return findReferencedNames(template).map(({ name }) => name);
}

function closeOver(names: Iterable<string>, variables: readonly VariableDefinition[]): Set<string> {
  const wanted = new Set(names);
  for (const { name, when, computed } of [...variables].reverse()) {
    if (!wanted.has(name)) continue;
    for (const source of [when, computed]) {
      const tree = source === undefined ? undefined : parseCondition(source);
      for (const used of tree === undefined ? [] : namesOf(tree)) wanted.add(used);
    }
  }
  return wanted;
}

function valuesOf(
  variable: VariableDefinition,
  { known, composed }: { readonly known: Assignment; readonly composed: boolean },
): (Value | typeof UNKNOWN)[] {
  const { when, computed } = variable;
  const condition = when === undefined ? undefined : parseCondition(when);
  const applies = when === undefined ? true : condition && judge(condition, known);
  if (applies === false) return [restingValue(variable)];
  if (computed !== undefined) {
    const tree = parseCondition(computed);
    return [tree === undefined || applies !== true ? UNKNOWN : evaluateKnown(tree, known)];
  }
  const values = possibleValues(variable, composed);
  return applies === true ? values : withoutTwins([...values, restingValue(variable)]);
}

function possibleValues(
  { type, choices, required, default: initial, shared }: VariableDefinition,
  composed: boolean,
): (Value | typeof UNKNOWN)[] {
  const isOpen = initial === undefined || (composed && shared);
  const none = !required && isOpen ? [emptyValue(type)] : [];
  if (type === 'boolean') return [true, false];
  return type === 'choice' ? withoutTwins([...choices.map(({ value }) => value), ...none]) : [UNKNOWN];
}

/** What a variable holds that does not apply. */
function restingValue({ type, computed, default: initial }: VariableDefinition): Value | typeof UNKNOWN {
  if (computed !== undefined || initial === undefined) return emptyValue(type);
  const isPlain = typeof initial === 'boolean' || (typeof initial === 'string' && !isTemplate(initial) && type === 'choice');
  return isPlain ? initial : UNKNOWN;
}

function withoutTwins<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
