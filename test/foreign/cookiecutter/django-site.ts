// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how other languages name variables
import type { CaseFile } from './template-case.ts';

const IN = '{{cookiecutter.project_slug}}';

/** A site in the manner of large Django templates: choices that exclude one another, hooks that trim, check, rewrite and remove. */
export function djangoSite(): Readonly<Record<string, CaseFile>> {
  return {
    'cookiecutter.json': CONTEXT,
    'hooks/pre_gen_project.py': PRE,
    'hooks/post_gen_project.py': POST,
    'README.md': 'The template itself.\n',
    [`${IN}/.gitignore`]:
      "*.pyc\n{% if cookiecutter.use_docker == 'y' -%}\n.env\n{% endif %}\n{%- if cookiecutter.editor == 'PyCharm' %}\n.idea/\n{%- endif %}\n",
    [`${IN}/.editorconfig`]: 'root = true\n\n[*.{py,toml}]\nindent_size = 4\n',
    [`${IN}/.github/workflows/ci.yml`]: WORKFLOW,
    [`${IN}/.idea/{{cookiecutter.project_slug}}.iml`]: '<module name="{{ cookiecutter.project_slug }}" />\n',
    [`${IN}/manage.py`]: { text: MANAGE, executable: true },
    [`${IN}/compose/local/django/start`]: {
      text: '#!/bin/sh\nset -o errexit\npython manage.py runserver 0.0.0.0:8000\n',
      executable: true,
    },
    [`${IN}/docker-compose.yml`]: COMPOSE,
    [`${IN}/config/settings/base.py`]: SETTINGS,
    [`${IN}/config/settings/local.py`]: LOCAL,
    [`${IN}/config/celery_app.py`]: 'app = Celery("{{cookiecutter.project_slug}}")\n',
    [`${IN}/config/urls.py`]: URLS,
    [`${IN}/package.json`]: PACKAGE_JSON,
    [`${IN}/gulpfile.mjs`]: 'export const pathsConfig = { app: `./${pkg.name}`, name: "{{ cookiecutter.project_name }}" };\n',
    [`${IN}/requirements/base.txt`]: REQUIREMENTS,
    [`${IN}/licenses/MIT`]: '---\ntitle: MIT\n---\n\nMIT License\n\nCopyright (c) 2024, {{ cookiecutter.author_name }}\n',
    [`${IN}/licenses/BSD`]: '---\ntitle: BSD\n---\n\nCopyright, {{ cookiecutter.author_name }}\n',
    [`${IN}/locale/README.md`]: '{% raw %}{{ not rendered }}{% endraw %}\n',
    [`${IN}/{{cookiecutter.project_slug}}/__init__.py`]: INIT,
    [`${IN}/{{cookiecutter.project_slug}}/templates/base.html`]:
      '{% load static i18n %}<title>{% block title %}{{ cookiecutter.nothing }}{% endblock %}</title>\n',
    [`${IN}/{{cookiecutter.project_slug}}/templates/pages/home.html`]: '{% extends "base.html" %}\n',
    [`${IN}/{{cookiecutter.project_slug}}/static/js/project.js`]: "/* {{ '{{' }} kept {{ '}}' }} */\n",
    [`${IN}/{{cookiecutter.project_slug}}/static/images/favicon.png`]: {
      base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgAAIAAAUAAen63NgAAAAASUVORK5CYII=',
    },
    [`${IN}/{{cookiecutter.project_slug}}/users/tasks.py`]: '@shared_task\ndef count():\n    return 0\n',
    [`${IN}/{{cookiecutter.project_slug}}/users/models.py`]: MODELS,
    [`${IN}/docs/conf.py`]: DOCS,
    [`${IN}/docs/index.rst`]:
      "{{ cookiecutter.project_name }}\n{{ '=' * cookiecutter.project_name|length }}\n\n{{ cookiecutter.description|wordwrap(30) }}\n",
  };
}

