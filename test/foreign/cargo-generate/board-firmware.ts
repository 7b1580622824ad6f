import type { TemplateFiles } from '../template-world.ts';

/** One set of answers, and every byte that comes of them. */
interface FirmwareRun {
  readonly name: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly gives: Readonly<Record<string, string>>;
}

/** Firmware for a board, as templates for embedded Rust are made: boards, optional parts that ask more, workflows, and files of the template itself. */
export const FIRMWARE_FILES: TemplateFiles = {
  'cargo-generate.toml': `[template]
cargo_generate_version = ">=0.18.0"
exclude = ["assets/*.{png,svg}", "!assets/name.svg", "scripts"]
ignore = [".github/workflows/template.yml", "docs/", "LICENSE-TEMPLATE"]

[placeholders.board]
type = "string"
prompt = "Which board?"
choices = ["pico", "nucleo-f4", "xiao c3"]
default = "pico"

[placeholders.description]
type = "string"
prompt = "What is it for?"
default = "Blinks."

[placeholders.features]
type = "array"
prompt = "Which parts?"
choices = [{ label = "Logging", value = "log" }, { label = "Network", value = "net" }, { label = "Tests", value = "test" }]
default = ["log"]

[placeholders.ci]
type = "bool"
prompt = "Workflows?"
default = true

[conditional.'features.contains("net")'.placeholders.host]
type = "string"
prompt = "Which host?"
default = "example.org"
regex = '^[a-z.]+$'

[conditional.'features.contains("net") && host != "example.org"'.placeholders.port]
type = "string"
prompt = "Which port?"
default = "8080"

[conditional.'!features.contains("net")']
ignore = ["src/net"]

[conditional.'ci == false']
ignore = [".github"]

[conditional.'crate_type == "lib"']
ignore = ["src/main.rs"]
exclude = ["README.md"]
`,
  '.genignore': 'target/\n*.orig\n/notes.txt\n',
  'Cargo.toml.liquid': `{%- comment -%} The name is that of the crate. {%- endcomment -%}
{%- assign parts = features | join: ", " -%}
[package]
name = "{{ crate_name }}"
description = "{{ description | default: "None." | strip }}"
{%- if authors != "" %}
authors = ["{{ authors }}"]
{%- endif %}

[features]
default = [{% for part in features %}"{{ part }}"{% unless forloop.last %}, {% endunless %}{% endfor %}]
# {{ features | size }}: {{ parts }}

[dependencies]
{% case board -%}
{%- when "pico" -%}
rp-hal = "0.10"
{% when "nucleo-f4", "nucleo-f7" -%}
stm32f4xx-hal = { version = "0.21", features = ["stm32f401"] }
{% else -%}
{{ board | split: " " | first | snake_case }}-hal = "*"
{% endcase -%}
{% if features contains "log" %}defmt = "0.3"
{% endif -%}
`,
  'Cargo.toml': 'of the template itself\n',
  'LICENSE-TEMPLATE': 'of the template itself\n',
  'README.md': `# {{ project-name | title_case }}

{{ description }}

{% raw %}Write \`{{ name }}\` for a name.{% endraw %}

| part | |
| --- | --- |
{% for part in features -%}
| {{ part }} | {{ forloop.index }} of {{ forloop.length }}{% if forloop.first %}, the first{% endif %} |
{% endfor %}
{%- unless ci %}
There are no workflows.
{%- endunless %}
`,
  'src/main.rs': `//! {{ description }}
use {{ crate_name }}::run;

{%- capture banner %}{{ project-name | shouty_snake_case }} on {{ board | upcase }}{% endcapture %}

const BANNER: &str = "{{ banner }}";

fn main() {
    run(BANNER);
}
`,
  'src/lib.rs': `{% if features contains "net" -%}
pub mod net;
{% endif -%}
pub struct {{ project-name | pascal_case }};

pub fn run(banner: &str) {
    let _ = ({{ project-name | upper_camel_case }}, banner);
}
`,
  'src/net/{{ host | replace: ".", "_" }}.rs': 'pub const HOST: &str = "{{ host }}";\n',
  'src/net/mod.rs': `pub const PORT: u16 = {% if port %}{{ port }}{% else %}80{% endif %};
{%- if port and port != "8080" %}
pub const IS_ODD: bool = true;
{%- endif %}
`,
  'src/{{crate_name}}_board.rs': '// {{ board }}{{ nothing }}\n',
  'assets/logo.svg': '<svg>{{ project-name }}</svg>\n',
  'assets/name.svg': '<svg>{{ project-name }}</svg>\n',
  'assets/icon.png': { base64: 'iVBORw0KGgo=' },
  'scripts/{{project-name}}.sh': `echo {{ project-name }} \${#}\n`,
  '.github/workflows/ci.yml': `name: {{ project-name }}\non: push\nenv:\n  TOKEN: \${{ secrets.TOKEN }}\n`,
  '.github/workflows/lint.yml': `name: {{ project-name }}\non: {% raw %}\${{ github.ref }}{% endraw %}\n`,
  '.github/workflows/template.yml': 'of the template itself\n',
  'docs/index.md': 'of the template itself\n',
  'notes.txt': 'of the template itself\n',
  'sub/notes.txt': 'kept\n',
  'sub/a.orig': 'left\n',
  'target/b': 'left\n',
};

