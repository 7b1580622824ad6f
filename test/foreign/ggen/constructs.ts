import type { GgenCase } from './template-case.ts';

const GPACK = '[gpack]\nid = "io.example.shop"\nname = "Shop"\nversion = "1.2.3"\ndescription = "A shop"\nlicense = "MIT"\n';
const PREFIX = '@prefix ex: <https://example.com/> .\n';
const PEOPLE = `${PREFIX}ex:a a ex:Person ; ex:name "Ada" ; ex:age 36 .\nex:b a ex:Person ; ex:name "Bob" ; ex:age 41 .\n`;
const SELECT = 'PREFIX ex: <https://example.com/> SELECT ?name ?age WHERE { ?p ex:name ?name ; ex:age ?age } ORDER BY ?name';
const LIFECYCLE = 'frontmatter lifecycle reference, section';

const template = (head: string, body: string): string => `---\n${head}---\n${body}`;

export const CONSTRUCTS: readonly GgenCase[] = [
  {
    name: 'gpack.toml, to, vars and the names that are given',
    documented: 'COOKBOOK-CONVO.md, "Your First Template" and "Dynamic Output Paths"',
    files: {
      'gpack.toml': `${GPACK}\n[preset.vars]\nowner = "me"\n`,
      'templates/main.tmpl': template(
        'to: "src/{{ module }}/{{ name | snake_case }}.rs"\nvars:\n  module: utils\n',
        '// {{ name }} of {{ owner }}\n',
      ),
    },
    answers: { name: 'HelloWorld' },
    gives: { 'src/utils/hello_world.rs': '// HelloWorld of me\n' },
  },
  {
    name: 'package.toml, and a license that is kept',
    documented: 'docs/marketplace.md, package.toml',
    files: {
      'package.toml': '[package]\nname = "web-thing"\nversion = "0.1.0"\ndescription = "x"\nlicense = "MIT"\ntags = ["web", "Rust"]\n',
      'templates/a.tmpl': template('to: a.txt\n', 'a\n'),
    },
    gives: { 'a.txt': 'a\n' },
  },
  {
    name: 'pack.toml as the newer ggen has it',
    documented: 'crates/ggen-engine, packs with pack.toml',
    files: {
      'pack.toml': '[pack]\nname = "engine-pack"\nversion = "3.0.0"\ndescription = "x"\n',
      'ontology.ttl': PEOPLE,
      'gates/010_required.rq':
        '# MESSAGE: a person has a name\nPREFIX ex: <https://example.com/> SELECT ?p WHERE { ?p a ex:Person FILTER NOT EXISTS { ?p ex:name ?n } }',
      'templates/a.tmpl': template(`to: a.txt\nsparql: "${SELECT}"\n`, '{{ results | length }}\n'),
    },
    gives: { 'a.txt': '2\n' },
  },
  {
    name: 'one file for all rows: each query by its name, results, an ASK',
    documented: `${LIFECYCLE} 4.2`,
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/all.tmpl': template(
        `to: all.txt\nsparql:\n  people: "${SELECT}"\n  some: "PREFIX ex: <https://example.com/> ASK { ?p a ex:Person }"\n`,
        '{% for p in people %}{{ p.name }}={{ p["?age"] }};{% endfor %}{{ results | length }}{% if some %} some{% endif %}\n{{ sparql_results.people | length }}\n{{ sparql_first(results=sparql_results.people, column="name") }} {{ sparql_count(results=people) }}\n',
      ),
    },
    gives: { 'all.txt': 'Ada=36;Bob=41;2 some\n2\nAda 2\n' },
  },
  {
    name: 'for_each with a path of its own for each row',
    documented: `${LIFECYCLE} 4.3`,
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/each.tmpl': template(
        `to: "people/{{ row.name | lower }}.txt"\nsparql:\n  00_people: "${SELECT}"\nfor_each: 00_people\n`,
        '{{ name }} is {{ row.age }} of {{ results | length }}\n',
      ),
    },
    gives: { 'people/ada.txt': 'Ada is 36 of 2\n', 'people/bob.txt': 'Bob is 41 of 2\n' },
  },
  {
    name: 'for_each with one path: the bodies one after the other',
    documented: `${LIFECYCLE} 4.3`,
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/one.tmpl': template(`to: one.txt\nsparql:\n  people: "${SELECT}"\nfor_each: people\n`, '- {{ name }}\n'),
    },
    gives: { 'one.txt': '- Ada\n- Bob\n' },
  },
  {
    name: 'for_each without rows makes no file',
    documented: `${LIFECYCLE} 4.3, "Zero explicitly selected rows"`,
    files: {
      'gpack.toml': GPACK,
      'templates/one.tmpl': template(`to: one.txt\nsparql:\n  people: "${SELECT}"\nfor_each: people\n`, '- {{ name }}\n'),
      'templates/two.tmpl': template('to: two.txt\n', 'two\n'),
    },
    gives: { 'two.txt': 'two\n' },
  },
  {
    name: 'a path with a column of the first query, without for_each',
    documented: `${LIFECYCLE} 4.1, the historical behaviour`,
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/each.tmpl': template(`to: "{{ name }}.txt"\nsparql: "${SELECT}"\n`, '{{ age }}\n'),
    },
    gives: { 'Ada.txt': '36\n', 'Bob.txt': '41\n' },
  },
  {
    name: 'when decides, construct adds, prefixes stand before each query',
    documented: `${LIFECYCLE} 4.4, 4.13 and 4.24`,
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/a.tmpl': template(
        'to: a.txt\nprefixes:\n  ex: https://example.com/\nconstruct: "CONSTRUCT { ?p ex:old true } WHERE { ?p ex:age ?age FILTER(?age > 40) }"\nwhen: "ASK { ?p ex:old true }"\nsparql:\n  old: "SELECT ?name WHERE { ?p ex:old true ; ex:name ?name }"\n',
        '{{ old[0].name }}\n',
      ),
      'templates/b.tmpl': template('to: b.txt\nwhen: "ASK { ?p <https://example.com/none> true }"\n', 'b\n'),
    },
    gives: { 'a.txt': 'Bob\n' },
  },
  {
    name: 'facts of files, of the template, and of the manifest',
    documented: `docs/src/reference, "gpack.toml" [rdf]; ${LIFECYCLE} 4.22`,
    files: {
      'gpack.toml': `${GPACK}\n[rdf]\nfiles = ["rdf/people.ttl"]\n\n[rdf.prefixes]\nex = "https://example.com/"\n`,
      'rdf/people.ttl': PEOPLE,
      'templates/graphs/more.ttl': `${PREFIX}ex:c ex:name "Cy" ; ex:age 1 .\n`,
      'templates/a.tmpl': template(
        'to: a.txt\nrdf_inline:\n  - \'ex:d ex:name "Di" ; ex:age 2 .\'\nsparql: "SELECT ?name WHERE { ?p ex:name ?name } ORDER BY ?name"\n',
        '{% for row in results %}{{ row.name }} {% endfor %}\n',
      ),
    },
    gives: { 'a.txt': 'Ada Bob Cy Di \n' },
    reports: ['the facts of templates/a.tmpl', 'every template sees them'],
  },
  {
    name: 'text that goes into a file of another template',
    documented: `${LIFECYCLE} 4.5 to 4.10`,
    files: {
      'gpack.toml': GPACK,
      'templates/a-lib.tmpl': template('to: lib.rs\n', '// mods\n// end\n'),
      'templates/b.tmpl': template('to: lib.rs\ninject: true\nafter: "// mods"\nskip_if: "mod b;"\n', 'mod b;\n'),
      'templates/c.tmpl': template('to: lib.rs\ninject: true\nbefore:\n  pattern: "// end"\n  occurrence: unique\n', 'mod c;\n'),
      'templates/d.tmpl': template('to: lib.rs\ninject: true\n', '// d\n'),
      'templates/e.tmpl': template('to: lib.rs\ninject: true\nat_line: 1\n', '//! e\n'),
    },
    gives: { 'lib.rs': '//! e\n// mods\nmod b;\nmod c;\n// end\n// d\n' },
    reports: ['skip_if of templates/b.tmpl'],
  },
  {
    name: 'a body in another file, macros and includes',
    documented: `${LIFECYCLE} 4.15; Tera, "Macros" and "Include"`,
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': template('to: a.txt\nfrom: bodies/a.tera\n', 'not this\n'),
      'templates/bodies/a.tera': '{% import "macros.tera" as m %}{{ m::hi(name=who) }}{% include "part.tera" %}',
      'templates/macros.tera': '{% macro hi(name, sign="!") %}Hi {{ name }}{{ sign }}{% endmacro hi %}',
      'templates/part.tera': ' and {{ what }}\n',
    },
    answers: { who: 'you', what: 'more' },
    gives: { 'a.txt': 'Hi you! and more\n' },
  },
  {
    name: 'filters and tests of Tera',
    documented: 'Tera, "Built-ins"; ggen, "Tera filters"',
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': template(
        'to: a.txt\nvars:\n  list: [b, a]\n  map: {k: 1, l: 2}\n  text: some_text\n',
        [
          '{{ text | replace(from="_", to="-") | upper }} {{ text | pascal }} {{ text | camel_case }} {{ text | shouty_snake_case }} {{ "AB" | kebab }}',
          '{{ list | sort | join(sep=", ") }} {{ list | nth(n=1) }} {{ list | first }} {{ list | slice(start=1) | length }} {{ list | concat(with=["c"]) | length }}',
          '{{ map | get(key="k") }} {{ map | get(key="x", default="none") }}{% for k, v in map %} {{ k }}={{ v }}{% endfor %}',
          '{{ "a,b" | split(pat=",") | last }} {{ "abcdef" | truncate(length=3) }} {{ "  x " | trim_start }}| {{ missing | default(value="d") }}',
          '{% if text is starting_with("some") and text is not containing("z") %}yes{% endif %} {{ map | json_encode }} {{ 3.7 | round }}',
          '{% for i in range(start=1, end=4) %}{{ i }}{% if not loop.last %},{% endif %}{% endfor %} {{ `x` ~ 1 }} {% raw %}{{ raw | nothing }}{% endraw %}',
          '',
        ].join('\n'),
      ),
    },
    gives: {
      'a.txt': [
        'SOME-TEXT SomeText someText SOME_TEXT ab',
        'a, b a b 1 3',
        '1 none k=1 l=2',
        'b abc… x | d',
        'yes {"k":1,"l":2} 4',
        '1,2,3 x1 {{ raw | nothing }}',
        '',
      ].join('\n'),
    },
  },
  {
    name: 'a template beside the manifest, what loops set for the whole, and rows that have something',
    documented: 'Tera: set_global, filter; packages of the marketplace of ggen 1',
    files: {
      'package.toml': '[package]\nname = "x"\nversion = "1.0.0"\n',
      'a.tmpl': [
        '---',
        'to: a.txt',
        'prefixes: { ex: "http://example.com/" }',
        'rdf_inline: "ex:a ex:n \\"b\\" ; ex:v 1 . ex:b ex:n \\"c\\" ."',
        'sparql: { rows: "SELECT ?s ?n ?v WHERE { ?s ex:n ?n OPTIONAL { ?s ex:v ?v } } ORDER BY ?n" }',
        '---',
        '{% set all = "" -%}',
        '{% for row in rows %}{% set_global all = all ~ row.n %}{% endfor -%}',
        '{{ all }} {{ rows | filter(attribute="v") | length }} {{ rows[0].s | local }} {{ rows[1].n | ucfirst }}',
        '',
      ].join('\n'),
    },
    gives: { 'a.txt': 'bc 1 a C\n' },
  },
  {
    name: 'rules of ggen.toml that share a template, with an inference',
    documented: 'docs, "ggen.toml Reference", [[generation.rules]] and [[inference.rules]]',
    files: {
      'ggen.toml': [
        '[project]\nname = "people"\nversion = "2.0.0"\n',
        '[ontology]\nsource = "ontology/people.ttl"\n',
        '[[inference.rules]]\nname = "old"\nconstruct = "PREFIX ex: <https://example.com/> CONSTRUCT { ?p a ex:Old } WHERE { ?p ex:age 41 }"\n',
        '[[generation.rules]]\nname = "list"\nquery = { file = "queries/people.rq" }\ntemplate = { file = "templates/list.tera" }\noutput_file = "list.txt"\nmode = "Overwrite"\n',
        '[[generation.rules]]\nname = "one"\nquery = { inline = "PREFIX ex: <https://example.com/> SELECT ?name WHERE { ?p a ex:Old ; ex:name ?name }" }\ntemplate = { inline = "{{ name }}" }\noutput_file = "{{ name }}.txt"\n',
        '[[generation.rules]]\nname = "old"\nquery = { inline = "PREFIX ex: <https://example.com/> SELECT ?name WHERE { ?p a ex:Old ; ex:name ?name }" }\ntemplate = { file = "templates/list.tera" }\noutput_file = "old.txt"\n',
      ].join('\n'),
      'ontology/people.ttl': PEOPLE,
      'queries/people.rq': SELECT,
      'templates/list.tera': '{% for row in sparql_results %}{{ row.name }}\n{% endfor %}',
    },
    gives: { 'list.txt': 'Ada\nBob\n', 'Bob.txt': 'Bob', 'old.txt': 'Bob\n' },
  },
  {
    name: 'what becomes of a file that is there, and names that no variable can have',
    documented: `${LIFECYCLE} 4.11, 4.12, 4.14 and 4.18`,
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': template('to: "{{ Name }}/{{ project }}.txt"\nforce: true\nbackup: true\n', '{{ Name }} {{ project }}\n'),
      'templates/b.tmpl': template('to: b.txt\nunless_exists: true\nskip_empty: true\n', 'b\n'),
    },
    answers: { name: 'x', the_project: 'y' },
    gives: { 'x/y.txt': 'x y\n', 'b.txt': 'b\n' },
    reports: ['backup of templates/a.tmpl', 'skip_empty of templates/b.tmpl'],
  },
  {
    name: 'names that are not given, and columns that are not bound',
    documented: 'Tera, "Built-in tests", defined',
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/a.tmpl': template(
        'to: a.txt\nsparql: "PREFIX ex: <https://example.com/> SELECT ?name ?mail WHERE { ?p ex:name ?name OPTIONAL { ?p ex:mail ?mail } } ORDER BY ?name"\n',
        '{% if owner is defined %}{{ owner }}{% else %}nobody{% endif %} {% if extra %}extra{% endif %}{% for row in results %} {{ row.mail | default(value="-") }}{% if row.mail is undefined %}!{% endif %}{% endfor %}\n',
      ),
    },
    gives: { 'a.txt': 'nobody  -! -!\n' },
  },
  {
    name: 'variables whose default is what is given for them, the time, what is set from a loop, and keys that are not there',
    documented: 'examples/advanced-rust-project, templates/rust-service.tmpl; Tera, "set_global" and "if"',
    files: {
      'gpack.toml': GPACK,
      'ontology.ttl': PEOPLE,
      'templates/a.tmpl': template(
        'to: "{{ name }}.txt"\nvars:\n  name: "{{ name }}"\n  kind: plain\nsparql:\n  people: "PREFIX ex: <https://example.com/> SELECT ?who WHERE { ?p ex:name ?who } ORDER BY ?who"\n',
        '{{ name }} {{ kind }} {{ "now" | date(format="%Y") | length }} {{ now() | date | length }}{% set_global last = "" %}{% for each in sparql_results.people %}{% set_global last = each.who %}{% if each.isKey %}!{% endif %}{% if not each.isKey and each.who %} {{ each.who }}{% endif %}{% endfor %} {{ last }}\n',
      ),
    },
    answers: { name: 'order' },
    gives: { 'order.txt': 'order plain 4 10 Ada Bob Bob\n' },
  },
];
