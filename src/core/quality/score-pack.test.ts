import { describe, expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import type { Pack } from '../pack/pack.ts';
import { gatherScoreFacts, scoreStatically } from './gather-score-facts.ts';
import type { TrialFacts } from './score/score-facts.ts';
import { DIMENSIONS, scorePack } from './score-pack.ts';

const MIT = 'MIT License\n\nPermission is hereby granted, free of charge, to any person …';
const WORDS = Array.from({ length: 130 }, (_, index) => `wort${'abcdefghij'[index % 10]}${'klmnopqrst'[index % 7]}`).join(' ');
const MANIFEST = `keywords = ["yaml"]
[dependencies]
core = "^1.0.0"
[packages.npm]
fastify = "^5.0.0"
[variables.name]
type = "string"
prompt = "Name"
description = "What it is called"
pattern = "[a-z]+"
[variables.docker]
type = "boolean"
prompt = "Containers"
description = "Whether there is a container"
default = true
[queries.all]
text = "SELECT * {}"
[[hooks.post_generate]]
run = ["git", "init"]
when = "docker"
[[examples]]
title = "One"
variables = { name = "ada" }
`;
const FILES: Record<string, string> = {
  LICENSE: MIT,
  'CHANGELOG.md': '# Changelog\n\n## 1.0.0\n\n- The first version, with everything that one wants of it\n',
  'README.md': `# sample\n\n${WORDS} \`name\` \`docker\` yaml\n\n\`\`\`sh\npacks generate sample out\n\`\`\`\n`,
  'templates/{{ name }}.txt.jinja': '{{ name }} {{ queries.all }}{% if docker %}x{% endif %}',
  'tests/a.toml': 'name = "a"\n[variables]\nname = "a"\n[expect]\nfiles = ["a.txt"]\n',
  'tests/b.toml': 'name = "b"\n[variables]\nname = "b"\ndocker = false\n[expect]\nfiles = ["b.txt"]\n',
  'tests/c.toml': 'name = "c"\n[variables]\nname = "c"\n[expect]\nfiles = ["c.txt"]\n',
};
const DESCRIPTION = 'A service with yaml settings, containers, pipelines, tests and documentation';
const full = { done: 3, of: 3 };
const TRIAL: TrialFacts = {
  cases: full,
  rendered: new Set(['templates/{{ name }}.txt.jinja']),
  examples: { done: 1, of: 1 },
  queries: { done: 1, of: 1 },
};

const packOf = (manifest = MANIFEST, files: Record<string, string | undefined> = {}, description = DESCRIPTION) => {
  const [keywords = '', ...rest] = manifest.split('\n');
  const pack = makePack({
    manifest: rest.join('\n'),
    files: Object.fromEntries(Object.entries({ ...FILES, ...files }).filter(([, text]) => text !== undefined)) as Record<string, string>,
  });
  const list = /\["(.*)"\]/.exec(keywords)?.[1]?.split('", "') ?? [];
  return { ...pack, manifest: { ...pack.manifest, keywords: list, description } };
};

const lost = (pack: ReturnType<typeof packOf>, trial: TrialFacts | undefined = TRIAL) => {
  const { dimensions, score } = scorePack(gatherScoreFacts(pack, new Map(), trial));
  return {
    score,
    missing: dimensions.flatMap(({ name, checks }) =>
      checks.filter(({ advice }) => advice !== undefined).map((check) => `${name}: ${check.name}`),
    ),
  };
};

describe('the score', () => {
  it('is 100 where nothing is missing, and has all eight dimensions', () => {
    expect(lost(packOf())).toEqual({ score: 100, missing: [] });
    expect(scorePack(gatherScoreFacts(packOf(), new Map(), TRIAL)).dimensions.map(({ name }) => name)).toEqual(
      DIMENSIONS.map(([{ name }]) => name),
    );
    expect(DIMENSIONS.reduce((sum, [, weight]) => sum + weight, 0)).toBe(100);
  });

  it.each<[what: string, pack: ReturnType<typeof packOf>, missing: string, trial?: TrialFacts]>([
    ['a short description', packOf(MANIFEST, {}, 'A sample service'), 'metadata: words of the description that the title does not have'],
    [
      'a LICENSE of another licence',
      packOf(MANIFEST, { LICENSE: 'Apache License\nVersion 2.0' }),
      'metadata: LICENSE is the text of the licence that the manifest names',
    ],
    [
      'a changelog without the version',
      packOf(MANIFEST, { 'CHANGELOG.md': `## 0.9.0\n\n${WORDS}` }),
      'metadata: CHANGELOG.md has the version',
    ],
    [
      'keywords of which nothing is there',
      packOf(MANIFEST.replace('"yaml"', '"quantum"')),
      'metadata: keywords that occur in the files of the pack',
    ],
    [
      'a template that fails',
      packOf(MANIFEST, { 'templates/b.jinja': '{{ nam }}' }),
      'templates: texts in the template language without errors',
    ],
    [
      'a branch that is dead',
      packOf(MANIFEST, { 'templates/{{ name }}.txt.jinja': '{{ name }}{{ queries.all }}{% if docker and not docker %}x{% endif %}' }),
      'templates: texts without branches and outputs that cannot be reached',
    ],
    [
      'a path of any text',
      packOf(MANIFEST.replace('pattern = "[a-z]+"', 'max_length = 9')),
      'templates: paths made of values that fit into paths',
    ],
    ['a file that nothing uses', packOf(MANIFEST, { 'x.txt': '' }), 'templates: files that something uses'],
    ['a query that does not compile', packOf(), 'queries: queries that compile', { ...TRIAL, queries: { done: 0, of: 1 } }],
    [
      'a variable that nothing uses',
      packOf(`${MANIFEST.replace('[dependencies]\ncore = "^1.0.0"\n', '')}[variables.team]\ntype = "boolean"\n`),
      'variables: variables that can be asked and have an effect',
    ],
    [
      'a question without words',
      packOf(MANIFEST.replace('prompt = "Containers"\n', '')),
      'variables: questions with a prompt and a description',
    ],
    [
      'a range that never ends',
      packOf(MANIFEST.replace('"^5.0.0"', '">=5.0.0"')),
      'dependencies: packages and packs with a range that ends',
    ],
    [
      'a package that is deprecated',
      packOf(MANIFEST.replace('fastify', 'request')),
      'dependencies: packages and packs that are not known to be deprecated',
    ],
    [
      'a README that does not name a variable',
      packOf(MANIFEST, { 'README.md': FILES['README.md']?.replace('`docker`', '') }),
      'documentation: variables that the README names',
    ],
    [
      'a README without a command',
      packOf(MANIFEST, { 'README.md': `${WORDS} name docker yaml` }),
      'documentation: the README shows how to generate a project',
    ],
    ['too few cases', packOf(MANIFEST, { 'tests/c.toml': undefined }), 'examples and tests: test cases'],
    [
      'a choice that no case makes',
      packOf(MANIFEST, { 'tests/b.toml': 'name = "b"\n[variables]\nname = "b"\n[expect]\nfiles = ["b.txt"]\n' }),
      'examples and tests: choices that a test case or example makes',
    ],
    ['a case that fails', packOf(), 'examples and tests: test cases that pass', { ...TRIAL, cases: { done: 2, of: 3 } }],
    [
      'a template that no case renders',
      packOf(),
      'examples and tests: templates that a passing case renders',
      { ...TRIAL, rendered: new Set() },
    ],
    ['an example that fails', packOf(), 'examples and tests: examples that give a project', { ...TRIAL, examples: { done: 0, of: 1 } }],
    ['a secret', packOf(MANIFEST, { 'templates/k.txt': `ghp_${'a1B2c3D4e5'.repeat(4)}` }), 'hooks and safety: no secret in any file'],
    [
      'a hook that writes files',
      packOf(MANIFEST.replace('["git", "init"]', '["touch", "x"]')),
      'hooks and safety: hooks that need a command',
    ],
  ])('is less for %s', (_what, pack, missing, trial) => {
    const { score, missing: all } = lost(pack, trial);
    expect(all).toContain(missing);
    expect(score).toBeLessThan(100);
  });

  it('takes nothing that the pack allows itself for mended', () => {
    const allowed = `${MANIFEST}[[lint.allow]]\nrule = "typed-hook"\nreason = "I say so"\n`.replace('["git", "init"]', '["touch", "x"]');
    expect(lost(packOf(allowed)).missing).toContain('hooks and safety: hooks that need a command');
  });

  it('counts nothing that a pack merely says: a case that cannot be read is no case, and cases that fail cover nothing', () => {
    const claims = { 'tests/a.toml': 'name = ', 'tests/b.toml': 'coverage = 100', 'tests/c.toml': '' };
    const score = lost(packOf(MANIFEST, claims), { ...TRIAL, cases: { done: 0, of: 1 }, rendered: new Set() });
    expect(score.missing).toEqual(expect.arrayContaining(['examples and tests: test cases', 'examples and tests: test cases that pass']));
  });

  it('leaves out what does not apply, and stays out of a hundred', () => {
    const small = makePack({ files: { 'templates/a.txt': 'x' } });
    const { dimensions, basis } = scoreStatically(small);
    expect(basis).toBe('static');
    expect(dimensions.map(({ name }) => name)).not.toContain('queries');
    expect(dimensions.reduce((sum, { worth }) => sum + worth, 0)).toBeCloseTo(100, 0);
  });

  // What is expected is written by `npm run snap -- src/core/quality`, to be read before it is committed.
  it.each<[what: string, pack: Pack, trial?: TrialFacts]>([
    ['nothing is missing', packOf(), TRIAL],
    ['nothing was tried', packOf()],
    ['nothing is there', makePack({ files: {} })],
    [
      'something of everything is missing',
      packOf(
        `keywords = ["quantum", "yaml"]
[dependencies]
core = ">=1.0.0 || ^0.1.0"
[packages.npm]
fastify = "5.x || 1 - 2"
request = ">=5.0.0"
[variables.name]
type = "string"
[variables.port]
type = "integer"
min = 1
[variables.size]
type = "integer"
min = 1
max = 2
prompt = "Size"
[variables.parts]
type = "choices"
choices = ["a", "b"]
default = []
[variables.kind]
type = "choice"
choices = ["a", "b", "c"]
default = "a"
[queries.all]
text = "SELECT * {}"
[queries.unused]
text = "SELECT * {}"
[[hooks.post_generate]]
run = ["touch", "x"]
[[hooks.post_generate]]
run = ["git", "init"]
when = "name"
[[examples]]
title = "One"
variables = { name = "ada", parts = ["b"] }
[[examples]]
title = "Two"
`,
        {
          'README.md': '# sample\n\n  two   words\n\nname\n',
          'CHANGELOG.md': '## 0.9.0\n\n- old\n\n## 1.0.0\n',
          LICENSE: 'something else',
          'x.txt': '',
          'parts/p.jinja': '{{ nam }}',
          'templates/{{ name }}.txt.jinja': '{{ name | zzz }} {{ queries.all }}{% if kind == "d" %}x{% endif %}',
          'templates/b.jinja': '{% for a in range(900) %}{% for b in range(900) %}{{ a }}{% endfor %}{% endfor %}',
          'tests/c.toml': undefined,
        },
        'A service',
      ),
      { cases: { done: 1, of: 2 }, rendered: new Set(['templates/b.jinja']), examples: { done: 1, of: 2 }, queries: { done: 1, of: 2 } },
    ],
  ])('says what it measured where %s', (_what, pack, trial) => {
    const { score, basis, dimensions } = scorePack(gatherScoreFacts(pack, new Map(), trial));
    const lines = dimensions.flatMap(({ name, gained, worth, checks }) => [
      `${name}: ${gained} of ${worth}`,
      ...checks.map(
        (check) =>
          `  ${check.name}: ${check.measured.done}/${check.measured.of}, ${check.gained} of ${check.worth}${check.advice === undefined ? '' : ` – ${check.advice}`}`,
      ),
    ]);
    expect(`\n${[`${score}, ${basis}`, ...lines].join('\n')}\n`).toMatchSnapshot();
  });

  it('is the same for the same files', () => {
    expect(JSON.stringify(scoreStatically(packOf()))).toBe(JSON.stringify(scoreStatically(packOf())));
  });
});