const ALWAYS: Readonly<Record<string, string>> = {
  'assets/icon.png': 'base64 iVBORw0KGgo=',
  'assets/logo.svg': '<svg>{{ project-name }}</svg>\n',
  'assets/name.svg': '<svg>my-result</svg>\n',
  'scripts/my-result.sh': `echo {{ project-name }} \${#}\n`,
  'sub/notes.txt': 'kept\n',
};

const WORKFLOWS: Readonly<Record<string, string>> = {
  // Rendering fails at what GitHub reads, so that the file stays whole.
  '.github/workflows/ci.yml': `name: {{ project-name }}\non: push\nenv:\n  TOKEN: \${{ secrets.TOKEN }}\n`,
  '.github/workflows/lint.yml': `name: my-result\non: \${{ github.ref }}\n`,
};

export const FIRMWARE_RUNS: readonly FirmwareRun[] = [
  {
    name: 'with every default',
    answers: {},
    gives: {
      ...ALWAYS,
      ...WORKFLOWS,
      'Cargo.toml': `[package]
name = "my_result"
description = "Blinks."

[features]
default = ["log"]
# 1: log

[dependencies]
rp-hal = "0.10"
defmt = "0.3"
`,
      'README.md': `# My Result

Blinks.

Write \`{{ name }}\` for a name.

| part | |
| --- | --- |
| log | 1 of 1, the first |

`,
      'src/main.rs': `//! Blinks.
use my_result::run;

const BANNER: &str = "MY_RESULT on PICO";

fn main() {
    run(BANNER);
}
`,
      'src/lib.rs': `pub struct MyResult;

pub fn run(banner: &str) {
    let _ = (MyResult, banner);
}
`,
      'src/my_result_board.rs': '// pico\n',
    },
  },
  {
    name: 'as a library with a network and without workflows',
    answers: {
      board: 'xiao c3',
      description: 'Says hello.',
      features: '["net", "test"]',
      ci: 'false',
      host: 'iot.example.com',
      port: '9000',
      crate_type: 'lib',
      authors: 'Ada <ada@example.com>',
    },
    gives: {
      ...ALWAYS,
      'Cargo.toml': `[package]
name = "my_result"
description = "Says hello."
authors = ["Ada <ada@example.com>"]

[features]
default = ["net", "test"]
# 2: net, test

[dependencies]
xiao-hal = "*"
`,
      // Copied, since it is among what is excluded of a library.
      'README.md': String(FIRMWARE_FILES['README.md']),
      'src/lib.rs': `pub mod net;
pub struct MyResult;

pub fn run(banner: &str) {
    let _ = (MyResult, banner);
}
`,
      'src/net/iot_example_com.rs': 'pub const HOST: &str = "iot.example.com";\n',
      'src/net/mod.rs': 'pub const PORT: u16 = 9000;\npub const IS_ODD: bool = true;\n',
      'src/my_result_board.rs': '// xiao c3\n',
    },
  },
];