const CONTEXT = `{
  "project_name": "My Awesome Project",
  "project_slug": "{{ cookiecutter.project_name.lower()|replace(' ', '_')|replace('-', '_')|replace('.', '_')|trim() }}",
  "description": "Behold My Awesome Project, which does what it does!",
  "author_name": "Ada Example",
  "domain_name": "example.com",
  "email": "{{ cookiecutter.author_name.lower() | trim() |replace(' ', '-') }}@{{ cookiecutter.domain_name.lower() | trim() }}",
  "version": "0.1.0",
  "open_source_license": ["MIT", "BSD", "Not open source"],
  "username_type": ["username", "email"],
  "timezone": "UTC",
  "editor": ["None", "PyCharm", "VS Code"],
  "use_docker": "n",
  "postgresql_version": ["16", "15", "14"],
  "cloud_provider": ["AWS", "GCP", "None"],
  "frontend_pipeline": ["None", "Gulp", "Webpack"],
  "use_celery": "n",
  "debug": "n",
  "_copy_without_render": ["*.html", "*.png"]
}
`;

const PRE = `import sys

"""
{{ cookiecutter.update({ "domain_name": cookiecutter.domain_name | trim }) }}
{{ cookiecutter.update({ "email": cookiecutter.email | trim }) }}
"""

project_slug = "{{ cookiecutter.project_slug }}"
assert project_slug.isidentifier(), "'{}' is no identifier".format(project_slug)
assert "\\\\" not in "{{ cookiecutter.author_name }}", "no backslashes"

if "{{ cookiecutter.use_docker }}".lower() == "n" and "{{ cookiecutter.cloud_provider }}" == "None":
    print("choose one")
    sys.exit(1)
`;

const POST = `from __future__ import print_function

import json
import os
import shutil


def set_flag(file_path, flag, value):
    with open(file_path, "r+") as f:
        contents = f.read().replace(flag, value)
        f.seek(0)
        f.write(contents)
        f.truncate()


def update_package_json(remove, scripts):
    with open("package.json") as fd:
        content = json.load(fd)
    for name in remove:
        content["devDependencies"].pop(name)
    content["scripts"].update(scripts)
    with open("package.json", mode="w") as fd:
        json.dump(content, fd, ensure_ascii=False, indent=2)
        fd.write("\\n")


def main():
    set_flag(os.path.join("config", "settings", "local.py"), "!!!SET SECRET!!!", "s" * 8)
    if "{{ cookiecutter.open_source_license }}" != "Not open source":
        with open(os.path.join("licenses", "{{ cookiecutter.open_source_license }}")) as f:
            lines = f.readlines()
        with open("LICENSE", "w") as f:
            f.writelines(lines[lines.index("---\\n", 1) + 2 :])
    shutil.rmtree("licenses")
    if "{{ cookiecutter.editor }}" != "PyCharm":
        shutil.rmtree(".idea")
    if "{{ cookiecutter.use_docker }}".lower() != "y":
        shutil.rmtree("compose")
        os.remove("docker-compose.yml")
    if "{{ cookiecutter.use_celery }}".lower() == "n":
        os.remove(os.path.join("config", "celery_app.py"))
        os.remove(os.path.join("{{ cookiecutter.project_slug }}", "users", "tasks.py"))
    if "{{ cookiecutter.frontend_pipeline }}" == "None":
        os.remove("gulpfile.mjs")
        os.remove("package.json")
    elif "{{ cookiecutter.frontend_pipeline }}" == "Gulp":
        update_package_json(["webpack"], {"dev": "gulp"})
    with open(".gitignore", "a") as f:
        f.write(".envs/*\\n")
    print("\\x1b[1;32m [SUCCESS]: done\\x1b[0m")


if __name__ == "__main__":
    main()
`;

const WORKFLOW = `name: CI
{% raw %}
on:
  push: { branches: [main] }
jobs:
  test:
    runs-on: \${{ matrix.os }}
    env:
      TOKEN: \${{ secrets.TOKEN }}
{%- endraw %}
    steps:
{%- if cookiecutter.use_docker == 'y' %}
      - run: docker compose build
{%- else %}
      - run: pip install -r requirements/base.txt
{%- endif %}
      - run: echo "{{ cookiecutter.project_slug }} \${{ '{{' }} github.sha }}"
`;

const MANAGE = `#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    sys.path.append("{{ cookiecutter.project_slug }}")
`;

