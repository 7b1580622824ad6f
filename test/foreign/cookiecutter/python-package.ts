// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how other languages name variables
import type { CaseFile } from './template-case.ts';

const CONTEXT = {
  full_name: 'Ada Example',
  email: 'ada@example.com',
  github_username: 'ada',
  project_name: 'Python Boilerplate',
  project_slug: "{{ cookiecutter.project_name.lower().replace(' ', '_').replace('-', '_') }}",
  project_short_description: 'Python Boilerplate contains all you need.',
  pypi_username: '{{ cookiecutter.github_username }}',
  version: '0.1.0',
  use_pytest: 'y',
  use_black: 'n',
  use_docs: 'y',
  use_docker: 'n',
  add_pyup_badge: 'n',
  command_line_interface: ['Click', 'Argparse', 'No command-line interface'],
  create_author_file: 'y',
  open_source_license: ['MIT license', 'BSD license', 'Apache Software License 2.0', 'GNU General Public License v3', 'Not open source'],
  _python_versions: ['3.10', '3.11', '3.12'],
  _copy_without_render: ['docs/_static/*.css', '.github/workflows/release.yml'],
};

const FOLDER = '{{cookiecutter.project_slug}}';
const PACKAGE = `${FOLDER}/src/{{cookiecutter.project_slug}}`;

/** A Python package with a command line, tests, documentation, licences and hooks. */
export function pythonPackage(): Record<string, CaseFile> {
  return {
    'cookiecutter.json': JSON.stringify(CONTEXT, null, 4),
    'README.md': '# A template\n\nNot {{ rendered }}.\n',
    'tests/test_bake.py': 'def test_bake():\n    assert True\n',
    'hooks/pre_gen_project.py': `import re
import sys


MODULE_REGEX = r'^[_a-zA-Z][_a-zA-Z0-9]+$'

module_name = '{{ cookiecutter.project_slug }}'

if not re.match(MODULE_REGEX, module_name):
    print('ERROR: The project slug (%s) is not a valid Python module name.' % module_name)
    sys.exit(1)
`,
    'hooks/post_gen_project.py': `#!/usr/bin/env python
import os
import shutil

PROJECT_DIRECTORY = os.path.realpath(os.path.curdir)


def remove_file(filepath):
    os.remove(os.path.join(PROJECT_DIRECTORY, filepath))


if __name__ == '__main__':
    {% if cookiecutter.create_author_file != 'y' %}
    remove_file('AUTHORS.rst')
    {% endif %}
    if 'no' in '{{ cookiecutter.command_line_interface|lower }}':
        remove_file(os.path.join('src', '{{ cookiecutter.project_slug }}', 'cli.py'))
    if 'Not open source' == '{{ cookiecutter.open_source_license }}':
        remove_file('LICENSE')
    if '{{ cookiecutter.use_docs }}' != 'y':
        shutil.rmtree(os.path.join(PROJECT_DIRECTORY, 'docs'))
`,
    ...project(),
    ...licensing(),
    ...documentation(),
  };
}

