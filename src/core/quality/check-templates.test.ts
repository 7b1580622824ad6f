import { describe, expect, it } from 'vitest';
import { makeForeign } from '../../testing/foreign-fixture.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkTemplates } from './check-templates.ts';

type Files = NonNullable<Parameters<typeof makePack>[0]>['files'];

const check = (files: Files, manifest = ''): string[] =>
  checkTemplates(makePack({ manifest, ...(files && { files }) })).map(
    ({ severity, message, where, suggestion }) =>
      `${severity} ${where?.file}:${where?.line ?? ''}:${where?.column ?? ''} ${message}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  );

const text = (output: string, more = ''): string => `[[templates]]\ntext = "x"\noutput = "${output}"\n${more}\n`;

describe('checkTemplates', () => {
  it.each<[what: string, files: Files, manifest: string, found: string[]]>([
    ['knows the filters and tests there are', { 'templates/a.jinja': '{{ pack.id | kebab_case | upper }}{{ now is defined }}' }, '', []],
    [
      'refuses an unknown filter',
      { 'templates/a.jinja': 'a\n{{ pack.id | kebab_cas }}' },
      '',
      ['error templates/a.jinja:2:14 there is no filter named "kebab_cas" → did you mean kebab_case?'],
    ],
    [
      'refuses an unknown filter of a block',
      { 'templates/a.jinja': '{% filter uper %}a{% endfilter %}' },
      '',
      [expect.stringContaining('there is no filter named "uper" → did you mean upper')],
    ],
    [
      'refuses an unknown test',
      { 'templates/a.jinja': '{{ now is defind }}' },
      '',
      [expect.stringContaining('there is no test named "defind" → did you mean ')],
    ],
    [
      'refuses a template that is no text',
      { 'templates/a.jinja': new Uint8Array([0x63, 0xe9]) },
      '',
      ['error templates/a.jinja:: the template is not valid UTF-8 → remove the .jinja suffix to copy the file byte for byte'],
    ],
    [
      'refuses two templates for one path',
      { 'templates/a': 'a' },
      text('a') + text('b') + text('B'),
      [
        'error pack.toml:: templates/a and pack.toml [[templates]] 1 both write a',
        'error pack.toml:: pack.toml [[templates]] 2 and pack.toml [[templates]] 3 both write B',
      ],
    ],
    [
      'lets conditions and loops decide',
      { 'templates/a': 'a' },
      text('a', 'when = "pack.id == \'x\'"') + text('{{ pack.id }}') + text('{{ pack.id }}'),
      [],
    ],
  ])('%s', (_what, files, manifest, found) => expect(check(files, manifest)).toEqual(found));
});

describe('checkTemplates of a template of another tool', () => {
  const NOW = "{% now 'utc', '%Y' %}";

  it.each([
    ['cookiecutter', { 'cookiecutter.json': '{"slug": "demo"}', '{{cookiecutter.slug}}/a.txt': `${NOW}{{ [1] | jsonify }}` }],
    [
      'copier',
      { 'copier.yml': 'a: [1]\n', '{% yield x from a %}{{ x }}{% endyield %}.txt.jinja': '{{ x }}', 'b.jinja': '{{ a | to_nice_json }}' },
    ],
    ['copier', { 'copier.yml': '_envops: {variable_start_string: "[[", variable_end_string: "]]"}\n', 'b.jinja': '[[ 1 ]] {{ not here' }],
    [
      'cargo-generate',
      { 'cargo-generate.toml': '[template]\n', 'a.txt': '{% assign a = 1 %}{% unless a == 2 %}{{ a | plus: 1 }}{% endunless %}' },
    ],
  ] as const)('knows what %s has', (kind, files) => expect(errorsOf(kind, files)).toEqual([]));

  it.each([
    [
      'cookiecutter',
      { 'cookiecutter.json': '{"slug": "demo"}', '{{cookiecutter.slug}}/a.txt': 'a\n{% nwo %}' },
      '/a.txt:2 there is no statement "nwo"',
    ],
    ['cargo-generate', { 'cargo-generate.toml': '[template]\n', 'a.txt': 'a\n{% if a %}' }, 'a.txt:2 '],
  ] as const)('refuses what %s does not have', (kind, files, found) =>
    expect(errorsOf(kind, files)).toEqual([expect.stringContaining(found)]),
  );

  function errorsOf(kind: Parameters<typeof makeForeign>[0], files: Readonly<Record<string, string>>): string[] {
    const found = checkTemplates(makeForeign(kind, { files })).filter(({ severity }) => severity === 'error');
    return found.map(({ message, where }) => `${where?.file}:${where?.line} ${message}`);
  }
});