const COMPOSE = `services:
  django: &django
    image: {{ cookiecutter.project_slug }}_local_django
    depends_on:
      - postgres
      {%- if cookiecutter.use_celery == 'y' %}
      - redis
      {%- endif %}
  postgres:
    image: postgres:{{ cookiecutter.postgresql_version }}
  {%- if cookiecutter.use_celery == 'y' %}

  redis:
    image: redis:7
  {%- endif %}
`;

const SETTINGS = `"""Base settings of {{ cookiecutter.project_name }}."""
# ruff: noqa: ERA001, E501
{% if cookiecutter.use_celery == 'y' -%}
import ssl
{%- endif %}
from pathlib import Path

BASE_DIR = Path(__file__).resolve(strict=True).parent.parent.parent
# {{ cookiecutter.project_slug }}/
APPS_DIR = BASE_DIR / "{{ cookiecutter.project_slug }}"
TIME_ZONE = "{{ cookiecutter.timezone }}"
DATABASES = {
    {% if cookiecutter.use_docker == "y" -%}
    "default": env.db("DATABASE_URL"),
    {%- else %}
    "default": env.db(
        "DATABASE_URL",
        default="postgres://{% if cookiecutter.editor == 'VS Code' %}localhost{% endif %}/{{cookiecutter.project_slug}}",
    ),
    {%- endif %}
}
{%- if cookiecutter.username_type == "email" %}
ACCOUNT_LOGIN_METHODS = {"email"}
{%- elif cookiecutter.username_type == "username" %}
ACCOUNT_LOGIN_METHODS = {"{{cookiecutter.username_type}}"}
{%- endif %}
ADMINS = ["{{ cookiecutter.author_name }} <{{ cookiecutter.email }}>"]
{% for provider in ['AWS', 'GCP'] if provider == cookiecutter.cloud_provider %}
STORAGE_{{ loop.index }} = "{{ provider|lower }}"
{% else %}
STORAGE = None
{% endfor %}
# Your stuff...
`;

const LOCAL = `{% set name = cookiecutter.project_slug.upper() -%}
from .base import *  # noqa: F403

{{ name }}_SECRET = "!!!SET SECRET!!!"
DEBUG = {{ cookiecutter.debug == 'y' }}
{% if cookiecutter.use_celery == 'y' and cookiecutter.use_docker == 'n' %}
CELERY_TASK_ALWAYS_EAGER = True
{% endif %}
`;

const URLS = `urlpatterns = [
    path("users/", include("{{ cookiecutter.project_slug }}.users.urls", namespace="users")),
    # {{ cookiecutter.domain_name.split('.')|reverse|join('/') }}
    {% if cookiecutter.frontend_pipeline in ['Gulp', 'Webpack'] %}path("dev/", dev),{% endif %}
]
`;

const PACKAGE_JSON = `{
  "name": "{{cookiecutter.project_slug}}",
  "version": "{{ cookiecutter.version }}",
  "devDependencies": {
    "gulp": "^5.0.0",
    "webpack": "^5.65.0"
  },
  "scripts": {
    "dev": "webpack serve",
    "größe": "{{ cookiecutter.description|truncate(12, True, '…') }}"
  }
}
`;

const REQUIREMENTS = `django==5.0  # pyup: < 5.1
{%- if cookiecutter.use_celery == 'y' %}
celery==5.3
{%- if cookiecutter.use_docker == 'y' %}
flower==2.0
{%- endif %}
{%- endif %}
{#- nothing below #}
`;

const INIT = `__version__ = "{{ cookiecutter.version }}"
__version_info__ = tuple(int(num) if num.isdigit() else num for num in __version__.replace("-", ".", 1).split("."))
`;

const MODELS = `class User(AbstractUser):
    """{{ cookiecutter.project_name }}: {{ cookiecutter['description'] | e }}"""
    {%- if cookiecutter.username_type == "email" %}
    email = EmailField(_("email address"), unique=True)
    username = None  # type: ignore[assignment]
    {%- endif %}
`;

const DOCS = `project = "{{ cookiecutter.project_name }}"
copyright = """2024, {{ cookiecutter.author_name }}"""
initials = "{% for part in cookiecutter.author_name.split() %}{{ part[0] }}{% endfor %}"
`;
