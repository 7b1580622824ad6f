import { describe, expect, it } from 'vitest';
import { makePack } from '../../../testing/pack-fixture.ts';
import { type DependencyFacts, gatherLintFacts } from '../lint-facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { ALL_RULES } from './all-rules.ts';

interface Case {
  readonly manifest?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, DependencyFacts>>;
  /** A part of each message, in order; with `@LINE` where the line matters. */
  readonly found: readonly string[];
}

const variable = (name: string, type: string, more = ''): string => `[variables.${name}]\ntype = "${type}"\n${more}\n`;
const choice = (name: string, values: string, more = ''): string => variable(name, 'choice', `choices = [${values}]\n${more}`);
const template = (text: string) => ({ 'templates/a.txt.jinja': text });
const hook = (...run: string[]): string => `[[hooks.post_generate]]\nrun = ${JSON.stringify(run)}\n`;
const entry = (output: string, more = ''): string => `[[templates]]\ntext = "x"\noutput = "${output}"\n${more}\n`;
const dependsOnCore = '[dependencies]\ncore = "^1.0.0"\n';
const core = (manifest: string, deprecated?: string) => ({ core: { manifest: makePack({ id: 'core', manifest }).manifest, deprecated } });
const ci = choice('ci', '"github", "none"', 'default = "github"');

