// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how other languages name variables
import type { CaseFile } from './template-case.ts';

const CONTEXT = {
  project_name: 'My Awesome Project',
  project_slug: "{{ cookiecutter.project_name.lower()|replace(' ', '_')|replace('-', '_')|replace('.', '_')|replace('&', 'and')|trim() }}",
  description: 'Behold My Awesome Project!',
  author_name: 'Ada Example',
  domain_name: 'example.com',
  email: "{{ cookiecutter.author_name.lower()|replace(' ', '-') }}@{{ cookiecutter.domain_name.strip() }}",
  version: '0.1.0',
  timezone: 'UTC',
  port: 8000,
  database: ['postgres', 'sqlite', 'none'],
  cloud: ['AWS', 'GCP', 'None'],
  frontend: 'n',
  ci: ['Github', 'Gitlab', 'None'],
  debug: 'y',
  services: { web: { port: '{{ cookiecutter.port }}', replicas: 2 }, worker: { port: '', replicas: 1 } },
  _copy_without_render: ['*.html', 'static/vendor'],
  _extensions: ['jinja2.ext.do', 'jinja2_time.TimeExtension'],
};

const FOLDER = '{{cookiecutter.project_slug}}';
const APP = `${FOLDER}/{{cookiecutter.project_slug}}`;

/** A web service with settings, containers, pictures, pages that are copied, and hooks of both kinds. */
export function webService(): Record<string, CaseFile> {
  return {
    'cookiecutter.json': JSON.stringify(CONTEXT, null, 2),
    'docs/index.md': 'not a part',
    'hooks/pre_gen_project.sh': {
      text: '#!/bin/sh\nset -e\ncase "{{ cookiecutter.project_slug }}" in\n  *[!a-z0-9_]*) echo bad; exit 1 ;;\nesac\n',
      executable: true,
    },
    'hooks/post_gen_project.py': `import os
import shutil


def main():
    if "{{ cookiecutter.ci }}" == "None":
        for path in (".github", ".gitlab-ci.yml"):
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.exists(path):
                os.remove(path)
    {% if cookiecutter.frontend.lower() == "n" -%}
    shutil.rmtree("frontend")
    {%- endif %}
    with open(".env", "w") as f:
        f.write("PORT={{ cookiecutter.port }}\\n")


if __name__ == "__main__":
    main()
`,
    ...application(),
    ...containers(),
    ...frontend(),
  };
}

