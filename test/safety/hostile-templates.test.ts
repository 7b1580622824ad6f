import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWorkshops, readTexts } from '../support/run-program.ts';
import { writePack } from '../support/write-pack.ts';

const makeWorkshop = makeWorkshops();

/** Generates from a pack with this one template. */
async function render(template: string, manifest = '', env: Readonly<Record<string, string>> = {}) {
  const workshop = makeWorkshop();
  const pack = writePack(join(workshop.root, 'evil'), { id: 'evil', manifest, files: { 'templates/a.txt.jinja': template } });
  const end = await workshop.run(['generate', pack, 'out'], { env });
  return { ...end, workshop, out: join(workshop.work, 'out') };
}

describe('a template that reaches for the host', () => {
  const EXPRESSIONS = [
    "''.constructor.constructor('return process')()",
    '[].constructor',
    "{}['__proto__']",
    '{}.__proto__.polluted',
    "{'__proto__': {'polluted': 'yes'}}.polluted",
    "''['__class__'].__mro__",
    'cycler.__init__.__globals__.os.environ',
    'lipsum.__globals__',
    'self.__class__',
    'project.constructor',
    "project['toString']()",
    'pack.__proto__',
    'process.env.SECRET',
    'globalThis',
    "require('fs')",
    "('' | attr('constructor'))",
    "(namespace() | attr('__proto__'))",
    "[1] | map('constructor') | list",
    "[''] | map(attribute='constructor') | list",
    "'%s' | format(''.constructor)",
    "'{0.constructor}'.format('')",
    "'{0.__class__}'.format('')",
    'joiner().constructor',
    'range.constructor',
    'loop.constructor',
    "(dict(a=1)).hasOwnProperty('a')",
  ];
  it.each(EXPRESSIONS)('%s gets nothing', async (expression) => {
    const { exitCode, stdout, stderr, out } = await render(`[{{ ${expression} }}]`, '', { SECRET: 'the secret of the user' });
    const text = `${stdout}${stderr}${existsSync(out) ? Object.values(readTexts(out)).join() : ''}`;
    expect(text).not.toMatch(/the secret of the user|\[native code\]|\[object |class \w+ \{/);
    expect(stderr).not.toContain('UNEXPECTED');
    expect([0, 4], stderr).toContain(exitCode);
    if (exitCode === 4) expect(existsSync(out)).toBe(false);
  });

  it.each([
    "{% include '../../secret.txt' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'pack.toml' ignore missing %}{% import '../x' as x %}",
    "{% extends '/etc/hostname' %}",
  ])('%s reads nothing outside the pack', async (template) => {
    const { exitCode, stderr, out } = await render(template);
    expect(exitCode, stderr).toBe(4);
    expect(stderr).not.toMatch(/root:|UNEXPECTED/);
    expect(existsSync(out)).toBe(false);
  });

  it.each(['now', "'x' | env", "lookup('env', 'HOME')", 'open("/etc/passwd")', 'range(3) | random', '[1, 2] | shuffle'])(
    '%s has no clock, environment, file or chance that differs between runs',
    async (expression) => {
      const { exitCode, stderr, stdout } = await render(`{{ ${expression} }}`);
      if (expression === 'now') expect(exitCode, stderr).toBe(0);
      else expect(exitCode, stdout).toBe(4);
    },
  );
});

describe('a bomb', () => {
  const BOMBS: readonly [string, string][] = [
    ['a loop', '{% for a in range(1000000000) %}x{% endfor %}'],
    ['nested loops without output', '{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}'],
    ['a long string by multiplication', "{{ 'x' * 10000000000 }}"],
    ['a long list by multiplication', '{{ ([0] * 10000000000) | length }}'],
    ['a string that doubles', "{% set ns = namespace(t='x') %}{% for i in range(64) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}"],
    ['a power', '{{ 9 ** 9999999999 }}'],
    ['a power in a loop', '{% set ns = namespace(n=3) %}{% for i in range(64) %}{% set ns.n = ns.n * ns.n %}{% endfor %}{{ ns.n }}'],
    ['a shift by format', "{{ '%1000000000d' | format(1) }}"],
    ['padding', "{{ 'x' | center(10000000000) }}"],
    ['indentation', "{{ ('x\\n' * 100000) | indent(1000000) }}"],
    ['replacement', "{{ ('a' * 100000) | replace('a', 'b' * 100000) }}"],
    ['a macro that calls itself', '{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}'],
    ['a macro that calls itself twice', '{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(200) }}'],
    ['a template that includes itself', "{% include 'templates/a.txt.jinja' %}"],
    ['a recursive loop', '{% for a in [[1]] recursive %}{{ loop(a if a is iterable else [[a]]) }}{{ loop([[a]]) }}{% endfor %}'],
    ['slices of slices', '{% for a in range(100000) %}{% set x = range(100000) | slice(100000) | list %}{% endfor %}'],
    ['a sort of sorts', '{% for a in range(100000) %}{% set x = range(100000) | sort %}{% endfor %}'],
    ['word wrapping', "{{ ('word ' * 1000000) | wordwrap(1) }}"],
    ['a sum of lists', '{{ ([range(1000) | list] * 100000) | sum(start=[]) | length }}'],
    ['deep brackets', `{{ ${'['.repeat(200_000)} }}`],
    ['deep blocks', '{% if 1 %}'.repeat(100_000)],
    ['a long chain of filters', `{{ 'x'${' | upper'.repeat(100_000)} }}`],
    ['a long sum', `{{ 1${' + 1'.repeat(200_000)} }}`],
    ['a deep value as text', '{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}'],
    [
      'a deep value as JSON',
      '{% set ns = namespace(l=[]) %}{% for i in range(100000) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l | to_json }}',
    ],
    ['joins', "{% set l = range(1000000) | list %}{% for i in range(1000000) %}{% set x = l | join('x') %}{% endfor %}"],
    ['hashes', "{% for i in range(10000000) %}{% set x = ('x' * 100000) | sha256 %}{% endfor %}"],
  ];
  it.each(BOMBS)('%s ends at its limit, and the program lives', async (_, template) => {
    const { exitCode, stderr, out, workshop } = await render(template);
    expect(exitCode, stderr.slice(0, 2000)).toBe(4);
    expect(stderr.slice(0, 400)).toMatch(/LIMIT_EXCEEDED|TEMPLATE_FAILED|TEMPLATE_SYNTAX/);
    expect(stderr.length).toBeLessThan(20_000);
    expect(stderr).not.toMatch(/UNEXPECTED|heap|Maximum call stack|RangeError/);
    expect(existsSync(out)).toBe(false);
    await workshop.succeed(['list']);
  });

  it('in a default, a condition, a path, a hook or a computed value ends as well', async () => {
    const endless = '{% for a in range(1000000000) %}x{% endfor %}';
    const manifests = [
      `[variables.a]\ntype = "string"\ndefault = ${JSON.stringify(endless)}`,
      `[variables.a]\ntype = "integer"\ncomputed = ${JSON.stringify("('x' * 10000000000) | length")}`,
      `[[templates]]\ntext = "x"\noutput = ${JSON.stringify(endless)}`,
      `[[templates]]\ntext = "x"\noutput = "b.txt"\nwhen = ${JSON.stringify("'x' * 10000000000")}`,
      `[[hooks.post_generate]]\nname = "h"\nrun = ["echo", ${JSON.stringify(endless)}]`,
    ];
    for (const manifest of manifests) {
      const { exitCode, stderr, out } = await render('x', manifest);
      expect([2, 4], `${manifest}\n${stderr.slice(0, 1000)}`).toContain(exitCode);
      expect(stderr).not.toMatch(/UNEXPECTED|heap|Maximum call stack|RangeError/);
      expect(existsSync(out)).toBe(false);
    }
  });
});

describe('a pattern that explodes', () => {
  it.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^([a-zA-Z]+)*$', '^(.*a){20}$', '(x+x+)+y'])(
    '%s is answered all the same',
    async (pattern) => {
      const workshop = makeWorkshop();
      const manifest = `[variables.a]\ntype = "string"\npattern = ${JSON.stringify(pattern)}`;
      const pack = writePack(join(workshop.root, 'evil'), { id: 'evil', manifest, files: { 'templates/a.txt.jinja': '{{ a }}' } });
      const { exitCode, stderr } = await workshop.run(['generate', pack, 'out', '--var', `a=${'a'.repeat(50_000)}${'x'.repeat(1000)}!`]);
      expect(exitCode, stderr.slice(0, 500)).toBe(2);
      expect(stderr).toContain('ANSWERS_INVALID');
      // A value of fifty thousand letters is not shown whole.
      expect(stderr.length).toBeLessThan(5_000);
    },
  );

  it.each(['(a)\\1', '(?=a)', '(?<!a)b', '(', '[z-a]', 'a{99999}'])(
    '%s, which no linear engine can answer, is refused',
    async (pattern) => {
      const workshop = makeWorkshop();
      const manifest = `[variables.a]\ntype = "string"\npattern = ${JSON.stringify(pattern)}`;
      const pack = writePack(join(workshop.root, 'evil'), { id: 'evil', manifest });
      const generated = await workshop.run(['generate', pack, 'out', '--var', 'a=a']);
      expect(generated.exitCode, generated.stderr).toBe(2);
      expect(generated.stderr).toContain('pattern');
      const { exitCode, stdout, stderr } = await workshop.run(['validate', pack]);
      expect(exitCode, stderr).toBe(2);
      expect(stdout).toMatch(/pack\.toml:\d+:\d+[\s\S]*variables\.a\.pattern/);
    },
  );
});

describe('a huge manifest or pack', () => {
  it.each<[string, string]>([
    ['a manifest over 1 MB', `# ${'x'.repeat(1_100_000)}\n`],
    ['too many variables', Array.from({ length: 201 }, (_, index) => `[variables.v${index}]\ntype = "string"\n`).join('\n')],
    ['too many templates', Array.from({ length: 501 }, (_, index) => `[[templates]]\ntext = "x"\noutput = "f${index}"\n`).join('\n')],
    ['nesting without end', `x = ${'['.repeat(100_000)}`],
    ['inline tables without end', `x = ${'{a='.repeat(100_000)}`],
    ['a key with ten thousand parts', `${Array.from({ length: 10_000 }, () => 'a').join('.')} = 1`],
  ])('%s is refused with its limit', async (_, manifest) => {
    const workshop = makeWorkshop();
    const pack = writePack(join(workshop.work, 'packs', 'evil'), { id: 'evil', manifest });
    const { exitCode, stderr } = await workshop.run(['generate', pack, 'out']);
    expect(exitCode, stderr.slice(0, 500)).toBe(2);
    expect(stderr).not.toMatch(/UNEXPECTED|Maximum call stack|RangeError/);
    expect(stderr.length).toBeLessThan(20_000);
    expect((await workshop.succeed(['list'])).stdout).toContain('web-api-starter');
  });

  it('of more than 10 000 files, or with a template over 10 MB, is refused', async () => {
    const workshop = makeWorkshop();
    const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`templates/${index}.txt`, '']));
    for (const files of [many, { 'templates/big.txt': new Uint8Array(10 * 1024 * 1024 + 1) }]) {
      const pack = writePack(join(workshop.root, `evil-${Object.keys(files).length}`), { id: 'evil', files });
      const { exitCode, stderr } = await workshop.run(['generate', pack, 'out']);
      expect(exitCode, stderr).toBe(4);
      expect(stderr).toMatch(/PACK_TOO_LARGE[\s\S]*limit/);
    }
    expect(existsSync(join(workshop.work, 'out'))).toBe(false);
  });
});
