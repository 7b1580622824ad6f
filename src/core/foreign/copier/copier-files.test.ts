import { describe, expect, it } from 'vitest';
import { makeForeign, runForeign } from '../../../testing/foreign-fixture.ts';
import { PacksmithError } from '../../diagnostics/packsmith-error.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value } from '../../pack/values.ts';
import { renderPack } from '../../template/render-pack.ts';
import { decodeUtf8 } from '../../text/utf8.ts';
import type { ProjectPath } from '../../tree/project-path.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function made(
  config: string,
  files: Files = {},
  more: { readonly version?: string; readonly commit?: string; readonly revision?: string; readonly reference?: string } = {},
) {
  return makeForeign('copier', { files: { 'copier.yml': config, ...files }, ...more });
}

/** Its files as they come out. */
function rendered(config: string, files: Files, answers: Readonly<Record<string, Value>> = {}): Record<string, string> {
  const pack = made(config, files);
  const result = renderPack({ pack, ...runForeign(pack, answers) });
  return Object.fromEntries(result.files.map(({ path, content }) => [path, decodeUtf8(content) ?? 'no text']));
}

/** The error with the messages of its findings. */
function refusal(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    const findings = error.diagnostics.map(({ message, where }) => `${where?.file}:${where?.line ?? ''} ${message}`);
    return findings.length === 0 ? [error.message] : findings;
  }
  return [];
}

describe('tasks', () => {
  const hooks = (config: string, version: string, previousVersion?: string) => {
    const pack = made(config, {}, { version });
    const run = runForeign(pack, {});
    return pack.foreign.planHooks({ ...run, previousVersion }).map(({ stage, name, run: words }) => `${stage} ${name}: ${words.join(' ')}`);
  };

  it('run when a project is made and for each update, if their condition holds', () => {
    const config = `_tasks:
  - echo {{ _copier_operation }} {{ _copier_phase }} {{ _folder_name }}
  - [make, "{{ _copier_operation }}"]
  - {command: "{{ _copier_python }} x.py", when: "{{ _copier_operation == 'copy' }}"}
  - {command: [ls], working_directory: ./}
  - {command: [ls], working_directory: "{{ 'sub' }}/dir", when: true}
  - {command: never, when: false}
  - {when: true}
  - "{% if _copier_operation == 'never' %}rm -rf x{% endif %}\\n"
`;
    expect(hooks(config, '1.0.0')).toEqual([
      'post_generate task 1 of 8: env STAGE=task COPIER_OPERATION=copy sh -c echo copy tasks my-project',
      'post_generate task 2 of 8: env STAGE=task COPIER_OPERATION=copy make copy',
      'post_generate task 3 of 8: env STAGE=task COPIER_OPERATION=copy sh -c python3 x.py',
      'post_generate task 4 of 8: env STAGE=task COPIER_OPERATION=copy ls',
      'post_generate task 5 of 8: env STAGE=task COPIER_OPERATION=copy sh -c cd "$0" && exec "$@" sub/dir ls',
      'post_update task 1 of 8: env STAGE=task COPIER_OPERATION=update sh -c echo update tasks my-project',
      'post_update task 2 of 8: env STAGE=task COPIER_OPERATION=update make update',
      'post_update task 4 of 8: env STAGE=task COPIER_OPERATION=update ls',
      'post_update task 5 of 8: env STAGE=task COPIER_OPERATION=update sh -c cd "$0" && exec "$@" sub/dir ls',
    ]);
    expect(hooks('_tasks: {a: 1}\n', '1.0.0')).toEqual([]);
  });

  const MIGRATIONS = `_migrations:
  - version: v1.5.0
    before: [echo old before]
    after: [[echo, old after], {command: "{{ _stage }} {{ _version_from }} {{ _version_current }} {{ _version_pep440_current }}"}]
  - {version: 2, command: "echo {{ _version_to }}", when: "{{ _stage == 'before' }}"}
  - {version: v3.0.0, command: later}
  - {version: nonsense, command: never}
  - echo each
`;
  const env = (stage: string, more: string) =>
    `env STAGE=${stage} VERSION_FROM=1.0.0 VERSION_TO=2.0.0 VERSION_PEP440_FROM=1.0.0 VERSION_PEP440_TO=2.0.0 ${more}COPIER_OPERATION=update sh -c`;
  const of15 = 'VERSION_CURRENT=v1.5.0 VERSION_PEP440_CURRENT=1.5.0 ';

  it('migrate between the version of a project and the new one', () => {
    expect(hooks(MIGRATIONS, '2.0.0', '1.0.0')).toEqual([
      `pre_update migration 1 (before): ${env('before', of15)} echo old before`,
      `pre_update migration 2 (before): ${env('before', 'VERSION_CURRENT=2 VERSION_PEP440_CURRENT=2 ')} echo 2.0.0`,
      `post_update migration 1 (after): ${env('after', of15).replace(/ sh -c$/, '')} echo old after`,
      `post_update migration 1 (after): ${env('after', of15)} after 1.0.0 v1.5.0 1.5.0`,
      `post_update migration 5 (after): ${env('after', '')} echo each`,
    ]);
  });

  it('know what the repository calls the commits of both versions', () => {
    const pack = made(
      '_migrations: ["{{ _version_from }} {{ _version_to }} {{ _version_pep440_from }}"]',
      {},
      { version: '2.0.0', revision: 'v2' },
    );
    const run = { ...runForeign(pack, {}), previousVersion: '2.0.0-rc.1', previousRevision: 'v2.0.0rc1' };
    expect(pack.foreign.planHooks(run).at(-1)?.run.at(-1)).toBe('v2.0.0rc1 v2 2.0.0rc1');
  });

  it.each([
    ['a new project', '2.0.0', undefined],
    ['no version between', '1.0.0', '1.0.0'],
  ])('migrate nothing of %s but what is for each update', (_name, version, previous) => {
    expect(hooks(MIGRATIONS, version, previous).filter((hook) => !hook.includes('echo each'))).toEqual([]);
  });

  it('migrate nothing at all where an update goes back', () => {
    expect(hooks(MIGRATIONS, '1.0.0', '2.0.0')).toEqual([]);
  });
});