function project(): Record<string, CaseFile> {
  return {
    [`${FOLDER}/README.rst`]: `{% set is_open_source = cookiecutter.open_source_license != 'Not open source' -%}
{% for _ in cookiecutter.project_name %}={% endfor %}
{{ cookiecutter.project_name }}
{% for _ in cookiecutter.project_name %}={% endfor %}

{% if is_open_source %}
.. image:: https://img.shields.io/pypi/v/{{ cookiecutter.project_slug }}.svg
        :target: https://pypi.python.org/pypi/{{ cookiecutter.project_slug }}
{%- endif %}
{% if cookiecutter.add_pyup_badge == 'y' %}
.. image:: https://pyup.io/repos/github/{{ cookiecutter.github_username }}/{{ cookiecutter.project_slug }}/shield.svg
{% endif %}

{{ cookiecutter.project_short_description }}

{% if is_open_source %}
* Free software: {{ cookiecutter.open_source_license }}
* Documentation: https://{{ cookiecutter.project_slug | replace("_", "-") }}.readthedocs.io.
{% endif %}

Features
--------

{% for feature in ['Fast', 'Small'] -%}
* {{ feature }}{{ "!" if loop.last }}
{% endfor %}`,
    [`${FOLDER}/pyproject.toml`]: `[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "{{ cookiecutter.project_slug }}"
version = "{{ cookiecutter.version }}"
description = "{{ cookiecutter.project_short_description | replace('"', '\\\\"') }}"
authors = [{ name = "{{ cookiecutter.full_name | replace('\\"', '') }}", email = "{{ cookiecutter.email }}" }]
{%- set license_classifiers = {
    'MIT license': 'License :: OSI Approved :: MIT License',
    'BSD license': 'License :: OSI Approved :: BSD License',
    'Apache Software License 2.0': 'License :: OSI Approved :: Apache Software License',
    'GNU General Public License v3': 'License :: OSI Approved :: GNU General Public License v3 (GPLv3)'
} %}
classifiers = [
{%- if cookiecutter.open_source_license in license_classifiers %}
    "{{ license_classifiers[cookiecutter.open_source_license] }}",
{%- endif %}
{%- for version in cookiecutter._python_versions %}
    "Programming Language :: Python :: {{ version }}",
{%- endfor %}
]
dependencies = [{% if cookiecutter.command_line_interface|lower == 'click' %}"click>=8.1"{% endif %}]

{% if 'no' not in cookiecutter.command_line_interface|lower -%}
[project.scripts]
{{ cookiecutter.project_slug }} = "{{ cookiecutter.project_slug }}.cli:main"
{%- endif %}
{% if cookiecutter.use_black == 'y' %}
[tool.black]
line-length = 88
{% endif %}`,
    [`${PACKAGE}/__init__.py`]: `"""Top-level package for {{ cookiecutter.project_name }}."""

__author__ = """{{ cookiecutter.full_name }}"""
__email__ = '{{ cookiecutter.email }}'
__version__ = '{{ cookiecutter.version }}'
`,
    [`${PACKAGE}/{{cookiecutter.project_slug}}.py`]: '"""Main module."""\n',
    [`${PACKAGE}/cli.py`]: `"""Console script for {{cookiecutter.project_slug}}."""

{%- if cookiecutter.command_line_interface|lower == 'argparse' %}
import argparse
{%- endif %}
import sys
{%- if cookiecutter.command_line_interface|lower == 'click' %}
import click
{%- endif %}

{% if cookiecutter.command_line_interface|lower == 'click' %}
@click.command()
def main(args=None):
    """Console script for {{cookiecutter.project_slug}}."""
    click.echo("Replace this message by putting your code into "
               "{{cookiecutter.project_slug}}.cli.main")
    return 0
{%- endif %}
{%- if cookiecutter.command_line_interface|lower == 'argparse' %}
def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('_', nargs='*')
    print("Arguments: " + str(parser.parse_args()._))
    return 0
{%- endif %}


if __name__ == "__main__":
    sys.exit(main())  # pragma: no cover
`,
    [`${FOLDER}/tests/__init__.py`]: '"""Unit test package for {{ cookiecutter.project_slug }}."""\n',
    [`${FOLDER}/tests/test_{{cookiecutter.project_slug}}.py`]: `#!/usr/bin/env python
{% if cookiecutter.use_pytest == 'y' -%}
import pytest
{% else %}
import unittest
{%- endif %}
{%- if cookiecutter.command_line_interface|lower == 'click' %}
from click.testing import CliRunner
{%- endif %}

from {{ cookiecutter.project_slug }} import {{ cookiecutter.project_slug }}


{%- if cookiecutter.use_pytest == 'y' %}

@pytest.fixture
def response():
    """Sample pytest fixture."""


def test_content(response):
    assert response is None
{%- else %}


class Test{{ cookiecutter.project_slug|title }}(unittest.TestCase):
    def test_000_something(self):
        """Test something."""
{%- endif %}
`,
    [`${FOLDER}/Makefile`]: `.PHONY: clean test help
.DEFAULT_GOAL := help

define PRINT_HELP_PYSCRIPT
import re, sys

for line in sys.stdin:
	match = re.match(r'^([a-zA-Z_-]+):.*?## (.*)$$', line)
	if match:
		target, help = match.groups()
		print("%-20s %s" % (target, help))
endef
export PRINT_HELP_PYSCRIPT

lint: ## check style
	flake8 {{ cookiecutter.project_slug }} tests
{%- if cookiecutter.use_black == 'y' %}
	black --check {{ cookiecutter.project_slug }} tests
{%- endif %}

test: ## run tests quickly with the default Python
{%- if cookiecutter.use_pytest == 'y' %}
	pytest
{%- else %}
	python -m unittest
{%- endif %}
`,
    [`${FOLDER}/tox.ini`]: `[tox]
envlist = {% for v in cookiecutter._python_versions %}py{{ v | replace('.', '') }}{% if not loop.last %}, {% endif %}{% endfor %}

[testenv]
setenv =
    PYTHONPATH = {toxinidir}
commands =
    pip install -U pip
    {{ 'pytest --basetemp={envtmpdir}' if cookiecutter.use_pytest == 'y' else 'python -m unittest' }}
`,
    [`${FOLDER}/{% if cookiecutter.use_docker == 'y' %}Dockerfile{% endif %}`]:
      'FROM python:{{ cookiecutter._python_versions | last }}\nCOPY . /app\n',
    [`${FOLDER}/.gitignore`]: '__pycache__/\n*.py[cod]\n*$py.class\n\n# Spyder\n.spyderproject\n',
    [`${FOLDER}/.editorconfig`]: 'root = true\n\n[*]\nindent_style = space\n\n[{Makefile,*.bat}]\nindent_style = tab\n',
    [`${FOLDER}/setup.cfg`]:
      '[bumpversion]\ncurrent_version = {{ cookiecutter.version }}\nserialize = {major}.{minor}\n\n[bumpversion:file:pyproject.toml]\nsearch = version = "{current_version}"\n',
    [`${FOLDER}/scripts/release.sh`]: {
      text: '#!/usr/bin/env bash\nset -euo pipefail\necho "releasing {{ cookiecutter.project_slug }} ${1:-{{ cookiecutter.version }}}"\n',
      executable: true,
    },
    [`${FOLDER}/.github/workflows/release.yml`]:
      'on: push\njobs:\n  a:\n    env:\n      T: ${{ secrets.TOKEN }}\n      S: {{ not rendered }}\n',
    [`${FOLDER}/.github/workflows/ci.yml`]: `name: CI
on: [push]
jobs:
  test:
    strategy:
      matrix:
        python: [{% for v in cookiecutter._python_versions %}"{{ v }}"{{ ", " if not loop.last }}{% endfor %}]
    steps:
      - uses: actions/setup-python@v5
        with:
          python-version: {% raw %}\${{ matrix.python }}{% endraw %}
      - run: make test
`,
  };
}

