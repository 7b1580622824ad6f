// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how other languages name variables
import { context, inFolder, type TemplateCase } from './template-case.ts';

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** One construct a case, written from the format's documentation. */
export const CONSTRUCTS: readonly TemplateCase[] = [
  { name: 'a text variable', files: { ...context({ name: 'Ada' }), ...inFolder({ 'a.txt': 'Hello {{ cookiecutter.name }}!\n' }) } },
  {
    name: 'an answer',
    files: { ...context({ name: 'Ada' }), ...inFolder({ 'a.txt': '{{ cookiecutter.name }} {{cookiecutter.slug}}\n' }) },
    answers: { name: 'Bob "the" <b> & co', slug: 'other' },
  },
  {
    name: 'an empty answer',
    files: {
      ...context({ name: '', x: 'y' }),
      ...inFolder({ 'a.txt': '[{{ cookiecutter.name }}]{% if not cookiecutter.name %}none{% endif %}' }),
    },
    answers: { x: '' },
  },
  {
    name: 'letters of the world',
    files: {
      ...context({ name: 'Zoë Ünïcode 漢字 😀' }),
      ...inFolder({ 'ä-{{ cookiecutter.slug }}.txt': '{{ cookiecutter.name | upper }} é\n' }),
    },
  },
  {
    name: 'numbers are text',
    files: {
      ...context({ port: 8080, version: 1.0, small: 1e-7, big: 12345678901234567890n.toString() }),
      ...inFolder({
        'a.txt': '{{ cookiecutter.port + "1" }} {{ cookiecutter.version }} {{ cookiecutter.small }} {{ cookiecutter.port | int + 1 }}\n',
      }),
    },
  },
  {
    name: 'a float keeps its point',
    files: {
      'cookiecutter.json': '{"slug": "demo", "v": 1.0, "w": 1.50, "x": 1e3}',
      ...inFolder({ 'a.txt': '{{ cookiecutter.v }} {{ cookiecutter.w }} {{ cookiecutter.x }}' }),
    },
  },
  {
    name: 'a float keeps its point where it is not asked for',
    files: {
      'cookiecutter.json': '{"slug": "demo", "_v": 1.0, "_list": [1.0, 2, 1e3], "m": {"a": 1.0}}',
      ...inFolder({ 'a.txt': '{{ cookiecutter._v }} {{ cookiecutter._list }} {{ cookiecutter.m }}' }),
    },
    untranslated: 'a manifest has whole floats no more',
  },
  {
    name: 'a default over earlier answers',
    files: {
      ...context({
        name: 'My Project',
        pkg: "{{ cookiecutter.name.lower().replace(' ', '_').replace('-', '_') }}",
        both: '{{ cookiecutter.pkg }}/{{ cookiecutter.slug }}',
      }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.pkg }} {{ cookiecutter.both }}\n' }),
    },
    answers: { name: 'Other-Thing Here' },
  },
  {
    name: 'a default of several lines',
    files: { ...context({ text: 'one\ntwo\n' }), ...inFolder({ 'a.txt': '{{ cookiecutter.text }}|{{ cookiecutter.text | indent(2) }}' }) },
    newer: '1.7.3 cuts the last newline; 2.0: one environment for defaults and files',
  },
  {
    name: 'defaults that become several lines',
    files: {
      ...context({ text: 'one\ntwo', again: '{{ cookiecutter.text }}', kind: ['{{ cookiecutter.again }}', 'b'] }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.again | indent(2) }}\n{{ cookiecutter.kind }}\n' }),
    },
  },
  {
    name: 'byte order marks',
    files: {
      ...context({ bom: '\ufeffx', _jinja2_env_vars: { lstrip_blocks: true } }),
      ...inFolder({
        'strip.cs': '\ufeff{%- if true %}\nusing {{ cookiecutter.slug }};\n{%- endif %}\n',
        'lstrip.cs': '\ufeff{% if true -%}\ufeff a{% endif %}\n',
        'trim.txt': '{{ cookiecutter.bom | trim | length }}{{ cookiecutter.bom.strip() | length }}{{ "\x1f a \x85" | trim }}\n',
      }),
    },
    newer: '2.0: advanced/jinja_env',
  },
  {
    name: 'a choice by default',
    files: {
      ...context({ license: ['MIT', 'BSD', 'GPL v3'] }),
      ...inFolder({ 'a.txt': "{{ cookiecutter.license }}{% if cookiecutter.license == 'MIT' %} ok{% endif %}\n" }),
    },
  },
  {
    name: 'a choice that is answered',
    files: {
      ...context({ license: ['MIT', 'BSD', 'GPL v3'] }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.license }}\n', '{% if cookiecutter.license == "GPL v3" %}COPYING{% endif %}': 'x' }),
    },
    answers: { license: 'GPL v3' },
  },
  {
    name: 'a choice that is listed twice',
    files: { ...context({ license: ['MIT', 'BSD', 'MIT'] }), ...inFolder({ 'a.txt': '{{ cookiecutter.license }}\n' }) },
    answers: { license: 'BSD' },
  },
  {
    name: 'a choice of templates',
    files: {
      ...context({ kind: ['{{ cookiecutter.slug }}-a', '{{ cookiecutter.slug }}-b'] }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.kind }}\n' }),
    },
  },
  {
    name: 'a choice of numbers',
    files: { ...context({ n: [1, 2] }), ...inFolder({ 'a.txt': '{{ cookiecutter.n ~ cookiecutter.n }} {{ cookiecutter.n is string }}' }) },
  },
  {
    name: 'a choice of templates and a boolean',
    untranslated: 'in a pack it is text',
    newer: '2.2: advanced/boolean_variables',
    files: {
      ...context({ on: [false, '{{ cookiecutter.slug }}'], of: ['x', '{{ cookiecutter.slug|upper }}'] }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.on }}{% if cookiecutter.on %} wrong{% endif %} {{ cookiecutter.of }}\n' }),
    },
    answers: { of: '{{ cookiecutter.slug|upper }}' },
  },
  {
    name: 'a choice of dictionaries',
    files: {
      ...context({
        storage: [{ none: 'none' }, { s3: { bucket: '{{ cookiecutter.slug }}' } }],
        next: '{{ cookiecutter.storage.keys() | first }}',
      }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.storage }} {{ cookiecutter.next }} {{ cookiecutter.slug.__repr__() }}\n' }),
    },
  },
  {
    name: 'a dictionary',
    files: {
      ...context({ types: { png: { name: 'Portable', apps: ['a', 'b'] }, bmp: { name: 'Bitmap', apps: ['{{ cookiecutter.slug }}'] } } }),
      ...inFolder({
        'a.txt': '{% for k, v in cookiecutter.types.items() %}{{ k }}: {{ v.name }} {{ v.apps }}\n{% endfor %}{{ cookiecutter.types }}\n',
      }),
    },
  },
  {
    name: 'a dictionary with templates in its keys',
    untranslated: 'it has a null',
    files: {
      ...context({ d: { '{{ cookiecutter.slug }}': 1, x: true, y: null } }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.d.keys() | list }}\n' }),
    },
  },
  {
    name: 'a dictionary is rendered after everything else',
    untranslated: 'it lists what cookiecutter adds itself',
    files: {
      ...context({ d: { k: '{{ cookiecutter.late }}' }, late: 'L' }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.d.k }} {{ cookiecutter.keys() | list }}' }),
    },
    newer: '2.2: values in the order of the file; 2.0: _output_dir, _repo_dir and _checkout',
  },
  {
    name: 'a constant',
    files: {
      ...context({ _plain: '{{ not rendered }}', _list: ['a', 'b'], _map: { a: 1 }, _n: 3 }),
      ...inFolder({ 'a.txt': '{{ cookiecutter._plain }} {{ cookiecutter._list }} {{ cookiecutter._map.a + cookiecutter._n }}\n' }),
    },
    newer: '1.7.3 renders dictionaries all the same; 2.0: private dictionaries are not rendered',
  },
  {
    name: 'a rendered private variable',
    files: {
      ...context({
        name: 'A b',
        __slug: '{{ cookiecutter.name | lower }}',
        __list: ['{{ cookiecutter.slug }}', 2],
        next: '{{ cookiecutter.__slug }}!',
      }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.__slug }} {{ cookiecutter.__list }} {{ cookiecutter.next }}\n' }),
    },
    answers: { name: 'C d' },
    newer: '2.0: advanced/private_variables',
  },
  {
    name: 'a boolean',
    files: {
      ...context({ yes: true, no: false }),
      ...inFolder({
        'a.txt': '{{ cookiecutter.yes }} {{ cookiecutter.no }} {% if cookiecutter.no %}wrong{% else %}right{% endif %}\n',
        '{% if cookiecutter.yes %}y{% endif %}': '',
        '{% if cookiecutter.no %}n{% endif %}': '',
      }),
    },
    newer: '2.2: advanced/boolean_variables',
  },
  {
    name: 'a boolean that is answered',
    files: { ...context({ yes: true, no: false }), ...inFolder({ 'a.txt': '{{ cookiecutter.yes }} {{ cookiecutter.no }}' }) },
    answers: { yes: 'no', no: 'yes' },
    later: { since: 'after 2.6.0, which keeps the text that an argument gives', files: { 'a.txt': 'False True' } },
  },
  {
    name: 'prompts',
    files: {
      ...context({
        kind: ['a', 'b'],
        __prompts__: { slug: 'Short name', kind: { __prompt__: 'Which?', a: 'The first', b: 'The second' } },
      }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.kind }} {{ cookiecutter.__prompts__ is defined }}' }),
    },
    newer: '2.2: advanced/human_readable_prompts',
  },
  {
    name: 'names of files and folders',
    files: {
      ...context({ pkg: 'core', mod: 'main' }),
      ...inFolder({
        '{{cookiecutter.pkg}}/{{cookiecutter.mod}}.py': 'x',
        '{{ cookiecutter.pkg | upper }}-x/sub/{{ cookiecutter.mod[:2] }}-{{ cookiecutter.slug }}.txt': 'y',
      }),
    },
  },
  {
    name: 'a name that gives several folders',
    files: {
      ...context({ pkg: 'com.example.app', path: "{{ cookiecutter.pkg.replace('.', '/') }}" }),
      ...inFolder({ 'src/{{cookiecutter.path}}/App.java': 'package {{ cookiecutter.pkg }};\n' }),
    },
  },
  {
    name: 'a question without a default',
    files: {
      ...context({ none: null, next: '{{ cookiecutter.none or "n" }}' }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.none is none }} {{ cookiecutter.none }} {{ cookiecutter.next }}' }),
    },
  },
  {
    name: 'a question without a default that is answered, and constants that are null',
    files: {
      ...context({ none: null, _none: null }),
      ...inFolder({ 'a.txt': '{{ cookiecutter.none }} {{ cookiecutter._none }} {{ cookiecutter._none is none }}' }),
    },
    answers: { none: 'some' },
  },
  {
    name: 'names that are written in other ways',
    files: {
      ...context({
        projectName: 'My Thing',
        'Upper-Name': "{{ cookiecutter.projectName.replace(' ', '_') }}",
        'with space': ['a', 'b'],
        ünï: 'u',
      }),
      ...inFolder({
        '{{cookiecutter.projectName}}.txt': "{{ cookiecutter['Upper-Name'] }} {{ cookiecutter['with space'] }} {{ cookiecutter['ünï'] }}\n",
      }),
    },
  },
  {
    name: 'files below node_modules',
    untranslated: 'a pack has no such folder',
    files: { ...context(), ...inFolder({ 'node_modules/a.js': '{{ cookiecutter.slug }}', '.DS_Store': 'x' }) },
  },
  {
    name: 'a boolean that is answered by a letter',
    files: { ...context({ yes: true, no: false }), ...inFolder({ 'a.txt': '{{ cookiecutter.yes }} {{ cookiecutter.no }}' }) },
    answers: { yes: 'N', no: 'y' },
    later: { since: 'after 2.6.0, which keeps the text that an argument gives', files: { 'a.txt': 'False True' } },
  },
  {
    name: 'line ends of several kinds',
    files: {
      ...context(),
      ...inFolder({
        'first.txt': 'a\r\nb\n',
        'old.txt': 'a\r\nb\rc\n',
        'long.txt': `${'x'.repeat(9000)}\r\ny\n`,
        'late.txt': `a\r\n${'x'.repeat(9000)}\n`,
        'edge.txt': `${'x'.repeat(8191)}\r\ny\r\n`,
      }),
    },
    newer: '2.0: the kinds that Python names of the part it reads for a first line',
  },
  {
    name: 'a loop that is left early',
    files: {
      ...context({ _extensions: ['jinja2.ext.loopcontrols'] }),
      ...inFolder({
        'a.txt': [
          '{% for i in [1, 2] %}{% continue %}{% else %}none{% endfor %}',
          '{% for i in [1, 2] %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% else %}none{% endfor %}',
          '{% for i in [1, 2] %}{% break %}{% else %}none{% endfor %}',
          '{{ none | map("upper") | list }}{{ 0 | select | list }}{{ "" | rejectattr("x") | list }}',
        ].join('\n'),
      }),
    },
  },
  {
    name: 'files left out by their name',
    files: {
      ...context({ docker: 'y', ci: 'n' }),
      ...inFolder({
        "{% if cookiecutter.docker == 'y' %}Dockerfile{% endif %}": 'FROM x\n',
        "{% if cookiecutter.ci == 'y' %}ci.yml{% endif %}": 'x',
        'kept.txt': '',
      }),
    },
  },
  {
    name: 'a file with two names',
    files: {
      ...context({ ext: ['md', 'rst'] }),
      ...inFolder({ 'README.{% if cookiecutter.ext == "md" %}md{% else %}rst{% endif %}': 'x' }),
    },
    answers: { ext: 'rst' },
  },
  {
    name: 'copied files',
    untranslated: 'names in a copied folder',
    files: {
      ...context({ _copy_without_render: ['*.html', 'raw/*.txt', 'vendor'] }),
      ...inFolder({
        'a.html': '{{ x }}',
        'b/c.html': '{% broken',
        'raw/d.txt': '{{ y }}',
        'raw/{{ cookiecutter.slug }}.txt': '{{ z }}',
        'vendor/e/{{keep}}.js': '{{ e }}',
        'f.txt': '{{ cookiecutter.slug }}',
      }),
    },
  },
  {
    name: 'the path of a copied folder is rendered',
    untranslated: 'names in a copied folder',
    files: {
      ...context({ pkg: 'core', _copy_without_render: ['*/vendor'] }),
      ...inFolder({ '{{cookiecutter.pkg}}/vendor/{{keep}}.js': '{{ x }}' }),
    },
    newer: '1.7.3 does not; advanced/copy_without_render: "the paths are subject to rendering"',
  },
  {
    name: 'patterns of Python',
    files: {
      ...context({ _copy_without_render: ['[!a].txt', '?b.txt', '*/deep/*'] }),
      ...inFolder({
        'a.txt': '{{ cookiecutter.slug }}',
        'b.txt': '{{ b }}',
        'xb.txt': '{{ b }}',
        'p/deep/q/r.txt': '{{ r }}',
        'p/s.txt': '{{ cookiecutter.slug }}',
      }),
    },
  },
  {
    name: 'binary files',
    files: {
      ...context(),
      ...inFolder({
        'pixel.png': { base64: PIXEL },
        'zero.bin': { base64: Buffer.from('text \0 {{ cookiecutter.slug }}').toString('base64') },
        'empty.txt': '',
        'high.dat': { base64: Buffer.from(Array.from({ length: 200 }, (_, index) => 128 + (index % 127))).toString('base64') },
      }),
    },
  },
  {
    name: 'modes',
    files: {
      ...context(),
      ...inFolder({ 'run.sh': { text: '#!/bin/sh\necho {{ cookiecutter.slug }}\n', executable: true }, 'plain.sh': 'x\n' }),
    },
  },
  {
    name: 'ends of files',
    files: {
      ...context(),
      ...inFolder({
        none: 'a',
        one: 'a\n',
        two: 'a\n\n',
        only: '\n',
        block: '{% if true %}\na\n{% endif %}\n',
        last: '{% if true %}a{% endif %}',
      }),
    },
  },
  {
    name: 'line ends of Windows',
    files: { ...context(), ...inFolder({ 'dos.txt': 'a\r\n{{ cookiecutter.slug }}\r\n', 'mixed.txt': 'a\nb\r\n' }) },
    newer: '1.7.3 writes \\n; 2.0: the line ends of a template stay',
  },
  {
    name: 'line ends by a constant',
    files: { ...context({ _new_lines: '\r\n' }), ...inFolder({ 'a.txt': 'a\n{{ cookiecutter.slug }}\n' }) },
    newer: '2.0: advanced/new_line_characters',
  },
  {
    name: 'settings of the template language',
    files: {
      ...context({ _jinja2_env_vars: { lstrip_blocks: true, trim_blocks: true } }),
      ...inFolder({ 'a.txt': '<ul>\n  {% for x in "ab" %}\n  <li>{{ x }}</li>\n  {% endfor %}\n</ul>\n  {# gone #}\nz\n' }),
    },
    newer: '2.0: advanced/jinja_env',
  },
  {
    name: 'delimiters',
    files: {
      'cookiecutter.json':
        '{"slug": "demo", "n": "<<cookiecutter.slug>>!", "_jinja2_env_vars": {"block_start_string": "<%", "block_end_string": "%>", "variable_start_string": "<<", "variable_end_string": ">>"}}',
      '<<cookiecutter.slug>>/a.txt': '<<cookiecutter.n>> {{ kept }} <% if true %>x<% endif %>\n',
    },
    newer: '2.0: advanced/jinja_env',
  },
  {
    name: 'white space control',
    files: { ...context(), ...inFolder({ 'a.txt': 'a\n{%- if true %}\nb\n{%- endif %}\nc {{- cookiecutter.slug -}} d\n{#- x -#}\ne\n' }) },
  },
  {
    name: 'raw',
    files: {
      ...context(),
      ...inFolder({ 'ci.yml': 'run: ${{ "{{" }} secrets.X {{ "}}" }}\n{% raw %}x: ${{ matrix.os }} {% if %}{% endraw %}\n' }),
    },
  },
  {
    name: 'loops, macros, set, filters',
    files: {
      ...context({ tags: 'a, b,c' }),
      ...inFolder({
        'a.txt': [
          '{%- macro item(x, bold=false) %}{% if bold %}**{{ x }}**{% else %}{{ x }}{% endif %}{% endmacro -%}',
          '{%- set tags = cookiecutter.tags.split(",") -%}',
          '{% for tag in tags %}{{ loop.index }}/{{ loop.length }} {{ item(tag.strip(), loop.first) }}{% if not loop.last %}; {% endif %}{% endfor %}',
          '{{ tags | map("trim") | join("-") | title }} {{ "%s=%03d" | format("x", 7) }} {{ tags | length }} {{ tags[-1] }}',
          '{% set ns = namespace(n=0) %}{% for t in tags %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}',
          '{% filter upper %}shout {{ cookiecutter.slug }}{% endfilter %}',
          "{{ 'yes' if 'b' in cookiecutter.tags else 'no' }}{{ ' only' if false }}",
        ].join('\n'),
      }),
    },
  },
  {
    name: 'values that change',
    files: {
      ...context({ _extensions: ['jinja2.ext.do', 'jinja2.ext.loopcontrols'] }),
      ...inFolder({
        'a.txt':
          '{% set l = [] %}{% for i in range(6) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{% do l.append(i) %}{% endfor %}{{ l }}{% set d = {} %}{% do d.update({"k": l}) %}{{ d }}',
      }),
    },
  },
  {
    name: 'included templates of the folder',
    files: {
      ...context(),
      ...inFolder({
        'a.txt': '{% include "part.txt" %}{% include "./sub/part.txt" %}',
        'part.txt': 'part {{ cookiecutter.slug }}\n',
        'sub/part.txt': '{% import "macros.j2" as m %}{{ m.twice("x") }}\n',
        'macros.j2': '{% macro twice(t) %}{{ t }}{{ t }}{% endmacro %}',
      }),
    },
  },
  {
    name: 'templates beside the folder',
    files: {
      ...context(),
      'templates/base.txt': '<{% block body %}{% endblock %}>\n',
      ...inFolder({ 'a.txt': '{% extends "base.txt" %}{% block body %}{{ cookiecutter.slug }}{% endblock %}' }),
    },
    newer: '1.7.3 looks only in the folder; 2.0: advanced/templates (template inheritance)',
  },
  {
    name: 'slugify and jsonify',
    files: {
      ...context({ name: 'Hello, World & Ünï', _data: { b: ['1', '2'], a: 'x' } }),
      ...inFolder({
        'a.txt': "{{ cookiecutter.name | slugify }} {{ cookiecutter.name | slugify(separator='_') }}\n{{ cookiecutter._data | jsonify }}\n",
      }),
    },
  },
  {
    name: 'JSON with another indent',
    files: {
      ...context({ _data: { b: ['1'], a: 'x' } }),
      ...inFolder({ 'a.txt': '{{ cookiecutter._data | tojson("\\t") }}\n{{ cookiecutter._data | tojson(indent=none) }}\n' }),
    },
  },
  {
    name: 'lengths of random text',
    files: {
      ...context(),
      ...inFolder({ 'a.txt': '{{ random_ascii_string(12) | length }} {{ random_ascii_string(5, punctuation=True) | length }}\n' }),
    },
  },
  {
    name: 'the folder has more files than templates',
    files: {
      ...context(),
      'README.md': '# the template',
      'docs/x.md': '{{ x }}',
      '.github/workflows/ci.yml': 'a: ${{ b }}',
      'tests/test_x.py': 'x',
      ...inFolder({ '.gitignore': '*.pyc\n', '.hidden/a': '{{ cookiecutter.slug }}', 'a.txt': 'x' }),
    },
  },
  {
    name: 'own values',
    files: { ...context(), ...inFolder({ 'a.txt': '{{ cookiecutter._template is string }} {{ cookiecutter | length > 1 }}' }) },
  },
  {
    name: 'a hook that changes the values',
    hooks: true,
    files: {
      ...context({ domain: ' example.com ', mail: 'a@{{ cookiecutter.domain }}', list: { a: ['x'] } }),
      'hooks/pre_gen_project.py': [
        'text = \'{{ cookiecutter.update({ "domain": cookiecutter.domain | trim, "more": 1 }) }}\'',
        'more = \'{{ cookiecutter.list.a.append("y") }}\'',
        '',
      ].join('\n'),
      ...inFolder({ 'a.txt': '[{{ cookiecutter.domain }}] [{{ cookiecutter.mail }}] {{ cookiecutter.more }} {{ cookiecutter.list }}\n' }),
    },
  },
  {
    name: 'a hook that changes values keeps what the others are',
    hooks: true,
    untranslated: 'a manifest has whole floats no more',
    files: {
      'cookiecutter.json': '{"slug": "demo", "major": "18", "_sizes": [1.0, 2, 1e3]}',
      'hooks/pre_gen_project.py': [
        '"""',
        '{% set names = {16: "first", 18: "second"} %}',
        '{{ cookiecutter.update({"codename": names[cookiecutter.major | int], "names": names, "pair": (1, 2.0)}) }}',
        '"""',
        '',
      ].join('\n'),
      ...inFolder({
        'a.txt': '{{ cookiecutter._sizes }} {{ cookiecutter.codename }} {{ cookiecutter.names[16] }} {{ cookiecutter.pair }}\n',
      }),
    },
  },
  {
    name: 'a hook in Python',
    hooks: true,
    files: {
      ...context({ docs: 'n' }),
      'hooks/post_gen_project.py':
        'import os\n\nif "{{ cookiecutter.docs }}" != "y":\n    os.remove("docs.md")\nwith open("made.txt", "w") as f:\n    f.write("{{ cookiecutter.slug }}")\n',
      ...inFolder({ 'docs.md': 'x', 'a.txt': 'x' }),
    },
  },
  {
    name: 'a hook that reads every file',
    hooks: true,
    files: {
      ...context(),
      'hooks/post_gen_project.py': [
        'from pathlib import Path',
        '',
        'for path in sorted(Path(".").rglob("*")):',
        '    if path.is_file():',
        '        path.write_text(path.read_text(encoding="utf-8").replace("PLACE", "{{ cookiecutter.slug }}"), encoding="utf-8")',
        '',
      ].join('\n'),
      ...inFolder({ 'a.txt': 'PLACE\n', 'b/c.txt': 'PLACE '.repeat(200) }),
    },
  },
  {
    name: 'a hook in a shell',
    hooks: true,
    files: {
      ...context(),
      'hooks/post_gen_project.sh': {
        text: '#!/bin/bash\nset -e\necho "{{ cookiecutter.slug }}" > made.txt\nmv a.txt b.txt\n',
        executable: true,
      },
      ...inFolder({ 'a.txt': 'x' }),
    },
  },
  {
    name: 'hooks before and after',
    hooks: true,
    files: {
      ...context(),
      'hooks/pre_gen_project.py':
        'import re\nimport sys\n\nif not re.match(r"^[a-z]+$", "{{ cookiecutter.slug }}"):\n    sys.exit(1)\nopen("early.txt", "w").write("early")\n',
      'hooks/post_gen_project.py': 'import os\nos.rename("early.txt", "late.txt")\n',
      'hooks/post_gen_project.py~': 'raise SystemExit(1)',
      ...inFolder({ 'a.txt': 'x' }),
    },
  },
  {
    name: 'a hook in folders whose files are left out',
    hooks: true,
    files: {
      ...context({ docs: 'n', pkg: 'core' }),
      'hooks/post_gen_project.py':
        'import os\nimport shutil\n\nshutil.rmtree("docs")\nopen("src/core/made.txt", "w").write("x")\nos.rmdir("both/deep")\n',
      ...inFolder({
        'docs/{% if cookiecutter.docs == "y" %}a.md{% endif %}': 'x',
        'src/{{cookiecutter.pkg}}/{% if cookiecutter.docs == "y" %}b.md{% endif %}': 'x',
        'both/deep/{% if cookiecutter.docs == "y" %}c.md{% endif %}': 'x',
        'both/kept.txt': 'x',
        'left/{% if cookiecutter.docs == "y" %}d.md{% endif %}': 'x',
      }),
    },
    untranslated: 'a hook of a pack finds no empty folders',
  },
  {
    name: 'statements of the language',
    files: {
      ...context(),
      ...inFolder({
        'b.txt':
          '{% macro wrap() %}[{{ caller("inner") }}]{% endmacro %}{% call(x) wrap() %}{{ x }}!{% endcall %}{% for a in [1, 2] recursive %}{{ a }}{% endfor %}{% autoescape true %}{{ "<" }}{% endautoescape %}{% with a = 1, b = "x" %}{{ a }}{{ b }}{% endwith %}{% set text %}body {{ cookiecutter.slug }}{% endset %}{{ text }}',
      }),
    },
  },
  {
    name: 'an extension that stands in the template',
    newer: '2.0: template extensions, local extensions',
    files: {
      ...context({
        name: 'Tea Pot',
        pkg: '{{ cookiecutter.name | dashed }}',
        _extensions: ['local_extensions.Words', 'jinja2_time.TimeExtension', 'local_extensions.Kitchen'],
      }),
      'local_extensions.py': [
        'import re',
        'import jinja2',
        'import jinja2.ext',
        'from jinja2.ext import Extension',
        '',
        'try:',
        '    import no_such_module',
        '    has_more = True',
        'except ImportError:',
        '    has_more = False',
        '',
        '',
        'def dashed(text, between="-"):',
        '    return re.sub(r"\\s+", between, text.lower())',
        '',
        '',
        'class Words(Extension):',
        '    def __init__(self, environment):',
        '        super().__init__(environment)',
        '        environment.filters["dashed"] = dashed',
        '        environment.filters.update({"capitalize": lambda text: text[:1].upper() + text[1:]})',
        '        environment.tests["short"] = lambda text: len(text) < 4',
        '        environment.globals.update(zip=zip, has_more=has_more)',
        '',
        '',
        'class Kitchen(jinja2.ext.Extension):',
        '    def __init__(self, environment):',
        '        @jinja2.pass_context',
        '        def only(context, value, name):',
        '            return value if context.get("cookiecutter", {}).get(name) == "yes" else ""',
        '',
        '        environment.filters["only"] = only',
        '        environment.filters["owner"] = self.owner',
        '        super().__init__(environment)',
        '',
        '    @jinja2.pass_context',
        '    def owner(self, context, value):',
        "        return f\"{value} of {context['cookiecutter']['name']}\"",
        '',
      ].join('\n'),
      ...inFolder({
        '{{ cookiecutter.name | dashed("_") }}.txt':
          '{{ cookiecutter.pkg }} {{ "abC" | capitalize }} {{ ["ab", "abcd"] | select("short") | list }}{{ has_more }}\n{% for a, b in zip("xy", [1, 2]) %}{{ a }}{{ b }}{% endfor %}\n{{ "lid" | owner }}{{ "gone" | only("name") }}\n',
        '{{ "left" | only("name") }}': 'never\n',
      }),
    },
  },
  {
    name: 'extensions of a package that stands in the template',
    newer: '2.0: template extensions, local extensions',
    files: {
      ...context({
        day: '2024-02-09',
        _extensions: ['local_extensions.longhand', 'local_extensions.slug_of', 'local_extensions.joined', 'local_extensions.latest'],
      }),
      'local_extensions/__init__.py': 'from .dates import longhand\nfrom .texts import *\n',
      'local_extensions/marks.py': 'BETWEEN = "/"\n_HIDDEN = "-"\n',
      'local_extensions/dates.py':
        'from datetime import datetime\nfrom cookiecutter.utils import simple_filter\n\n\n@simple_filter\ndef longhand(text: str, form: str = "%d %B %Y") -> str:\n    return datetime.fromisoformat(text).strftime(form)\n',
      'local_extensions/texts.py':
        'import requests\nfrom cookiecutter.utils import simple_filter\nfrom slugify import slugify\nfrom . import marks\nfrom .marks import BETWEEN\n\n\n@simple_filter\ndef slug_of(text):\n    return slugify(text, separator="_")\n\n\n@simple_filter\ndef joined(items):\n    return BETWEEN.join(sorted(items, key=len)) + marks._HIDDEN\n\n\n@simple_filter\ndef latest(name):\n    return requests.get("https://example.org/" + name).text\n',
      ...inFolder({
        'a.txt':
          '{{ cookiecutter.day | longhand }} {{ cookiecutter.day | longhand("%y") }} {{ "Älter & x" | slug_of }} {{ ["ccc", "a", "bb"] | joined }}\n',
      }),
    },
  },
  {
    name: 'questions that are headings, with colours and names of blanks',
    files: {
      ...context({ ' ': '\u001b[96m\nBegin\u001b[0m', '  ': '\u001b[93m-- More --\u001b[0m', last: 'x' }),
      ...inFolder({ 'a.txt': '{{ cookiecutter[" "] | length }} {{ cookiecutter["  "] }} {{ cookiecutter.last }}\n' }),
    },
  },
];
