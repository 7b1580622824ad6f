import { describe, expect, it } from 'vitest';
import type { VariableDefinition } from '../../core/pack/pack-manifest.ts';
import type { PackName } from '../../core/pack/pack-name.ts';
import type { Value } from '../../core/pack/values.ts';
import type { GivenAnswers, OwnEvaluation } from '../../core/template/answers/answer-types.ts';
import type { Evaluator } from '../../core/template/answers/evaluator.ts';
import { answersFromFlags } from '../../core/template/answers/given-sources.ts';
import { ScriptedPrompter, type ScriptedReply } from '../../testing/scripted-prompter.ts';
import { makeVariable as variable } from '../../testing/variable-fixture.ts';
import { type AskAnswersRequest, askAnswers } from './ask-answers.ts';

/** Templates of `{{ name }}` and conditions that are a name are all that is needed here. */
const evaluator: Evaluator = {
  template: (source, names) => source.replace(/\{\{ (\w+) \}\}/g, (_all, name: string) => String(names.get(name))),
  expression: (source, names) => names.get(source) ?? false,
  isTruthy: (value) => value === true,
};

const VARIABLES = [
  variable('project_name', { prompt: 'Project name', default: 'shop', pattern: '[a-z-]+', group: 'Basics' }),
  variable('title', { default: 'The {{ project_name }}', group: 'Basics' }),
  variable('docker', { type: 'boolean', default: false, group: 'Delivery' }),
  variable('image', { default: 'node', when: 'docker', group: 'Delivery' }),
  variable('port', { type: 'integer', default: 3000, min: 1024, max: 65535, group: 'Delivery' }),
  variable('database', {
    type: 'choice',
    default: 'sqlite',
    choices: [
      { value: 'sqlite', label: 'SQLite' },
      { value: 'postgres', label: 'PostgreSQL' },
    ],
  }),
  variable('extras', {
    type: 'choices',
    default: [],
    choices: [
      { value: 'a', label: 'a' },
      { value: 'b', label: 'b' },
    ],
    maxItems: 1,
  }),
  variable('token', { type: 'secret', minLength: 4 }),
];

interface Case {
  replies?: ScriptedReply[];
  flags?: string[];
  ask?: AskAnswersRequest['ask'];
  variables?: VariableDefinition[];
  own?: OwnEvaluation;
  signal?: AbortSignal;
}

async function run({ replies, flags = [], ask = 'all', variables = VARIABLES, own, signal }: Case) {
  const prompter = replies === undefined ? undefined : new ScriptedPrompter(replies);
  const given: GivenAnswers[] = [answersFromFlags(flags)];
  const request: AskAnswersRequest = {
    packs: [{ pack: 'api' as PackName, variables, ...(own && { own }) }],
    given,
    context: new Map(),
    evaluator,
    ask,
    title: 'web-api',
    ...(signal === undefined ? {} : { signal }),
  };
  const result = await askAnswers(request, { prompter });
  const answers: Record<string, Value> =
    result.kind === 'answered' ? Object.fromEntries(result.outcome.answers.get('api' as PackName) ?? []) : {};
  const seen = prompter?.seen ?? [];
  const asked = seen.flatMap((event) =>
    event.kind === 'prompt' ? [event.prompt.message] : event.kind === 'heading' ? [`# ${event.text}`] : [],
  );
  return { result, answers, seen, asked, remaining: prompter?.remaining };
}

const accept = (count: number): ScriptedReply[] => Array.from({ length: count }, () => 'accept');
const SECRET = { enter: 'hunter2' };
const DEFAULTS = {
  project_name: 'shop',
  title: 'The shop',
  docker: false,
  image: 'node',
  port: 3000,
  database: 'sqlite',
  extras: [],
  token: 'hunter2',
};