/** Two dozen characters that no machine made secret, put together here so that no scanner takes this file for a leak. */
const RANDOM = ['q8Zr2Xv9', 'Lm4Tn7Wb', 'Kc3Yd6Fg', 'H5jP1sQe'].join('');

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'colliding-outputs': [
    { files: { 'templates/a.txt': '', 'templates/a.txt.jinja': '' }, found: ['both write a.txt'] },
    { manifest: entry('a') + entry('a') + entry('a'), found: ['both write a', 'both write a'] },
    {
      manifest: `${variable('on', 'boolean')}${variable('name', 'string')}${entry('x', 'when = "on and name"')}${entry('x', 'when = "on or 1 +"')}${entry('x', 'when = "on"')}${entry("{{ 'x' if on else 'y' }}")}`,
      found: ['where on = true'],
    },
    {
      manifest:
        '[[templates]]\ntext = "x"\ninject = { into = "a", at = "end" }\n[[templates]]\ntext = "y"\ninject = { into = "a", at = "end" }\n',
      found: [],
    },
    { manifest: entry('a') + entry('A'), found: ['both write a'] },
    {
      manifest: `${ci}${entry('x.yml', 'when = "ci == \'github\'"')}${entry("{{ 'x' if ci == 'none' else 'x' }}.yml", 'when = "ci != \'none\'"')}`,
      found: ['where ci = "github"'],
    },
    { files: { 'templates/{% if ci == "github" %}a{% endif %}.jinja': '', 'templates/a': '' }, manifest: ci, found: ['both write a'] },
    { manifest: `${ci}${entry('x', 'when = "ci == \'github\'"')}${entry('x', 'when = "ci == \'none\'"')}`, found: [] },
    { manifest: `${variable('name', 'string')}${entry('{{ name }}')}${entry('{{ name }}')}`, found: [] },
    { manifest: variable('rows', 'list') + entry('{{ item }}', 'for_each = "rows"') + entry('a'), found: [] },
  ],
  'deprecated-dependency': [
    { manifest: dependsOnCore, dependencies: core('', 'use core2'), found: ['core is deprecated: use core2'] },
    { manifest: dependsOnCore, dependencies: core(''), found: [] },
    { manifest: dependsOnCore, found: [] },
  ],
  'deprecated-package': [
    { manifest: '[packages.npm]\nrequest = "^2.88.0"\n', found: ['request is deprecated'] },
    { manifest: '[packages.cargo]\nfailure = "0.1"\n', found: ['failure is deprecated'] },
    { manifest: '[packages.npm]\nfastify = "^5.0.0"\n"constructor" = "^1.0.0"\n', found: [] },
  ],
  'missing-description': [
    { manifest: variable('name', 'string'), found: ['description of the pack says too little', 'name has no description'] },
    { manifest: variable('name', 'string', 'description = "What it is called"'), found: ['of the pack'] },
    { manifest: variable('name', 'string', 'computed = "1"'), found: ['of the pack'] },
  ],
  'missing-example': [
    { manifest: variable('name', 'string'), found: ['no [[examples]]', 'name has no example'] },
    { manifest: `${ci}[[examples]]\ntitle = "One"\n`, found: [] },
    { manifest: '', found: [] },
  ],
  'missing-licence': [
    { found: ['no LICENSE file'] },
    { files: { LICENSE: ' ' }, found: ['no LICENSE file'] },
    { files: { LICENSE: 'MIT License' }, found: [] },
  ],
  'missing-prompt': [
    { manifest: variable('name', 'string'), found: ['name has no prompt'] },
    { manifest: variable('name', 'string', 'prompt = "Name"') + variable('slug', 'string', 'computed = "name"'), found: [] },
  ],
  'missing-readme': [
    { files: { 'README.md': '' }, found: ['README.md is absent or empty', 'CHANGELOG.md is absent or empty'] },
    { files: { 'README.md': '# A', 'CHANGELOG.md': '# B' }, found: [] },
  ],
  'missing-tests': [
    { found: ['no case below tests/'] },
    { files: { 'tests/readme.md': '' }, found: ['no case below tests/'] },
    { files: { 'tests/a.toml': 'name = "a"' }, found: [] },
  ],
  'needless-condition': [
    { manifest: `${ci}${variable('port', 'integer', "when = \"ci in ['github', 'none']\"")}`, found: ["`ci in ['github', 'none']` holds"] },
    { manifest: `[packages.npm]\na = { version = "^1.0.0", when = "true" }\n`, found: ['`true` holds'] },
    { manifest: `${ci}${variable('port', 'integer', 'when = "ci == \'github\'"')}`, found: [] },
    { manifest: `${variable('name', 'string')}${variable('port', 'integer', 'when = "name != \'x\'"')}`, found: [] },
  ],
  'secret-in-file': [
    { files: { 'templates/a.ts': `const apiKey = "${RANDOM}"; // packsmith: not a secret` }, found: [] },
    {
      files: { 'templates/a.ts': `a\nb\nconst apiKey = "${RANDOM}";\nconst password = "${RANDOM}x";` },
      found: ['apiKey is given', 'password is given'],
    },
    { files: { 'templates/a.ts': `const apiKey = "${RANDOM}"; ${'x'.repeat(20_000)}` }, found: [] },
    { files: { 'templates/a.ts': `const x = 'ghp_${'a1B2c3D4e5'.repeat(4)}';` }, found: ['GitHub token'] },
    { files: { 'templates/a.ts': `const apiKey = "${RANDOM}";` }, found: ['apiKey is given what looks like a random secret@1'] },
    { files: { 'templates/a.ts': `// packsmith: not a secret\nconst apiKey = "${RANDOM}";` }, found: [] },
    { files: { 'templates/a.ts': `const checksum = "${RANDOM}";\nconst apiKey = "change-me-in-production-please";` }, found: [] },
    { files: { 'templates/a.ts': `const token = "${'0123456789abcdef'.repeat(3)}";` }, found: [] },
  ],
  'shadowed-variable': [
    { manifest: variable('item', 'string') + variable('rows', 'list') + entry('{{ item }}', 'for_each = "rows"'), found: ['item hides'] },
    { manifest: variable('rows', 'list') + entry('{{ row }}', 'for_each = "rows"\nas = "row"'), found: [] },
    {
      manifest: variable('item', 'string'),
      files: template('{% for item in [1] %}{{ item }}{% endfor %}'),
      found: ['item hides the variable'],
    },
    { files: template('a\n{% set pack = 1 %}'), found: ['pack hides what templates call pack@2'] },
    { manifest: variable('a', 'string') + variable('rows', 'list') + entry('{{ a }}', 'for_each = "rows"\nas = "a"'), found: ['a hides'] },
    { manifest: variable('item', 'string'), files: template('{% macro m(item) %}{% endmacro %}'), found: ['item hides'] },
    { manifest: variable('item', 'string'), files: template('{% for x in [1] %}{{ item }}{{ x }}{% endfor %}'), found: [] },
  ],
  'slow-template': [
    { files: template('{% for a in (1, 2, 3) %}{% for b in range(400) %}{{ b }}{% endfor %}{% endfor %}'), found: [] },
    {
      files: template(`{% for a in [${Array(50).fill(1).join(', ')}] %}{% for b in range(900) %}{{ b }}{% endfor %}{% endfor %}`),
      found: ['steps'],
    },
    {
      manifest: variable('rows', 'list'),
      files: template(
        'x\n{% for a in rows %}{% for b in rows %}{% for c in rows %}{{ a }}{{ b }}{{ c }}{% endfor %}{% endfor %}{% endfor %}',
      ),
      found: ['steps, most of them here@2'],
    },
    {
      files: {
        ...template('{% for a in range(400) %}{% include "parts/p.jinja" %}{% endfor %}'),
        'parts/p.jinja': '{{ 1 }}'.repeat(60),
      },
      found: ['steps'],
    },
    { files: template('{% for a in range(400) %}{{ a }}{% endfor %}'), found: [] },
    {
      files: template('{% for a in [1, 2] %}{% for b in [1, 2] %}{% for c in [1] %}{{ c }}{% endfor %}{% endfor %}{% endfor %}'),
      found: [],
    },
  ],
  'template-error': [
    {
      manifest: `${entry('a', 'when = "1 | bad_a"')}${entry('{{ 1 | bad_b }}')}[[templates]]\ntext = "{{ 1 | bad_c }}"\ninject = { into = "{{ 1 | bad_d }}", at = "end" }\n`,
      found: ['bad_a', 'bad_b', 'bad_c', 'bad_d'],
    },
    {
      manifest: `${variable('a', 'string', 'default = "{{ 1 | bad_e }}"')}[packages.npm]\na = { version = "^1.0.0", when = "1 | bad_f" }\n[data.model]\ndefault = "m.ttl"\nfrom = "{{ a | bad_g }}"\n[queries.all]\ntext = "SELECT * {}"\nparameters = { x = "1 | bad_h" }\n`,
      files: { 'm.ttl': '' },
      found: ['bad_e', 'bad_f', 'bad_g', 'bad_h'],
    },
    {
      manifest: `${hook('git', '{{ 1 | bad_i }}')}when = "1 | bad_j"\n[[health]]\nname = "up"\nurl = "http://localhost:{{ 1 | bad_k }}/"\n`,
      found: ['bad_j', 'bad_i', 'bad_k'],
    },
    { files: template('{{ pack.id | zzzzzzzz }}'), found: ['no filter named "zzzzzzzz"'] },
    { files: { 'templates/{{ .txt': '' }, found: [''] },
    { files: { 'parts/p.jinja': 'a\n{% for %}' }, found: [''] },
    { files: template('{% if %}'), found: [''] },
    { files: template('a\n{{ pack.id | kebab_cas }}'), found: ['no filter named "kebab_cas"@2'] },
    { files: { 'parts/p.jinja': '{{ 1 is evn }}' }, found: ['no test named "evn"'] },
    { manifest: variable('a', 'string', 'when = "1 +"'), found: [''] },
    { files: template('{{ pack.id | kebab_case }}{{ 2 is even }}'), found: [] },
  ],
  'typed-hook': [
    { manifest: hook('C:\\\\bin\\\\NPM.exe', 'i', '--save', 'lodash'), found: ['can be said'] },
    { manifest: hook('/usr/bin/chmod', '755', 'a') + hook('pwsh', '-Command', 'x'), found: ['chmod', 'pwsh'] },
    { manifest: hook('cmd', '/c', 'x') + hook('sh', 'script.sh'), found: ['cmd /c'] },
    {
      manifest: ['pnpm', 'yarn', 'poetry', 'uv', 'cargo'].map((name) => hook(name, 'add', 'x')).join(''),
      found: ['pnpm', 'yarn', 'poetry', 'uv', 'cargo'],
    },
    {
      manifest: hook('npm', 'add', 'a') + hook('pip3', 'install', 'b') + hook('npm', 'run', 'c') + hook('pip', 'add', 'd'),
      found: ['npm add', 'pip3'],
    },
    {
      manifest:
        hook('pip', 'install', '--requirement', 'a.txt') + hook('pip', 'install', '-c', 'b.txt') + hook('npm', 'i', './c') + hook('npm'),
      found: [],
    },
    { manifest: hook('npm', 'install', 'lodash'), found: ['can be said without a command'] },
    { manifest: hook('pip', 'install', 'flask'), found: ['can be said'] },
    { manifest: hook('mkdir', '-p', 'src'), found: ['can be said'] },
    { manifest: hook('bash', '-c', 'npm ci && npm test'), found: ['can be said'] },
    { manifest: hook('npm', 'install'), found: [] },
    { manifest: hook('pip', 'install', '-r', 'requirements.txt'), found: [] },
    { manifest: hook('pip', 'install', '-e', '.'), found: [] },
    { manifest: hook('git', 'init'), found: [] },
  ],
  'undeclared-name': [
    {
      files: template('{{ x | upper }}{{ y is string }}{{ z is undefined }}{{ w | d(1) }}{{ (v ~ 1) is defined }}'),
      found: ['x is', 'y is', 'v is'],
    },
    { manifest: variable('rows', 'list') + entry('{{ item }}{{ row }}', 'for_each = "rows"\nas = "row"'), found: ['item is not declared'] },
    { manifest: variable('name', 'string', 'computed = "nme"'), found: ['nme is not declared'] },
    { manifest: variable('docker', 'boolean'), files: template('{{ dokcer }}{{ quite_another }}'), found: ['dokcer', 'quite_another'] },
    { manifest: '[packages.npm]\na = { version = "^1.0.0", when = "x" }\n', found: ['x is not declared'] },
    {
      manifest: variable('name', 'string', 'when = "y"\ndefault = "{{ z }}"'),
      found: ['y is not', 'z is not'],
    },
    { files: template('a\n  {{ nam }}'), found: ['nam is not declared@2'] },
    { manifest: entry('a', 'when = "dockre"') + variable('docker', 'boolean'), found: ['dockre is not declared'] },
    { manifest: variable('a', 'string', 'default = "{{ b }}"'), found: ['b is not declared'] },
    { manifest: hook('git', 'tag', '{{ x }}'), found: ['x is not declared'] },
    { files: template('{% if x is defined %}{{ x }}{% endif %}{{ y | default("") }}{{ pack.id }}{{ now }}'), found: [] },
    { files: { 'parts/p.jinja': '{{ whatever }}' }, found: [] },
    { manifest: variable('rows', 'list') + entry('{{ item }}', 'for_each = "rows"\nwhen = "item"'), found: [] },
  ],
  'unreachable-branch': [
    { manifest: ci, files: template("{{ 'a' if ci == 'x' else 'b' }}{% if ci == 'github' or ci == 'none' %}a{% endif %}"), found: [] },
    { manifest: ci, files: template("{% if ci == 'github' %}{% if ci != 'none' %}a{% else %}b{% endif %}{% endif %}"), found: ['`else`'] },
    { manifest: ci, files: template("{% if ci in ['x', 'y'] %}a{% elif ci < 1 %}b{% elif 1 + %}{% endif %}"), found: [] },
    { manifest: ci, files: template("{% if ci == 'gitlab' %}x{% endif %}"), found: ['never taken'] },
    { manifest: ci, files: template("{% if ci == 'github' %}a{% elif ci == 'none' %}b{% else %}c{% endif %}"), found: ['`else`'] },
    {
      manifest: ci,
      files: template("{% if ci == 'none' %}\n{% if ci == 'github' %}x{% endif %}{% endif %}"),
      found: ['never taken, whatever is chosen@2'],
    },
    { manifest: `${ci}${entry("{% if ci == 'none' %}a{% else %}b{% endif %}", 'when = "ci == \'none\'"')}`, found: ['`else`'] },
    { manifest: ci, files: template("{% if ci == 'github' %}a{% else %}b{% endif %}"), found: [] },
    { manifest: variable('name', 'string'), files: template("{% if name == 'x' %}a{% endif %}"), found: [] },
    { manifest: ci, files: template("{% set ci = 'gitlab' %}{% if ci == 'gitlab' %}a{% endif %}"), found: [] },
    { manifest: ci, files: template("{% if ci == 'github' and unknown() %}a{% else %}b{% endif %}"), found: [] },
  ],
  'unreachable-output': [
    { manifest: `${ci}${entry('a', 'when = "ci == \'gitlab\'"')}`, found: ['[[templates]] 1 is never used'] },
    { manifest: `${ci}[packages.npm]\na = { version = "^1.0.0", when = "ci == 'x'" }\n`, found: ['the package a is never used'] },
    { manifest: `${ci}${hook('git', 'init')}when = "ci == 'x'"\n`, found: ['the hook 1 of post_generate'] },
    { manifest: `${ci}${entry('a', 'when = "ci == \'none\'"')}`, found: [] },
  ],
  'unreachable-question': [
    { manifest: `${ci}${variable('a', 'string', 'when = "ci == \'gitlab\'"')}`, found: ['a is never asked'] },
    {
      manifest: `${ci}${variable('a', 'boolean', 'default = false\nwhen = "ci == \'none\'"')}${variable('b', 'string', 'when = "a and ci == \'github\'"')}`,
      found: ['b is never asked'],
    },
    {
      manifest: `${ci}${variable('a', 'boolean', 'default = true\nwhen = "ci == \'none\'"')}${variable('b', 'string', 'when = "a and ci == \'github\'"')}`,
      found: [],
    },
    { manifest: `${variable('n', 'integer')}${variable('a', 'string', 'when = "n > 3"')}`, found: [] },
    {
      manifest: `${ci}${variable('on', 'boolean', 'computed = "ci == \'x\'"')}${variable('a', 'string', 'when = "on"')}`,
      found: ['a is never'],
    },
  ],
  'unsafe-path': [
    { manifest: variable('a', 'string'), files: { 'templates/{{ (a == "x") ~ "y" }}{{ a | kebab_case | upper }}.txt': '' }, found: [] },
    { manifest: variable('a', 'string'), files: { 'templates/{{ ["x", a] | join("-") }}.txt': '' }, found: ['a goes into the path'] },
    {
      manifest: variable('a', 'string') + variable('b', 'string') + variable('c', 'boolean'),
      files: { 'templates/{{ a if c else b }}/{{ b ~ "x" }}.txt': '' },
      found: ['b goes into the path', 'a goes into the path'],
    },
    {
      manifest: variable('a', 'string') + variable('c', 'boolean'),
      files: { 'templates/{{ "x" if a == "y" else "z" }}{{ a is defined }}.txt': '' },
      found: [],
    },
    { manifest: variable('a', 'string'), files: { 'templates/{{ a | upper }}.txt': '' }, found: ['a goes into the path'] },
    {
      manifest: variable('a', 'list') + variable('n', 'integer'),
      files: { 'templates/{{ a }}{{ n }}{% set b = a %}.txt': '' },
      found: ['a goes'],
    },
    { manifest: variable('a', 'string', 'computed = "1"'), files: { 'templates/{{ a }}.txt': '' }, found: [] },
    { manifest: variable('a', 'string', 'pattern = "[A-Z]+"'), files: { 'templates/{{ a }}.txt': '' }, found: ['can be "CON"'] },
    { manifest: variable('name', 'string'), files: { 'templates/{{ name }}.txt': '' }, found: ['name goes into the path'] },
    { manifest: variable('name', 'string', 'pattern = ".+"'), files: { 'templates/{{ name }}.txt': '' }, found: ['can be "../x"'] },
    { manifest: variable('name', 'string', 'pattern = "[a-z]+"'), files: { 'templates/{{ name }}.txt': '' }, found: [] },
    { manifest: variable('name', 'string'), files: { 'templates/{{ name | kebab_case }}.txt': '' }, found: [] },
    { manifest: variable('name', 'string'), files: { "templates/{% if name == 'a' %}a{% endif %}.txt": '' }, found: [] },
  ],
  'untyped-secret': [
    { manifest: variable('api_key', 'string'), found: ['api_key is of the type string'] },
    { manifest: variable('db_password', 'secret', 'default = "postgres"'), found: ['has a default'] },
    {
      manifest: variable('db_password', 'secret') + variable('token_minutes', 'integer') + variable('password_policy', 'string'),
      found: [],
    },
  ],
  'unused-file': [
    {
      files: {
        ...template(''),
        'LICENCE.txt': '',
        NOTICE: '',
        'SECURITY.md': '',
        'docs/a/b.txt': '',
        'shapes/a.ttl': '',
        'gates/a.rq': '',
        'queries/a.rq': '',
        'ontology.ttl': '',
        '.editorconfig': '',
        'a/b.bak2': '',
        'README.rst': '',
        'x/README.md': '',
        LICENSES: '',
      },
      found: ['nothing uses', 'nothing uses', 'nothing uses'],
    },
    { files: { 'parts/p.jinja': '', 'notes/a.md': '', ...template('') }, found: ['nothing uses', 'nothing uses'] },
    {
      manifest: '[queries.all]\nfile = "q.rq"\n[data.model]\ndefault = "m.ttl"\n',
      files: { ...template(''), 'q.rq': '', 'm.ttl': '', 'n.ttl': '', 'r.rq': '' },
      found: ['nothing uses', 'nothing uses'],
    },
    {
      manifest: '[[templates]]\nsource = "other/a.txt"\noutput = "a"\n',
      files: { 'other/a.txt': '', 'other/b.txt': '' },
      found: ['nothing uses'],
    },
    { files: { 'template/a.txt': '', ...template('') }, found: ['nothing uses this file'] },
    {
      files: { ...template('{% include "parts/p.jinja" %}'), 'parts/p.jinja': '', 'README.md': '', 'tests/a.toml': '', 'ontology.ttl': '' },
      found: [],
    },
    { files: { ...template('{% include "parts/" ~ pack.id %}'), 'parts/p.jinja': '' }, found: [] },
  ],
  'unused-query': [
    { manifest: '[queries.all]\ntext = "CONSTRUCT {} WHERE {}"\n', found: [] },
    { manifest: '[queries.all]\ntext = "DESCRIBE <urn:x>"\n', found: [] },
    { manifest: '[queries.all]\nfile = "q.rq"\n', files: { 'q.rq': 'CONSTRUCT {} WHERE {}' }, found: [] },
    { manifest: '[queries.all]\nfile = "q.rq"\n', files: { 'q.rq': 'SELECT * {}' }, found: ['nothing uses queries.all'] },
    {
      manifest: '[queries.all]\ntext = "SELECT * {}"\n[queries.more]\ntext = "SELECT * {}"\n',
      files: template('{{ queries["all"] }}{{ queries.some }}'),
      found: ['queries.some is not declared', 'nothing uses queries.more'],
    },
    {
      manifest: '[queries.all]\ntext = "SELECT * {}"\n[data.model]\ndefault = "m.ttl"\n',
      files: { ...template('{{ queries }}'), 'm.ttl': '' },
      found: [],
    },
    {
      manifest:
        '[data.model]\ndefault = "m.ttl"\n[data.rest]\ndefault = "m.ttl"\n[queries.all]\ntext = "SELECT * {}"\nover = "data.model"\n',
      files: { ...template('{{ queries[pack.id] }}'), 'm.ttl': '' },
      found: ['nothing uses data.rest'],
    },
    { manifest: '[data.model]\ndefault = "m.json"\n', files: { ...template('{{ data }}'), 'm.json': '{}' }, found: [] },
    { files: template('{{ queries.entities }}'), found: ['queries.entities is not declared'] },
    { files: template('{{ data["model"] }}'), found: ['data.model is not declared'] },
    { manifest: '[queries.all]\ntext = "SELECT * {}"\n', found: ['nothing uses queries.all'] },
    { manifest: '[queries.all]\ntext = "SELECT * {}"\n', files: template('{% for row in queries.all %}{{ row }}{% endfor %}'), found: [] },
    {
      manifest: '[data.model]\ndefault = "m.ttl"\n[queries.all]\ntext = "SELECT * {}"\nover = "data.model"\n',
      files: { ...template('{{ queries.all }}'), 'm.ttl': '' },
      found: [],
    },
  ],
  'unused-variable': [
    { manifest: variable('name', 'string'), found: ['nothing uses the variable name'] },
    { manifest: variable('name', 'string'), files: template('{% for name in [1] %}{{ name }}{% endfor %}'), found: ['nothing uses'] },
    { manifest: variable('name', 'string'), files: { ...template('{% include "p.jinja" %}'), 'p.jinja': '{{ name }}' }, found: [] },
    { manifest: variable('name', 'string') + variable('b', 'string', 'default = "{{ name }}"') + hook('echo', '{{ b }}'), found: [] },
    { manifest: dependsOnCore + variable('name', 'string'), dependencies: core(variable('name', 'string')), found: [] },
    { manifest: dependsOnCore + variable('name', 'string'), dependencies: core(''), found: ['nothing uses'] },
    { manifest: dependsOnCore + variable('name', 'string'), found: [] },
  ],
  'weak-pattern': [
    {
      manifest: variable('name', 'string', "pattern = '[^\\n]+'") + variable('other', 'string', 'pattern = "a"'),
      found: ['the pattern of name'],
    },
    { manifest: variable('name', 'string', 'pattern = "(?s).*"'), found: ['the pattern of name accepts'] },
    { manifest: variable('name', 'string', 'pattern = "[^#]+"'), found: ['accepts'] },
    { manifest: variable('name', 'string', 'pattern = "[a-z0-9 .-]+"'), found: [] },
  ],
};

