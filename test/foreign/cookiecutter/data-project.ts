import type { CaseFile } from './template-case.ts';

const IN = '{{ cookiecutter.repo_name }}';

/** A data science project: dictionaries, lists in answers, included parts, notebooks that are not rendered, shells. */
export function dataProject(): Readonly<Record<string, CaseFile>> {
  return {
    'cookiecutter.json': `{
    "project_name": "project_name",
    "repo_name": "{{ cookiecutter.project_name.lower().replace(' ', '-') }}",
    "module_name": "{{ cookiecutter.project_name.lower().replace(' ', '_').replace('-', '_') }}",
    "author_name": "Your name (or your organization/company/team)",
    "python_version_number": "3.10",
    "dataset_storage": ["none", "s3", "azure"],
    "bucket": "{% if cookiecutter.dataset_storage == 's3' %}s3://{{ cookiecutter.repo_name }}{% else %}{{ cookiecutter.dataset_storage }}{% endif %}",
    "pydata_packages": ["none", "basic"],
    "dependencies": {"none": [], "basic": ["ipython", "pandas", "{{ cookiecutter.module_name }}-extra"]},
    "thresholds": {"low": 0.25, "high": 1e3, "count": 10},
    "_folders": ["raw", "interim", "processed"],
    "module_title": "{{ cookiecutter.module_name|title|replace('_', '') }}",
    "slug": "{{ cookiecutter.project_name|slugify(separator='_') }}",
    "_copy_without_render": ["notebooks/*.ipynb", "*/vendored"]
}
`,
    [`${IN}/_parts/licence.txt`]: 'Owned by {{ cookiecutter.author_name }}\n',
    [`${IN}/_parts/macros.j2`]: `{% macro target(name, deps=[], phony=true) %}
{% if phony %}
.PHONY: {{ name }}
{% endif %}
{{ name }}:{% for dep in deps %} {{ dep }}{% endfor %}

\t{{ caller() if caller is defined else '@echo ' ~ name }}
{% endmacro %}
`,
    [`${IN}/LICENSE`]: "{% include '_parts/licence.txt' %}",
    [`${IN}/Makefile`]: `{% from '_parts/macros.j2' import target %}
PYTHON_VERSION = {{ cookiecutter.python_version_number }}

{{ target('clean') }}
{{ target('data', ['requirements', 'clean'], phony=false) }}
{% call target('train') %}python -m {{ cookiecutter.module_name }}{% endcall %}
`,
    [`${IN}/README.md`]: `# {{cookiecutter.project_name}}
{% for folder in cookiecutter._folders %}
{{ loop.index0 }}. \`data/{{ folder }}\`{{ "," if not loop.last else "." }} {{ loop.cycle('odd', 'even') }}{% if loop.previtem is defined %} after {{ loop.previtem }}{% endif %}

{% endfor %}
{{ cookiecutter.module_title }} {{ cookiecutter.slug }} {{ cookiecutter.bucket }}
`,
    [`${IN}/pyproject.toml`]: `[project]
name = {{ cookiecutter.module_name|tojson }}
requires-python = "~={{ cookiecutter.python_version_number }}.0"
{% set chosen = cookiecutter.dependencies[cookiecutter.pydata_packages] %}
dependencies = [
    {% for package in chosen|sort(reverse=true) %}
    "{{ package }}",
    {% endfor %}
]
{% if chosen %}
count = {{ chosen|length }}
{% endif %}

[tool.thresholds]
{% for name, value in cookiecutter.thresholds|dictsort(by='value') %}
{{ "%-6s"|format(name) }}= {{ value }}
{% endfor %}
`,
    [`${IN}/environment.yml`]: `name: {{ cookiecutter.repo_name }}
dependencies:
  - python={{ cookiecutter.python_version_number }}
  {%+ if cookiecutter.pydata_packages == 'basic' %}- pip:{% endif %}

  - {{ cookiecutter.dependencies.values()|list|length }}
`,
    [`${IN}/notebooks/0.0-first.ipynb`]: '{"cells": [{"source": ["print(\\"{{ x }}\\")"]}], "nbformat": 4}\n',
    [`${IN}/notebooks/README.md`]: '{{ cookiecutter.author_name | e }} {{ cookiecutter.author_name | wordcount }}\n',
    [`${IN}/data/{{ cookiecutter._folders|first }}/.gitkeep`]: '',
    [`${IN}/third_party/vendored/{{ kept }}.txt`]: '{{ kept }}\n',
    [`${IN}/{{ cookiecutter.module_name }}/__init__.py`]: 'from {{ cookiecutter.module_name }} import config  # noqa: F401\n',
    [`${IN}/{{ cookiecutter.module_name }}/config.py`]: `PATHS = {{ cookiecutter._folders }}
STORE = {{ cookiecutter.dependencies }}
{% for row in [1, 2, 3, 4, 5]|batch(2, 0) %}
ROW_{{ loop.index }} = {{ row }}
{% endfor %}
GROUPS = {{ ['raw', 'interim', 'ready']|groupby('0')|map(attribute='grouper')|list }}
PICKED = {{ cookiecutter._folders|select('in', ['raw', 'processed'])|map('upper')|join('/') }}
`,
    [`${IN}/{% if cookiecutter.dataset_storage == 's3' %}s3.sh{% endif %}`]: {
      text: '#!/bin/sh\naws s3 sync {{ cookiecutter.bucket }} data\n',
      executable: true,
    },
    [`${IN}/tests/{{ 'test_' ~ cookiecutter.module_name }}.py`]: 'def test():\n    assert True\n\n\n\n',
  };
}
