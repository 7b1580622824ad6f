import { describe, expect, it } from 'vitest';
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
