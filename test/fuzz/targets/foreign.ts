import { type ForeignDecoder, loadDecoder } from '../../../src/core/foreign/load-decoder.ts';
import { createBudget } from '../../../src/core/jinja/budget.ts';
import { evaluateExpression } from '../../../src/core/jinja/render-template.ts';
import type { Value } from '../../../src/core/pack/values.ts';
import { encodeUtf8 } from '../../../src/core/text/utf8.ts';
import { DEFAULT_MODE, type FileEntry } from '../../../src/core/tree/file-tree.ts';
import type { ProjectPath } from '../../../src/core/tree/project-path.ts';
import { attempt, type FuzzTarget, partsOf } from '../fuzz-target.ts';
import { FAILURES, LIMITS, SCOPE } from '../template-scope.ts';

/** Decodes a template, and goes through what is done with it: questions, context, files, hooks, and the pack that it becomes. */
function run(decode: ForeignDecoder, named: readonly (readonly [string, string])[]): string {
  const files = new Map(
    named.map(([path, text]): [ProjectPath, FileEntry] => [path as ProjectPath, { content: encodeUtf8(text), mode: DEFAULT_MODE }]),
  );
  const source = { files, id: 'template' as never, version: '1.0.0', reference: 'gh:o/r', integrity: `sha512-${'A'.repeat(86)}==` };
  const decoded = attempt(['MANIFEST_INVALID', 'LIMIT_EXCEEDED'], () => decode(source, { kind: 'directory', location: '/x' } as never));
  if ('code' in decoded) return decoded.code;
  const { foreign, manifest } = decoded.value;
  if (foreign === undefined) return 'no template';
  const made = attempt([...FAILURES, 'MANIFEST_INVALID'], () => {
    const environment = foreign.makeEnvironment(SCOPE);
    const answers = new Map<string, Value>(manifest.variables.map(({ name }) => [name, 'x']));
    const budget = createBudget(LIMITS);
    const request = { answers, scope: SCOPE, environment, budget };
    for (const definition of manifest.variables) {
      foreign.refine?.(definition, request);
      foreign.validate?.(definition.name, 'x', request);
      foreign.adoptAnswer?.(definition.name, 1);
      foreign.textsOf?.(definition.name);
    }
    const context = foreign.makeContext(answers, SCOPE, environment, budget);
    evaluateExpression('1', { name: 'x', context, environment, budget });
    for (const template of foreign.templates) foreign.expand?.(template, { context, environment, budget });
    foreign.planHooks({ context, environment, budget });
    for (const moment of ['before_copy', 'after_copy', 'before_update', 'after_update'] as const)
      foreign.messages?.(moment, { context, environment, budget });
  });
  const translated = attempt([...FAILURES, 'MANIFEST_INVALID'], () => foreign.translate?.('translated' as never));
  return `${manifest.variables.length > 0} ${'code' in made ? made.code : 'made'} ${'code' in translated ? translated.code : 'translated'}`;
}

const decodeCookiecutter = await loadDecoder('cookiecutter');
const decodeCopier = await loadDecoder('copier');
const decodeCargoGenerate = await loadDecoder('cargo-generate');

const LAWS = [
  'decoded, or refused with all findings',
  'questions, context, files, hooks and the translation fail as templates do, and in no other way',
  'keeps the limits of templates',
];

export const cookiecutter: FuzzTarget = {
  name: 'cookiecutter',
  subject: 'the decoder of cookiecutter templates',
  laws: LAWS,
  words: [
    ...'{ } [ ] : , "" null true 1 "{{cookiecutter.a}}" "_copy_without_render" "_extensions" "_jinja2_env_vars" "__x" "__prompts__" "templates" "_new_lines"'.split(
      ' ',
    ),
    ...'{{ cookiecutter. }} {% if %} {% endif %} {% for x in cookiecutter.b %} |lower |slugify %%\n # type: ignore'.split(' '),
  ],
  maxBytes: 4000,
  run: (input) => {
    const [json = '', template = '', hook = ''] = partsOf(input);
    return run(decodeCookiecutter, [
      ['cookiecutter.json', json],
      ['{{cookiecutter.name}}/README.md', template],
      ['{{cookiecutter.name}}/{{cookiecutter.a}}.txt', 'x'],
      ['hooks/post_gen_project.sh', hook],
    ]);
  },
};

export const copier: FuzzTarget = {
  name: 'copier',
  subject: 'the decoder of Copier templates',
  laws: LAWS,
  words: [
    ...'name: type: str int float bool json yaml help: default: choices: multiselect: when: validator: placeholder: secret: _exclude: _tasks: _migrations:'.split(
      ' ',
    ),
    ...'_subdirectory: _templates_suffix: _envops: _skip_if_exists: _answers_file: _jinja_extensions: _external_data: _message_after_copy: !include '.split(
      ' ',
    ),
    ...[
      '{{ name }}',
      '{% if x %}',
      '{% endif %}',
      '- ',
      '\n  ',
      '\n',
      '"',
      '[a, b]',
      '{a: 1}',
      '&a',
      '*a',
      '---\n',
      '%%\n',
      '{% yield x from list %}',
      '{% endyield %}',
      '../',
      '!!python/name:os.system',
    ],
  ],
  maxBytes: 4000,
  run: (input) => {
    const [yaml = '', template = '', path = ''] = partsOf(input);
    const name = path.trim().slice(0, 200);
    return run(decodeCopier, [
      ['copier.yml', yaml],
      ['README.md.jinja', template],
      ...(name === '' || name.includes('\0') ? [] : [[`src/${name}`, 'x'] as const]),
      ['{{ name }}.txt', 'x'],
      ['{{_copier_conf.answers_file}}.jinja', '{{ _copier_answers|to_nice_yaml }}'],
    ]);
  },
};

export const cargoGenerate: FuzzTarget = {
  name: 'cargo-generate',
  subject: 'the decoder of cargo-generate templates',
  laws: LAWS,
  words: [
    ...'[template] [placeholders.a] [conditional.\'a\'.placeholders.b] [hooks] include exclude ignore cargo_generate_version type "string" "bool" prompt choices default'.split(
      ' ',
    ),
    ...'regex pre = post vcs sub_templates = [ ] { } " \' \n , true {{a}} {{project-name}} {% if a %} {% endif %} %%\n ../ **/*.rs !x'.split(
      ' ',
    ),
  ],
  maxBytes: 4000,
  run: (input) => {
    const [toml = '', template = '', ignored = ''] = partsOf(input);
    return run(decodeCargoGenerate, [
      ['cargo-generate.toml', toml],
      ['.genignore', ignored],
      ['src/main.rs', template],
      ['{{a}}/x.txt', 'x'],
      ['README.md.liquid', '{{ project-name | upcase }}'],
    ]);
  },
};
