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
    ['size in [1, 2, 3] or not on', 'always'],
    ['on and size not in [1, 2, 3]', 'never'],
    ['size in [1, name]', undefined],
    ["ci in 'github gitlab none'", 'always'],
    ["1 in 'github'", undefined],
    ["'x' in 1", undefined],
    ["ci in 'github'", undefined],
    ['none == false', 'never'],
    ['none == none', 'always'],
    ['1 == true', undefined],
    ["1 == 'x'", 'never'],
    ['[1] == [1]', undefined],
    ['(not both) or ci', 'always'],
    ['not (on and not on)', 'always'],
    ["'a' if on else 'b'", 'always'],
    ["'' if on else none", 'never'],
    ["'' if on", undefined],
    ["'a' if name else 'b'", undefined],
    ["(ci and '') or (on and false)", 'never'],
    ['(name or true) == 1', undefined],
    ['(on or true) == on', undefined],
    ['[] or [name]', undefined],
    ['[1]', 'always'],
    ['[] or ()', 'never'],
    ['-1', undefined],
    ['1 + 1', undefined],
    ['9007199254740993', undefined],
    ['missing', undefined],
    ['missing or true', 'always'],
    ['missing and false', 'never'],
    ['missing == 1 == 1', undefined],
    ['1 == 2 == missing', 'never'],
  ])('judges %s', (condition, verdict) => expect(judgeAll(condition, variables)).toBe(verdict));

  it.each([
    ['1 < 2', true],
    ['2 < 2', false],
    ['2 < 1', false],
    ['1 <= 2', true],
    ['2 <= 2', true],
    ['3 <= 2', false],
    ['3 > 2', true],
    ['2 > 2', false],
    ['1 > 2', false],
    ['3 >= 2', true],
    ['2 >= 2', true],
    ['1 >= 2', false],
    ['1 < 2 < 3', true],
    ['1 < 3 < 2', false],
    ['1 < n < 3', undefined],
    ["1 < 'x'", undefined],
    ["'a' < 'b'", undefined],
    ['n > 2', undefined],
    ['k > 2', true],
    ['k >= 4', false],
  ])('compares numbers: %s', (condition, verdict) => {
    const tree = parseCondition(condition);
    expect(
      tree &&
        judge(
          tree,
          new Map<string, Value | typeof UNKNOWN>([
            ['n', UNKNOWN],
            ['k', 3],
          ]),
        ),
    ).toBe(verdict);
  });

  it.each<[string, string, readonly string[]]>([
    [
      'every choice and truth value',
      '[variables.a]\ntype = "choice"\nchoices = ["x", "y"]\ndefault = "y"\n[variables.b]\ntype = "boolean"\ndefault = true\n',
      ['a=x b=true', 'a=x b=false', 'a=y b=true', 'a=y b=false'],
    ],
    ['nothing, where nothing need be chosen', '[variables.a]\ntype = "choice"\nchoices = ["x"]\nrequired = false\n', ['a=x', 'a=']],
    [
      'the default where it does not apply',
      '[variables.b]\ntype = "boolean"\ndefault = false\n[variables.a]\ntype = "choice"\nchoices = ["x", "y"]\ndefault = "y"\nwhen = "b"\n',
      ['b=true a=x', 'b=true a=y', 'b=false a=y'],
    ],
    [
      'anything, where the default is a template',
      '[variables.b]\ntype = "boolean"\ndefault = false\n[variables.a]\ntype = "choice"\nchoices = ["x", "y"]\ndefault = "{{ b }}"\nwhen = "b"\n',
      ['b=true a=x', 'b=true a=y', 'b=false a=?'],
    ],
    [
      'any text',
      '[variables.b]\ntype = "boolean"\ndefault = false\n[variables.a]\ntype = "string"\ndefault = "x"\nwhen = "b"\n',
      ['b=true a=?', 'b=false a=?'],
    ],
    [
      'no text, where there is no default',
      '[variables.b]\ntype = "boolean"\ndefault = false\n[variables.a]\ntype = "string"\nwhen = "b"\n',
      ['b=true a=?', 'b=false a='],
    ],
    [
      'both, where it is open whether it applies',
      '[variables.n]\ntype = "string"\ndefault = "x"\n[variables.a]\ntype = "boolean"\ndefault = true\nwhen = "n"\n',
      ['n=? a=true', 'n=? a=false'],
    ],
    [
      'what is computed, where it can be known',
      '[variables.b]\ntype = "boolean"\ndefault = false\n[variables.a]\ntype = "string"\ncomputed = "\'x\' if b else \'y\'"\n[variables.c]\ntype = "string"\ncomputed = "a | upper"\n',
      ['b=true a=x c=?', 'b=false a=y c=?'],
    ],
  ])('lists %s', (_what, manifest, expected) => {
    const all = makePack({ manifest }).manifest.variables;
    const cases =
      listCases(
        all.map(({ name }) => name),
        all,
      ) ?? [];
    const shown = cases.map((known) =>
      [...known].map(([name, value]) => `${name}=${value === UNKNOWN ? '?' : String(value ?? '')}`).join(' '),
    );
    expect(shown).toEqual(expected);
  });

  it('gives no verdict over too many cases', () => {
    const many = Array.from({ length: 13 }, (_, index) => `v${index}`);
    const pack = makePack({ manifest: many.map((name) => `[variables.${name}]\ntype = "boolean"\ndefault = true\n`).join('') });
    expect(judgeAll(`${many.join(' and ')} and false`, pack.manifest.variables)).toBeUndefined();
  });
});
