import type { CaseFile } from './template-case.ts';

const FOLDER = '{{cookiecutter.repo_name}}';

/** A Python library as published ones are written: values listed and aligned, text drawn to measure, tables of licences, and a hook that is a template. */
export function listingProject(): Readonly<Record<string, CaseFile>> {
  return {
    'cookiecutter.json': [
      '{"full_name":"Ada O\'Neil, Bob","project_name":"My C++ Thing","remote_url":"None",',
      "\"repo_name\":\"{%- if cookiecutter.remote_url == 'None' -%}{{ cookiecutter.project_name|replace('+', 'p')|slugify }}{% else %}{{ cookiecutter.remote_url.split('/')[-1]|replace('.git', '')}}{%- endif -%}\",",
      '"package_name":"{{ cookiecutter.repo_name }}","version":"0.10.3","license":["MIT","BSD-2","None"],"year":"2024"}',
      '',
    ].join('\n'),
    [`${FOLDER}/items.txt`]: [
      "{% for key, value in cookiecutter.items()|sort if not key.startswith('_') %}",
      '    {{ "{0:26}".format(key + ":") }} {{ "{0!r}".format(value).strip("u") }}',
      '{%- endfor %}',
      "{{ '=' * cookiecutter.project_name|length }}",
      "{{ '=' * (cookiecutter.project_name | length) }}",
      '{% for _ in cookiecutter.project_name %}={% endfor %}',
      '',
      '{{ "{project_name} by {full_name}".format(**cookiecutter) }}',
      '{{ "%(project_name)s" % cookiecutter }} {{ "%-10s|%5.2f|%x" % ("x", 3.14159, 255) }}',
      "{{ '{:,}'.format(1234567) }} {{ '{:>8}|{:^8}|{:08.3f}'.format('a', 'b', 2.5) }}",
      "{% set c = {'MIT': 'License :: OSI', 'BSD-2': 'x'} %}{% if cookiecutter.license in c %}{{ c[cookiecutter.license] }}{% endif %}",
      "{{ cookiecutter.version.split('.')[:2]|join('.') }} {{ cookiecutter.version.split('.')|map('int')|sum }}",
      "{{ cookiecutter.version.split('.')|map('int')|list }}",
      "{{ cookiecutter.full_name.split(',')|map('trim')|map('tojson')|join(', ') }}",
      '{{ cookiecutter.full_name|tojson }} {{ cookiecutter.full_name|e }} {{ cookiecutter.full_name|urlencode }}',
      '{%- set sep = joiner(", ") %}',
      "{% for x in range(4) %}{{ sep() }}{{ x }}{{ loop.cycle('a','b') }}{% if loop.changed(x // 2) %}!{% endif %}{{ loop.previtem if loop.previtem is defined }}{{ loop.nextitem|default('-') }}{% endfor %}",
      "{% set cy = cycler('x','y') %}{{ cy.next() }}{{ cy.next() }}{{ cy.next() }}{{ cy.current }}",
      "{{ cookiecutter.project_name.title().replace(' ', '') }} {{ 'a_b'.isidentifier() }} {{ '7'.zfill(3) }} {{ 'ß'.casefold() }} {{ 'aB'.swapcase() }}",
      "{{ 'a\\tb'.expandtabs(4) }} {{ 'a\\nb'.splitlines() }} {{ 'a-b-c'.rpartition('-') }} {{ 'aXbX'.rsplit('X', 1) }} {{ 'abc'.find('c') }} {{ 'x'.join(['1','2']) }}",
      "{{ [1,2,3,4,5]|batch(2, '-')|list }} {{ [3,1,2]|sort(reverse=true) }} {{ ['b','A']|sort }} {{ [{'a':1,'b':2},{'a':1,'b':3}]|groupby('a') }}",
      "{{ {'b':1,'a':2}|dictsort }} {{ {'b':1}|xmlattr }} {{ 'a b c d e f'|wordwrap(5) }} {{ 12345678|filesizeformat }} {{ 'hello world foo'|truncate(9) }}",
      "{{ [1,[2,3]]|pprint }} {{ 'x' is sameas 'x' }} {{ 4 is divisibleby 2 }} {{ 'a' is in ['a'] }} {{ none is none }} {{ 3.0|int }} {{ 7 // 2 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ -7 % 3 }} {{ 'a' ~ 1 ~ none }}",
      "{{ dict(a=1, b='x') }} {{ dict(a=1).items()|list }} {{ range(3) }} {{ (1,) }} {{ () }} {{ 1e20 }} {{ 0.1+0.2 }} {{ 10**20 }}",
      "{{ cookiecutter.year|int + 1 }} {{ cookiecutter.year|int|string|length }} {{ \"abc\"[::-1] }} {{ \"abc\"|reverse }} {{ \"abc\"|list|last }} {{ 'A B'|lower|replace(' ', '_')|replace('a', '', 1) }}",
      "{{ 'x'|center(9)|upper }}| {{ 'abc'|first }} {{ [1,1,2]|unique|list }} {{ ['a','b']|map('upper')|zip|default('n') if false else 'ok' }} {{ [1,2,3]|select('odd')|list }} {{ [{'n':'x'}]|map(attribute='n')|list }} {{ [{'n':1},{'n':2}]|selectattr('n','gt',1)|list }} {{ [1,2]|min }} {{ [none,1]|select|list }}",
      "{% macro input(name, value='', type='text') -%}<i n=\"{{ name }}\" v=\"{{ value|e }}\" {{ kwargs }} {{ varargs }}>{%- endmacro %}{{ input('u', '<', 'p', 1, k=2) }}",
      '{% filter indent(2) %}a',
      'b{% endfilter %}',
      '{% block foo %}blk {{ self.foo is defined }}{% endblock %}',
      "{{ 'a-b c'.translate({45: '_', 32: none, 99: 67}) }} {{ 'abc'.translate('abc'.maketrans('ab', 'xy')) }} {{ 'a-b.c'.translate(''.maketrans({'-': '_', '.': none})) }} {{ 'hello'.translate(''.maketrans('l', 'L', 'h')) }} {{ ''.maketrans('ab', 'xy', 'z') }}",
      '',
    ].join('\n'),
    [`${FOLDER}/src/{{cookiecutter.package_name.replace("-","_")}}/__init__.py`]: '__version__ = "{{ cookiecutter.version }}"\n',
    'hooks/post_gen_project.py': [
      'import os',
      '# {% if cookiecutter.license == "MIT" %}',
      'open("made.txt", "w").write("""{% for key, value in cookiecutter.items()|sort if key[0] != \'_\' %}',
      '  {{ "{0:16}".format(key + ":") }} {{ "{0!r}".format(value).strip("u") }}',
      '{%- endfor %}""")',
      '# {% endif %}',
      'os.rename("items.txt", "moved.txt")',
      '',
    ].join('\n'),
  };
}