describe('interview', () => {
  it('asks in groups, takes defaults, shows a summary with masked secrets, and confirms', async () => {
    const { answers, asked, seen } = await run({ replies: [...accept(6), SECRET, 'accept'] });
    expect(answers).toEqual(DEFAULTS);
    expect(asked).toEqual([
      '# Basics',
      'Project name',
      'title',
      '# Delivery',
      'docker',
      'port',
      'database',
      'extras',
      'token',
      'Use these answers?',
    ]);
    const note = seen.find((event) => event.kind === 'note');
    expect(note?.text).toMatchInlineSnapshot(`
      "Basics
        project_name  shop      (default)
        title         The shop  (default)

      Delivery
        docker        false     (default)
        port          3000      (default)

      Other
        database      sqlite    (default)
        extras        –         (default)
        token         ••••••    (entered)"
    `);
    expect(JSON.stringify(seen)).not.toContain('hunter2');
  });

  it('derives defaults from earlier answers and asks what then applies', async () => {
    const { answers, asked } = await run({
      replies: [
        { enter: 'bazaar' },
        'accept',
        { enter: true },
        { enter: 'deno' },
        { enter: '8080' },
        { enter: 'postgres' },
        { enter: ['b'] },
        SECRET,
        'accept',
      ],
    });
    expect(answers).toEqual({
      project_name: 'bazaar',
      title: 'The bazaar',
      docker: true,
      image: 'deno',
      port: 8080,
      database: 'postgres',
      extras: ['b'],
      token: 'hunter2',
    });
    expect(asked).toContain('image');
  });

  it('validates on entry', async () => {
    const { seen } = await run({
      replies: [
        'accept',
        'accept',
        'accept',
        { enter: '99999' },
        { enter: 'x' },
        { enter: '4000' },
        'accept',
        { enter: ['a', 'b'] },
        'accept',
        { enter: 'abc' },
        SECRET,
        'accept',
      ],
    });
    expect(seen.flatMap((event) => (event.kind === 'refused' ? [event.problem] : []))).toEqual([
      'This is greater than 65535; expected an integer from 1024 to 65535',
      'This is not a whole number; expected an integer from 1024 to 65535',
      'This has 2 items, more than 1; expected a comma-separated list of at most 1 item out of a, b',
      'This has 3 characters, fewer than 4; expected a secret of at least 4 characters',
    ]);
  });

  it('goes back, and keeps what was entered', async () => {
    const { answers, seen } = await run({
      replies: [
        { enter: 'bazaar' },
        { enter: 'Fair' },
        'back',
        'back',
        'back',
        { enter: 'market' },
        'accept',
        ...accept(4),
        SECRET,
        'back',
        SECRET,
        'accept',
      ],
    });
    expect(answers).toMatchObject({ project_name: 'market', title: 'Fair' });
    const initials = seen.flatMap((event) => (event.kind === 'prompt' && event.prompt.kind === 'text' ? [event.prompt.initial] : []));
    expect(initials.slice(0, 7)).toEqual(
      ['shop', 'The bazaar', 'false', 'Fair', 'bazaar', 'bazaar', 'Fair'].filter((text) => text !== 'false').concat('3000'),
    );
  });

  it('changes one answer from the summary, also one that a flag gave, and asks what then applies', async () => {
    const edit: ScriptedReply[] = [
      { enter: 'edit' },
      { enter: 'port' },
      { enter: '5000' },
      { enter: 'edit' },
      { enter: 'docker' },
      { enter: true },
      'accept',
    ];
    const { answers, seen, remaining } = await run({
      flags: ['port=4000'],
      replies: [
        ...accept(5),
        SECRET,
        ...edit,
        { enter: 'edit' },
        { enter: 'token' },
        'accept',
        { enter: 'edit' },
        'back',
        { enter: 'edit' },
        { enter: 'title' },
        'back',
        'accept',
      ],
    });
    expect(answers).toEqual({ ...DEFAULTS, docker: true, port: 5000 });
    expect(remaining).toBe(0);
    const notes = seen.flatMap((event) => (event.kind === 'note' ? [event.text] : []));
    expect(notes[0]).toMatch(/port +4000 +\(from --var\)/);
    expect(notes.at(-1)).toMatch(/port +5000 +\(changed by you\)/);
  });

  it.each<[string, ScriptedReply[]]>([
    ['at a question', ['accept', 'cancel']],
    ['at the summary', [...accept(6), SECRET, 'cancel']],
    ['by choice', [...accept(6), SECRET, { enter: 'cancel' }]],
    ['while choosing what to change', [...accept(6), SECRET, { enter: 'edit' }, 'cancel']],
  ])('is cancelled %s', async (_where, replies) => expect((await run({ replies })).result).toEqual({ kind: 'cancelled' }));

  it('is cancelled by its signal', async () =>
    expect((await run({ replies: [], signal: AbortSignal.abort() })).result).toEqual({ kind: 'cancelled' }));

  it('asks only what is missing, without a summary', async () => {
    const { answers, asked } = await run({ ask: 'missing', replies: [SECRET] });
    expect(answers).toEqual(DEFAULTS);
    expect(asked).toEqual(['token']);
    expect((await run({ ask: 'missing', replies: [], flags: ['token=hunter2'] })).asked).toEqual([]);
  });

  it('expects of a template whose tool asks everything to be asked everything that is not given, without a summary', async () => {
    const own: OwnEvaluation = { evaluator, context: new Map(), asksAll: true };
    const { answers, asked } = await run({ ask: 'expected', own, flags: ['port=4000'], replies: [...accept(5), SECRET] });
    expect(answers).toEqual({ ...DEFAULTS, port: 4000 });
    expect(asked.filter((text) => !text.startsWith('#'))).toEqual(['Project name', 'title', 'docker', 'database', 'extras', 'token']);
    expect((await run({ ask: 'expected', replies: [SECRET] })).asked).toEqual(['token']);
    expect((await run({ ask: 'missing', own, replies: [SECRET] })).asked).toEqual(['token']);
  });

  it("has each answer checked by the template's own rule as it is entered, and asks about a default that breaks it", async () => {
    const rule: OwnEvaluation['validate'] = ({ name }, value, answers) =>
      name === 'title' && value === answers.get('project_name') ? 'it is the name' : undefined;
    const variables = [variable('project_name', { default: 'shop' }), variable('title', { default: '{{ project_name }}' })];
    const own: OwnEvaluation = { evaluator, context: new Map(), validate: rule };
    const replies: ScriptedReply[] = [{ enter: 'shop' }, { enter: 'Fair' }];
    const { answers, seen } = await run({ ask: 'missing', variables, own, replies });
    expect(answers).toEqual({ project_name: 'shop', title: 'Fair' });
    expect(seen.flatMap((event) => (event.kind === 'refused' ? [event.problem] : []))).toEqual([
      'This is the name; expected text on one line',
    ]);
  });

  it('asks again about an answer that a changed one made invalid', async () => {
    const own: OwnEvaluation = {
      evaluator,
      context: new Map(),
      validate: ({ name }, value, answers) => (name === 'b' && value === answers.get('a') ? 'it is a' : undefined),
    };
    const variables = [variable('a', { default: 'x' }), variable('b', { default: 'y' })];
    const change: ScriptedReply[] = [{ enter: 'edit' }, { enter: 'a' }, { enter: 'z' }];
    const { answers } = await run({ variables, own, replies: ['accept', { enter: 'z' }, ...change, { enter: 'w' }, 'accept'] });
    expect(answers).toEqual({ a: 'z', b: 'w' });
  });

  it('shows nothing of a pack that a terminal would act on', async () => {
    const evil = '\u001b]0;owned\u0007\u202eEvil';
    const variables = [
      variable('a', { prompt: evil, description: evil, group: evil, patternHint: evil, pattern: 'x', default: 'x' }),
      variable('c', { type: 'choice', prompt: evil, choices: [{ value: 'v', label: evil }] }),
    ];
    const { seen } = await run({ variables, replies: [{ enter: 'y' }, 'accept', 'accept', 'accept'] });
    expect(JSON.stringify(seen)).not.toMatch(/\\u001b|\\u0007|\u202e/);
  });
});

describe('without anybody to ask', () => {
  it('lists all that is missing', async () => {
    const variables = [variable('a'), variable('b', { type: 'integer', min: 1, max: 9 })];
    await expect(run({ variables })).rejects.toMatchObject({
      code: 'ANSWERS_MISSING',
      message: '2 variables have no value: a, b',
      diagnostics: [
        { suggestion: expect.stringContaining('--var a=some-text') },
        { message: expect.stringContaining('an integer from 1 to 9'), suggestion: expect.stringContaining('--var b=1') },
      ],
    });
  });

  it.each<[string, Case]>([
    ['no prompter', { flags: ['port=1', 'prot=1', 'token=x'] }],
    ['a prompter, before anything is asked', { flags: ['port=1', 'prot=1', 'token=x'], replies: [] }],
    ['never', { flags: ['port=1', 'prot=1', 'token=x'], ask: 'never', replies: [] }],
  ])('reports all that is invalid: %s', async (_what, given) =>
    expect(run(given)).rejects.toMatchObject({
      code: 'ANSWERS_INVALID',
      message: '3 problems with the variables',
      diagnostics: { length: 3 },
    }),
  );
});
