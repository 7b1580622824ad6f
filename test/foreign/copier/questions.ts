import type { DocumentedCase } from '../documented-case.ts';

const SHOWN = 'out.txt.jinja';

/** Questions: types, defaults, conditions, choices. Sections are those of https://copier.readthedocs.io/en/stable/. */
export const QUESTIONS: readonly DocumentedCase[] = [
  {
    name: 'the short form takes its type from the default',
    documented: 'configuring/#questions',
    files: {
      'copier.yml': 'name: Ada\nage: 36\nratio: 1.0\nwell: true\ntags: [a, b]\n',
      [SHOWN]: '{{ name }} {{ age + 1 }} {{ ratio }} {{ well }} {{ tags[1] }}\n',
    },
    gives: { 'out.txt': 'Ada 37 1.0 True b\n' },
  },
  {
    name: 'every type of an answer',
    documented: 'configuring/#advanced-prompt-formatting (type)',
    files: {
      'copier.yml':
        'a: {type: bool, default: "yes"}\nb: {type: float, default: "3"}\nc: {type: int, default: "07"}\nd: {type: json, default: "{\\"k\\": [1, 2.0]}"}\ne: {type: path, default: x/y}\nf: {type: str, default: 5}\ng: {type: yaml, default: "[1, yes, 010]"}\n',
      [SHOWN]: '{{ a }} {{ b }} {{ c }} {{ d }} {{ e }} {{ f + "!" }} {{ g }}\n',
    },
    gives: { 'out.txt': "True 3.0 7 {'k': [1, 2.0]} x/y 5! [1, True, 8]\n" },
  },
  {
    name: 'answers that are given are cast to their type',
    documented: 'configuring/#advanced-prompt-formatting (type)',
    files: {
      'copier.yml': 'port: {type: int, default: 1}\nopen: {type: bool, default: false}\nextra: {type: yaml, default: {}}\n',
      [SHOWN]: '{{ port + 1 }} {{ open }} {{ extra.a }}\n',
    },
    answers: { port: '8080', open: 'yes', extra: '{a: [1]}' },
    gives: { 'out.txt': '8081 True [1]\n' },
  },
  {
    name: 'defaults are templates over the answers before them',
    documented: 'configuring/#prompt-templating',
    files: {
      'copier.yml':
        'name: {type: str, default: My Thing}\nslug: {type: str, default: "{{ name | lower | replace(\' \', \'-\') }}"}\nlist: {type: yaml, default: ["{{ slug }}", plain]}\n',
      [SHOWN]: '{{ slug }} {{ list }}\n',
    },
    gives: { 'out.txt': "my-thing ['my-thing', 'plain']\n" },
  },
  {
    name: 'a question whose condition is false is not asked, and has its default',
    documented: 'configuring/#advanced-prompt-formatting (when)',
    files: {
      'copier.yml':
        'kind: {type: str, default: app}\nport: {type: int, default: 80, when: "{{ kind == \'server\' }}"}\nnothing: {type: str, when: "{{ false }}"}\n',
      [SHOWN]: '{{ port }} [{{ nothing }}]\n',
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers.keys() | sort | join(",") }}',
    },
    gives: { 'out.txt': '80 []\n', '.copier-answers.yml': '_src_path,kind' },
  },
  {
    name: 'an answer that is given to a question which is not asked counts, and is not recorded',
    documented: 'configuring/#advanced-prompt-formatting (when)',
    files: {
      'copier.yml':
        'kind: {type: str, default: app}\nport: {type: int, default: 80, when: "{{ kind == \'server\' }}"}\nurl: {type: str, default: "host:{{ port }}"}\nhost: {type: str, when: "{{ later }}"}\n',
      [SHOWN]: '{{ port + 1 }} {{ url }} [{{ host }}]\n',
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers.keys() | sort | join(",") }}',
    },
    answers: { port: '8080', host: 'here' },
    gives: { 'out.txt': '8081 host:8080 [here]\n', '.copier-answers.yml': '_src_path,kind,url' },
  },
  {
    name: 'a condition that is never true makes a computed value, which is not recorded',
    documented: 'configuring/#advanced-prompt-formatting (when), computed values',
    files: {
      'copier.yml':
        'name: {type: str, default: ada}\nloud: {type: str, default: "{{ name | upper }}", when: false}\nsum: {type: int, default: "{{ 1 + 1 }}", when: false}\n',
      [SHOWN]: '{{ loud }} {{ sum + 1 }}\n',
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers.keys() | sort | join(",") }}',
    },
    answers: { name: 'bob' },
    gives: { 'out.txt': 'BOB 3\n', '.copier-answers.yml': '_src_path,name' },
  },
  {
    name: 'choices as a list, as a mapping, as pairs, and given by their label',
    documented: 'configuring/#advanced-prompt-formatting (choices)',
    files: {
      'copier.yml':
        'a: {type: str, choices: [x, y], default: y}\nb: {type: int, choices: {One: 1, Two: 2}, default: 2}\nc: {type: str, choices: [[First, "1"], [Second, "2"]], default: "1"}\nd: {type: yaml, choices: {List: {value: [1]}, Map: {value: {k: v}}}, default: {k: v}}\n',
      [SHOWN]: '{{ a }} {{ b + 1 }} {{ c }} {{ d }}\n',
    },
    answers: { c: 'Second' },
    gives: { 'out.txt': "y 3 2 {'k': 'v'}\n" },
  },
  {
    name: 'a choice whose value is null is its key',
    documented: 'configuring/#advanced-prompt-formatting (choices: "A choice value of null makes it become the same as its key")',
    files: {
      'copier.yml':
        'a: {type: str, choices: {Public domain: null, MIT: mit}, default: Public domain}\nb: {type: yaml, choices: {"Nothing, thanks": "null", Value is key: null, One and a half: 1.5, "Yes": true, Nope: no, Some array: "[yaml, converts, this]"}, default: [yaml, converts, this]}\n',
      [SHOWN]: '{{ a }} {{ b }}\n',
    },
    gives: { 'out.txt': "Public domain ['yaml', 'converts', 'this']\n" },
  },
  {
    name: 'choices that depend on an answer',
    documented: 'configuring/#dynamic-choices',
    files: {
      'copier.yml':
        'language: {type: str, choices: [python, node], default: node}\nmanager:\n  type: str\n  default: npm\n  choices: |\n    {%- if language == "python" %}\n    - poetry\n    - uv\n    {%- else %}\n    - npm\n    - yarn\n    {%- endif %}\n',
      [SHOWN]: '{{ manager }}\n',
    },
    answers: { language: 'python', manager: 'uv' },
    gives: { 'out.txt': 'uv\n' },
  },
  {
    name: 'several choices, in the order in which they are listed',
    documented: 'configuring/#advanced-prompt-formatting (multiselect)',
    files: {
      'copier.yml':
        'dbs: {type: str, multiselect: true, choices: [a, b, c], default: [c, a]}\nports: {type: int, multiselect: true, choices: {A: 1, B: 2}, default: "[2]"}\n',
      [SHOWN]: '{{ dbs }} {{ ports }}\n',
    },
    gives: { 'out.txt': "['a', 'c'] [2]\n" },
  },
  {
    name: 'secrets are used, and never recorded',
    documented: 'configuring/#secret_questions',
    files: {
      'copier.yml': '_secret_questions: [token]\ntoken: t0k3n\npassword: {type: str, secret: true, default: hidden}\nname: x\n',
      [SHOWN]: '{{ token | length }} {{ password | length }}\n',
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
    },
    gives: { 'out.txt': '5 6\n', '.copier-answers.yml': '_src_path: TEMPLATE\nname: x\n' },
  },
  {
    name: 'a name that is not there is nothing',
    documented: 'configuring/#envops (the defaults of Jinja)',
    files: { 'copier.yml': 'name: x\n', [SHOWN]: '[{{ nothing }}]{% if nothing %}yes{% else %}no{% endif %}\n' },
    gives: { 'out.txt': '[]no\n' },
  },
  {
    name: 'keys that are none are left aside',
    documented: 'configuring/#advanced-prompt-formatting',
    files: { 'copier.yml': 'a: {typr: str, default: x}\n', 'a.txt.jinja': '{{ a }}' },
    gives: { 'a.txt': 'x' },
  },
  {
    name: 'a choice without a value is its label',
    documented: 'configuring/#advanced-prompt-formatting',
    files: {
      'copier.yml': 'license: {type: str, default: MIT License, choices: {Apache 2.0: null, MIT License: null}}\n',
      'a.txt.jinja': '{{ license }}',
    },
    answers: { license: 'Apache 2.0' },
    gives: { 'a.txt': 'Apache 2.0' },
  },
  {
    name: 'a default of several lines without multiline',
    documented: 'configuring/#prompt-templating',
    files: { 'copier.yml': 'a: |\n  one\n  two\n', 'a.txt.jinja': '{{ a }}' },
    gives: { 'a.txt': 'one\ntwo\n' },
  },
  {
    name: 'items of a list of choices are read by their type',
    documented: 'configuring/#advanced-prompt-formatting (Dynamic default value of a multiselect choice question)',
    files: {
      'copier.yml':
        'versions: {type: str, multiselect: true, choices: ["3.9", "3.10"], default: "[3.10, 3.9]"}\nbrackets: {type: str, choices: ["[", "]"], multiselect: true, default: \'["[", "]"]\'}\n',
      [SHOWN]: '{{ versions }} {{ brackets }}\n',
    },
    gives: { 'out.txt': "['3.9', '3.10'] ['[', ']']\n" },
  },
  {
    name: 'a secret that has choices is not recorded',
    documented: 'configuring/#advanced-prompt-formatting (secret)',
    files: {
      'copier.yml': 'token: {type: str, secret: true, choices: [one, two], default: one}\nname: x\n',
      [SHOWN]: '{{ token }}\n',
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
    },
    answers: { token: 'two' },
    gives: { 'out.txt': 'two\n', '.copier-answers.yml': '_src_path: TEMPLATE\nname: x\n' },
  },
  {
    name: 'nothing is an answer to a question without a default',
    documented: 'configuring/#advanced-prompt-formatting (default: "Leave empty to force the user to answer"), configuring/#data',
    files: {
      'copier.yml':
        'image: {type: str, help: "Leave it empty if there is none"}\nlines: {type: str, multiline: true}\nmore: {type: yaml}\n',
      [SHOWN]: '[{{ image }}] [{{ lines }}] {{ more }}\n',
    },
    answers: { image: '', lines: '', more: '' },
    gives: { 'out.txt': '[] [] None\n' },
  },
  {
    name: 'an answer that is given, where the default needs an extension in Python',
    documented: 'configuring/#configuration-sources (answers that are given come first; their questions are not asked)',
    files: {
      'copier.yml':
        '_jinja_extensions: [copier_templates_extensions.TemplateExtensionLoader, "extensions.py:GitExtension"]\nauthor: {type: str, default: "{{ \'git config user.name\' | git_config }}"}\nholder: "{{ author }}"\n',
      [SHOWN]: '{{ author }} {{ holder }}\n',
    },
    answers: { author: 'Ada' },
    gives: { 'out.txt': 'Ada Ada\n' },
  },
  {
    name: 'names in any script, and names that are no identifiers',
    documented: 'configuring/#questions (a name is a key of YAML, and an identifier of Python in templates)',
    files: {
      'copier.yml':
        'größe: 3\nимя: {type: str, default: "x{{ größe }}"}\nitems: [a, b]\na.b: 1\nkeys: {type: int, default: "{{ _copier_answers[\'a.b\'] + größe }}"}\n',
      [SHOWN]: "{{ größe + 1 }} {{ имя }} {{ _copier_answers['a.b'] }} {{ keys }} {% for item in items %}{{ item }}{% endfor %}\n",
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
    },
    gives: {
      'out.txt': '4 x3 1 4 ab\n',
      '.copier-answers.yml': '_src_path: TEMPLATE\na.b: 1\ngröße: 3\nitems:\n- a\n- b\nkeys: 4\nимя: x3\n',
    },
  },
  {
    name: 'names that are not defined are errors where the template asks for it, and a default can be none',
    documented: 'configuring/#envops (undefined), configuring/#advanced-prompt-formatting (when: UNSET)',
    files: {
      'copier.yml':
        '_envops: {undefined: jinja2.StrictUndefined}\nengine: {type: str, default: none}\nurl: {type: str, default: "{% if engine == \'none\' %}{{ UNSET }}{% else %}{{ engine }}://{% endif %}", when: "{{ engine != \'none\' }}", validator: "{% if \':\' not in url %}no{% endif %}"}\n',
      [SHOWN]: "{{ url is defined }} {{ url | default('-') }} {{ engine }}\n",
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
    },
    gives: { 'out.txt': 'False - none\n', '.copier-answers.yml': '_src_path: TEMPLATE\nengine: none\n' },
  },
  {
    name: 'the record of the answers so far, where a name with a hyphen is',
    documented: 'configuring/#questions',
    files: {
      'copier.yml':
        'my-question: abc\nmy_question: "{{ _copier_answers[\'my-question\'] }}d"\nfile: "{{ _copier_conf.answers_file }} {{ _copier_answers | length }}"\nsum: {when: false, default: "{{ _copier_answers | length }}"}\n',
      [SHOWN]:
        "{{ _copier_answers['my-question'] }} {{ _copier_answers.my_question }} {{ file }} {{ sum }} {{ _copier_answers | length }}\n",
    },
    gives: { 'out.txt': 'abc abcd .copier-answers.yml 3 4 4\n' },
  },
  {
    name: 'secrets that are numbers, truth values and data, and whose defaults need not be valid',
    documented: 'configuring/#advanced-prompt-formatting (secret, type)',
    files: {
      'copier.yml':
        'pin: {type: int, secret: true, default: 1}\nrate: {type: float, secret: true, default: 2}\nopen: {type: bool, secret: true, default: no}\nkeys: {type: yaml, secret: true, default: {a: [1]}}\nkey: {type: str, secret: true, default: "", validator: "{% if not key %}give one{% endif %}"}\nport: {type: int, secret: true, choices: [80, 443], default: 443}\n',
      [SHOWN]: '{{ pin + 1 }} {{ rate + 1 }} {{ open }} {{ keys.a[0] }} [{{ key }}] {{ port + 1 }}\n',
      '{{ _copier_conf.answers_file }}.jinja': '{{ _copier_answers | to_nice_yaml -}}\n',
    },
    answers: { pin: '41' },
    gives: { 'out.txt': '42 3.0 False 1 [] 444\n', '.copier-answers.yml': '_src_path: TEMPLATE\n' },
  },
  {
    name: 'whole floats in answers that are JSON or YAML stay floats',
    documented: 'configuring/#advanced-prompt-formatting (type)',
    files: {
      'copier.yml': 'a: {type: json, default: "1e3"}\nb: {type: yaml, default: 2.0}\nc: {type: yaml, default: [1.0e+20, 3]}\n',
      [SHOWN]: '{{ a }} {{ b }} {{ c }}\n',
    },
    gives: { 'out.txt': '1000.0 2.0 [1e+20, 3]\n' },
  },
  {
    name: 'choices that are lists and mappings are shown as Python writes them',
    documented: 'configuring/#advanced-prompt-formatting (choices)',
    files: {
      'copier.yml':
        'a: {type: yaml, choices: [{k: [1, x]}, null, yes], default: {k: [1, x]}}\nb: {type: yaml, choices: [{k: [1, x]}, no], default: no}\n',
      [SHOWN]: '{{ a }} {{ b }}\n',
    },
    answers: { b: "{'k': [1, 'x']}" },
    gives: { 'out.txt': "{'k': [1, 'x']} {'k': [1, 'x']}\n" },
  },
];
