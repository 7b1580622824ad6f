import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { createBudget, DEFAULT_LIMITS } from '../jinja/budget.ts';
import { createEnvironment } from '../jinja/environment.ts';
import { evaluateExpression, isTruthy } from '../jinja/render-template.ts';
import type { Value } from '../pack/values.ts';
import { judge, judgeAll, listCases, parseCondition } from './conditions.ts';
import { UNKNOWN } from './evaluate-known.ts';

const { variables } = makePack({
  manifest: `
[variables.ci]
type = "choice"
choices = ["github", "gitlab", "none"]
default = "github"
[variables.on]
type = "boolean"
default = true
[variables.size]
type = "choice"
choices = [1, 2, 3]
default = 2
when = "on"
[variables.name]
type = "string"
default = "x"
[variables.both]
type = "boolean"
computed = "on and ci == 'github'"
`,
}).manifest;

const atom = fc.constantFrom(
  'on',
  'ci',
  'size',
  'both',
  'name',
  'true',
  'false',
  "'github'",
  "'x'",
  '1',
  '2',
  '3',
  "['github', 'none']",
  '[1, 2]',
  'none',
);
const expression = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    atom,
    tie('node').map((a) => `(not ${a})`),
    fc.tuple(tie('node'), fc.constantFrom('and', 'or', '==', '!='), tie('node')).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie('node'), tie('node'), tie('node')).map(([a, b, c]) => `(${a} if ${b} else ${c})`),
    fc
      .tuple(atom, fc.constantFrom('in', 'not in'), fc.constantFrom("['github', 'none']", '[1, 2]', "'github'"))
      .map((parts) => `(${parts.join(' ')})`),
  ),
})).node;

const environment = createEnvironment();

/** What the template engine says; `undefined` where it fails. */
const real = (source: string, context: ReadonlyMap<string, Value>): boolean | undefined => {
  try {
    return isTruthy(evaluateExpression(source, { name: 'x', context, environment, budget: createBudget(DEFAULT_LIMITS) }));
  } catch {
    return undefined;
  }
};

describe('conditions', () => {
  it('never claims what the template engine does not say', () => {
    fc.assert(
      fc.property(expression, fc.constantFrom('x', '', 'github'), (source, name) => {
        const tree = parseCondition(source);
        if (tree === undefined) return;
        for (const known of listCases(['ci', 'on', 'size', 'both', 'name'], variables) ?? []) {
          const claimed = judge(tree, known);
          if (claimed === undefined) continue;
          const context = new Map(
            [...known].map(([key, value]) => [key, value === UNKNOWN ? (key === 'name' ? name : 2) : value] as [string, Value]),
          );
          const actual = real(source, context);
          if (actual !== undefined) expect({ source, claimed }).toEqual({ source, claimed: actual });
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["ci == 'circle'", 'never'],
    ["both and ci == 'none'", 'never'],
    ['size > 3', undefined],
    ['on or not on', 'always'],
    ["name == 'y'", undefined],
    ["name == 'y' and ci == 'circle'", 'never'],
    ['1 +', undefined],
  ])('judges %s', (condition, verdict) => expect(judgeAll(condition, variables)).toBe(verdict));

  it('gives no verdict over too many cases', () => {
    const many = Array.from({ length: 13 }, (_, index) => `v${index}`);
    const pack = makePack({ manifest: many.map((name) => `[variables.${name}]\ntype = "boolean"\ndefault = true\n`).join('') });
    expect(judgeAll(`${many.join(' and ')} and false`, pack.manifest.variables)).toBeUndefined();
  });
});
