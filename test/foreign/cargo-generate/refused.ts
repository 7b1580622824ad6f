import type { RefusedCase } from '../documented-case.ts';

/** What is refused, with the place and what to write instead. */
export const REFUSED: readonly RefusedCase[] = [
  { name: 'TOML that is none', files: { 'cargo-generate.toml': '[template\n' }, says: ['cargo-generate.toml:1', 'not valid TOML'] },
  {
    name: 'several templates',
    files: { 'cargo-generate.toml': '[template]\nsub_templates = ["app", "lib"]\n' },
    says: ['cargo-generate.toml:2:1', 'app, lib', 'REFERENCE/app'],
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
    name: 'conditions that are programs',
    files: { 'cargo-generate.toml': '[conditional.\'env("HOME").len() > 3\']\nignore = []\n' },
    says: ['cargo-generate.toml:1', 'Rhai', 'compare placeholders'],
  },
  {
    name: 'hooks that set values or change files',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\npost = ["post.rhai"]\n',
      'pre.rhai': 'let x = 1;\nvariable::set("x", "1");\n',
      'post.rhai': 'file::delete("a.txt");\n',
    },
    says: ['pre.rhai:2:1', 'variable::set', '[placeholders]', 'post.rhai:1:1', 'file::delete', 'ignore'],
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
    name: 'a template that does not end',
    files: { 'cargo-generate.toml': '', a: '{% for i in (1..99999) %}{% for j in (1..99999) %}{{ j }}{% endfor %}{% endfor %}' },
    says: ['limit'],
  },
];
