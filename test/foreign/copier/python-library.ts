import type { LargeTemplate } from './large-template.ts';

const QUESTIONS = `project_name:
  type: str
  help: What is the library called?
  placeholder: Fancy Things
  validator: >-
    {% if not (project_name | regex_search('^[A-Za-z][A-Za-z0-9 _-]+$')) %}
    The name must begin with a letter.
    {% endif %}
package:
  type: str
  help: Name of the package to import
  default: "{{ project_name | lower | replace(' ', '_') | replace('-', '_') }}"
organisation:
  type: str
  default: "{{ _external_data.organisation.name | default('Example') }}"
license:
  help: Which licence?
  type: str
  choices:
    MIT: mit
    Apache 2.0: apache
    No licence: null
  default: mit
python_versions:
  type: str
  help: Which versions of Python?
  multiselect: true
  choices: ["3.10", "3.11", "3.12", "3.13"]
  default: '[3.11, 3.12]'
  validator: "{% if not python_versions %}Choose at least one.{% endif %}"
manager:
  type: str
  choices: [uv, poetry]
  default: uv
features:
  type: yaml
  multiselect: true
  choices:
    Command line: {value: &cli {name: cli, needs: [click]}}
    Async client: {value: &client {name: client, needs: [httpx, anyio]}}
    Type stubs:
      value: stubs
      validator: "{% if manager != 'uv' %}Only with uv{% endif %}"
  default: [*cli]
`;

const OTHER_QUESTIONS = `docs:
  type: str
  help: Documentation of {{ project_name }}
  choices: |
    {%- if manager == "uv" %}
    - mkdocs
    - sphinx
    {%- else %}
    - sphinx
    {%- endif %}
    - none
  default: "{{ 'mkdocs' if manager == 'uv' else 'sphinx' }}"
docs_theme: {type: str, default: material, when: "{{ docs == 'mkdocs' }}"}
ci: {type: bool, default: yes}
pre_commit: {type: bool, default: true}
line_length: {type: int, default: 100}
min_coverage: {type: float, default: 90}
token: {type: str, secret: true, default: "", help: Token to publish with}
extra_settings: {type: json, multiline: true, default: '{"strict": true, "plugins": []}'}
`;

const CONFIGURATION = `_min_copier_version: "9.3.0"
_subdirectory: template
_external_data:
  organisation: "{{ organisation_file }}"
_exclude: ["*.pyc", "{% if docs == 'none' %}docs{% endif %}", "!docs/keep.txt"]
_skip_if_exists: [CHANGELOG.md, "src/**/custom_*.py"]
_message_before_copy: A library in Python.
_message_after_copy: |
  {{ project_name }} is made in {{ _folder_name }}.
_tasks:
  - [git, init, --quiet]
  - command: "{{ manager }} lock"
    when: "{{ _copier_operation == 'copy' }}"
organisation_file:
  type: str
  default: .organisation.yml
---
!include questions/*.yml
---
# What follows from the answers
slug: {type: str, default: "{{ project_name | lower | replace(' ', '-') }}", when: false}
newest_python: {type: str, default: "{{ python_versions | last }}", when: false}
dependencies:
  type: yaml
  when: false
  default: |
    {% for feature in features if feature is mapping %}{% for need in feature.needs %}
    - {{ need }}
    {% endfor %}{% endfor %}
`;

const PYPROJECT = `[project]
name = "{{ slug }}"
version = "0.1.0"
requires-python = ">={{ python_versions | first }}"
{%- if license != 'No licence' %}
license = "{{ {'mit': 'MIT', 'apache': 'Apache-2.0'}[license] }}"
{%- endif %}
dependencies = {{ (dependencies or []) | to_json }}
{% if features | selectattr('name', 'defined') | selectattr('name', 'equalto', 'cli') | list %}
[project.scripts]
{{ slug }} = "{{ package }}.cli:main"
{% endif %}
[tool.ruff]
line-length = {{ line_length }}

[tool.coverage.report]
fail_under = {{ min_coverage }}
{% if extra_settings.strict %}
[tool.mypy]
strict = true
{% endif -%}
`;

const WORKFLOW = `{% raw %}on: [push]
env:
  REF: \${{ github.ref }}
{% endraw %}jobs:
  test:
    strategy:
      matrix:
        python: {{ python_versions | to_json }}
    steps:
{%- if manager == 'uv' %}
      - run: uv sync
{%- else %}
      - run: poetry install
{%- endif %}
      - run: {{ run('pytest') }}
`;

