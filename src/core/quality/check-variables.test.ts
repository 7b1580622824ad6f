import { describe, expect, it } from 'vitest';
import { makeForeign } from '../../testing/foreign-fixture.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { checkVariables } from './check-variables.ts';

const check = (manifest: string): string[] =>
  checkVariables(makePack({ manifest })).map(({ severity, message }) => `${severity}: ${message}`);

const variable = (name: string, more: string): string => `[variables.${name}]\ntype = "string"\n${more}\n`;

describe('checkVariables', () => {
  it.each<[string, string, string[]]>([
    ['accepts what is declared before', variable('a', '') + variable('b', 'default = "{{ a }}-{{ project.name }}"\nwhen = "a"'), []],
    [
      'refuses a condition on a later variable',
      variable('a', 'default = ""\nwhen = "b"') + variable('b', ''),
      ['error: [variables.a] when names b, which is declared after it'],
    ],
    [
      'refuses a default from a later variable',
      variable('a', 'default = "{{ b }}"') + variable('b', ''),
      ['error: [variables.a] default names b, which is declared after it'],
    ],
    [
      'refuses a variable that names itself',
      variable('a', 'default = "{{ a }}"'),
      ['error: [variables.a] default names the variable itself'],
    ],
    [
      'warns of an unknown name',
      variable('a', 'default = "{{ z }}"'),
      ['warning: [variables.a] default names z, which is no variable of the pack'],
    ],
    ['refuses what cannot be parsed', variable('a', 'computed = "1 +"'), [expect.stringContaining('error: [variables.a] computed: ')]],
  ])('%s', (_what, manifest, expected) => expect(check(manifest)).toEqual(expected));
});

describe('checkVariables of a template of another tool', () => {
  const ofCookiecutter = (year: string): string[] =>
    checkVariables(
      makeForeign('cookiecutter', {
        files: { 'cookiecutter.json': JSON.stringify({ slug: 'demo', year }), '{{cookiecutter.slug}}/a.txt': 'a' },
      }),
    ).map(({ severity, message }) => `${severity}: ${message}`);

  it('reads defaults as that tool does', () => {
    expect(ofCookiecutter("{% now 'utc', '%Y' %}{{ cookiecutter.slug | title }}")).toEqual([]);
    expect(ofCookiecutter('{% nwo %}')).toEqual([expect.stringContaining('error: the default of year: there is no statement "nwo"')]);
  });

  it('leaves it to Copier what a default may name', () => {
    const files = { 'copier.yml': 'a: {type: str, default: "{{ b }}{{ a }}"}\nb: x\n' };
    expect(checkVariables(makeForeign('copier', { files }))).toEqual([]);
  });
});
