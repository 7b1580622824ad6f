import { describe, expect, it } from 'vitest';
import { makeForeign } from '../../testing/foreign-fixture.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { createEnvironment } from '../jinja/environment.ts';
import { checkTemplates, environmentOf } from './check-templates.ts';

type Files = NonNullable<Parameters<typeof makePack>[0]>['files'];

const check = (files: Files, manifest = ''): string[] =>
  checkTemplates(makePack({ manifest, ...(files && { files }) })).map(
    ({ severity, message, where, suggestion }) =>
      `${severity} ${where?.file}:${where?.line ?? ''}:${where?.column ?? ''} ${message}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  );

const text = (output: string, more = ''): string => `[[templates]]\ntext = "x"\noutput = "${output}"\n${more}\n`;

describe('checkTemplates', () => {
  it('has digests for code that takes from chance while it is read', () => {
    const digests: string[] = [];
    const { foreign } = makeForeign('cookiecutter', { files: { 'cookiecutter.json': '{"name": "a"}', '{{cookiecutter.name}}/a': '' } });
    const environment = createEnvironment();
    const makeEnvironment: typeof foreign.makeEnvironment = ({ hash }) => {
      digests.push(hash(''));
      return environment;
    };
    environmentOf({ foreign: { ...foreign, makeEnvironment } });
    expect(digests).toEqual(['0'.repeat(64)]);
  });

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
      'refuses names that nothing declares, by file and place',
      { 'templates/b.jinja': '{{ nam }}', 'templates/a.jinja': '{{ z }}{{ y }}\n{{ zz }}', 'templates/{{ q }}.txt': '' },
      '[variables.name]\ntype = "string"\n',
      [
        'error templates/a.jinja:1:4 z is neither a variable of the pack nor a name that templates have → declare it in pack.toml as [variables.z]',
        'error templates/a.jinja:1:11 y is neither a variable of the pack nor a name that templates have → declare it in pack.toml as [variables.y]',
        'error templates/a.jinja:2:4 zz is neither a variable of the pack nor a name that templates have → declare it in pack.toml as [variables.zz]',
        'error templates/b.jinja:1:4 nam is neither a variable of the pack nor a name that templates have → did you mean name?',
        'error templates/{{ q }}.txt (path):1:4 q is neither a variable of the pack nor a name that templates have → declare it in pack.toml as [variables.q]',
      ],
    ],
    [
      'warns of names that nothing declares where the template says that they may be absent',
      { 'templates/a.jinja': '{% if z is defined %}{{ z }}{% endif %}{{ y | default("") }}' },
      '',
      [
        expect.stringMatching(/^warning .*:1:7 z is/),
        expect.stringMatching(/^warning .*:1:25 z is/),
        expect.stringMatching(/^warning .* y is/),
      ],
    ],
    [
      'reads conditions, texts and places of injections',
      {},
      `${text('a', 'when = "x | uper"')}[[templates]]\ntext = "{{ 1 | lowr }}"\noutput = "b.jinja"\n[[templates]]\ntext = "x"\ninject = { into = "{{ w }}", at = "end" }\n`,
      [
        expect.stringContaining('x is neither'),
        expect.stringContaining('no filter named "uper"'),
        expect.stringContaining('no filter named "lowr"'),
        expect.stringContaining('w is neither'),
      ],
    ],
    [
      'reads what only others include, but for its names',
      { 'templates/a': '', 'parts/p.jinja': '{{ anything }}', 'parts/q.jinja': '{% if %}', 'parts/r.jinja': new Uint8Array([0xe9]) },
      '',
      [
        expect.stringMatching(/^error parts\/q\.jinja:1:/),
        'error parts/r.jinja:: the template is not valid UTF-8 → remove the .jinja suffix to copy the file byte for byte',
      ],
    ],
    [
      'finds sources that are not there',
      { 'other/a.txt': '' },
      '[[templates]]\nsource = "other/a.txt"\noutput = "a"\n[[templates]]\nsource = "other/b.txt"\noutput = "b"\n[[templates]]\nsource = "nowhere at all"\noutput = "c"\n',
      [
        'error pack.toml:: [[templates]] 2 has the source "other/b.txt", which no file of the pack is → did you mean other/a.txt?',
        'error pack.toml:: [[templates]] 3 has the source "nowhere at all", which no file of the pack is',
      ],
    ],
    [
      'knows the name of a row, and only with rows',
      {},
      `[variables.rows]\ntype = "list"\n${text('{{ row }}', 'for_each = "rows"\nas = "row"')}${text('{{ item }}', 'for_each = "rows"')}`,
      [],
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