const V1: LargeTemplate['versions'][number]['files'] = {
  'copier.yml': CONFIGURATION,
  'README.md': '# The template itself\n',
  'questions/1-what.yml': QUESTIONS,
  'questions/2-how.yml': OTHER_QUESTIONS,
  'macros/run.jinja': '{% macro command(manager, what) %}{{ manager }} run {{ what }}{% endmacro %}',
  'template/{{ _copier_conf.answers_file }}.jinja':
    '# Changes here will be overwritten by Copier; NEVER EDIT MANUALLY\n{{ _copier_answers | to_nice_yaml -}}\n',
  'template/README.md.jinja':
    '# {{ project_name }}\n\nBy {{ organisation }}, for Python {{ python_versions | join(", ") }}.\n\n## Use\n\n    pip install {{ slug }}\n',
  'template/README.md': 'This is never generated.\n',
  'template/CHANGELOG.md': '# Changes\n',
  'template/pyproject.toml.jinja': PYPROJECT,
  "template/{% if license != 'No licence' %}LICENSE{% endif %}.jinja": '{{ license | upper }} licence of {{ organisation }}\n',
  'template/src/{{ package }}/__init__.py.jinja': '"""{{ project_name }}."""\n',
  'template/src/{{ package }}/py.typed': '',
  "template/src/{{ package }}/{% if features | selectattr('name', 'defined') | list %}parts{% endif %}/__init__.py": '',
  "template/src/{{ package }}/{% if features | selectattr('name', 'defined') | list %}parts{% endif %}/{% yield feature from features | selectattr('name', 'defined') %}{{ feature.name }}{% endyield %}.py.jinja":
    '# {{ feature.name }} needs {{ feature.needs | join(" and ") }}\n',
  'template/tests/{% yield version from python_versions %}test_py{{ version.replace(".", "") }}{% endyield %}.py.jinja':
    'VERSION = "{{ version }}"\nIS_NEWEST = {{ version == newest_python }}\n',
  'template/{% if ci %}.github{% endif %}/workflows/ci.yml.jinja': `{% from "macros/run.jinja" import command %}{% macro run(what) %}{{ command(manager, what) }}{% endmacro %}${WORKFLOW}`,
  'template/{% if pre_commit %}.pre-commit-config.yaml{% endif %}.jinja':
    'repos:\n{% if manager == "uv" %}- repo: uv-pre-commit\n{% endif %}- repo: ruff\n',
  'template/docs/index.md.jinja': '# {{ project_name }} with {{ docs }}{% if docs == "mkdocs" %} and {{ docs_theme }}{% endif %}\n',
  'template/docs/keep.txt': 'kept\n',
  'template/docs/old.pyc': 'bytes\n',
  'template/.env.jinja': 'TOKEN={{ token }}\n',
};

const ANSWERS = (more: string): string => `# Changes here will be overwritten by Copier; NEVER EDIT MANUALLY\n_src_path: TEMPLATE\n${more}`;