function licensing(): Record<string, CaseFile> {
  return {
    [`${FOLDER}/LICENSE`]: `{% if cookiecutter.open_source_license == 'MIT license' -%}
MIT License

Copyright (c) 2024, {{ cookiecutter.full_name }}

Permission is hereby granted, free of charge, to any person obtaining a copy
{% elif cookiecutter.open_source_license == 'BSD license' %}

BSD License

Copyright (c) 2024, {{ cookiecutter.full_name }}
{% elif cookiecutter.open_source_license == 'Apache Software License 2.0' -%}
Apache Software License 2.0

Copyright (c) 2024, {{ cookiecutter.full_name }}
{% elif cookiecutter.open_source_license == 'GNU General Public License v3' -%}
GNU GENERAL PUBLIC LICENSE
                      Version 3, 29 June 2007

    {{ cookiecutter.project_short_description }}
{% endif %}
`,
    [`${FOLDER}/AUTHORS.rst`]: '=======\nCredits\n=======\n\n* {{ cookiecutter.full_name }} <{{ cookiecutter.email }}>\n',
    [`${FOLDER}/HISTORY.rst`]:
      '=======\nHistory\n=======\n\n{{ cookiecutter.version }} (2024)\n{% for _ in range(cookiecutter.version | length + 7) %}-{% endfor %}\n\n* First release on PyPI.',
    [`${FOLDER}/CONTRIBUTING.rst`]: `{% set is_open_source = cookiecutter.open_source_license != 'Not open source' -%}
Contributing
============

{% if is_open_source -%}
Contributions are welcome. Fork {{ cookiecutter.project_name | e }} on GitHub::

    $ git clone git@github.com:your_name_here/{{ cookiecutter.project_slug }}.git
{% else %}
Ask {{ cookiecutter.full_name.split(' ') | first }}.
{% endif %}`,
  };
}

function documentation(): Record<string, CaseFile> {
  return {
    [`${FOLDER}/docs/conf.py`]: `# -- General configuration
project = "{{ cookiecutter.project_name }}"
copyright = "2024, {{ cookiecutter.full_name }}"
latex_documents = [
    (master_doc, '{{ cookiecutter.project_slug }}.tex',
     '{{ cookiecutter.project_name }} Documentation', '{{ cookiecutter.full_name.replace("'", "\\\\'") }}', 'manual'),
]
`,
    [`${FOLDER}/docs/index.rst`]:
      "Welcome to {{ cookiecutter.project_name }}'s documentation!\n{{ '=' * (cookiecutter.project_name | length + 29) }}\n\n.. toctree::\n   :maxdepth: 2\n\n   usage\n   {% if cookiecutter.create_author_file == 'y' -%}authors\n   {% endif -%}history\n",
    [`${FOLDER}/docs/usage.rst`]:
      'Usage\n=====\n\nTo use {{ cookiecutter.project_name }}::\n\n    import {{ cookiecutter.project_slug }}\n',
    [`${FOLDER}/docs/_static/theme.css`]: 'a { color: {{ kept }} }\n',
    [`${FOLDER}/docs/make.bat`]: '@ECHO OFF\n\nset SPHINXPROJ={{ cookiecutter.project_slug }}\nif "%1" == "" goto help\n',
  };
}
