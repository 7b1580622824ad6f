import { expect, it } from 'vitest';
import { makePack } from '../../testing/pack-fixture.ts';
import { loadLanguage } from '../foreign/load-language.ts';
import { applyFixes } from './apply-fixes.ts';
import { checkTemplates } from './check-templates.ts';
import { gatherLintFacts } from './lint-facts.ts';
import { lintPack } from './lint-pack.ts';
import { mapVariables } from './variable-uses.ts';

interface Case {
  readonly what: string;
  /** What stands in `[language]`. */
  readonly language: string;
  readonly manifest?: string;
  readonly files: Readonly<Record<string, string>>;
  /** Findings that are not about what an author should add, as `rule: message`. */
  readonly found?: readonly string[];
  /** What `packs validate` says of the templates. */
  readonly invalid?: readonly string[];
  /** The files that the variable `name` has an effect on. */
  readonly reach?: readonly string[];
}

const NAMESPACE = 'dialect = "jinja2"\nnamespace = "cookiecutter"';
/** Packs name the extension that has this filter. */
const NO_JSONIFY = 'template-error: there is no filter named "jsonify"';
const UNUSED = 'unused-variable: nothing uses the variable name';

const CASES: readonly Case[] = [
  {
    what: 'a name below a namespace is a use, names that another tool gives are no fault',
    language: NAMESPACE,
    files: { 'templates/{{ cookiecutter.name }}/a.jinja': '{{ cookiecutter._other | capitalize }}' },
    reach: ['{{ cookiecutter.name }}/a'],
  },
  { what: 'a subscript is a use', language: NAMESPACE, files: { 'templates/a.jinja': "{{ cookiecutter['name'] }}" }, reach: ['a'] },
  {
    what: 'another name below the namespace is none',
    language: NAMESPACE,
    files: { 'templates/a.jinja': '{{ cookiecutter.other }}' },
    found: [UNUSED],
  },
  { what: 'all answers at once', language: NAMESPACE, files: { 'templates/a.jinja': '{{ cookiecutter | jsonify }}' }, found: [NO_JSONIFY] },
  { what: 'a method of all answers', language: NAMESPACE, files: { 'templates/a.jinja': '{{ cookiecutter.items() | list }}' } },
  {
    what: 'a name of its own for templates',
    language: `${NAMESPACE}\nnames = { name = "fullName" }`,
    files: { 'templates/a.jinja': '{{ cookiecutter.fullName }}' },
    reach: ['a'],
  },
  {
    what: 'a use in a hook, and in a file that is included',
    language: 'dialect = "jinja2"',
    manifest: '[[hooks.post_generate]]\nrun = ["python3", "-c", "print({{ other }})"]\n[variables.other]\ntype = "string"\n',
    files: { 'templates/a.jinja': '{% include "b.txt" %}', 'partials/b.txt': '{{ name }}' },
  },
  {
    what: 'what cannot be parsed, and what is not known',
    language: NAMESPACE,
    files: { 'templates/a.jinja': '{% if cookiecutter.name %}', 'templates/b.jinja': '{{ cookiecutter.name | kebab_case }}' },
    found: ['template-error: the statement "if" of line 1 is never closed', 'template-error: there is no filter named "kebab_case"'],
    invalid: ['the statement "if" of line 1 is never closed', 'there is no filter named "kebab_case"'],
    reach: ['b'],
  },
  {
    what: 'an extension that is not known, once',
    language: `${NAMESPACE}\nextensions = ["nowhere.Extension"]`,
    files: { 'templates/a.jinja': '{{ cookiecutter.name }}', 'templates/b.jinja': '' },
    found: ['template-error: sample names the extension "nowhere.Extension", which is not known'],
    invalid: ['sample names the extension "nowhere.Extension", which is not known'],
    reach: [],
  },
  {
    what: 'filters and loops in paths of Copier',
    language: 'dialect = "copier"',
    files: {
      'templates/{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml }}',
      'templates/{% yield x from name %}{{ x }}{% endyield %}.jinja': '{{ x }}',
    },
  },
  {
    what: 'filters and names of Liquid',
    language: 'dialect = "liquid"\nrendered = { project-name = "{{ name | kebab_case }}" }',
    files: { 'templates/Cargo.toml.jinja': 'name = "{{ project-name | upcase }}" {# packsmith: allow slow-template #}' },
    reach: [],
  },
  {
    what: 'what Liquid does not know',
    language: 'dialect = "liquid"',
    files: { 'templates/a.jinja': '{{ name | to_yaml }}' },
    found: ['template-error: Liquid: there is no filter named "to_yaml"'],
    invalid: ['Liquid: there is no filter named "to_yaml"'],
    reach: [],
  },
  {
    what: 'a file that no tool reads',
    language: 'dialect = "jinja2"',
    files: { 'templates/a.jinja': '{{ name }}', 'notes/a.txt': '', 'scripts/a.py': '' },
    found: ['unused-file: nothing uses this file'],
    reach: ['a'],
  },
];

async function load({ language, manifest = '', files }: Pick<Case, 'language' | 'manifest' | 'files'>) {
  const variable = '[variables.name]\ntype = "string"\nprompt = "Say"\n';
  const pack = makePack({ manifest: `${variable}${manifest}\n[language]\n${language}\n`, files });
  if (pack.manifest.language === undefined) throw new Error('it has no language');
  const read = await loadLanguage(pack.manifest.language);
  return { ...pack, foreign: read(pack, pack.manifest.language) };
}

it.each(CASES)('judges templates of another tool by what holds for them: $what', async ({ found = [], invalid, reach, ...each }) => {
  const pack = await load(each);
  const facts = gatherLintFacts(pack);
  const findings = lintPack(facts).findings.filter(({ rule }) => !rule.startsWith('missing-'));
  expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(found);
  if (invalid !== undefined) expect(checkTemplates(pack).map(({ message }) => message)).toEqual(invalid);
  if (reach !== undefined) expect(mapVariables(facts)[0]?.files).toEqual(reach);
});

it('takes no comment out of a template that another tool reads', async () => {
  const files = { 'templates/a.jinja': '{{ name }}\n{# packsmith: allow slow-template #}\n' };
  const pack = await load({ language: 'dialect = "jinja2"', files });
  const { findings } = lintPack(gatherLintFacts(pack));
  const idle = findings.filter(({ rule }) => rule === 'unused-suppression');
  expect(idle).toHaveLength(1);
  expect(applyFixes(pack, idle)).toMatchObject({ files: new Map(), fixed: [], refused: idle });
});