/** A library in Python: included questions, answers of several choices, data of the project, loops over files, what follows from answers. */
export const PYTHON_LIBRARY: LargeTemplate = {
  name: 'a Python library',
  versions: [
    { tag: 'v1.0.0', files: V1 },
    {
      tag: 'v2.0.0',
      files: {
        ...V1,
        'copier.yml': CONFIGURATION.replace(
          '_tasks:',
          '_migrations:\n  - {version: v2.0.0, command: [touch, "{{ package }}.migrated"], when: "{{ _stage == \'after\' }}"}\n_tasks:',
        ),
        'questions/2-how.yml': `${OTHER_QUESTIONS}publish: {type: bool, default: false}\n`,
        'template/CHANGELOG.md': '# Changes\n\nSaid better.\n',
        'template/README.md.jinja': V1['template/README.md.jinja']?.toString().replace('## Use', '## How to use') ?? '',
        'template/pyproject.toml.jinja': PYPROJECT.replace('version = "0.1.0"', 'version = "0.1.0"\ndescription = ""'),
        'template/{% if publish %}publish.sh{% endif %}.jinja': '{{ manager }} publish\n',
        'template/SECURITY.md.jinja': 'Write to {{ organisation }}.\n',
      },
    },
  ],
  runs: [
    {
      name: 'by default',
      answers: { project_name: 'Fancy Things' },
      gives: {
        '.copier-answers.yml': ANSWERS(
          "ci: true\ndocs: mkdocs\ndocs_theme: material\nextra_settings:\n    plugins: []\n    strict: true\nfeatures:\n-   name: cli\n    needs:\n    - click\nlicense: mit\nline_length: 100\nmanager: uv\nmin_coverage: 90.0\norganisation: Example\norganisation_file: .organisation.yml\npackage: fancy_things\npre_commit: true\nproject_name: Fancy Things\npython_versions:\n- '3.11'\n- '3.12'\n",
        ),
        'README.md': '# Fancy Things\n\nBy Example, for Python 3.11, 3.12.\n\n## Use\n\n    pip install fancy-things\n',
        'CHANGELOG.md': '# Changes\n',
        'pyproject.toml':
          '[project]\nname = "fancy-things"\nversion = "0.1.0"\nrequires-python = ">=3.11"\nlicense = "MIT"\ndependencies = ["click"]\n\n[project.scripts]\nfancy-things = "fancy_things.cli:main"\n\n[tool.ruff]\nline-length = 100\n\n[tool.coverage.report]\nfail_under = 90.0\n\n[tool.mypy]\nstrict = true\n',
        LICENSE: 'MIT licence of Example\n',
        'src/fancy_things/__init__.py': '"""Fancy Things."""\n',
        'src/fancy_things/py.typed': '',
        'src/fancy_things/parts/__init__.py': '',
        'src/fancy_things/parts/cli.py': '# cli needs click\n',
        'tests/test_py311.py': 'VERSION = "3.11"\nIS_NEWEST = False\n',
        'tests/test_py312.py': 'VERSION = "3.12"\nIS_NEWEST = True\n',
        '.github/workflows/ci.yml':
          // biome-ignore lint/suspicious/noTemplateCurlyInString: it is of GitHub
          'on: [push]\nenv:\n  REF: ${{ github.ref }}\njobs:\n  test:\n    strategy:\n      matrix:\n        python: ["3.11", "3.12"]\n    steps:\n      - run: uv sync\n      - run: uv run pytest\n',
        '.pre-commit-config.yaml': 'repos:\n- repo: uv-pre-commit\n- repo: ruff\n',
        'docs/index.md': '# Fancy Things with mkdocs and material\n',
        'docs/keep.txt': 'kept\n',
        '.env': 'TOKEN=\n',
      },
    },
    {
      name: 'answered',
      answers: {
        project_name: 'Core-Lib',
        license: 'No licence',
        python_versions: '3.10,3.13',
        manager: 'poetry',
        features: 'Async client',
        docs: 'none',
        ci: 'no',
        pre_commit: 'no',
        min_coverage: '87.5',
        token: 's3cret',
        extra_settings: '{"strict": false}',
      },
      project: { '.organisation.yml': 'name: Acme & Sons\n' },
      gives: {
        '.organisation.yml': 'name: Acme & Sons\n',
        '.copier-answers.yml': ANSWERS(
          "ci: false\ndocs: none\nextra_settings:\n    strict: false\nfeatures:\n-   name: client\n    needs:\n    - httpx\n    - anyio\nlicense: No licence\nline_length: 100\nmanager: poetry\nmin_coverage: 87.5\norganisation: Acme & Sons\norganisation_file: .organisation.yml\npackage: core_lib\npre_commit: false\nproject_name: Core-Lib\npython_versions:\n- '3.10'\n- '3.13'\n",
        ),
        'README.md': '# Core-Lib\n\nBy Acme & Sons, for Python 3.10, 3.13.\n\n## Use\n\n    pip install core-lib\n',
        'CHANGELOG.md': '# Changes\n',
        'pyproject.toml':
          '[project]\nname = "core-lib"\nversion = "0.1.0"\nrequires-python = ">=3.10"\ndependencies = ["httpx", "anyio"]\n\n[tool.ruff]\nline-length = 100\n\n[tool.coverage.report]\nfail_under = 87.5\n',
        'src/core_lib/__init__.py': '"""Core-Lib."""\n',
        'src/core_lib/py.typed': '',
        'src/core_lib/parts/__init__.py': '',
        'src/core_lib/parts/client.py': '# client needs httpx and anyio\n',
        'tests/test_py310.py': 'VERSION = "3.10"\nIS_NEWEST = False\n',
        'tests/test_py313.py': 'VERSION = "3.13"\nIS_NEWEST = True\n',
        'docs/keep.txt': 'kept\n',
        '.env': 'TOKEN=s3cret\n',
      },
    },
  ],
  update: {
    edits: { 'README.md': ['By Example', 'By us'], 'CHANGELOG.md': ['# Changes', '# Our changes'] },
    gives: {
      'README.md': '# Fancy Things\n\nBy us, for Python 3.11, 3.12.\n\n## How to use\n\n    pip install fancy-things\n',
      'CHANGELOG.md': '# Our changes\n',
      'SECURITY.md': 'Write to Example.\n',
      'fancy_things.migrated': '',
    },
    holds: { 'pyproject.toml': 'version = "0.1.0"\ndescription = ""\n', '.copier-answers.yml': 'publish: false\n' },
  },
};
