// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how other languages name variables
import type { CaseFile } from './template-case.ts';

const CPP = '{{cookiecutter.project_slug}}';

/** A C++ library: braces everywhere, other delimiters are none, so that they are escaped; conditional folders and line ends of Windows. */
export function cppLibrary(): Readonly<Record<string, CaseFile>> {
  return {
    'cookiecutter.json': `{
  "project_name": "Matrix Tools",
  "project_slug": "{{ cookiecutter.project_name|lower|replace(' ', '-') }}",
  "namespace": "{{ cookiecutter.project_slug|replace('-', '_') }}",
  "cxx_standard": ["17", "20", "23"],
  "header_only": "no",
  "year": "2024",
  "_extensions": ["jinja2.ext.loopcontrols", "jinja2.ext.do"]
}
`,
    [`${CPP}/CMakeLists.txt`]: `cmake_minimum_required(VERSION 3.21)
project({{ cookiecutter.namespace }} VERSION 0.1.0 LANGUAGES CXX)
set(CMAKE_CXX_STANDARD {{ cookiecutter.cxx_standard }})
{% if cookiecutter.header_only == 'yes' -%}
add_library(\${PROJECT_NAME} INTERFACE)
{%- else -%}
add_library(\${PROJECT_NAME} src/{{ cookiecutter.namespace }}.cpp)
{%- endif %}
target_compile_features(\${PROJECT_NAME} {{ 'INTERFACE' if cookiecutter.header_only == 'yes' else 'PUBLIC' }} cxx_std_{{ cookiecutter.cxx_standard }})
`,
    [`${CPP}/include/{{cookiecutter.namespace}}/{{cookiecutter.namespace}}.hpp`]: `#ifndef {{ cookiecutter.namespace|upper }}_HPP
#define {{ cookiecutter.namespace|upper }}_HPP
{# the guard is closed below #}
namespace {{ cookiecutter.namespace }} {
template <class T> struct Pair { T a{}; T b{{'{}'}}; };
constexpr int table[2][2] = { {1, 2}, {3, 4} };
{% for n in range(1, 9) %}{% if n is even %}{% continue %}{% endif %}{% if n > 6 %}{% break %}{% endif %}
inline int f{{ n }}() { return {{ n }}; }
{%- endfor %}
}
#endif
`,
    [`${CPP}/{{ 'src' if cookiecutter.header_only != 'yes' else 'extra' }}/{{cookiecutter.namespace}}.cpp`]:
      '#include <{{cookiecutter.namespace}}/{{cookiecutter.namespace}}.hpp>\n',
    [`${CPP}/.clang-format`]: 'BasedOnStyle: LLVM\n',
    [`${CPP}/conanfile.py`]: `{% set parts = [] %}{% for word in cookiecutter.project_name.split() %}{% do parts.append(word|lower) %}{% endfor %}
class {{ cookiecutter.project_name|replace(' ', '') }}Conan:
    name = "{{ parts|join('-') }}"
    options = {{ '{' }}"shared": [True, False]{{ '}' }}
    exports = {{ parts }}
`,
    [`${CPP}/cmake/{{cookiecutter.namespace}}Config.cmake.in`]:
      '@PACKAGE_INIT@\ninclude("${CMAKE_CURRENT_LIST_DIR}/{{cookiecutter.namespace}}Targets.cmake")',
    [`${CPP}/docs/Doxyfile`]:
      'PROJECT_NAME = "{{ cookiecutter.project_name }}"\n{% filter indent(4, true) %}\nINPUT = include\nOUTPUT = docs\n{% endfilter %}\n',
    [`${CPP}/LICENSE`]: '{{ "Copyright (c) %s %s" % (cookiecutter.year, cookiecutter.project_name) }}\n{{ "-" * 20 }}\n',
    'hooks/post_gen_project.sh': {
      text: '#!/usr/bin/env bash\nset -euo pipefail\nif [ "{{ cookiecutter.header_only }}" = "yes" ]; then echo "${PWD}" > /dev/null; fi\nrm -f .clang-format\n',
      executable: true,
    },
  };
}

const JS = '{{ cookiecutter.name }}';

/** A JavaScript package: JSON whose commas depend on answers, template literals, boolean answers, a line end of Windows. */
export function jsPackage(): Readonly<Record<string, CaseFile>> {
  return {
    'cookiecutter.json': `{
  "name": "my-lib",
  "scope": "",
  "full": "{% if cookiecutter.scope %}@{{ cookiecutter.scope }}/{% endif %}{{ cookiecutter.name }}",
  "bundler": ["none", "rollup", "vite"],
  "typescript": "y",
  "keywords": "one, two,three",
  "camel": "{% for part in cookiecutter.name.split('-') %}{{ part if loop.first else part|capitalize }}{% endfor %}"
}
`,
    [`${JS}/package.json`]: `{
  "name": "{{ cookiecutter.full }}",
  "keywords": [{% for word in cookiecutter.keywords.split(',') %}"{{ word|trim }}"{% if not loop.last %}, {% endif %}{% endfor %}],
  "scripts": {
    {%- if cookiecutter.bundler != 'none' %}
    "build": "{{ cookiecutter.bundler }} build",
    {%- endif %}
    "test": "node --test"
  }{% if cookiecutter.typescript == 'y' %},
  "devDependencies": {
    "typescript": "^5"
  }
  {%- endif %}

}
`,
    [`${JS}/src/index.{{ 'ts' if cookiecutter.typescript == 'y' else 'js' }}`]:
      'export const {{ cookiecutter.camel }} = (x) => `${x} {% raw %}{{ x }}{% endraw %}`;\nconst o = {a: {b: {}}};\n',
    [`${JS}/{{ "tsconfig.json" if cookiecutter.typescript == "y" }}`]: '{ "compilerOptions": {} }\n',
    [`${JS}/{% if cookiecutter.bundler == "rollup" %}rollup.config.js{% elif cookiecutter.bundler == "vite" %}vite.config.js{% endif %}`]:
      'export default { name: "{{ cookiecutter.camel }}" };\n',
    [`${JS}/README.md`]: `# {{ cookiecutter.full }}

[![npm](https://img.shields.io/npm/v/{{ cookiecutter.full|urlencode }}.svg)](https://npm.im/{{ cookiecutter.full }})

\`\`\`js
import { {{ cookiecutter.camel }} } from '{{ cookiecutter.full }}';
\`\`\`
{{ cookiecutter.keywords.split(',')|map('trim')|sort|join(' · ') }}
{{ cookiecutter.name.partition('-') }} {{ cookiecutter.name.center(12, '*') }} {{ cookiecutter.name.count('l') }}
`,
    [`${JS}/.npmrc`]: '{%- if cookiecutter.scope -%}\n@{{ cookiecutter.scope }}:registry=https://registry.example.com\n{%- endif -%}\n',
  };
}
