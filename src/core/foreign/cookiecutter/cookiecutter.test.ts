import { describe, expect, it } from 'vitest';
import { makeForeign, runForeign } from '../../../testing/foreign-fixture.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import { createBudget, DEFAULT_LIMITS } from '../../jinja/budget.ts';
import { toRepr } from '../../jinja/python-repr.ts';
import { renderTemplate } from '../../jinja/render-template.ts';
import type { JinjaValue } from '../../jinja/values.ts';
import { parsePackManifest } from '../../manifest/parse-pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import { renderPack } from '../../template/render-pack.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import { utf8At } from '../../tree/file-text.ts';
import type { ProjectPath } from '../../tree/project-path.ts';
import { readJinjaPack } from '../jinja-language.ts';
import { SeveralTemplates } from '../several-templates.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const FOLDER = '{{cookiecutter.slug}}';

/** A template whose `cookiecutter.json` has a slug, and more. */
function template(context: object, files: Files = {}): Files {
  return { 'cookiecutter.json': JSON.stringify({ slug: 'demo', ...context }), [`${FOLDER}/a.txt`]: 'a\n', ...files };
}

/** The findings as `place: message`. */
function findings(files: Files): string[] {
  try {
    makeForeign('cookiecutter', { files });
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    return error.diagnostics.map(({ where, message, suggestion }) => {
      const place = [where?.file, where?.line, where?.column].filter((part) => part !== undefined).join(':');
      return `${place}: ${message}${suggestion === undefined ? '' : ` (${suggestion})`}`;
    });
  }
  return [];
}

describe('what cannot be used as it is is said with the place', () => {
  it.each<readonly [name: string, files: Files, ...found: string[]]>([
    ['a context that is not text', { 'cookiecutter.json': new Uint8Array([0xff, 0xfe]) }, 'cookiecutter.json: it is not valid UTF-8'],
    ['no context', {}, 'cookiecutter.json:1:1: it is not valid JSON: value expected'],
    [
      'a context that is no JSON',
      { 'cookiecutter.json': '{\n  "a": 1,\n}' },
      'cookiecutter.json:3:1: it is not valid JSON: property name expected',
    ],
    ['a context that is a list', { 'cookiecutter.json': '[]' }, 'cookiecutter.json:1:1: it must be a JSON object'],
    [
      'a context that nests without end',
      { 'cookiecutter.json': '['.repeat(2000) },
      'cookiecutter.json:1:65: it has more than 64 levels of nesting',
    ],
    [
      'no folder',
      { 'cookiecutter.json': '{"slug": "x"}', 'a.txt': '' },
      'cookiecutter.json: there is no folder at the top whose name is made by a template, such as {{ cookiecutter.project_slug }} (name the directory that has the template)',
    ],
    [
      'settings that are not had',
      template({ _jinja2_env_vars: { trim_blocks: true, finalize: 'f' } }),
      'cookiecutter.json:1:16: _jinja2_env_vars has "finalize", which cannot be set to this here (take it out of _jinja2_env_vars)',
    ],
    [
      'line ends that no file has',
      template({ _new_lines: 'x' }),
      'cookiecutter.json:1:16: _new_lines has something else than the line ends that Python writes (write "\\n", "\\r\\n" or "\\r")',
    ],
  ])('%s', (_name, files, ...found) => expect(findings(files as Files)).toEqual(found));

  it('and the questions that a default names', () => {
    const { wordsIn } = makeForeign('cookiecutter', { files: template({}) }).foreign;
    expect(wordsIn?.('{{ cookiecutter.slug | name }}{{ cookiecutter["a b"] ~ cookiecutter[\'c\'] }}')).toEqual(['slug', 'a b', 'c']);
  });

  it('also the place of a question', () => {
    const files = { 'cookiecutter.json': '{\n  "slug": "x",\n  "name": "y"\n}', [`${FOLDER}/a.txt`]: '' };
    const { whereIs } = makeForeign('cookiecutter', { files }).foreign;
    expect(whereIs?.('name')).toEqual({ file: 'cookiecutter.json', line: 3, column: 3 });
  });
});

