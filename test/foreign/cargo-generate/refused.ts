import type { RefusedCase } from '../documented-case.ts';

/** What is refused, with the place and what to write instead. */
export const REFUSED: readonly RefusedCase[] = [
  { name: 'TOML that is none', files: { 'cargo-generate.toml': '[template\n' }, says: ['cargo-generate.toml:1', 'not valid TOML'] },
  {
    name: 'several templates, of which the first is none',
    files: { 'cargo-generate.toml': '[template]\nsub_templates = ["app", "lib"]\n' },
    says: ['there is no directory', 'template/app'],
  },
  {
    name: 'a newer cargo-generate',
    files: { 'cargo-generate.toml': '[template]\ncargo_generate_version = ">=1.2.0"\n' },
    says: ['cargo-generate.toml:2', 'cargo-generate >=1.2.0'],
  },
  {
    name: 'placeholders that are wrong, all at once',
    files: {
      'cargo-generate.toml': [
        '[placeholders]',
        'authors = { prompt = "?" }',
        'a = { prompt = "?", type = "int" }',
        'b = { prompt = "?", choices = ["x"], default = "y" }',
        'c = { prompt = "?", type = "bool", default = "yes" }',
        'd = "text"',
        'e = { prompt = "?", regex = "(?=x)" }',
        'f = { prompt = "?", type = "bool", choices = ["x"] }',
        '',
      ].join('\n'),
    },
    says: [
      'cargo-generate.toml:2:1',
      'set by cargo-generate itself',
      'cargo-generate.toml:3:1',
      '"int"',
      'cargo-generate.toml:4:1',
      'none of its choices',
      'cargo-generate.toml:5:1',
      'cargo-generate.toml:6:1',
      'is no table',
      'cargo-generate.toml:7',
      'look-around',
      'cargo-generate.toml:8:1',
    ],
  },
  {
    name: 'conditions that are no expressions',
    files: { 'cargo-generate.toml': "[conditional.'let x = 1; x == 1']\nignore = []\n" },
    says: ['cargo-generate.toml:1', 'no expression of Rhai', 'compare placeholders'],
  },
  {
    name: 'scripts that need what is not there, all at once',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai", "gone.rhai", "broken.rhai", "imports.rhai"]\npost = ["post.rhai"]\n',
      'pre.rhai': 'variable::set("user", git::user());\n',
      'broken.rhai': 'let x = ;\n',
      'imports.rhai': 'import "other" as other;\n',
      'post.rhai': 'file::delete(git::root());\nfile::write("a", eval("1"));\nfile::write("b", timestamp());\n',
    },
    says: [
      'pre.rhai:1:23: warning: there is no git::user',
      'gone.rhai" is no file of the template',
      'broken.rhai:1:9: error: Rhai: expected a value, found ";"',
      'imports.rhai:1:1: error: Rhai: `import` is not supported',
      'post.rhai:1:14: warning: there is no git::root',
      'there are variable::is_set',
      'post.rhai:2:18: error: the function eval is not supported',
      'post.rhai:3:18: error: the function timestamp is not supported',
    ],
  },
  {
    name: 'a script that gives up',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n',
      'pre.rhai': '\nif !variable::is_set("x") { abort("x is needed"); }\n',
    },
    says: ['x is needed', 'pre.rhai:2'],
  },
  {
    name: 'a script that leads out of the template',
    files: { 'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n', 'pre.rhai': 'file::write("a/../../b", "x");\n' },
    says: ['"a/../../b" is no path below the template', 'pre.rhai:1'],
  },
  {
    name: "a script that writes what is packsmith's own, once all is rendered",
    files: { 'cargo-generate.toml': '[hooks]\npost = ["post.rhai"]\n', 'post.rhai': 'file::write("packsmith.toml", "x");\n', a: 'a' },
    says: ['packsmith.toml'],
  },
  {
    name: 'modules that are called as what every object has',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n',
      'pre.rhai': 'constructor::f();\nvariable::set("a", __proto__::b);\n',
    },
    says: ['there is no function constructor::f()', 'pre.rhai:1'],
  },
  {
    name: 'questions without end',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n',
      'pre.rhai': 'for i in 0..300 { variable::prompt("What is " + i + "?", "x"); }\n',
    },
    says: ['scripts ask more than 200 questions'],
  },
  {
    name: 'a script that does not end',
    files: { 'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n', 'pre.rhai': 'loop { variable::set("x", "y"); }\n' },
    says: ['limit'],
  },
  {
    name: 'a question that is put again and again',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n',
      'pre.rhai': 'let x = "";\nwhile x != "b" { x = variable::prompt("Which?", "a"); }\n',
    },
    says: ['asks "Which?" again and again', 'does not take "a"', 'pre.rhai:2'],
  },
  {
    name: 'an answer that the regex of a question refuses',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\n',
      'pre.rhai': 'let port = variable::prompt("Port?", "80", "^[0-9]+$");\n',
    },
    answers: { port: 'x1' },
    says: ['port', 'does not match'],
  },
  {
    name: 'an answer that its regex refuses',
    files: { 'cargo-generate.toml': '[placeholders]\nphone = { prompt = "?", regex = "^[0-9]+$" }\n', 'a.txt': '' },
    answers: { phone: 'x1' },
    says: ['phone', 'does not match'],
  },
  {
    name: 'an answer that is missing',
    files: { 'cargo-generate.toml': '[placeholders]\nphone = { prompt = "?" }\n', 'a.txt': '' },
    says: ['phone'],
  },
  {
    name: 'a name that renders to nothing',
    files: { 'cargo-generate.toml': '', '{% if false %}x{% endif %}': '' },
    says: ['renders to nothing'],
  },
  {
    name: 'two files of one name',
    files: { 'cargo-generate.toml': '', 'a{{nobody}}': '1', a: '2' },
    says: ['both write a'],
  },
  {
    name: 'what a script writes to places that no file can have, all at once',
    files: {
      'cargo-generate.toml': '[hooks]\npost = ["post.rhai"]\n',
      'post.rhai': 'file::write(".git/hooks/x", "1"); file::write("b/aux.txt", "2"); file::rename("a", "lpt1");',
      a: '',
    },
    says: ['post.rhai', '.git', '"b/aux.txt"', '"lpt1"'],
  },
  {
    name: 'a template that does not end',
    files: { 'cargo-generate.toml': '', a: '{% for i in (1..99999) %}{% for j in (1..99999) %}{{ j }}{% endfor %}{% endfor %}' },
    says: ['limit'],
  },
];