describe('messages', () => {
  it('are rendered as they stand but for blank lines around them, and empty where there is none', () => {
    const { foreign, ...pack } = made('_message_after_copy: "\\n  Done in\\n{{ _folder_name }}\\n\\n"\n_message_before_copy: ""\n');
    const run = runForeign({ ...pack, foreign });
    expect((['before_copy', 'after_copy', 'after_update'] as const).map((moment) => foreign.messages?.(moment, run))).toEqual([
      '',
      '  Done in\nmy-project',
      '',
    ]);
  });
});

describe('files', () => {
  it.each<readonly [name: string, config: string, files: Files, result: object]>([
    [
      'a subdirectory that is a template',
      'k: a\n_subdirectory: "./src/{{ k }}/"\n',
      { 'src/a/x.jinja': '{{ k }}', 'src/b/y': '', 'src/a/copier.yml': '' },
      { x: 'a', 'copier.yml': '' },
    ],
    [
      'with_suffix of Python',
      '_templates_suffix: .tmpl.txt\n',
      { 'a.tmpl.txt': '{{ 1 }}', '.tmpl.txt': 'x' },
      { 'a.tmpl': '1', '.tmpl': 'x' },
    ],
    ['a name that is only the suffix', 'a: 1\n', { '.jinja': '{{ 1 }}' }, { '.jinja': '1' }],
    [
      'an exclusion that is one pattern',
      '_exclude: "*.md"\n',
      { 'a.md': '', 'b.txt': '', 'copier.yml': 'x: 1\n_exclude: "*.md"\n' },
      { 'b.txt': '', 'copier.yml': 'x: 1\n_exclude: "*.md"\n' },
    ],
    [
      'yield over a mapping, a text, and nothing',
      'm: {a: 1, b: 2}\n',
      {
        '{% yield k from m %}{{ k }}{% endyield %}.txt.jinja': '{{ k }}',
        '{% yield k from "xy" %}{{ k }}{% endyield %}/z': '',
        '{% yield k from 5 %}{{ k }}{% endyield %}.md': '',
      },
      { 'a.txt': 'a', 'b.txt': 'b', 'x/z': '', 'y/z': '' },
    ],
    [
      'yield that is not reached',
      'm: [1]\n',
      { '{% if false %}{% yield k from m %}{{ k }}{% endyield %}{% endif %}plain.txt': '' },
      { 'plain.txt': '' },
    ],
    [
      'an include',
      'a: 1\n',
      { 'x.txt.jinja': '{% include "./parts/y.txt" %}', 'parts/y.txt': '[{{ a }}]' },
      { 'x.txt': '[1]', 'parts/y.txt': '[{{ a }}]' },
    ],
    [
      'pathjoin',
      'a: 1\n',
      { '{{ pathjoin("a", "b", mode="posix") }}.txt': '', 'w.jinja': '{{ pathjoin("a", "b", mode="windows") }}{{ pathjoin(5, "c") }}' },
      { 'a/b.txt': '', w: 'a\\bc' },
    ],
    [
      'pathjoin, as paths of Python are joined',
      'a: 1\n',
      {
        'x.jinja':
          '{{ pathjoin("./a/", "", "b//c/") }} {{ pathjoin("a", "/b") }} {{ pathjoin("a", "..") }} {{ pathjoin() }} {{ pathjoin("a/b", "c", mode="windows") }}',
      },
      { x: 'a/b/c /b a/.. . a\\b\\c' },
    ],
    [
      'names with slashes and dots that lead nowhere',
      'p: {type: str, default: ./src//, when: false}\nq: {type: str, default: ., when: false}\n',
      { '{{ p }}/{{ q }}/x.txt': 'x', '{{ q }}/y.txt.jinja': '{{ q }}' },
      { 'src/x.txt': 'x', 'y.txt': '.' },
    ],
  ])('%s', (_name, config, files, result) => {
    expect(rendered(config, files, { a: 1, k: 'a', m: config.includes('{a: 1') ? '{"a": 1, "b": 2}' : '[1]' })).toEqual(result);
  });

  it.each([
    ['an include of nothing', { 'x.jinja': '{% include "nothing" %}' }, 'x.jinja:1 there is no template "nothing"'],
    ['a subdirectory that leads out', { x: '' }, 'x: _subdirectory leads out of the template'],
  ])('%s is a failure', (name, files, message) => {
    const config = name.startsWith('a sub') ? '_subdirectory: a/../../b\n' : 'a: 1\n';
    expect(refusal(() => rendered(config, files as Files, { a: 1 }))).toContain(message);
  });

  it('belong to the user where they are skipped if they exist, and the record to the template', () => {
    const pack = made('a: 1\n_skip_if_exists: "*.md"\n_answers_file: conf/answers.yml\n', {
      'a.md': '',
      'b.txt': '',
      'conf/answers.yml.jinja': '',
    });
    const { files } = renderPack({ pack, ...runForeign(pack, { a: 1 }) });
    expect(files.map(({ path, onExists, wholeOf }) => [path, onExists, wholeOf])).toEqual([
      ['a.md', 'keep', 'ours'],
      ['b.txt', undefined, undefined],
      ['conf/answers.yml', 'overwrite', 'theirs'],
    ]);
  });

  it('see where they come from and go to', () => {
    const template = '{{ _copier_conf.dst_path }} {{ _commit | default("none") }} {{ _copier_conf.vcs_ref_hash }} {{ _copier_answers }}';
    const pack = made('a: 1\n', { 'x.jinja': template }, { commit: 'abc' });
    const texts = (parentDirectory: string) =>
      renderPack({ pack, ...runForeign(pack, { a: 1 }, { parentDirectory }) }).files.map(({ content }) => decodeUtf8(content));
    expect(texts('/work')).toEqual(["/work/my-project abc abc {'_commit': 'abc', '_src_path': './thing', 'a': 1}"]);
    expect(texts('')).toEqual(["my-project abc abc {'_commit': 'abc', '_src_path': './thing', 'a': 1}"]);
  });
});

describe('a pack that is made of a template', () => {
  it.each([
    ['./thing', false],
    ['/home/ada/thing', false],
    ['C:\\thing', false],
    ['git+file:///srv/thing.git', false],
    ['gh:owner/thing', true],
    ['git+https://example.org/thing.git', true],
  ])('of %s says where it is from: %s', (reference, says) => {
    const manifest = decodeUtf8(
      made('a: 1\n', {}, { reference })
        .foreign.translate?.('new' as PackName)
        .files.get('pack.toml' as ProjectPath)?.content ?? new Uint8Array(),
    );
    expect(manifest?.includes('id = "new"')).toBe(true);
    expect(manifest?.includes('_src_path')).toBe(says);
  });
});
