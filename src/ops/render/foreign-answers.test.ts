import { describe, expect, it } from 'vitest';
import type { ForeignTemplate } from '../../core/foreign/foreign-template.ts';
import { createEnvironment } from '../../core/jinja/environment.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { Value } from '../../core/pack/values.ts';
import type { GivenAnswers, GivenValue } from '../../core/template/answers/answer-types.ts';
import { resolveAnswers } from '../../core/template/answers/resolve-answers.ts';
import { createEvaluator } from '../../core/template/evaluator.ts';
import type { Digest } from '../../core/tree/digest.ts';
import { makeForeign } from '../../testing/foreign-fixture.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { foreignEvaluation, foreignScopeOf, unwrapAnswers, withToolDefaults } from './foreign-answers.ts';

const hash = () => '0'.repeat(64) as Digest;
const PLAIN = makePack({ manifest: '[variables.name]\ntype = "string"\n' });
const COOKIE = makeForeign('cookiecutter', {
  files: {
    'cookiecutter.json': '{ "name": "shop", "slug": "{{ cookiecutter.name|lower }}", "licence": ["MIT", "ISC"] }',
    '{{cookiecutter.slug}}/a.txt': 'a\n',
  },
});
const facts = { name: 'x', directory: 'x', now: '2026-01-01T00:00:00.000Z', packs: [] };

/** The same template with other ways to treat answers. */
const withWays = (ways: Partial<ForeignTemplate>): Pack => ({ ...COOKIE, foreign: { ...COOKIE.foreign, ...ways } });
const value = (it: Value): GivenValue => ({ kind: 'value', value: it });
const given = (values: Readonly<Record<string, GivenValue>>): GivenAnswers => ({
  source: 'file',
  detail: 'a.json',
  values: new Map(Object.entries(values)),
});
const entriesOf = ({ values }: GivenAnswers) => Object.fromEntries(values);

describe('the scope of a template of another tool', () => {
  it('has nothing of a project that is not there', () => {
    expect(foreignScopeOf(facts, hash)).toMatchObject({ parentDirectory: '', external: new Map(), directory: 'x' });
    const external = new Map([['a', 1]]);
    expect(foreignScopeOf({ ...facts, parentDirectory: '/work', external }, hash)).toMatchObject({ parentDirectory: '/work', external });
  });

  it('evaluates defaults as its own tool does, and leaves those of packs alone', () => {
    expect(foreignEvaluation(PLAIN, facts, hash)).toEqual({});
    const { own } = foreignEvaluation(COOKIE, facts, hash);
    const answers = new Map<string, Value>([
      ['name', 'My Shop'],
      ['elsewhere', 'x'],
    ]);
    expect(own?.evaluator?.template('{{ cookiecutter.name|upper }}{{ cookiecutter.elsewhere is defined }}', answers, 'a default')).toBe(
      'MY SHOPFalse',
    );
    expect(own?.evaluator?.expression('cookiecutter.name|length', answers, 'a condition')).toBe(7);
  });

  it.each([
    ['copier', 'copier.yml', 'ok: 1\nname:\n  type: str\n  when: "{{ 1 // 0 }}"\n', { file: 'copier.yml', line: 2 }],
    ['copier', 'copier.yaml', 'name:\n  type: int\n  when: "{{ 7 % 0 }}"\n', { file: 'copier.yaml', line: 1 }],
    ['cookiecutter', 'cookiecutter.json', '{ "name": "{{ 1 // 0 }}" }', { file: 'cookiecutter.json' }],
  ] as const)('names the file that asks where a definition of %s fails in %s', (kind, file, text, where) => {
    const pack = makeForeign(kind, { files: { [file]: text, '{{cookiecutter.name}}/a.txt': 'a\n' } });
    const { own } = foreignEvaluation(pack, facts, hash);
    const { manifest } = pack;
    const evaluator = createEvaluator(createEnvironment({ hash }));
    const { diagnostics } = resolveAnswers({
      packs: [{ pack: manifest.id, variables: manifest.variables, ...(own && { own }) }],
      given: [],
      context: new Map(),
      evaluator,
    });
    expect(diagnostics).toMatchObject([{ code: 'VARIABLE_DEFINITION_FAILED', where }]);
  });

  it('waits for answers that a variable depends on', () => {
    const [definition] = COOKIE.manifest.variables;
    if (definition === undefined) throw new Error('the template has no variable');
    const refine = () => ({ definition: { ...definition, default: 'refined' }, applies: true });
    const evaluate = (textsOf?: ForeignTemplate['textsOf']) =>
      foreignEvaluation(withWays({ refine, ...(textsOf && { textsOf }) }), facts, hash).own?.refine?.(
        definition,
        new Map(),
        new Set(['slug']),
      );
    expect(evaluate(() => ['{{ slug }}'])).toBe('blocked');
    expect(evaluate(() => ['{{ name }}'])).toMatchObject({ definition: { default: 'refined' } });
    expect(evaluate()).toMatchObject({ definition: { default: 'refined' } });
  });

  it('judges values by the rule of the template, with what it asks alone', () => {
    const [definition] = COOKIE.manifest.variables;
    if (definition === undefined) throw new Error('the template has no variable');
    const pack = withWays({ validate: (variable, it, { answers }) => `${variable} ${String(it)} ${[...answers.keys()]}` });
    const answers = new Map<string, Value>([
      ['name', 'a'],
      ['other', 'b'],
    ]);
    expect(foreignEvaluation(pack, facts, hash).own?.validate?.(definition, 'v', answers)).toBe('name v name');
    expect(foreignEvaluation(withWays({}), facts, hash).own?.validate).toBe(
      COOKIE.foreign.validate === undefined ? undefined : expect.anything(),
    );
  });
});

