import { describe, expect, it } from 'vitest';
import { makeForeign, runForeign } from '../../../testing/foreign-fixture.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { floatValue } from '../../jinja/python-data/plain-scalar.ts';
import type { Value } from '../../pack/values.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function made(config: string, files: Files = {}, more: { readonly version?: string; readonly commit?: string } = {}) {
  return makeForeign('copier', { files: { 'copier.yml': config, ...files }, ...more });
}

/** The error with the messages of its findings. */
function refusal(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const findings = error.diagnostics.map(({ message, where }) => `${where?.file}:${where?.line ?? ''} ${message}`);
    return findings.length === 0 ? [error.message] : findings;
  }
  return [];
}

describe('what cannot be used as it is is said with the place', () => {
  it.each<readonly [name: string, config: string, ...found: string[]]>([
    [
      'a list',
      '- a\n- - b\n',
      'copier.yml: it must be a mapping of settings and questions',
      'copier.yml: it must be a mapping of settings and questions',
    ],
    ['an include of nothing', '!include nothing/*.yml\n---\na: 1\n', 'copier.yml: !include nothing/*.yml finds no file'],
    ['an include that leads to the root', '!include /etc/x.yml\n', 'copier.yml: !include /etc/x.yml leads out of the template'],
    ['an include that is no YAML', '!include bad.yml\n', 'bad.yml:1 it is not valid YAML: Flow sequence must end with a ]'],
    ['a name that no variable can have', 'a b: 1\n', 'copier.yml:1 question "a b" has a name that no variable can have'],
    ['questions below a question', 'a:\n  items:\n    b: 1\n', 'copier.yml:1 question "a" has questions below it (items)'],
    ['a secret without a default', 'a: {type: str, secret: true}\n', 'copier.yml:1 question "a" is secret, and has no default'],
    [
      'an option of Jinja2 that is not had',
      '_envops: {finalize: f}\n',
      'copier.yml:1 _envops has "finalize", which cannot be set to this here',
    ],
  ])('%s', (_name, config, ...found) => {
    expect(refusal(() => made(config, { 'bad.yml': '[1' }))).toEqual(found);
  });

  it('links are a remark', () => {
    expect(made('_preserve_symlinks: true\n').foreign.remarks).toMatchObject([{ code: 'FOREIGN_APPROXIMATED', where: { line: 1 } }]);
  });

  it.each([
    [
      'a type that comes out as none',
      'a: {type: "{{ 1 }}x", default: 5}\n',
      'the type is "1x", which is none of bool, float, int, json, path, str, yaml',
    ],
    ['choices that come out as no YAML', 'a: {type: str, choices: "{{ \'[\' }}"}\n', 'the choices are not YAML once they are rendered'],
    ['a choice without a value', 'a: {type: str, choices: {X: {validator: ""}}}\n', 'the choice "X" has no "value"'],
    ['a choice of three', 'a: {type: str, choices: [[a, b, c]]}\n', 'a choice that is a list must be a label and a value'],
    ['choices of another type', 'a: {choices: [1, two, true], default: 1}\n', 'it is not a whole number'],
  ])('%s is a failure of its question', (_name, config, message) => {
    const pack = made(config);
    const [variable] = pack.manifest.variables;
    if (variable === undefined) return expect.unreachable();
    expect(refusal(() => pack.foreign.refine?.(variable, runForeign(pack)))[0]).toContain(message);
  });

  it('a default of another type makes an answer necessary, and the question says why', () => {
    const pack = made('a: {type: int, help: How many?, default: many}\n');
    const [variable] = pack.manifest.variables;
    const found = variable && pack.foreign.refine?.(variable, runForeign(pack));
    const { prompt, default: fallback, required } = found?.definition ?? {};
    expect([prompt, fallback, required]).toEqual(['How many? (its default fails: it is not a whole number)', undefined, true]);
  });
});

