import type { DocumentedCase } from '../documented-case.ts';

const EMPTY = { 'cargo-generate.toml': '' };

/** One construct a case. Pages are those of https://cargo-generate.github.io/cargo-generate/, or of liquid-rust; the project is `my-result`. */
export const CONSTRUCTS: readonly DocumentedCase[] = [
  {
    name: 'the placeholders that are built in',
    documented: 'templates/builtin_placeholders.html',
    files: {
      ...EMPTY,
      'a.txt':
        '{{project-name}} {{crate_name}} {{crate_type}} {{os-arch}} {{is_init}} {{within_cargo_project}} [{{authors}}] [{{username}}]\n',
    },
    answers: { authors: 'Ada <ada@example.com>', username: 'Ada' },
    gives: { 'a.txt': 'my-result my_result bin linux-x86_64 false false [Ada <ada@example.com>] [Ada]\n' },
  },
  {
    name: 'a project name that is neither in snake case nor in kebab case',
    documented: 'templates/builtin_placeholders.html, project-name',
    files: { ...EMPTY, 'a.txt': '{{project-name}} {{crate_name}}' },
    answers: { 'project-name': 'MyThing v2' },
    gives: { 'a.txt': 'my-thing-v2 my_thing_v2' },
  },
  {
    name: 'a project name in snake case stays',
    documented: 'templates/builtin_placeholders.html, project-name',
    files: { ...EMPTY, 'a.txt': '{{project-name}} {{crate_name}}' },
    answers: { 'project-name': 'lock_firmware' },
    gives: { 'a.txt': 'lock_firmware lock_firmware' },
  },
  {
    name: 'init',
    documented: 'templates/builtin_placeholders.html, is_init',
    files: { 'cargo-generate.toml': '[template]\ninit = true\n', 'a.txt': '{% if is_init %}i{% else %}n{% endif %}' },
    gives: { 'a.txt': 'i' },
  },
  {
    name: 'placeholders in names of files and folders',
    documented: 'templates/index.html, Placeholders',
    files: { ...EMPTY, '{{project-name}}/{{crate_name}}.rs': 'fn {{crate_name}}() {}\n', 'src/{{ project-name | pascal_case }}.txt': '' },
    gives: { 'my-result/my_result.rs': 'fn my_result() {}\n', 'src/MyResult.txt': '' },
  },
  {
    name: 'characters in names that no file can have',
    documented: 'templates/index.html, Placeholders: invalid characters are sanitized',
    files: { 'cargo-generate.toml': '[placeholders]\nname = { prompt = "?", default = "../a/b:c" }\n', 'x-{{name}}.txt': 'x' },
    gives: { 'x-.._a_b_c.txt': 'x' },
  },
  {
    name: 'example for bin and lib',
    documented: 'templates/index.html, Example for --bin and --lib',
    files: {
      ...EMPTY,
      'Cargo.toml': '[dependencies]\n{% if crate_type == "bin" %}\nclap = "4"\n{% endif %}\n# others\n',
    },
    answers: { crate_type: 'lib' },
    gives: { 'Cargo.toml': '[dependencies]\n\n# others\n' },
  },
  {
    name: 'placeholders of every type',
    documented: 'templates/template_defined_placeholders.html',
    files: {
      'cargo-generate.toml': [
        '[placeholders]',
        'project_name = { prompt = "Enter project name", default = "my_project", type = "string" }',
        'environment = { prompt = "Which environment?", choices = ["dev", "prod"], default = "dev", type = "string"}',
        'features = { prompt = "Include features?", choices = ["serde", "logging"], default = ["serde"], type = "array" }',
        'use_git = { prompt = "Initialize Git repository?", default = true, type = "bool" }',
        'phone_number = { prompt = "Phone?", type = "string", regex = "^[0-9]+$" }',
        'about = { prompt = "About?", type = "text", default = "one\\ntwo" }',
        '',
      ].join('\n'),
      'a.txt': '{{project_name}} {{environment}} {{features}} {{use_git}} {{phone_number}} {{about}}',
    },
    answers: { phone_number: '123', environment: 'prod', features: 'serde,logging', use_git: 'false' },
    gives: { 'a.txt': 'my_project prod serdelogging false 123 one\ntwo' },
  },
  {
    name: 'choices with labels',
    documented: 'templates/template_defined_placeholders.html, Choices with display labels',
    files: {
      'cargo-generate.toml':
        '[placeholders.version]\ntype = "string"\nprompt = "Which version?"\nchoices = [{ value = "recommended", label = "1.3.7 (recommended)" }, "older"]\ndefault = "recommended"\n',
      'a.txt': '{% if version == "recommended" %}1.3.7{% endif %}',
    },
    gives: { 'a.txt': '1.3.7' },
  },
  {
    name: 'a name with a hyphen',
    documented: 'templates/template_defined_placeholders.html',
    files: {
      'cargo-generate.toml': '[placeholders]\nmy-name = { prompt = "?", default = "d" }\n',
      'a.txt': '{{my-name}}{{ my-name | upcase }}',
    },
    gives: { 'a.txt': 'dD' },
  },
  {
    name: 'lists of features',
    documented: 'example-templates/arrays',
    files: {
      'cargo-generate.toml':
        '[placeholders]\nfeatures = { prompt = "?", choices = ["serde", "async"], default = ["serde", "async"], type = "array" }\n',
      'a.toml':
        'default = [\n{%- comment -%}\nno\n{%- endcomment -%}\n{%- for feature in features -%}\n    "{{ feature }}"{% unless forloop.last %}, {% endunless -%}\n{%- endfor -%}\n]\n{{ features | join: ", " }}\n',
    },
    gives: { 'a.toml': 'default = ["serde", "async"]\nserde, async\n' },
  },
  {
    name: 'files that are ignored',
    documented: 'templates/ignoring.html',
    files: {
      'cargo-generate.toml': '[template]\nignore = [ "file", "or folder", "./dir/inner/" , "*.md"]\n',
      file: '',
      'or folder/a.txt': '',
      'dir/inner/b.txt': '',
      'dir/c.txt': 'c',
      'README.md': 'no wildcards',
    },
    gives: { 'dir/c.txt': 'c', 'README.md': 'no wildcards' },
  },
  {
    name: 'include: only those are rendered',
    documented: 'templates/include_exclude.html',
    files: {
      'cargo-generate.toml': '[template]\ninclude = ["Cargo.toml", "src/**", "{{crate_name}}.md"]\nexclude = ["Cargo.toml"]\n',
      'Cargo.toml': '{{project-name}}',
      'src/a/b.rs': '{{project-name}}',
      '{{crate_name}}.md': '{{project-name}}',
      'other.txt': '{{project-name}}',
    },
    gives: { 'Cargo.toml': 'my-result', 'src/a/b.rs': 'my-result', 'my_result.md': 'my-result', 'other.txt': '{{project-name}}' },
  },
  {
    name: 'exclude: those are copied, with their names rendered',
    documented: 'templates/include_exclude.html',
    files: {
      'cargo-generate.toml': '[template]\nexclude = ["*.c", "/raw/", "!keep.c"]\n',
      'deep/x.c': '{{project-name}}',
      'keep.c': '{{project-name}}',
      'raw/a.txt': '{{project-name}}',
      'deep/raw/a.txt': '{{project-name}}',
      '{{crate_name}}.c': '{{project-name}}',
      'logo.bin': { base64: 'AP8=' },
    },
    gives: {
      'deep/x.c': '{{project-name}}',
      'keep.c': 'my-result',
      'raw/a.txt': '{{project-name}}',
      'deep/raw/a.txt': 'my-result',
      'my_result.c': '{{project-name}}',
      'logo.bin': 'base64 AP8=',
    },
  },
  {
    name: '.genignore, in all folders',
    documented: 'templates/index.html, Placeholders: .genignore',
    files: {
      '.genignore': '/docs\n*.tmp\n',
      'docs/a.md': '',
      'a.tmp': '',
      'b/c.tmp': '',
      'b/.genignore': 'd.txt\n',
      'b/d.txt': '',
      'b/e.txt': '{{crate_name}}',
    },
    gives: { 'b/.genignore': 'd.txt\n', 'b/e.txt': 'my_result' },
  },
  {
    name: 'the suffix .liquid',
    documented: 'CHANGELOG.md 0.22.1, "Clarify .liquid overwrite and ignore behavior"; src/copy.rs',
    files: {
      ...EMPTY,
      'README.md.liquid': '# {{project-name}}\n',
      'README.md': '# of the template itself\n',
      '{{crate_name}}.rs.liquid': 'x',
    },
    gives: { 'README.md': '# my-result\n', 'my_result.rs': 'x' },
  },
  {
    name: 'what cargo leaves is left out, links to git too',
    documented: 'src/ignore_me.rs',
    files: { ...EMPTY, '.cargo-ok': 'ok', 'sub/.cargo-ok': 'ok', '.gitignore': 'target\n' },
    gives: { 'sub/.cargo-ok': 'ok', '.gitignore': 'target\n' },
  },
  {
    name: 'conditions: the example of the book, a program',
    documented: 'templates/conditional.html',
    files: conditionalFiles(),
    gives: { 'src/main.rs': 'qemu true', 'src/lib.rs': '', 'LICENSE-MIT.txt': 'MIT' },
  },
  {
    name: 'conditions: the example of the book, a library',
    documented: 'templates/conditional.html',
    files: conditionalFiles(),
    answers: { crate_type: 'lib', license: 'Unrestricted' },
    gives: { 'src/lib.rs': '', 'LICENSE-UNRESTRICTED.txt': 'free' },
  },
  {
    name: 'conditions over lists, names that are not known, and truth values',
    documented: 'templates/conditional.html; rhai.rs/book/language/logic.html',
    files: {
      'cargo-generate.toml': [
        '[placeholders]',
        'features = { prompt = "?", choices = ["a", "b"], default = ["a"], type = "array" }',
        'yes = { prompt = "?", type = "bool", default = true }',
        'text = { prompt = "?", default = "t" }',
        `[conditional.'features.contains("a")']`,
        'ignore = ["1"]',
        `[conditional.'"b" in features']`,
        'ignore = ["2"]',
        '[conditional.\'yes && !(text == "u")\']',
        'ignore = ["3"]',
        "[conditional.'nobody || yes']",
        'ignore = ["4"]',
        "[conditional.'text']",
        'ignore = ["5"]',
        '[conditional.\'variable::is_set("yes") && variable::get("text") != "u"\']',
        'ignore = ["6"]',
        '',
      ].join('\n'),
      '1': '',
      '2': '',
      '3': '',
      '4': '',
      '5': '',
      '6': '',
    },
    gives: { '2': '', '4': '', '5': '' },
  },
  {
    name: 'conditions that ask more, on which others depend',
    documented: 'src/lib.rs, fill_placeholders_and_merge_conditionals',
    files: {
      'cargo-generate.toml': [
        '[conditional.\'db == "pg"\']',
        'exclude = ["b.txt"]',
        '[conditional.\'db == "pg"\'.placeholders]',
        'port = { prompt = "?", default = "5432" }',
        '[placeholders]',
        'web = { prompt = "?", type = "bool", default = false }',
        "[conditional.'web'.placeholders]",
        'db = { prompt = "?", choices = ["pg", "none"], default = "pg" }',
        '',
      ].join('\n'),
      'a.txt': '{% if db %}{{db}}{% endif %}|{% if port %}{{port}}{% endif %}',
      'b.txt': '{{db}}',
    },
    answers: { web: 'true' },
    gives: { 'a.txt': 'pg|5432', 'b.txt': '{{db}}' },
  },
  {
    name: 'what a condition would ask is not there',
    documented: 'templates/conditional.html',
    files: {
      'cargo-generate.toml':
        '[placeholders]\nweb = { prompt = "?", type = "bool", default = false }\n[conditional.\'web\'.placeholders]\ndb = { prompt = "?", choices = ["pg", "none"], default = "pg" }\n',
      'a.txt': '{% if db %}{{db}}{% else %}none{% endif %}',
      'b.txt': '{{db}}|{% if db %}there once it is empty text{% endif %}',
    },
    gives: { 'a.txt': 'none', 'b.txt': '|there once it is empty text' },
  },
  {
    name: 'names that are not known are empty text',
    documented: 'src/template.rs, render_string_gracefully',
    files: { ...EMPTY, 'a.txt': '[{{nobody}}] {{project-name}} {% if other == "x" %}x{% endif %}', '{{nobody}}x.txt': '' },
    gives: { 'a.txt': '[] my-result ', 'x.txt': '' },
  },
  {
    name: 'a file whose rendering fails stays as it is',
    documented: 'templates/pitfalls.html; src/template.rs, render_string_gracefully',
    files: {
      ...EMPTY,
      '.github/workflows/ci.yml': `run: \${{ github.ref }} {{ project-name }}\n`,
      'b.txt': '{{ 1 | divided_by: 0 }} {{ project-name }}',
      'c.yml': `run: {% raw %}\${{ github.ref }}{% endraw %} {{ project-name }}\n`,
    },
    gives: {
      '.github/workflows/ci.yml': `run: \${{ github.ref }} {{ project-name }}\n`,
      'b.txt': '{{ 1 | divided_by: 0 }} {{ project-name }}',
      'c.yml': `run: \${{ github.ref }} my-result\n`,
    },
  },
  {
    name: 'a file that is no Liquid, and one that is no text, are copied',
    documented: 'src/template.rs, files_with_errors',
    files: {
      ...EMPTY,
      'main.rs': 'println!("{{}} {}", "{{project-name}}");\n',
      'ci-{{project-name}}.yml': `if: \${{ github.ref == 'x' && always() }}\n`,
      'logo.png': { base64: 'iVBORw0KGgo=' },
    },
    gives: {
      'main.rs': 'println!("{{}} {}", "{{project-name}}");\n',
      'ci-my-result.yml': `if: \${{ github.ref == 'x' && always() }}\n`,
      'logo.png': 'base64 iVBORw0KGgo=',
    },
  },
  {
    name: 'line ends and the end of a file stay as they are',
    documented: 'src/template.rs',
    files: { ...EMPTY, 'a.txt': '{{crate_name}}\r\n{% if true %}\r\nx\r\n{% endif %}', 'b.txt': '{{crate_name}}' },
    gives: { 'a.txt': 'my_result\r\n\r\nx\r\n', 'b.txt': 'my_result' },
  },
  {
    name: 'hooks that change nothing are left out',
    documented: 'templates/scripting.hook-types.html',
    files: {
      'cargo-generate.toml': '[hooks]\npost = ["hooks/done.rhai", "fmt"]\n',
      'hooks/done.rhai': 'print("done: " + variable::get("project-name"));\n',
      'a.txt': 'a',
    },
    gives: { 'a.txt': 'a' },
  },
  {
    name: 'the date is that of the project, and always the same',
    documented: 'shopify.github.io/liquid/filters/date',
    files: { ...EMPTY, 'a.txt': '{{ "2026-03-05" | date: "%d.%m.%Y" }}' },
    gives: { 'a.txt': '05.03.2026' },
  },
];

function conditionalFiles(): DocumentedCase['files'] {
  return {
    'cargo-generate.toml': [
      '[template]',
      'cargo_generate_version = ">=0.10.0"',
      '[placeholders]',
      'license = { type = "string", prompt = "What license to use?", choices = ["MIT", "Unrestricted"], default = "MIT" }',
      '[conditional.\'crate_type == "lib"\']',
      'ignore = [ "src/main.rs" ]',
      '[conditional.\'crate_type != "lib"\'.placeholders]',
      'hypervisor = { type = "string", prompt = "What hypervisor to use?", choices = ["uhyve", "qemu"], default = "qemu" }',
      'network_enabled = { type = "bool", prompt = "Want to enable network?", default = true }',
      '[conditional.\'license == "MIT"\']',
      'ignore = [ "LICENSE-UNRESTRICTED.txt" ]',
      '[conditional.\'license == "Unrestricted"\']',
      'ignore = [ "LICENSE-MIT.txt" ]',
      '',
    ].join('\n'),
    'src/main.rs': '{{hypervisor}} {{network_enabled}}',
    'src/lib.rs': '',
    'LICENSE-MIT.txt': 'MIT',
    'LICENSE-UNRESTRICTED.txt': 'free',
  };
}