describe('answers from the records of another tool', () => {
  it('are those below its name that the template asks, before what stands beside them', () => {
    const before = given({
      cookiecutter: value(
        new Map<string, Value>([
          ['name', 'inner'],
          ['_template', 'x'],
        ]),
      ),
      name: value('outer'),
      more: value(1),
    });
    expect(entriesOf(unwrapAnswers(before, [PLAIN, COOKIE]))).toEqual({ name: value('inner'), more: value(1) });
  });

  it.each<[what: string, values: Readonly<Record<string, GivenValue>>]>([
    ['there are none', { name: value('a') }],
    ['they are text', { cookiecutter: { kind: 'text', text: '{}' } }],
    ['they are no map', { cookiecutter: value(['name']) }],
  ])('are as they were given where %s', (_, values) => {
    const before = given(values);
    expect(unwrapAnswers(before, [COOKIE])).toEqual(before);
  });

  it('may be a record of Copier as it stands: what it has beside the answers is left aside', () => {
    const pack = makeForeign('copier', { files: { 'copier.yml': 'name: shop\n' } });
    const before = given({ _commit: value('v1'), _src_path: value('gh:a/b'), name: value('inner'), more: value(1) });
    expect(entriesOf(unwrapAnswers(before, [pack]))).toEqual({ name: value('inner'), more: value(1) });
    expect(unwrapAnswers({ ...before, source: 'flag' }, [pack]).values.has('_commit')).toBe(true);
  });

  it('are adopted under the bare name of the variable, if they are values', () => {
    const pack = withWays({ answersKey: undefined, adoptAnswer: (variable, it) => `${variable}=${String(it)}` });
    const before = given({ name: value(1), 'thing.slug': value(2), licence: { kind: 'text', text: 'MIT' } });
    expect(entriesOf(unwrapAnswers(before, [pack]))).toEqual({
      name: value('name=1'),
      'thing.slug': value('slug=2'),
      licence: { kind: 'text', text: 'MIT' },
    });
  });
});

it('casts what packsmith.toml has to the type that a question of Copier has by now, where it can', () => {
  const asked = '{port: {type: str}, open: {type: int}, size: {type: int}, same: {type: yaml}}';
  const pack = makeForeign('copier', { files: { 'copier.yml': asked } });
  const before = { port: value(80), open: value(true), size: value('big'), same: value('[1]'), other: value(1) };
  const after = { ...before, port: value('80'), open: value(1) };
  expect(entriesOf(unwrapAnswers({ ...given(before), source: 'project' }, [pack]))).toEqual(after);
});

describe('settings of another tool', () => {
  const OWN = makeForeign('cookiecutter', {
    files: {
      'cookiecutter.json': '{ "name": "shop", "licence": ["MIT", "ISC"], "ci": true, "map": { "a": "1", "b": { "c": "2" } } }',
      '{{cookiecutter.slug}}/a.txt': 'a\n',
    },
  });
  const defaultsWith = async (settings: Readonly<Record<string, Value>>): Promise<Record<string, unknown>> => {
    const variables = await withToolDefaults(OWN, async () => new Map(Object.entries(settings)));
    return Object.fromEntries(variables.map(({ name, default: value }) => [name, value]));
  };
  const MAP = new Map<string, Value>([
    ['a', '1'],
    ['b', new Map([['c', '2']])],
  ]);
  const PLAIN_DEFAULTS = { name: 'shop', licence: 'MIT', ci: true, map: MAP };

  it.each<[Readonly<Record<string, Value>>, Readonly<Record<string, Value>>]>([
    [{ name: 'mine', unknown: 1 }, { name: 'mine' }],
    [
      { name: 8080, licence: 'ISC', ci: 'no' },
      { name: '8080', licence: 'ISC', ci: false },
    ],
    [{ name: true }, { name: 'True' }],
    [{ name: null, licence: 'GPL', ci: 'perhaps', map: 'x' }, {}],
    [{ name: new Map([['a', 1]]) }, {}],
    [
      { map: new Map<string, Value>([['b', new Map([['d', '3']])]]) },
      {
        map: new Map<string, Value>([
          ['a', '1'],
          [
            'b',
            new Map([
              ['c', '2'],
              ['d', '3'],
            ]),
          ],
        ]),
      },
    ],
  ])('%j are defaults where they can be', async (settings, changed) => {
    expect(await defaultsWith(settings)).toEqual({ ...PLAIN_DEFAULTS, ...changed });
  });

  it('are of no other pack, and need not be there', async () => {
    expect(await withToolDefaults(PLAIN, async () => new Map([['name', 'mine']]))).toBe(PLAIN.manifest.variables);
    expect(await withToolDefaults(OWN, async () => undefined)).toBe(OWN.manifest.variables);
    expect(await withToolDefaults(OWN, undefined)).toBe(OWN.manifest.variables);
  });
});