function application(): Record<string, CaseFile> {
  return {
    [`${FOLDER}/README.md`]: `# {{ cookiecutter.project_name }}

{{ cookiecutter.description }}

| service | port | replicas |
|---|---|---|
{% for name, service in cookiecutter.services.items() -%}
| {{ name }} | {{ service.port or '-' }} | {{ service.replicas }} |
{% endfor %}
{% if cookiecutter.database != "none" -%}
## Database

Uses **{{ cookiecutter.database | capitalize }}**.
{%- endif %}

{#- A remark that is not shown -#}
`,
    [`${APP}/__init__.py`]:
      '__version__ = "{{ cookiecutter.version }}"\n__version_info__ = tuple([int(num) if num.isdigit() else num for num in __version__.replace("-", ".", 1).split(".")])\n',
    [`${APP}/settings/base.py`]: `"""Base settings."""

{%- macro setting(name, value, kind='str') -%}
{{ name }} = {% if kind == 'str' %}"{{ value }}"{% elif kind == 'bool' %}{{ 'True' if value in ('y', 'yes', true) else 'False' }}{% else %}{{ value }}{% endif %}
{%- endmacro %}

{{ setting('TIME_ZONE', cookiecutter.timezone) }}
{{ setting('DEBUG', cookiecutter.debug, kind='bool') }}
{{ setting('PORT', cookiecutter.port, 'int') }}
ADMINS = [("""{{ cookiecutter.author_name }}""", "{{ cookiecutter.email }}")]

{% if cookiecutter.database == 'postgres' -%}
DATABASES = {
    "default": env.db("DATABASE_URL", default="postgres://localhost/{{ cookiecutter.project_slug }}"),
}
{%- elif cookiecutter.database == 'sqlite' -%}
DATABASES = {"default": {"ENGINE": "sqlite3", "NAME": "{{ cookiecutter.project_slug }}.db"}}
{%- else -%}
DATABASES = {}
{%- endif %}

INSTALLED_APPS = [
{%- set apps = ['core', 'users'] %}
{%- if cookiecutter.cloud != 'None' %}{% do apps.append('storage_' ~ cookiecutter.cloud | lower) %}{% endif %}
{%- for app in apps | sort(reverse=true) %}
    "{{ cookiecutter.project_slug }}.{{ app }}",{% if loop.first %}  # first{% endif %}
{%- endfor %}
]
`,
    [`${APP}/settings/{% if cookiecutter.debug == "y" %}local.py{% endif %}`]:
      'from .base import *  # noqa\n\nSECRET_KEY = "{{ "x" * 50 }}"\n',
    [`${APP}/users/models.py`]:
      'class User:\n    """User of {{ cookiecutter.project_name }}."""\n\n    name = "{{ cookiecutter.author_name.split()[-1] }}"\n',
    [`${APP}/templates/base.html`]: '{% load static %}<!DOCTYPE html>\n<title>{% block title %}{{ title }}{% endblock %}</title>\n',
    [`${APP}/templates/users/detail.html`]: '{% extends "base.html" %}{% block title %}{{ user.name }}{% endblock %}\n',
    [`${FOLDER}/static/vendor/lib.js`]: 'const t = `{{ kept }} ${x}`;\n',
    [`${APP}/locale/README.md`]:
      '{{ "%s — %d%%" | format(cookiecutter.project_name, 100) }}\n{{ "a\\nb\\nc" | indent(4, true) }}\n{{ cookiecutter.description | wordwrap(12) }}\n{{ cookiecutter.project_name | truncate(8) }}\n',
    [`${FOLDER}/manage.py`]: {
      text: '#!/usr/bin/env python\nimport sys\n\nprint("{{ cookiecutter.project_slug }}", sys.argv)\n',
      executable: true,
    },
    [`${FOLDER}/requirements.txt`]: `{% set packages = {'django': '5.0', 'gunicorn': '21.2'} -%}
{% if cookiecutter.database == 'postgres' %}{% do packages.update({'psycopg': '3.1'}) %}{% endif -%}
{% for name, version in packages | dictsort -%}
{{ name }}=={{ version }}
{% endfor %}`,
    [`${FOLDER}/setup.cfg`]:
      '[flake8]\nmax-line-length = 120\nexclude = .tox,.git\n[isort]\nknown_first_party = {{ cookiecutter.project_slug }}, config\n',
    [`${FOLDER}/logo.png`]: { base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' },
  };
}

function containers(): Record<string, CaseFile> {
  return {
    [`${FOLDER}/docker-compose.yml`]: `version: '3'

{% if cookiecutter.database == 'postgres' %}
volumes:
  {{ cookiecutter.project_slug }}_data: {}
{% endif %}
services:
{%- for name, service in cookiecutter.services.items() %}
  {{ name }}:
    image: {{ cookiecutter.project_slug }}_{{ name }}
    {%- if service.port %}
    ports:
      - '{{ service.port }}:{{ service.port }}'
    {%- endif %}
    deploy: { replicas: {{ service.replicas }} }
{%- endfor %}
`,
    [`${FOLDER}/compose/production/start`]: {
      text: '#!/bin/bash\n\nset -o errexit\nexec gunicorn {{ cookiecutter.project_slug }}.wsgi --bind 0.0.0.0:{{ cookiecutter.port }}\n',
      executable: true,
    },
    [`${FOLDER}/compose/production/Dockerfile`]: `# syntax=docker/dockerfile:1
ARG PYTHON_VERSION=3.12
FROM python:\${PYTHON_VERSION}-slim
{% if cookiecutter.database in ['postgres'] -%}
RUN apt-get update && apt-get install -y libpq-dev
{% endif -%}
LABEL maintainer="{{ cookiecutter.author_name }} <{{ cookiecutter.email }}>"
`,
    [`${FOLDER}/{% if cookiecutter.ci == 'Gitlab' %}.gitlab-ci.yml{% endif %}`]:
      'stages: [lint, test]\nvariables:\n  POSTGRES_DB: "test_{{ cookiecutter.project_slug }}"\n',
    [`${FOLDER}/.github/workflows/ci.yml`]: `name: CI
env:
  TOKEN: {{ '\${{ secrets.TOKEN }}' }}
jobs:
  {% if cookiecutter.database == 'postgres' -%}
  pytest:
    services: { postgres: {} }
  {%- else -%}
  pytest: {}
  {%- endif %}
`,
    [`${FOLDER}/deploy/{{ cookiecutter.cloud | lower }}/main.tf`]: `{% if cookiecutter.cloud == 'AWS' -%}
resource "aws_s3_bucket" "{{ cookiecutter.project_slug }}" {
  bucket = "{{ cookiecutter.project_slug | replace('_', '-') }}-\${var.stage}"
}
{% elif cookiecutter.cloud == 'GCP' -%}
resource "google_storage_bucket" "{{ cookiecutter.project_slug }}" {}
{% endif %}`,
  };
}

function frontend(): Record<string, CaseFile> {
  return {
    [`${FOLDER}/frontend/package.json`]: `{
  "name": "{{ cookiecutter.project_slug | replace('_', '-') }}",
  "version": "{{ cookiecutter.version }}",
  {% if cookiecutter.frontend == 'y' %}"dependencies": { "react": "^18.0.0" },{% endif %}
  "scripts": { "dev": "vite --port {{ cookiecutter.port | int + 1 }}" }
}
`,
    [`${FOLDER}/frontend/src/App.tsx`]: `export const App = () => <h1 style={{ '{{' }} color: 'red' {{ '}}' }}>{{ cookiecutter.project_name }}</h1>;\n`,
    [`${FOLDER}/frontend/src/{{ cookiecutter.project_slug }}.config.ts`]:
      "{% raw %}const a = `{{x}}`;{% endraw %}\nexport const name = '{{ cookiecutter.project_name | title }}';\n",
  };
}
