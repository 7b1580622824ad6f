import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeVariable as variable } from '../../../testing/variable-fixture.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { createEnvironment } from '../../jinja/environment.ts';
import type { VariableDefinition, VariableType } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value } from '../../pack/values.ts';
import { createEvaluator } from '../evaluator.ts';
import type { AnswerRequest, GivenAnswers, GivenSource, GivenValue } from './answer-types.ts';
import { resolveAnswers } from './resolve-answers.ts';

const evaluator = createEvaluator(createEnvironment());
const context = new Map<string, Value>([
  [
    'project',
    new Map([
      ['name', 'shop'],
      ['directory', 'My Shop'],
    ]),
  ],
]);

type Shape = Partial<VariableDefinition> & { type?: VariableType };

interface World {
  packs: Record<string, Record<string, Shape>>;
  given?: Partial<Record<GivenSource, Record<string, Value>>>;
  overrides?: Record<string, Record<string, Value>>;
}

function requestOf({ packs, given = {}, overrides = {} }: World): AnswerRequest {
  const isText = (source: string): boolean => source === 'flag' || source === 'environment' || source === 'interactive';
  const toGiven = (source: string, values: Record<string, Value>): Map<string, GivenValue> =>
    new Map(
      Object.entries(values).map(([key, value]) => [
        key,
        isText(source) ? { kind: 'text', text: String(value) } : { kind: 'value', value },
      ]),
    );
  return {
    packs: Object.entries(packs).map(([pack, variables]) => ({
      pack: pack as PackName,
      variables: Object.entries(variables).map(([name, shape]) => variable(name, shape)),
      ...(overrides[pack] === undefined ? {} : { overrides: toGiven('project', overrides[pack]) }),
    })),
    given: Object.entries(given).map(
      ([source, values]): GivenAnswers => ({ source: source as GivenSource, values: toGiven(source, values) }),
    ),
    context,
    evaluator,
  };
}

function resolve(world: World) {
  const outcome = resolveAnswers(requestOf(world));
  const answers = Object.fromEntries([...outcome.answers].map(([pack, values]) => [pack, Object.fromEntries(values)]));
  const findings = outcome.diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
  return { outcome, answers, findings };
}

const PORT: Shape = { type: 'integer', default: 3000, min: 1024, max: 65535 };

describe('values', () => {
  it('takes sources in the documented order', () => {
    const sources: Record<string, number> = { flag: 5001, file: 5002, environment: 5003, project: 5004, interactive: 5005, settings: 5006 };
    const order = Object.keys(sources);
    for (let from = 0; from <= order.length; from++) {
      const given = Object.fromEntries(
        order
          .slice(from)
          .reverse()
          .map((source) => [source, { port: sources[source]! }]),
      );
      const { answers, outcome } = resolve({ packs: { api: { port: PORT } }, given });
      expect(answers).toEqual({ api: { port: sources[order[from] ?? ''] ?? 3000 } });
      expect(outcome.entries[0]?.source).toBe(order[from] ?? 'default');
      expect(outcome.diagnostics).toEqual([]);
    }
  });

  it('renders defaults over earlier variables, in lists and maps too, and coerces them', () => {
    const { answers, findings } = resolve({
      packs: {
        api: {
          project_name: { default: '{{ project.directory | kebab_case }}' },
          title: { default: '{{ project_name | upper }}!' },
          docker: { type: 'boolean', default: false },
          compose: { type: 'boolean', default: '{{ not docker }}' },
          port: { type: 'integer', default: '{{ 1000 + 80 }}' },
          tags: { type: 'list', default: ['{{ project_name }}', 'x'] },
          labels: {
            type: 'map',
            default: new Map<string, Value>([
              ['name', '{{ title }}'],
              ['n', 1],
            ]),
          },
          both: { computed: "project_name ~ '-' ~ port" },
          many: { type: 'boolean', computed: 'tags | length > 1' },
        },
      },
    });
    expect(findings).toEqual([]);
    expect(answers['api']).toEqual({
      project_name: 'my-shop',
      title: 'MY-SHOP!',
      docker: false,
      compose: true,
      port: 1080,
      tags: ['my-shop', 'x'],
      labels: new Map<string, Value>([
        ['name', 'MY-SHOP!'],
        ['n', 1],
      ]),
      both: 'my-shop-1080',
      many: true,
    });
  });

  it('gives optional variables the empty value of their type, and skipped ones their default', () => {
    const { answers, outcome } = resolve({
      packs: {
        api: {
          note: { required: false },
          count: { type: 'integer', required: false },
          docker: { type: 'boolean', default: false },
          image: { default: 'node', when: 'docker' },
          registry: { type: 'url', when: 'docker' },
          tag: { default: '{{ nowhere }}', when: 'docker' },
          size: { type: 'integer', computed: '1 + 1', when: 'docker' },
        },
      },
    });
    expect(answers['api']).toEqual({ note: '', count: null, docker: false, image: 'node', registry: '', tag: '', size: null });
    expect(outcome.diagnostics).toEqual([]);
    expect(outcome.entries.filter((entry) => entry.status === 'skipped').map((entry) => [entry.name, entry.skippedBecause])).toEqual([
      ['image', 'docker'],
      ['registry', 'docker'],
      ['tag', 'docker'],
      ['size', 'docker'],
    ]);
  });

  it('matches names of the environment without case, and addresses', () => {
    const { answers } = resolve({
      packs: { api: { projectName: {}, port: PORT }, web: { port: PORT } },
      given: { environment: { PROJECTNAME: 'x' }, file: { web: new Map([['port', 4000]]) } },
    });
    expect(answers).toEqual({ api: { projectName: 'x', port: 3000 }, web: { port: 4000 } });
  });
});

