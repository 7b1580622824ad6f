import type { RefusedCase } from '../documented-case.ts';

const GPACK = '[gpack]\nid = "x"\nversion = "1.0.0"\n';

/** What is refused, with the place and what to write instead. */
export const REFUSED: readonly RefusedCase[] = [
  { name: 'TOML that is none', files: { 'gpack.toml': '[gpack\n' }, says: ['gpack.toml:1', 'not valid TOML'] },
  {
    name: 'heads that are wrong, all at once',
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': '---\nto: a.txt\n',
      'templates/b.tmpl': '---\nto: {{ name }}.txt\n---\n',
      'templates/c.tmpl': '---\nto: c.txt\nsparql:\n  a: "ASK {}"\nfor_each: b\n---\n',
      'templates/d.tmpl': '---\nto: d.txt\nfrom: none.tera\n---\n',
      'templates/e.tmpl': '---\nto: e.txt\nsparql: "SELECT * WHERE { ?s ?p {{ name }} }"\n---\n',
    },
    says: [
      'templates/a.tmpl:1',
      'the head has no end',
      'templates/b.tmpl:2',
      'templates/c.tmpl:5',
      'no such query',
      'templates/d.tmpl:3',
      'none.tera',
      'templates/e.tmpl:3',
      'bind them in the query',
    ],
  },
  {
    name: 'what Tera has and packs do not',
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': [
        '---',
        'to: a.txt',
        '---',
        '{{ now(timestamp=true) }}',
        '{{ get_env(name="HOME") }}',
        '{{ a | filesizeformat }}',
        '{{ a | group_by(attribute="x") }}',
        '{{ a is matching("x") }}',
        '{% include "none.tera" %}',
        '{{ throw(message="x") }}',
        '',
      ].join('\n'),
    },
    says: [
      'templates/a.tmpl:4',
      'write {{ now }}',
      'templates/a.tmpl:5',
      'templates do not see the environment',
      'templates/a.tmpl:6',
      'give the text in the query',
      'templates/a.tmpl:7',
      'groupby',
      'templates/a.tmpl:8',
      'the test matching',
      'templates/a.tmpl:9',
      'none.tera',
      'templates/a.tmpl:10',
      'gates/',
    ],
  },
  {
    name: 'places of injections that are not plain text',
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': '---\nto: a.txt\ninject: true\nbefore:\n  pattern: "^x$"\n  matcher: regex\n---\nx\n',
      'templates/b.tmpl': '---\nto: a.txt\ninject: true\nat_line: 7\n---\nx\n',
    },
    says: ['templates/a.tmpl:4', 'plain text', 'templates/b.tmpl:4', 'name a marker'],
  },
  {
    name: 'a template that Jinja does not read',
    files: { 'gpack.toml': GPACK, 'templates/a.tmpl': '---\nto: a.txt\n---\none\n{% if x %}\n' },
    says: ['templates/a.tmpl:'],
  },
  {
    name: 'facts that are not there',
    files: { 'gpack.toml': `${GPACK}\n[rdf]\nfiles = ["../secret.ttl"]\n`, 'templates/a.tmpl': '---\nto: ../a.txt\n---\n' },
    says: ['gpack.toml:1', '../secret.ttl', 'a.txt'],
  },
  {
    name: 'templates that include one another without end',
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl': '---\nto: a.txt\n---\n{% include "p0.tera" %}',
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [`templates/p${index}.tera`, `{% include "p${index + 1}.tera" %}`] as const),
      ),
      'templates/p60.tera': 'end',
    },
    says: ['more than 50 templates include one another'],
  },
  {
    name: 'queries and facts of other forms',
    files: {
      'gpack.toml': GPACK,
      'templates/a.tmpl':
        '---\nto: a.txt\nsparql:\n  vars: ["SELECT ?a WHERE { ?a ?b ?c }"]\n  matrix: {query: "SELECT ?a WHERE { ?a ?b ?c }"}\nrdf: {include: [a.ttl]}\n---\na\n',
    },
    says: ['templates/a.tmpl:3', 'sparql has a form', 'templates/a.tmpl:6', 'rdf has a form'],
  },
];