const findingsOf = (rule: Rule, { manifest = '', files = {}, dependencies = {} }: Case): readonly RuleFinding[] =>
  rule.check(gatherLintFacts(makePack({ manifest, files }), new Map(Object.entries(dependencies))));

const check = (rule: Rule, each: Case): string[] => findingsOf(rule, each).map(({ message, where }) => `${message}@${where.line ?? ''}`);

/** All of a finding, as it is read. */
const show = ({ message, where, subject, suggestion, fix }: RuleFinding): string =>
  [
    `${where.file}:${where.line ?? ''}:${where.column ?? ''} ${message}`,
    ...(suggestion === undefined ? [] : [`  do: ${suggestion}`]),
    ...(subject === undefined ? [] : [`  about: ${subject}`]),
    ...(fix === undefined ? [] : [`  fix: ${JSON.stringify(fix)}`]),
  ].join('\n');

describe.each(ALL_RULES.map((rule) => [rule.id, rule] as const))('the rule %s', (id, rule) => {
  const cases = CASES[id] ?? [];

  it.each(cases.map((each, index) => [index + 1, each] as const))('case %i', (_number, each) => {
    const found = check(rule, each);
    expect(found).toHaveLength(each.found.length);
    for (const [index, part] of each.found.entries()) expect(found[index]).toContain(part);
  });

  // What is expected is written by `npm run snap -- src/core/quality`, to be read before it is committed.
  it('says where it is, what it is about and what to do', () => {
    expect(
      `\n${cases
        .flatMap((each) => findingsOf(rule, each))
        .map(show)
        .join('\n')}\n`,
    ).toMatchSnapshot();
  });

  it('has cases that it finds something in, and such that it does not', () => {
    expect(cases.some(({ found }) => found.length > 0)).toBe(true);
    expect(cases.some(({ found }) => found.length < 2)).toBe(true);
  });
});

it('has rules in the order of their ids, each with its own', () => {
  const ids = ALL_RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
  expect(Object.keys(CASES).sort()).toEqual(ids);
});