describe('findings', () => {
  it.each<[what: string, world: World, findings: string[]]>([
    [
      'a value out of range',
      { packs: { api: { port: PORT } }, given: { flag: { port: '99999' } } },
      ['error ANSWER_INVALID port = "99999" (from --var) is not valid: it is greater than 65535; expected an integer from 1024 to 65535'],
    ],
    [
      'a secret is never shown',
      { packs: { api: { key: { type: 'secret', minLength: 9 } } }, given: { flag: { key: 'hunter2' } } },
      [
        'error ANSWER_INVALID key = •••••• (from --var) is not valid: it has 7 characters, fewer than 9; expected a secret of at least 9 characters',
      ],
    ],
    [
      'missing',
      { packs: { api: { author: { prompt: 'Author' }, mail: { type: 'email' } } } },
      [
        'error ANSWER_MISSING author (Author) of api has no value; expected text on one line',
        'error ANSWER_MISSING mail of api has no value; expected an e-mail address',
      ],
    ],
    [
      'unknown names',
      {
        packs: { api: { port: PORT } },
        given: { flag: { prot: '1', 'api.zzzzzz': 1 }, file: { x: 1 }, environment: { Y: '1' }, project: { z: 1 } },
      },
      [
        'error ANSWER_UNKNOWN api has no variable prot (from --var)',
        'error ANSWER_UNKNOWN api has no variable api.zzzzzz (from --var)',
        'error ANSWER_UNKNOWN api has no variable x (from a variables file)',
        'warning ANSWER_UNKNOWN api has no variable Y (from the environment)',
        'warning ANSWER_UNKNOWN api has no variable z (from packsmith.toml)',
      ],
    ],
    [
      'computed',
      { packs: { api: { both: { computed: '"a"' } } }, given: { flag: { both: 'x' } } },
      ['error ANSWER_NOT_ALLOWED both (from --var) is computed from other variables and takes no value'],
    ],
    [
      'inapplicable',
      {
        packs: { api: { docker: { type: 'boolean', default: false }, image: { when: 'docker' } } },
        given: { flag: { image: 'x' }, file: { image: 'y' } },
      },
      [
        'error ANSWER_NOT_ALLOWED image (from --var) has no meaning here: it applies only when docker',
        'warning ANSWER_NOT_ALLOWED image (from a variables file) has no meaning here: it applies only when docker',
      ],
    ],
    [
      'a default that fails',
      { packs: { api: { name: { default: '{{ nam }}' } } } },
      ['error VARIABLE_DEFINITION_FAILED the default of variable name of api fails: "nam" is not defined'],
    ],
    [
      'a default that the variable refuses',
      { packs: { api: { port: { ...PORT, default: 80 } } } },
      ['error VARIABLE_DEFINITION_FAILED the default of variable port of api fails: it is less than 1024'],
    ],
    [
      'a computed value of another type',
      { packs: { api: { n: { type: 'integer', computed: '"x"' } } } },
      ['error VARIABLE_DEFINITION_FAILED the computed value of variable n of api fails: it is text'],
    ],
    [
      'a computed value in quotation marks',
      { packs: { api: { n: { type: 'integer', computed: '"12"' } } } },
      ['error VARIABLE_DEFINITION_FAILED the computed value of variable n of api fails: it is text (write it without quotation marks)'],
    ],
    [
      'a broken condition',
      { packs: { api: { n: { default: '', when: 'a b' } } } },
      ['error VARIABLE_DEFINITION_FAILED the condition of variable n of api fails: '],
    ],
    [
      'what depends on a missing value is not reported again',
      { packs: { api: { a: {}, b: { default: '{{ a }}' }, c: { computed: 'b' }, d: { when: 'c' } } } },
      ['error ANSWER_MISSING a of api has no value'],
    ],
    [
      'but a given value is checked all the same',
      { packs: { api: { a: {}, d: { ...PORT, when: 'a' } } }, given: { flag: { d: 'x' } } },
      ['error ANSWER_MISSING a of api', 'error ANSWER_INVALID d = "x" (from --var)'],
    ],
    [
      'two types',
      { packs: { api: { port: PORT }, web: { port: {} } } },
      [
        'error VARIABLE_TYPE_CONFLICT api and web declare the variable port differently: in api it is of type integer (an integer from 1024 to 65535), in web it is of type string (text on one line)',
        'error ANSWER_MISSING port of web',
      ],
    ],
    [
      'control characters of a value',
      { packs: { api: { a: {} } }, given: { flag: { a: '\u001b[31mred' } } },
      ['error ANSWER_INVALID a = "\\u001b[31mred"'],
    ],
  ])('%s', (_what, world, expected) => {
    const { findings } = resolve(world);
    expect(findings).toHaveLength(expected.length);
    for (const [index, text] of expected.entries()) expect(findings[index]).toContain(text);
  });

  it('says what to do', () => {
    const { outcome } = resolve({
      packs: { api: { port: PORT, database: { type: 'choice', choices: [{ value: 'sqlite', label: 'sqlite' }] } } },
      given: { flag: { port: '1', database: 'sqlit', prt: '1' } },
    });
    expect(outcome.diagnostics.map((diagnostic) => diagnostic.suggestion)).toEqual([
      'for example --var port=3000; see all variables with `packs show api --variables`',
      'did you mean "sqlite"? for example --var database=sqlite; see all variables with `packs show api --variables`',
      'did you mean "port"? see all variables with `packs show api --variables`',
    ]);
  });

  it('advises to keep a secret out of the arguments', () => {
    const { outcome } = resolve({ packs: { api: { api_key: { type: 'secret' } } } });
    expect(outcome.diagnostics).toMatchObject([
      { suggestion: expect.stringContaining('give it as PACKSMITH_VAR_API_KEY in the environment') },
    ]);
  });

  it('explains a reference to a later variable', () => {
    const { outcome } = resolve({ packs: { api: { url: { default: 'http://{{ host }}' }, host: { default: 'x' } } } });
    expect(outcome.diagnostics).toMatchObject([{ suggestion: expect.stringContaining('"host" is declared later') }]);
  });

  it('masks a secret that an error quotes', () => {
    const failing = {
      ...evaluator,
      template: (): string => {
        throw new PacksmithError('TEMPLATE_FAILED', 'cannot use hunter2');
      },
    };
    const request = requestOf({
      packs: { api: { key: { type: 'secret' }, b: { default: '{{ key }}' } } },
      given: { flag: { key: 'hunter2' } },
    });
    expect(resolveAnswers({ ...request, evaluator: failing }).diagnostics).toMatchObject([
      { message: expect.stringContaining('cannot use ••••••') },
    ]);
  });

  it('lets a budget end the resolution', () => {
    const request = requestOf({
      packs: { api: { b: { default: '{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}' } } },
    });
    expect(() => resolveAnswers(request)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });
});

describe('several packs', () => {
  const author: Shape = { type: 'string', default: 'nobody' };
  it('share one value', () => {
    const { answers, outcome } = resolve({
      packs: { api: { author }, web: { author: { type: 'string' } } },
      given: { flag: { author: 'Ada' } },
    });
    expect(answers).toEqual({ api: { author: 'Ada' }, web: { author: 'Ada' } });
    expect(outcome.entries.map(({ key, packs }) => [key, packs])).toEqual([['author', ['api', 'web']]]);
  });

  it('share the default of the first', () =>
    expect(resolve({ packs: { api: { author }, web: { author: { default: 'somebody' } } } }).answers).toEqual({
      api: { author: 'nobody' },
      web: { author: 'nobody' },
    }));

  it('do not share what says so', () =>
    expect(resolve({ packs: { api: { author }, web: { author: { default: 'somebody', shared: false } } } }).answers).toEqual({
      api: { author: 'nobody' },
      web: { author: 'somebody' },
    }));

  it('can each be addressed, which resolves a conflict of types', () => {
    const { answers, findings } = resolve({ packs: { api: { port: PORT }, web: { port: {} } }, given: { flag: { 'web.port': 'http' } } });
    expect(findings).toEqual([]);
    expect(answers).toEqual({ api: { port: 3000 }, web: { port: 'http' } });
  });

  it('have overrides, weaker than flags and stronger than the values of the project', () => {
    const world: World = {
      packs: { api: { port: PORT }, web: { port: PORT } },
      overrides: { web: { port: 4000 } },
      given: { project: { port: 5000 } },
    };
    expect(resolve(world).answers).toEqual({ api: { port: 5000 }, web: { port: 4000 } });
    expect(resolve({ ...world, given: { flag: { port: '6000' } } }).answers).toEqual({ api: { port: 6000 }, web: { port: 6000 } });
  });

  it('each check a shared value', () => {
    const { findings } = resolve({ packs: { api: { port: PORT }, web: { port: { type: 'integer', max: 2000 } } } });
    expect(findings).toEqual([expect.stringContaining('it is greater than 2000 (web shares it)')]);
  });

  it('settle a value in the first pack where it applies', () => {
    const packs = {
      api: { docker: { type: 'boolean', default: false } as Shape, image: { default: 'a', when: 'docker' } },
      web: { image: { default: 'b' } },
    };
    const { answers, findings } = resolve({ packs, given: { flag: { image: 'c' } } });
    expect(findings).toEqual([]);
    expect(answers).toEqual({ api: { docker: false, image: 'a' }, web: { image: 'c' } });
  });
});

describe('laws', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const shape = fc.record({ isValid: fc.boolean(), source: fc.constantFrom<GivenSource>('flag', 'file', 'environment', 'project') });

  it('n invalid values give n errors, each naming its variable, whatever else is valid', () =>
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 5 }), (shapes) => {
        const packs = { api: Object.fromEntries(shapes.map((_shape, index) => [names[index]!, PORT])) };
        const given: Partial<Record<GivenSource, Record<string, Value>>> = {};
        for (const [index, { isValid, source }] of shapes.entries()) {
          given[source] = { ...given[source], [names[index]!]: isValid ? 2000 + index : index };
        }
        const { outcome, answers } = resolve({ packs, given });
        const wrong = shapes.flatMap(({ isValid }, index) => (isValid ? [] : [names[index]!]));
        expect(outcome.diagnostics.map(({ message }) => message[0])).toEqual(wrong);
        expect(Object.keys(answers['api']!)).toEqual(names.slice(0, shapes.length).filter((name) => !wrong.includes(name)));
      }),
    ));

  it('is deterministic, and does not depend on the order in which sources of different kinds stand', () => {
    const world: World = {
      packs: { api: { port: PORT, a: { default: '{{ port }}' } }, web: { port: PORT, b: {} } },
      given: { flag: { port: '2000' }, file: { b: 'x' }, environment: { B: 'y', C: 'z' } },
    };
    const request = requestOf(world);
    const expected = resolveAnswers(request);
    fc.assert(
      fc.property(fc.shuffledSubarray([...request.given], { minLength: 3 }), (given) => {
        const { answers, entries } = resolveAnswers({ ...request, given });
        expect({ answers, entries }).toEqual({ answers: expected.answers, entries: expected.entries });
      }),
    );
    expect(resolveAnswers(request)).toEqual(expected);
  });
});
