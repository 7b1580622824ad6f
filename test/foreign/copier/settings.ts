import type { DocumentedCase } from '../documented-case.ts';

/** Settings, files, and what templates see. Sections are those of https://copier.readthedocs.io/en/stable/. */
export const SETTINGS: readonly DocumentedCase[] = [
  {
    name: 'files with the suffix are rendered, others copied',
    documented: 'configuring/#templates_suffix',
    files: {
      'copier.yml': 'name: x\n',
      'a.txt.jinja': '{{ name }}\n',
      'b.txt': '{{ name }}\n',
      'c.bin': { base64: 'AP8=' },
      'd.tar.jinja': 'no end',
    },
    gives: { 'a.txt': 'x\n', 'b.txt': '{{ name }}\n', 'c.bin': 'base64 AP8=', 'd.tar': 'no end' },
  },
  {
    name: 'a file that stands beside its template is left out',
    documented: 'configuring/#templates_suffix',
    files: { 'copier.yml': 'name: x\n', 'a.txt.jinja': 'template\n', 'a.txt': 'plain\n' },
    gives: { 'a.txt': 'template\n' },
  },
  {
    name: 'another suffix, and none',
    documented: 'configuring/#templates_suffix',
    files: { 'copier.yml': '_templates_suffix: .tmpl\nname: x\n', 'a.tmpl': '{{ name }}', 'b.jinja': '{{ name }}' },
    gives: { a: 'x', 'b.jinja': '{{ name }}' },
  },
  {
    name: 'with an empty suffix every text is a template',
    documented: 'configuring/#templates_suffix',
    files: { 'copier.yml': '_templates_suffix: ""\nname: x\n', 'a.txt': '{{ name }}', 'b.bin': { base64: '//97eyB4IH19' } },
    gives: { 'a.txt': 'x', 'b.bin': 'base64 //97eyB4IH19' },
  },
  {
    name: 'names that render to nothing leave a file out',
    documented: 'creating/#conditional-files-and-directories',
    files: {
      'copier.yml': 'docs: false\nci: true\n',
      '{% if docs %}docs{% endif %}/a.md': 'a',
      '{% if ci %}ci.yml{% endif %}.jinja': 'ci {{ ci }}',
      'docs-{{ docs }}.txt': 'd',
    },
    gives: { 'ci.yml': 'ci True', 'docs-False.txt': 'd' },
  },
  {
    name: 'one file, or one directory, for each item',
    documented: 'creating/#generating-a-directory-structure, loop over lists to generate files',
    files: {
      'copier.yml': 'items: {type: yaml, default: [{n: a, v: 1}, {n: b, v: 2}]}\n',
      'all/{% yield item from items %}{{ item.n }}{% endyield %}.txt.jinja': '{{ item.v }}\n',
      '{% yield item from items %}dir-{{ item.n }}{% endyield %}/{% if item.v == 2 %}{{ item.v }}.txt{% endif %}.jinja': '{{ item.n }}\n',
    },
    gives: { 'all/a.txt': '1\n', 'all/b.txt': '2\n', 'dir-b/2.txt': 'b\n' },
  },
  {
    name: 'a subdirectory, named by an answer',
    documented: 'configuring/#subdirectory',
    files: {
      'copier.yml': '_subdirectory: "{{ kind }}"\nkind: {type: str, choices: [app, lib], default: app}\n',
      'app/a.txt': 'app',
      'lib/a.txt': 'lib',
      'lib/copier.yml': 'kept',
      'README.md': 'of the template',
    },
    answers: { kind: 'lib' },
    gives: { 'a.txt': 'lib', 'copier.yml': 'kept' },
  },
  {
    name: 'what is left out where nothing is said',
    documented: 'configuring/#exclude (the default)',
    files: { 'copier.yaml': 'x: 1\n', 'a.txt': 'a', '~b': 'b', 'c/d.pyc': 'c', '__pycache__/e': 'e', '.svn/f': 'f', 'g/.DS_Store': 'g' },
    gives: { 'a.txt': 'a' },
  },
  {
    name: 'exclusions are templates, follow gitignore, and the last one counts',
    documented: 'configuring/#exclude',
    files: {
      'copier.yml': '_exclude: ["*", "!src", "!*.md", "{% if not docs %}guide.md{% endif %}", "/src/tmp/"]\ndocs: false\n',
      'src/a.txt': 'a',
      'src/tmp/b.txt': 'b',
      'other.txt': 'o',
      'README.md': 'r',
      'guide.md': 'g',
    },
    gives: { 'src/a.txt': 'a', 'README.md': 'r' },
  },
  {
    name: 'the delimiters and rules of the template',
    documented: 'configuring/#envops',
    files: {
      'copier.yml':
        '_envops:\n  block_start_string: "[%"\n  block_end_string: "%]"\n  variable_start_string: "[["\n  variable_end_string: "]]"\n  keep_trailing_newline: false\n  trim_blocks: true\nname: {type: str, default: "[[ 1 + 1 ]]"}\n',
      'a.txt.jinja': '[% if name %]\n[[ name ]] {{ name }}\n[% endif %]\n',
      '[[ name ]].txt': 'n',
    },
    gives: { 'a.txt': '2 {{ name }}\n', '2.txt': 'n' },
  },
  {
    name: 'included, imported and extended templates, from the top of the template',
    documented: 'creating/#importing-jinja-templates-and-macros',
    files: {
      'copier.yml': '_exclude: [copier.yml, parts]\nname: x\n',
      'parts/m.jinja': '{% macro shout(t) %}{{ t | upper }}!{% endmacro %}',
      'parts/i.txt': 'in {{ name }}',
      'a.txt.jinja': "{% from 'parts/m.jinja' import shout %}{{ shout(name) }} {% include pathjoin('parts', 'i.txt') %}\n",
    },
    gives: { 'a.txt': 'X! in x\n' },
  },
  {
    name: 'parts of the configuration in other files, and in other documents',
    documented: 'configuring/#include-other-yaml-files',
    files: {
      'copier.yml': '_exclude: [copier.yml]\n---\n!include parts/*.yml\n---\nname: last\n',
      'parts/a.yml': '_exclude: [parts]\nname: first\n',
      'parts/b.yml': 'port: 80\n',
      'o.txt.jinja': '{{ name }} {{ port }}\n',
    },
    gives: { 'o.txt': 'last 80\n' },
  },
  {
    name: 'the answers file, under another name and in a directory',
    documented: 'configuring/#answers_file',
    files: {
      'copier.yml':
        '_answers_file: ".config/{{ name }}.yml"\nname: x\nnone: {type: yaml, default: null}\nodd: "yes: it is # \\"quoted\\""\nlines: {type: str, multiline: true, default: "a\\nb\\n"}\n',
      '.config/{{ _copier_conf.answers_file }}.jinja': '# no edits\n{{ _copier_answers | to_nice_yaml -}}\n',
    },
    gives: {
      '.config/x.yml':
        "# no edits\n_src_path: TEMPLATE\nlines: 'a\n\n    b\n\n    '\nname: x\nnone: null\nodd: 'yes: it is # \"quoted\"'\n",
    },
  },
  {
    name: 'what templates see besides the answers',
    documented: 'creating/#variables-global',
    files: {
      'copier.yml': 'name: x\n',
      'a.txt.jinja':
        '{{ _copier_conf.sep }} {{ _folder_name }} {{ _copier_answers.name }} {{ _copier_conf.answers_file }} {{ _copier_conf.dst_path.split("/") | last }} {{ _copier_conf.src_path == _copier_answers._src_path }}\n',
    },
    gives: { 'a.txt': '/ result x .copier-answers.yml result True\n' },
  },
  {
    name: 'the filters of Ansible',
    documented: 'creating/#jinja2-ansible-filters',
    files: {
      'copier.yml': 'name: Ada Lovelace\n',
      'a.txt.jinja':
        "{{ name | b64encode }} {{ 'QQ==' | b64decode }}\n{{ name | regex_replace('(\\\\w+) (\\\\w+)', '\\\\2 \\\\g<1>') }} {{ name | regex_search('L\\\\w+') }} {{ name | regex_findall('[AL]') }}\n{{ {'a': [1, true, none]} | to_json }} {{ '[1, 2.0]' | from_json }} {{ 'a: yes' | from_yaml }}\n{{ [1, [2, [3]]] | flatten }} {{ (name == '') | ternary('no', 'yes') }} {{ 'On' | bool }} {{ \"it's\" | quote }}\n{{ 'a/b.tar.gz' | basename }} {{ 'a/b' | dirname }} {{ 'a/b.tar.gz' | splitext }}\n{{ {'a': 1} | combine({'b': 2}) | dict2items }} {{ [{'key': 'k', 'value': 1}] | items2dict }} {{ name | hash('sha256') | truncate(8, true, '') }}\n{{ {'b': [1, {'c': 2}], 'a': 'no'} | to_nice_yaml(indent=2) }}{{ {'b': [1], 'a': {}} | to_yaml }}{{ {'b': 1, 'a': [1]} | to_nice_json }}\n",
    },
    gives: {
      'a.txt':
        "QWRhIExvdmVsYWNl A\nLovelace Ada Lovelace ['A', 'L']\n{\"a\": [1, true, null]} [1, 2.0] {'a': True}\n[1, 2, 3] yes True 'it'\"'\"'s'\nb.tar.gz a ('a/b.tar', '.gz')\n[{'key': 'a', 'value': 1}, {'key': 'b', 'value': 2}] {'k': 1} 76740216\na: 'no'\nb:\n- 1\n- c: 2\na: {}\nb: [1]\n{\n    \"a\": [\n        1\n    ],\n    \"b\": 1\n}\n",
    },
  },
  {
    name: 'line ends of templates become line feeds, those of copies stay',
    documented: 'configuring/#envops (newline_sequence of Jinja)',
    files: { 'copier.yml': 'name: x\n', 'a.txt.jinja': '{{ name }}\r\nb\r\n', 'c.txt': 'c\r\n' },
    gives: { 'a.txt': 'x\nb\n', 'c.txt': 'c\r\n' },
  },
  {
    name: 'extensions in Python that stand in the template: what most of them define is there',
    documented: 'configuring/#jinja_extensions',
    files: {
      'copier.yml':
        '_jinja_extensions:\n  - copier_templates_extensions.TemplateExtensionLoader\n  - extensions.py:SlugifyExtension\n  - extensions.py:GitExtension\nname: My  Näme (1)\nslug: "{{ name | slugify }}"\nmail: "{{ \'none\' | git_user_email }}"\nearly: "{{ late }}{% if late %}x{% endif %}"\nlate: y\n',
      'a.txt.jinja':
        "{{ slug }} {{ name | slugify('_') }} {{ mail }} {{ current_year > 2000 }}{{ early }}{% if not testing %}!{{ from_python }}{% endif %}",
    },
    gives: { 'a.txt': 'my-name-1 my_name_1 none True!' },
  },
  {
    name: 'extensions in Python that stand in the template: filters, tests, names, and hooks that change what templates see',
    documented: 'configuring/#jinja_extensions (copier-templates-extensions: context hook extension)',
    files: {
      'copier.yml':
        '_subdirectory: t\n_jinja_extensions:\n  - copier_templates_extensions.TemplateExtensionLoader\n  - ext/context.py:Names\n  - ext/filters.py:Filters\nname: My App\nversion: "3.10"\nasked: "{{ pinned }} {{ slug | shout }}"\n',
      'ext/shared.py': "import re\n\n\ndef kebab(text, *, sep='-'):\n    return sep.join(re.split(r'[\\W_]+', text.lower()))\n",
      'ext/context.py':
        "from __future__ import annotations\nfrom copier_templates_extensions import ContextHook\nfrom ext.shared import kebab\n\nPINNED: dict[str, str] = {'tool': '1.2'}\n\n\nclass Names(ContextHook):\n    update = False\n\n    def hook(self, context):\n        context['pinned'] = PINNED['tool']\n        context['slug'] = kebab(context.get('name', ''))\n        if context['_copier_phase'] == 'render':\n            context['version'] = tuple(int(x) for x in context['version'].split('.'))\n            context['label'] = f\"{context['name']!r:>10}\"\n",
      'ext/filters.py':
        "from jinja2.ext import Extension\n\n\nclass Filters(Extension):\n    def __init__(self, environment):\n        super().__init__(environment)\n        environment.filters['shout'] = lambda text, mark='!': text.upper() + mark\n        environment.filters['rows'] = self.rows\n        environment.tests['short'] = lambda text, n=3: len(text) < n\n        environment.globals['twice'] = lambda x: x * 2\n\n    def rows(self, items):\n        return '\\n'.join(f'{at:02d} {item}' for at, item in enumerate(items, 1))\n",
      't/a.txt.jinja':
        "{{ asked }} {{ slug }} {{ version }} {{ label }}\n{{ name | shout('?') }} {{ 'ab' is short }} {{ name is short(9) }} {{ twice(21) }}\n{{ ['x', 'y'] | rows }}\n{% include 'ext/part.txt' %}",
      'ext/part.txt': '{{ pinned }}\n',
    },
    gives: { 'a.txt': "1.2 MY-APP! my-app (3, 10)   'My App'\nMY APP? True True 42\n01 x\n02 y\n1.2\n" },
  },
  {
    name: 'included templates whose names are put together',
    documented: 'configuring/#subdirectory, creating/#pathjoin',
    files: {
      'copier.yml': '_subdirectory: t\nlicense: {type: str, default: MIT License, choices: [MIT License, Apache]}\n',
      't/LICENSE.jinja': '{% include pathjoin("includes", "licenses", license + ".txt") %}{% include "parts/" ~ "end.txt" %}',
      'includes/licenses/MIT License.txt': 'MIT of {{ license }}\n',
      'includes/licenses/Apache.txt': 'Apache\n',
      'parts/end.txt': 'end\n',
    },
    gives: { LICENSE: 'MIT of MIT License\nend\n' },
  },
  {
    name: 'the phase, and the options of a call without any',
    documented: 'creating/#_copier_phase, creating/#_copier_conf',
    files: {
      'copier.yml': 'asked: {type: str, default: "{{ _copier_phase }}"}\n',
      'a.txt.jinja':
        '{{ asked }} {{ _copier_phase }} {{ _copier_conf.quiet }} {{ _copier_conf.conflict }} {{ _copier_conf.exclude }} {{ _copier_conf.vcs_ref }}\n',
    },
    gives: { 'a.txt': 'prompt render False inline [] None\n' },
  },
  {
    name: 'settings that only a call can have do nothing',
    documented: 'configuring/#skip_tasks, configuring/#quiet ("Not supported in copier.yml")',
    files: {
      'copier.yml': '_quiet: true\n_defaults: true\n_skip_tasks: true\n_overwrite: true\n_vcs_ref: main\n_conflict: rej\nname: x\n',
      'a.txt.jinja': '{{ name }}\n',
    },
    gives: { 'a.txt': 'x\n' },
  },
  {
    name: 'what is excluded from updates only is there at first',
    documented: 'configuring/#exclude (_copier_operation)',
    files: {
      'copier.yml': '_exclude: ["copier.yml", "{% if _copier_operation == \'update\' -%}src/*_example.py{% endif %}"]\nname: x\n',
      'src/a_example.py': 'a\n',
    },
    gives: { 'src/a_example.py': 'a\n' },
  },
  {
    name: 'a negated pattern brings a file back',
    documented: 'configuring/#patterns-syntax',
    files: { 'copier.yml': '_exclude: ["*.txt", "!a.txt", copier.yml]\nname: x\n', 'a.txt': 'a\n', 'b.txt': 'b\n', 'c/a.txt': 'c\n' },
    gives: { 'a.txt': 'a\n', 'c/a.txt': 'c\n' },
  },
  {
    name: 'two stars that are not the whole of a name are one',
    documented: 'configuring/#patterns-syntax (gitignore: other consecutive asterisks are considered regular asterisks)',
    files: {
      'copier.yml': '_exclude: [/**.pyc, "lib**/x", copier.yml]\n',
      'a.pyc': 'a\n',
      'sub/b.pyc': 'b\n',
      'lib1/x': 'x\n',
      'lib/a/x': 'y\n',
    },
    gives: { 'sub/b.pyc': 'b\n', 'lib/a/x': 'y\n' },
  },
  {
    name: 'the destination is a path of Python',
    documented: 'creating/#_copier_conf (dst_path is a Path)',
    files: {
      'copier.yml': 'name: "{{ _copier_conf.dst_path.name }}"\nitem: x\n',
      'a.txt.jinja':
        '{{ name }} {{ _copier_conf.dst_path.stem }} {{ _copier_conf.dst_path.parent == _copier_conf.dst_path }} {{ _copier_conf.dst_path.parts | length > 2 }} {{ _copier_conf.dst_path.parent.name != "" }} {{ _copier_conf.dst_path | basename }} [{{ item.name }}]\n',
    },
    gives: { 'a.txt': 'result result False True True result []\n' },
  },
  {
    name: 'two stars and a slash at the end cover files',
    documented: 'configuring/#patterns-syntax (pathspec: a directory pattern covers everything below it)',
    files: {
      'copier.yml': '_exclude: [copier.yml, "a/**/", "b/**", "c/**/d"]\n',
      'a/x': '1\n',
      'a/y/z': '2\n',
      'b/x': '3\n',
      'c/d': '4\n',
      'c/e/d': '5\n',
      'c/e/f': '6\n',
    },
    gives: { 'c/e/f': '6\n' },
  },
  {
    name: 'the instant as Copier has it since its first versions, and times that are read',
    documented: 'creating/#template-helpers (jinja2-ansible-filters: to_datetime), changelog 6.0.0 (now is deprecated)',
    files: {
      'copier.yml': 'day: "2026-03-05"\n',
      'a.txt.jinja':
        "{{ now().year > 2000 }} {{ (now() | string | length) >= 19 }} {{ (day | to_datetime('%Y-%m-%d')).strftime('%d.%m.%y') }} {{ (day ~ ' 07:08:09') | to_datetime }}\n",
    },
    gives: { 'a.txt': 'True True 05.03.26 2026-03-05 07:08:09\n' },
  },
  {
    name: 'constructs of published templates: folders with templates as names, choices that are truth values, lookbehind in validators',
    documented: 'configuring/#subdirectory, configuring/#advanced-prompt-formatting, configuring/#jinja_extensions',
    files: {
      'copier.yml':
        "_subdirectory: \"{{ '{{' }}repo_name{{ '}}' }}\"\n_min_version: '9.0.0'\n_metadata: {name: x}\n__skip_answered: false\n_python_folder: {default: '{{ repo_name }}', help: none}\n_jinja_extensions: [jinja2_time.TimeExtension]\nrepo_name:\n  type: str\n  default: Julia.jl\n  validator: >-\n    {% if not (repo_name | regex_search('^(?![\\.\\-\\_\\ ])([A-Za-z0-9\\ \\-\\_\\.])+(?<![\\.\\-\\_\\ ])')) %}no{% endif %}\nrelease:\n  type: str\n  default: today\n  validator: >-\n    {%- set date = release.strip().split('-') | map('int') | list -%}\n    {%- if release != 'today' and not (date.0 > 0 and date.1 < 13) -%}no{% endif %}\ncustom: {type: bool, default: customized, choices: {customized: true, simple: false}}\ngit: {type: bool, default: yes, choices: {yes: yes, no: no}}\nhost: {type: str, choices: {Other: {value: other}}, default: other}\nversion: {type: float, default: 13.0, choices: [13.0, 14.0]}\nyear: {type: int, default: \"{% now 'utc', '%Y' %}\"}\nversions: {type: str, choices: [3.10, 3.11], multiselect: true, default: [3.11]}\nport: {type: int, default: \"{{ ((range(10, 20) | list) + (range(30, 40) | list)) | random }}\"}\nanswers_file: .copier-answers.yml\n",
      '{{repo_name}}/a.txt.jinja':
        '{{ repo_name }} {{ release }} {{ custom }} {{ git }} {{ host }} {{ version }} {{ year > 2000 }} {{ versions }} {{ port >= 10 }} {{ answers_file }}[{{ _python_folder }}]\n',
      '{{other}}/b.txt': 'never\n',
    },
    gives: { 'a.txt': "Julia.jl today True True other 13.0 True ['3.11'] True .copier-answers.yml[]\n" },
  },
  {
    name: 'an answers file whose path is written as a person writes it',
    documented: 'configuring/#answers_file (it is a path of Python)',
    files: {
      'copier.yml': '_answers_file: ./answers//{{ name }}.yml\nname: x\n',
      'answers/{{ _copier_conf.answers_file }}.jinja': '{{ _copier_conf.answers_file }}\n',
    },
    gives: { 'answers/x.yml': 'answers/x.yml\n' },
  },
  {
    name: 'a suffix of nothing at all is the one where nothing is said',
    documented: 'configuring/#templates_suffix',
    files: { 'copier.yml': '_templates_suffix: null\nname: x\n', 'a.jinja': '{{ name }}', b: '{{ name }}' },
    gives: { a: 'x', b: '{{ name }}' },
  },
  {
    name: 'digests, UUIDs and comments, as the filters of Ansible make them',
    documented: 'configuring/#jinja_extensions (jinja2-ansible-filters)',
    files: {
      'copier.yml':
        'name: x\nid: "{{ 999999999999999999999999 | ans_random | to_uuid }}"\nkey: "{{ 9 | ans_random | hash(\'sha512\') }}"\n',
      'a.txt.jinja':
        "{{ name | md5 }} {{ name | sha1 }} {{ name | to_uuid }} {{ id | length }} {{ key | length }}\n{{ 'a\nb' | comment('c') }}\n",
    },
    gives: {
      'a.txt':
        '9dd4e461268c8034f5c8564e155c67a6 11f6ad8ec52a2984abaafd7c3b516503785c2072 fc77197d-a591-5a24-9545-57d454755da1 36 128\n//\n// a\n// b\n//\n',
    },
  },
];