describe('a repository of several templates', () => {
  it.each<readonly [context: object, templates: object]>([
    [
      {
        templates: {
          a: { path: './python/', title: 'Python', description: 'A package' },
          b: { path: 'docs', title: 'B', description: 'B' },
          c: 5,
          d: {},
          e: { path: '../x' },
        },
      },
      { python: 'Python (A package)', docs: 'B' },
    ],
    [{ templates: { a: { path: 'a//b' }, b: { path: '.' }, c: { path: '/etc' } } }, { 'a/b': 'a' }],
    [{ templates: {}, template: ['Python (./python)', 'none', 5] }, { python: 'Python (./python)' }],
  ])('%j lists them', (context, templates) => {
    try {
      makeForeign('cookiecutter', { files: template(context) });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof SeveralTemplates)) throw error;
      expect(Object.fromEntries(error.templates.map(({ path, label }) => [path, label]))).toEqual(templates);
    }
  });
});

it('reads numbers as Python does, and of a key that is repeated the last value', () => {
  const text = '{"slug": "x", "a": 1, "_n": [12345678901234567890, 1.5, 1.0], "__t": {"k{{ 1 }}": [1.0, 7, true, null]}, "a": "z"}';
  const pack = makeForeign('cookiecutter', { files: { 'cookiecutter.json': text, [`${FOLDER}/a`]: '' } });
  expect(pack.manifest.variables.map(({ name, default: value }) => [name, value])).toEqual([
    ['slug', 'x'],
    ['a', 'z'],
  ]);
  const { context } = runForeign(pack, { slug: 'x', a: 'z' });
  const values = toRepr(context.get('cookiecutter') as JinjaValue, createBudget(DEFAULT_LIMITS));
  expect(values).toContain("'_n': [12345678901234567890, 1.5, 1.0]");
  expect(values).toContain("'__t': {'k1': ['1.0', '7', True, None]}");
});

it.each([
  [
    'lists of nothing and of things that are no choices',
    { a: [], b: [[1], {}] },
    [
      ['a', 'string', '', []],
      ['b', 'string', ['1'], []],
    ],
  ],
  [
    'choices with labels',
    { a: ['x', true], __prompts__: { a: { __prompt__: 'Which?', x: 'The X' } } },
    [['a', 'choice', 'x', ['The X', 'true']]],
  ],
  [
    'labels without marks of style',
    {
      a: ['x', 'y'],
      __prompts__: { a: { x: 'The [bold yellow]X[/]', y: '[link=https://x.y]Y[/link] [optional] \\[red] [#ff0000]![/#ff0000] []' } },
    },
    [['a', 'choice', 'x', ['The X', 'Y [optional] [red] ! []']]],
  ],
  ['text of several lines', { a: 'x\ny' }, [['a', 'text', 'x\ny', []]]],
])('asks %s', (_name, context, asked) => {
  const { manifest } = makeForeign('cookiecutter', { files: template(context) });
  const [, ...variables] = manifest.variables;
  expect(variables.map(({ name, type, default: value, choices }) => [name, type, value, choices.map(({ label }) => label)])).toEqual(asked);
});

