import type { RefusedCase } from '../documented-case.ts';

/** What is refused, with the place and what to write instead. */
export const REFUSED: readonly RefusedCase[] = [
  {
    name: 'a filter that an extension in Python may define',
    files: { 'copier.yml': 'x: 1\n_jinja_extensions: [extensions.py:Filters]\n', 'a.txt.jinja': '{{ x | from_python }}' },
    says: ['a.txt.jinja:1', 'from_python'],
  },
  {
    name: 'an extension in Python that fails, with the line of its file',
    files: {
      'copier.yml': 'x: 1\n_jinja_extensions: [ext.py:Hook]\n_exclude: [ext.py, copier.yml]\n',
      'ext.py':
        'from copier_templates_extensions import ContextHook\nclass Hook(ContextHook):\n    def hook(self, context):\n        import socket\n        context["host"] = socket.gethostname()\n',
      'a.txt.jinja': 'a\n{{ host }}',
    },
    says: ['a.txt.jinja:2', 'ext.py:5', 'socket.gethostname'],
  },
  {
    name: 'a name that is not defined, where the template asks for it',
    files: { 'copier.yml': '_envops: {undefined: jinja2.StrictUndefined}\nx: 1\n', 'a.txt.jinja': 'a\n{{ y }}' },
    says: ['a.txt.jinja:2', '"y"'],
  },
  {
    name: 'another class for names that are not defined',
    files: { 'copier.yml': '_envops:\n  undefined: jinja2.ChainableUndefined\n' },
    says: ['copier.yml:1:1', 'jinja2.ChainableUndefined', 'jinja2.StrictUndefined'],
  },
  {
    name: 'a default that needs an extension in Python, and no answer',
    files: { 'copier.yml': '_jinja_extensions: [extensions.py:Git]\na: {type: str, default: "{{ 1 | git_config }}"}\n', 'a.txt': '' },
    says: ['a', 'its default fails', 'git_config'],
  },
  {
    name: 'an answer that is no YAML, before what depends on it',
    files: { 'copier.yml': 'y: {type: yaml, default: []}\nz: {type: str, default: "{{ y }}"}\n', 'a.txt': '' },
    answers: { y: '[1' },
    says: ['y = "[1" (from --var) is not valid: it is not YAML'],
  },
  { name: 'a newer Copier', files: { 'copier.yml': '_min_copier_version: "10.1"\n' }, says: ['copier.yml:1:1', 'Copier 10.1'] },
  { name: 'two configurations', files: { 'copier.yml': 'a: 1\n', 'copier.yaml': 'a: 1\n' }, says: ['both copier.yml and copier.yaml'] },
  { name: 'YAML that is none', files: { 'copier.yml': 'a: [1\nb: 2\n' }, says: ['copier.yml:', 'not valid YAML'] },
  {
    name: 'an alias that grows',
    files: {
      'copier.yml': `a: &a [x, x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f'].map((name, at) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcde'[at]}`).join(', ')}]\n`).join('')}`,
    },
    says: ['aliases'],
  },
  {
    name: 'a path of Python',
    files: { 'copier.yml': 'a: 1\n', 'run.sh.jinja': '#!/bin/sh\n{{ _copier_python }} x.py\n' },
    says: ['run.sh.jinja:2', '_copier_python', 'python3'],
  },
  { name: 'an include that leads out', files: { 'copier.yml': '!include ../secret.yml\n' }, says: ['leads out of the template'] },
  {
    name: 'a type that is none',
    files: { 'copier.yml': 'a: {type: text}\n' },
    says: ['copier.yml:1:1', '"text"'],
  },
  {
    name: 'an answer that the validator refuses',
    files: {
      'copier.yml': 'slug:\n  type: str\n  default: ok\n  validator: "{% if \' \' in slug %}no blanks, please{% endif %}"\n',
      'a.txt': '',
    },
    answers: { slug: 'a b' },
    says: ['slug', 'no blanks, please'],
  },
  {
    name: 'a choice that is disabled',
    files: {
      'copier.yml':
        'old: true\ndb:\n  type: str\n  default: b\n  choices:\n    A: {value: a, validator: "{% if old %}not with old{% endif %}"}\n    B: b\n',
      'a.txt': '',
    },
    answers: { db: 'a' },
    says: ['db', '"a"'],
  },
  {
    name: 'an answer of another type',
    files: { 'copier.yml': 'port: 80\n', 'a.txt': '' },
    answers: { port: 'many' },
    says: ['port', 'whole number'],
  },
  { name: 'a required answer', files: { 'copier.yml': 'name: {type: str}\n', 'a.txt': '' }, says: ['name', 'no value'] },
  { name: 'a path out of the project', files: { 'copier.yml': 'name: ../x\n', '{{ name }}.txt': '' }, says: ['../x.txt'] },
  {
    name: 'yield in a file',
    files: { 'copier.yml': 'l: [1]\n', 'a.txt.jinja': '{% yield i from l %}{% endyield %}' },
    says: ['a.txt.jinja:1', 'yield'],
  },
];