describe('a question, once those before it are answered', () => {
  const refined = (config: string, answers: Readonly<Record<string, Value>> = {}) => {
    const pack = made(config);
    const variable = pack.manifest.variables.at(-1);
    const found = variable && pack.foreign.refine?.(variable, runForeign(pack, answers));
    const { type, default: value, prompt, example, choices } = found?.definition ?? {};
    return { applies: found?.applies, type, value, prompt, example, choices: choices?.map((choice) => [choice.label, choice.value]) };
  };

  it.each<readonly [config: string, answers: Readonly<Record<string, Value>>, expected: object]>([
    ['a: {type: "{{ \'int\' }}", default: "{{ 1 + 1 }}"}', {}, { type: 'integer', value: 2, prompt: 'a' }],
    ['a: {type: str, help: "  ", placeholder: "{{ 1 }}"}', {}, { prompt: 'a', example: '1', value: undefined }],
    ['a: {type: str, placeholder: "{% if false %}x{% endif %}", help: "Say {{ 2 }}"}', {}, { prompt: 'Say 2', example: undefined }],
    ['a: {type: str, multiline: "{{ true }}", default: x}', {}, { type: 'text', value: 'x' }],
    ['a: {type: str, secret: true, default: 5}', {}, { type: 'secret', value: '5' }],
    ['a: {type: json, default: {b: [1, 1.0]}}', {}, { type: 'text', value: '{"b": [1, 1.0]}' }],
    ['a: {type: yaml, default: "on"}', {}, { type: 'text', value: 'true' }],
    ['a: {type: yaml, default: "\'on\'"}', {}, { type: 'text', value: '"on"' }],
    ['a: {type: float, default: 2}', {}, { type: 'number', value: 2 }],
    [
      'a: {type: str, choices: {"{{ 1 }}": "x{{ 2 }}", B: b}}',
      {},
      {
        type: 'choice',
        choices: [
          ['1', 'x2'],
          ['B', 'b'],
        ],
      },
    ],
    [
      'a: {type: int, choices: [[One, 1], [Two, 2]], default: 2}',
      {},
      {
        value: 2,
        choices: [
          ['One', 1],
          ['Two', 2],
        ],
      },
    ],
    [
      'a: {type: int, choices: [1, 2.0]}',
      {},
      {
        choices: [
          ['1', 1],
          ['2.0', 2],
        ],
      },
    ],
    [
      'a: {type: str, choices: "{{ [1, 2] }}"}',
      {},
      {
        choices: [
          ['1', '1'],
          ['2', '2'],
        ],
      },
    ],
    ['a: {type: str, choices: ""}', {}, { type: 'string', choices: [] }],
    ['a: {type: str, choices: 5}', {}, { type: 'string', choices: [] }],
    ['a: {type: yaml, choices: {None: {value: null}}}', {}, { choices: [['None', 'None']] }],
    ['a: {type: str, choices: [x, y], multiselect: true, default: [y, x, z]}', {}, { type: 'choices', value: ['x', 'y'] }],
    ['a: {type: int, choices: [1, 2, 3], multiselect: true, default: 2}', {}, { value: [2] }],
    ['a: {type: int, choices: [1, 2, 3], multiselect: true, default: "[3, 1]"}', {}, { value: [1, 3] }],
    ['a: {type: int, choices: [1, 2], multiselect: true, default: ""}', {}, { value: [] }],
    ['a: {type: int, choices: [1, 2], multiselect: true, default: "2"}', {}, { value: [2] }],
    ['b: true\na: {type: str, when: "{{ b }}"}', { b: false }, { applies: false }],
    ['b: true\na: {type: str, when: "{{ b }}"}', { b: true }, { applies: true }],
    ['b: "x"\na: {type: str, default: "{{ b }}{{ c }}"}', { b: 'B' }, { value: 'B' }],
  ])('%s', (config, answers, expected) => expect(refined(config, answers)).toMatchObject(expected));

  it('is none of a name that is no question', () => {
    const pack = made('a: 1\n');
    const [variable] = pack.manifest.variables;
    if (variable === undefined) return expect.unreachable();
    expect(pack.foreign.refine?.({ ...variable, name: 'z' }, runForeign(pack))).toBeUndefined();
    expect(pack.foreign.textsOf?.('z').join('')).toBe('');
    expect(pack.foreign.validate?.('z', 1, runForeign(pack))).toBeUndefined();
    expect(pack.foreign.adoptAnswer?.('z', 1)).toBe(1);
  });

  it('says why something cannot be chosen', () => {
    const pack = made('os: mac\na: {choices: {A: {value: a, validator: "{% if os %} not on {{ os }} {% endif %}"}, B: b}}\n');
    const definition = pack.manifest.variables[1];
    if (definition === undefined) return expect.unreachable();
    const said = (os: string) => pack.foreign.refine?.(definition, runForeign(pack, { os }))?.definition.description;
    expect([said('mac'), said('')]).toEqual(['A cannot be chosen: not on mac', undefined]);
  });

  it.each([
    ['x', undefined],
    ['', 'too short'],
  ])('%j is checked by its validator', (value, problem) => {
    const pack = made('a: {type: str, validator: "{% if not a %} too short {% endif %}"}\n');
    expect(pack.foreign.validate?.('a', value, runForeign(pack))).toBe(problem);
  });

  it.each([
    ['yaml', '[1', 'it is not YAML'],
    ['json', "{'a': 1}", 'it is not JSON'],
    ['json', '{"a": 1}', undefined],
    ["{{ 'yaml' }}", '[1', 'it is not YAML'],
    ["{{ 'str' }}", '[1', undefined],
  ])('of the type %s %j is no answer, or is one: %s', (type, value, problem) => {
    const pack = made(`a: {type: "${type}", default: "1"}\n`);
    expect(pack.foreign.validate?.('a', value, runForeign(pack))).toBe(problem);
  });

  it('checks several choices as a list of them', () => {
    const pack = made('a: {type: int, choices: [1, 2, 3], multiselect: true, validator: "{% if a | length > 1 %}{{ a }}{% endif %}"}\n');
    expect(pack.foreign.validate?.('a', [3, 1], runForeign(pack))).toBe('[1, 3]');
  });

  it.each([
    ['n: 1', 'n', 7, 7],
    ['y: {type: yaml, default: null}', 'y', [1, 'a'], '[1, "a"]'],
    ['y: {type: yaml, default: null}', 'y', null, 'null'],
    ['f: 1.0', 'f', floatValue(3), 3],
    ['f: {type: float, choices: [1, 3]}', 'f', floatValue(3), 3],
    ['y: {type: yaml, default: null}', 'y', floatValue(3), '3.0'],
    ['y: {type: yaml, choices: [1.0, x]}', 'y', floatValue(1), '1.0'],
    ['n: 1', 'n', null, null],
    ['n: 1', 'n', 'text', 'text'],
    ['n: 1', 'n', ' 1_0 ', 10],
    ['n: 1', 'n', 2.7, 2],
    ['f: 1.5', 'f', '1e3', 1000],
    ['f: 1.5', 'f', 'nan', 'nan'],
    ['b: true', 'b', 'off', false],
    ['b: true', 'b', 1, true],
    ['s: a', 's', 3.12, '3.12'],
    ['s: a', 's', true, 'True'],
    ['s: {type: int, choices: [1, 80]}', 's', '80', 80],
    ['s: {type: bool, choices: {yes it is: true, no: false}}', 's', 'no', false],
    ['s: {type: "{{ t }}", default: 1}', 's', '80', '80'],
    ['c: {type: int, choices: [1, 2], multiselect: true}', 'c', '[1, 2]', [1, 2]],
    ['c: {type: str, choices: ["1.10", b], multiselect: true}', 'c', '[1.10]', ['1.10']],
    ['c: {type: int, choices: [1, 2], multiselect: true}', 'c', [1, 2], [1, 2]],
    ['c: {type: int, choices: [1, 2], multiselect: true}', 'c', 1, []],
  ] satisfies [string, string, Value, Value][])('%s: %s is adopted from its record', (config, name, value, adopted) => {
    expect(made(`${config}\n`).foreign.adoptAnswer?.(name, value)).toEqual(adopted);
  });
});