describe('which files are copied follows the patterns of Python', () => {
  it.each([
    ['*.txt', 'a.txt', true],
    ['*.txt', 'd/a.txt', true],
    ['*.txt', 'a.txt.md', false],
    ['d/*', 'd/e/a', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[a-c].md', 'b.md', true],
    ['[a-c].md', 'd.md', false],
    ['[!a-c].md', 'd.md', true],
    ['[!a-c].md', 'b.md', false],
    ['[]x].md', '].md', true],
    ['[!]].md', 'x.md', true],
    ['[a-].md', '-.md', true],
    ['[ab', '[ab', true],
    ['*a*b*c', 'xaxbxbxc', true],
    ['*a*b*c', 'xaxbxbxcx', false],
    ['ab', 'abc', false],
  ])('%s and %s: %s', (pattern, path, isCopied) => {
    const pack = makeForeign('cookiecutter', {
      files: template({ _copy_without_render: [pattern] }, { [`${FOLDER}/${path}`]: '{{ 1 + 1 }}' }),
    });
    const { files } = renderPack({ pack, ...runForeign(pack, { slug: 'demo' }) });
    expect(decodeUtf8(files.find((file) => file.path === path)?.content ?? new Uint8Array())).toBe(isCopied ? '{{ 1 + 1 }}' : '2');
  });

  it.each(['x'.repeat(4_001), '*a'.repeat(2_001)])('refuses more patterns than can be held against every path', (pattern) => {
    expect(() => makeForeign('cookiecutter', { files: template({ _copy_without_render: [pattern] }) })).toThrow(
      expect.objectContaining({ code: 'MANIFEST_INVALID', diagnostics: [expect.objectContaining({ code: 'FOREIGN_UNSUPPORTED' })] }),
    );
  });
});

describe('a key that is not in the context', () => {
  const unknown = (context: object, files: Files): string[] =>
    (makeForeign('cookiecutter', { files: template(context, files) }).foreign.check?.() ?? []).map(({ message, where, suggestion }) =>
      [`${where?.file}:${where?.line}:${where?.column}`, message, suggestion].join(' '),
    );

  it('is found where it is read', () =>
    expect(
      unknown(
        { title: '{{ cookiecutter.slgu }}', _list: ['{{ cookiecutter.raw }}'] },
        {
          [`${FOLDER}/b.txt`]: 'x\n{% if cookiecutter["titel"] %}{{ cookiecutter.Nothing.at.all | upper }}{% endif %}',
          [`${FOLDER}/{{cookiecutter.tilte}}`]: '',
          'hooks/post_gen_project.py': '"{{ cookiecutter.gone }}"',
        },
      ),
    ).toEqual([
      'cookiecutter.json:1:16 cookiecutter.slgu is no key of cookiecutter.json did you mean slug?',
      `${FOLDER}/{{cookiecutter.tilte}}:1:1 cookiecutter.tilte is no key of cookiecutter.json did you mean title?`,
      `${FOLDER}/b.txt:2:7 cookiecutter.titel is no key of cookiecutter.json did you mean title?`,
      `${FOLDER}/b.txt:2:34 cookiecutter.Nothing is no key of cookiecutter.json add "Nothing" to cookiecutter.json`,
      'hooks/post_gen_project.py:1:5 cookiecutter.gone is no key of cookiecutter.json add "gone" to cookiecutter.json',
    ]));

  it('is none where it is asked for, added, a method, in text that is copied or cannot be read', () =>
    expect(
      unknown(
        { _copy_without_render: ['*.html'] },
        {
          [`${FOLDER}/b.txt`]: '{% if cookiecutter.a is defined %}{{ cookiecutter.a }}{% endif %}{{ cookiecutter.b | default("") }}',
          [`${FOLDER}/c.txt`]: '{{ cookiecutter.added }}{{ cookiecutter.more }}{{ cookiecutter.items() }}{{ cookiecutter._output_dir }}',
          [`${FOLDER}/d.txt`]: '{{ cookiecutter.broken',
          [`${FOLDER}/e.html`]: '{{ cookiecutter.kept }}',
          'hooks/pre_gen_project.py': '{{ cookiecutter.update({"added": 1}) }}{{ cookiecutter.update(more=2) }}',
        },
      ),
    ).toEqual([]));
});

describe('hooks', () => {
  /** How a script is run, and how it is as an argument in a pack. */
  const SCRIPTS: readonly (readonly [file: string, text: string, run: string, argument: string])[] = [
    ['post_gen_project.py', '', 'python3', 'python3 -c'],
    ['post_gen_project.BAT', '', 'cmd /c', ''],
    ['post_gen_project.ps1', '', 'pwsh -File', ''],
    ['post_gen_project', 'echo', 'sh', 'sh -c'],
    ['post_gen_project.sh', '#!/bin/bash\necho', '/bin/bash', '/bin/bash -c'],
    ['post_gen_project.sh', '#! /bin/sh -e \necho', '/bin/sh -e', '/bin/sh -e -c'],
    ['post_gen_project.sh', '#!/usr/bin/env zsh', '/usr/bin/env zsh', '/usr/bin/env zsh -c'],
    ['post_gen_project', '#!/usr/bin/env node', '/usr/bin/env node', ''],
    ['post_gen_project', '#!/usr/bin/env', '/usr/bin/env', ''],
    ['post_gen_project', '#!/usr/bin/perl', '/usr/bin/perl', ''],
  ];

  it.each(SCRIPTS)('%s with %j is run by %s', (file, text, run, argument) => {
    const pack = makeForeign('cookiecutter', { files: template({}, { [`hooks/${file}`]: text }) });
    const [hook] = pack.foreign.planHooks(runForeign(pack, { slug: 'demo' }));
    expect(hook).toMatchObject({ stage: 'post_generate', name: `hooks/${file}`, run: run.split(' '), script: { name: file, text } });
    const translation = pack.foreign.translate?.('own' as PackName);
    const manifest = decodeUtf8(translation?.files.get('pack.toml' as ProjectPath)?.content ?? new Uint8Array()) ?? '';
    const words = argument.split(' ').map((word) => JSON.stringify(word));
    if (argument !== '')
      expect(manifest.replace(/\s+/g, ' ')).toContain(`[${words.join(', ')}, ${JSON.stringify(text)}]`.replace(/\\n/g, '\\n'));
    expect(translation?.report.find(({ what }) => what.startsWith('the hook'))?.outcome).toBe(
      argument === '' ? 'left out' : 'approximated',
    );
  });

  it('run in their order, rendered but for pre_prompt, without backups of editors', () => {
    const text = 'echo {{ cookiecutter.slug }}';
    const names = [
      'post_gen_project.sh',
      'pre_gen_project.sh',
      'pre_prompt.sh',
      'post_gen_project.sh~',
      'other.sh',
      'sub/post_gen_project.sh',
    ];
    const pack = makeForeign('cookiecutter', { files: template({}, Object.fromEntries(names.map((name) => [`hooks/${name}`, text]))) });
    const hooks = pack.foreign.planHooks(runForeign(pack, { slug: 'demo' }));
    expect(hooks.map(({ stage, script }) => [stage, script?.name, script?.text])).toEqual([
      ['pre_generate', 'pre_prompt.sh', text],
      ['pre_generate', 'pre_gen_project.sh', 'echo demo'],
      ['post_generate', 'post_gen_project.sh', 'echo demo'],
    ]);
    expect(pack.foreign.remarks).toMatchObject([{ code: 'FOREIGN_APPROXIMATED', where: { file: 'hooks/pre_prompt.sh' } }]);
  });
});

describe('a filter of extensions in Python', () => {
  const renderWith = (text: string, extensions: readonly string[]): string => {
    const files = { ...template({ _extensions: extensions }), [`${FOLDER}/a.txt`]: text };
    const { foreign } = makeForeign('cookiecutter', { files });
    const environment = foreign.makeEnvironment({
      now: '2026-01-01T00:00:00Z',
      parentDirectory: '',
      directory: 'x',
      external: new Map(),
      hash: () => '' as never,
    });
    try {
      return renderTemplate(text, { name: 'a.txt', environment, context: new Map() });
    } catch (error) {
      return (error as PacksmithError).hint ?? '';
    }
  };

  it.each(['{{ "a" | normalise }}', '\n{{ ["a"] | map("normalise") | list }}'])('is refused with what to write instead: %j', (text) => {
    expect(renderWith(text, ['local_extensions.normalise'])).toMatch(/Python code, which is never run; write what it gives/);
    expect(renderWith(text, ['jinja2.ext.do'])).toMatch(/^available: /);
  });

  it('is told from one that is misspelt', () => {
    expect(renderWith('{{ "a" | uper }}', ['local_extensions.normalise'])).toMatch(/^did you mean "upper"/);
  });
});

describe('the report of a translation', () => {
  /** What of a template cannot be said by a pack, and how it says so. */
  const PARTS: readonly (readonly [context: object, files: Files, outcome: string, what: string, note: string])[] = [
    [
      { _copy_without_render: ['*.jinja'] },
      { [`${FOLDER}/b.jinja`]: '' },
      'left out',
      `the file ${FOLDER}/b.jinja`,
      'a copied file of a pack cannot end in .jinja',
    ],
    [
      { _copy_without_render: ['d'] },
      { [`${FOLDER}/d/{{x}}`]: '' },
      'left out',
      `the file ${FOLDER}/d/{{x}}`,
      'names in a copied folder would be rendered',
    ],
    [{ nothing: null }, {}, 'translated', 'the question nothing', 'variables.nothing'],
    [{ _nothing: null }, {}, 'translated', 'the value _nothing', 'language.nulls'],
    [{ _list: [1, { a: null }] }, {}, 'left out', 'a null in _list', 'a manifest has no null'],
    [{ _v: { a: [1.5, 2] } }, {}, 'translated', 'the value _v', 'language.constants'],
    [{ map: { a: null } }, {}, 'left out', 'a null in map', 'a manifest has no null'],
    [
      { 'a-name': ['x', 'y'] },
      {},
      'approximated',
      'the question a-name',
      'its variable is called a_name, as variables are; templates see a-name',
    ],
    [
      { 'A name': ['{{ 1 }}'], a_name: '' },
      {},
      'approximated',
      'the question A name',
      'its variable is called a_name_2, as variables are; templates see A name; its choices are templates: any text is taken',
    ],
    [{ 名: '' }, {}, 'approximated', 'the question 名', 'its variable is called answer, as variables are; templates see 名'],
    [
      {},
      { [`${FOLDER}/b`]: '{% for k, v in cookiecutter.items() %}{% endfor %}' },
      'approximated',
      'the list of all values',
      'it has another order',
    ],
    [
      {},
      { [`${FOLDER}/node_modules/b`]: '' },
      'left out',
      `the file ${FOLDER}/node_modules/b`,
      "nothing called node_modules is read of a pack's folder",
    ],
    [{ open: ['{{ cookiecutter.slug }}'] }, {}, 'approximated', 'the question open', 'its choices are templates: any text is taken'],
    ...['', ' ', '%'.repeat(21)].map((mark): (typeof PARTS)[number] => [
      { _jinja2_env_vars: { line_statement_prefix: mark } },
      {},
      'left out',
      'the setting line_statement_prefix',
      'a manifest has marks of 1 to 20 characters',
    ]),
    [{}, { [`${FOLDER}/b`]: '{{ cookiecutter._output_dir }}' }, 'left out', 'the value _output_dir', 'a pack does not know it'],
    [{}, { 'hooks/pre_prompt.py': '' }, 'left out', 'the hook hooks/pre_prompt.py', 'a pack has no hook before its questions'],
    [
      {},
      { 'hooks/post_gen_project.bat': '' },
      'left out',
      'the hook hooks/post_gen_project.bat',
      'only scripts for Python and shells can be arguments',
    ],
    [{}, { 'templates/base.txt': '' }, 'translated', 'the included template templates/base.txt', 'partials/base.txt'],
  ];

  it.each(PARTS)('of %j and %j', (context, files, outcome, what, note) => {
    const { foreign } = makeForeign('cookiecutter', { files: template(context, files) });
    expect(foreign.translate?.('own' as PackName).report).toContainEqual(expect.objectContaining({ outcome, what, note }));
  });

  it('goes with a manifest that says how the templates are read', () => {
    const files = template({
      _jinja2_env_vars: { keep_trailing_newline: false, lstrip_blocks: true, variable_start_string: '{{' },
      _new_lines: '\r\n',
    });
    const { foreign } = makeForeign('cookiecutter', { files, version: '2.1.0' });
    const manifest =
      decodeUtf8(foreign.translate?.('own' as PackName).files.get('pack.toml' as ProjectPath)?.content ?? new Uint8Array()) ?? '';
    for (const line of [
      'version = "2.1.0"',
      'keep_trailing_newline = false',
      'lstrip_blocks = true',
      'new_lines = "\\r\\n"',
      'variable_start = "{{"',
    ])
      expect(manifest).toContain(line);
  });

  it('renders the same bytes with every setting of the environment', () => {
    const environment = {
      ...{ line_statement_prefix: '%%', line_comment_prefix: '//', newline_sequence: '\r\n', autoescape: true, trim_blocks: true },
      ...{ variable_start_string: '<<', variable_end_string: '>>' },
    };
    const text = '%% for n in [1, 2]\n<< n >> << cookiecutter.slug >> // gone\n%% endfor\n{% if true %}\n<< "<b>" >>{{ x }}\n{% endif %}\n';
    const pack = makeForeign('cookiecutter', {
      files: { 'cookiecutter.json': JSON.stringify({ slug: 'demo', _jinja2_env_vars: environment }), '<<cookiecutter.slug>>/a.txt': text },
    });
    const { files, report } = pack.foreign.translate?.('own' as PackName) ?? { files: new Map(), report: [] };
    expect(report.filter(({ outcome }) => outcome !== 'translated')).toEqual([]);
    const manifest = parsePackManifest(utf8At(files, 'pack.toml') ?? '').manifest;
    if (manifest?.language === undefined) throw new Error('it has no language');
    const own = { ...pack, manifest, files };
    const made = [pack, { ...own, foreign: readJinjaPack(own, manifest.language) }].map((one) =>
      renderPack({ pack: one, ...runForeign(one, { slug: '<A>' }) }).files.map(({ path, content }) => [path, decodeUtf8(content)]),
    );
    expect(made[0]).toEqual([['a.txt', '1 &lt;A&gt;\r\n2 &lt;A&gt;\r\n&lt;b&gt;{{ x }}\r\n']]);
    expect(made[1]).toEqual(made[0]);
  });
});
