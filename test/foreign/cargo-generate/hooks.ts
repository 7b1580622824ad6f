// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Rhai puts values into texts
import type { DocumentedCase } from '../documented-case.ts';

/** A template with one script for a stage. */
function hook(stage: 'init' | 'pre' | 'post', script: string): Readonly<Record<string, string>> {
  return { 'cargo-generate.toml': `[hooks]\n${stage} = ["s.rhai"]\n`, 's.rhai': script };
}

/** What scripts do, one construct a case. Pages are those of https://cargo-generate.github.io/cargo-generate/; the project is `my-result`. */
export const HOOKS: readonly DocumentedCase[] = [
  {
    name: 'the mini example: a licence is chosen, asked again where it is none',
    documented: 'templates/scripting.mini-example.html',
    files: {
      'cargo-generate.toml':
        '[hooks]\npre = ["pre.rhai"]\n[placeholders]\nlicense = { prompt = "License?", choices = ["APACHE", "MIT", "OTHER"], default = "OTHER" }\n',
      'pre.rhai': [
        'let chosen = variable::get("license").to_upper();',
        'while switch chosen {',
        '  "APACHE" => { file::delete("L-MIT"); file::rename("L-APACHE", "LICENSE"); false }',
        '  "MIT" => { file::delete("L-APACHE"); file::rename("L-MIT", "LICENSE"); false }',
        '  _ => true,',
        '} {',
        '  chosen = variable::prompt("Which one, then?", "MIT", ["APACHE", "MIT"]);',
        '}',
        'variable::set("license", chosen);',
        '',
      ].join('\n'),
      'L-MIT': 'MIT {{license}}\n',
      'L-APACHE': 'APACHE {{license}}\n',
    },
    answers: { chosen: 'APACHE' },
    gives: { LICENSE: 'APACHE APACHE\n' },
  },
  {
    name: 'init: what it sets is not asked, and the project has the name that it gives',
    documented: 'templates/scripting.hook-types.html, Init',
    files: {
      'cargo-generate.toml':
        '[hooks]\ninit = ["s.rhai"]\n[placeholders]\nboard = { prompt = "Board?" }\n[conditional.\'board == "pico"\'.placeholders]\nled = { prompt = "LED?", default = "25" }\n',
      's.rhai':
        'variable::set("board", "pico");\nvariable::set("project-name", "Blinking Light");\nvariable::set("known", `${variable::is_set("project-name")} ${variable::is_set("crate_name")} ${variable::get("crate_type")} ${variable::get("os-arch")}`);\n',
      'a.txt': '{{project-name}} {{crate_name}} {{board}} {{led}} {{known}}',
    },
    gives: { 'a.txt': 'blinking-light blinking_light pico 25 true false bin linux-x86_64' },
  },
  {
    name: 'conditions that are programs, below one header',
    documented: 'templates/conditional.html',
    files: {
      'cargo-generate.toml': '[conditional]\n"1 + 1 == 2" = { ignore = ["gone.txt"] }\n"1 + 1 == 3" = { ignore = ["a.txt"] }\n',
      'a.txt': 'a',
      'gone.txt': 'b',
    },
    gives: { 'a.txt': 'a' },
  },
  {
    name: 'init: what it does to files is done for the scripts behind it, which ask by them',
    documented: 'templates/scripting.hook-types.html, Init',
    files: {
      'cargo-generate.toml': '[hooks]\ninit = ["i.rhai"]\npre = ["p.rhai"]\n',
      'i.rhai': 'file::write("new.txt", "{{kind}}");\nfile::delete("gone.txt");\n',
      'p.rhai':
        'if file::exists("new.txt") && !file::exists("gone.txt") { variable::set("kind", variable::prompt("Which kind?", "plain")); }\n',
      'gone.txt': 'x',
    },
    answers: { kind: 'fine' },
    gives: { 'new.txt': 'fine' },
  },
  {
    name: 'pre: every placeholder has its value, and templates see what is set',
    documented: 'templates/scripting.hook-types.html, Pre',
    files: {
      'cargo-generate.toml':
        '[hooks]\npre = ["a.rhai", "b.rhai"]\n[placeholders]\nx = { prompt = "?", default = "one" }\nflag = { type = "bool", prompt = "?", default = true }\n',
      'a.rhai': 'variable::set("y", variable::get("x") + variable::get("crate_name"));\nvariable::set("flag", !variable::get("flag"));\n',
      'b.rhai': 'variable::set("z", variable::get("y").len().to_string());\nvariable::set("list", ["p", "q"]);\n',
      '{{y}}.txt': '{{x}} {{y}} {{z}} {% if flag %}on{% else %}off{% endif %} {% for i in list %}<{{i}}>{% endfor %}',
    },
    gives: { 'onemy_result.txt': 'one onemy_result 12 off <p><q>' },
  },
  {
    name: 'pre: it is too late for conditions on placeholders, and early enough for lists of files',
    documented: 'templates/scripting.hook-types.html, Pre',
    files: {
      'cargo-generate.toml': '[template]\nignore = ["gone.txt"]\n[hooks]\npre = ["s.rhai"]\n',
      's.rhai': 'file::rename("gone.txt", "kept.txt");\nfile::rename("also.txt", "gone.txt");\n',
      'gone.txt': 'kept {{crate_name}}',
      'also.txt': 'gone',
    },
    gives: { 'kept.txt': 'kept my_result' },
  },
  {
    name: 'post: files are rendered, and have their last names',
    documented: 'templates/scripting.hook-types.html, Post',
    files: {
      ...hook(
        'post',
        'if file::exists("src/my_result.rs") { file::rename("src/my_result.rs", "src/main.rs"); }\nfile::write("{{made}}.txt", "{{not}} rendered");\nfile::delete("docs");\nfile::delete("nowhere");\n',
      ),
      'src/{{crate_name}}.rs': '// {{crate_name}}',
      'docs/a.md': 'a',
      'docs/b/c.md': 'c',
    },
    gives: { 'src/main.rs': '// my_result', '{{made}}.txt': '{{not}} rendered' },
  },
  {
    name: 'file::write makes templates before rendering, from a text and from lines',
    documented: 'templates/scripting.rhai-extensions.html, Files',
    files: hook(
      'pre',
      'file::write("a.txt", "{{crate_name}}");\nfile::write("dir/b.txt", ["1", "{{crate_name}}", 3]);\nfile::write("dir/b.txt.liquid", "x");\nfile::delete("dir/b.txt.liquid");\n',
    ),
    gives: { 'a.txt': 'my_result', 'dir/b.txt': '1\nmy_result\n3\n' },
  },
  {
    name: 'folders are renamed and listed',
    documented: 'templates/scripting.rhai-extensions.html, Files',
    files: {
      ...hook(
        'pre',
        'file::rename("old", "new/inner");\nlet names = "";\nfor name in file::listdir("new/inner") { names += `${name};`; }\nvariable::set("names", names);\n',
      ),
      'old/b.txt': 'b {{names}}',
      'old/sub/a.txt': 'a',
    },
    gives: { 'new/inner/b.txt': 'b b.txt;sub;', 'new/inner/sub/a.txt': 'a' },
  },
  {
    name: 'questions of every form, with their answers',
    documented: 'templates/scripting.rhai-extensions.html, Prompt',
    files: {
      ...hook(
        'pre',
        [
          'variable::set("plain", variable::prompt("A plain one?"));',
          'let with_default = variable::prompt("With a default?", "d");',
          'let flag = variable::prompt("A flag?", false);',
          'let digits = variable::prompt("Digits?", "1", `^[0-9]+$`);',
          'let choice = variable::prompt("A choice?", "a", ["a", "b"]);',
          'variable::set("rest", `${with_default} ${flag} ${digits} ${choice} ` + variable::prompt("What is it called, then?", "x"));',
          '',
        ].join('\n'),
      ),
      'a.txt': '{{plain}} {{rest}}',
    },
    answers: { plain: 'p', flag: 'true', digits: '42', choice: 'b', what_is_it_called_then: 'n' },
    gives: { 'a.txt': 'p d true 42 b n' },
  },
  {
    name: 'questions that a script gets to only with some answers, with what it computed',
    documented: 'templates/scripting.rhai-extensions.html, Prompt',
    files: {
      ...hook(
        'pre',
        [
          'let net = variable::prompt("Network?", false);',
          'if net {',
          '  let hosts = ["a." + variable::get("crate_name"), "b"];',
          '  variable::set("host", variable::prompt("Host?", hosts[0], hosts));',
          '} else {',
          '  variable::set("host", "none");',
          '}',
          'fn ask(text) { variable::prompt(`${text}?`, text + "!") }',
          'variable::set("said", ask("First") + ask("Second"));',
          '',
        ].join('\n'),
      ),
      'a.txt': '{{host}} {{said}}',
    },
    answers: { net: 'true', second: '2' },
    gives: { 'a.txt': 'a.my_result First!2' },
  },
  {
    name: 'cases',
    documented: 'templates/scripting.rhai-extensions.html, Changing case of strings',
    files: {
      ...hook(
        'pre',
        [
          'let s = "We are HTTPClients, in v2";',
          'variable::set("cases", [to_kebab_case(s), to_lower_camel_case(s), to_pascal_case(s), to_shouty_kebab_case(s), s.to_shouty_snake_case(), s.to_snake_case(), to_title_case(s), to_upper_camel_case(s)]);',
          '',
        ].join('\n'),
      ),
      'a.txt': '{{ cases | join: " | " }}',
    },
    gives: {
      'a.txt':
        'we-are-http-clients-in-v2 | weAreHttpClientsInV2 | WeAreHttpClientsInV2 | WE-ARE-HTTP-CLIENTS-IN-V2 | WE_ARE_HTTP_CLIENTS_IN_V2 | we_are_http_clients_in_v2 | We Are Http Clients In V2 | WeAreHttpClientsInV2',
    },
  },
  {
    name: 'directories are those that commands run in',
    documented: 'templates/scripting.rhai-extensions.html; example-templates/many-hooks-in-action',
    files: {
      ...hook(
        'pre',
        'variable::set("d", env::working_directory + env::destination_directory);\nfile::delete(`${env::working_directory}/b.txt`);\n',
      ),
      'a.txt': '{{d}}',
      'b.txt': 'b',
    },
    gives: { 'a.txt': '..' },
  },
  {
    name: 'a variable that is not set is empty text',
    documented: 'templates/scripting.rhai-extensions.html, get/set',
    files: {
      ...hook('pre', 'if !variable::is_set("x") && variable::get("x") == "" { variable::set("x", "new"); }\n'),
      'a.txt': '{{x}}',
    },
    gives: { 'a.txt': 'new' },
  },
  {
    name: 'what a script catches does not fail',
    documented: 'templates/scripting.rhai-extensions.html, Other; rhai.rs/book/language/try-catch.html',
    files: {
      ...hook(
        'pre',
        'try { abort("no " + 1); } catch (e) { variable::set("e", e); }\ntry { variable::set("e", true); } catch { variable::set("f", "typed"); }\n',
      ),
      'a.txt': '{{e}} {{f}}',
    },
    gives: { 'a.txt': 'no 1 typed' },
  },
  {
    name: 'a module that there is not matters only where a script gets to it',
    documented: 'rhai.rs/book/language/modules; a spelling mistake in a published template',
    files: {
      ...hook('pre', 'if variable::get("crate_type") == "lib" { varialbe::set("a", "x") }\nvariable::set("a", "y");\n'),
      'a.txt': '{{a}}',
    },
    gives: { 'a.txt': 'y' },
  },
  {
    name: 'what a command prints is asked where a script uses it',
    documented: 'templates/scripting.system-commands.html',
    files: {
      ...hook(
        'pre',
        [
          'let user = system::command("git", ["config", "user.name"]);',
          'variable::set("author", user);',
          'fn run(x) { system::command(x) }',
          'fn run() { run("hostname") }',
          'variable::set("host", run());',
          '',
        ].join('\n'),
      ),
      'a.txt': '{{author}} {{host}}',
    },
    answers: { author: 'Ada', what_does_hostname_print: 'here' },
    gives: { 'a.txt': 'Ada here' },
  },
  {
    name: 'a command in a try fails where nothing is said of what it prints',
    documented: 'src/hooks/system_mod.rs, run_command: what is not allowed is an error of the script',
    files: {
      ...hook(
        'pre',
        [
          'let key = "none";',
          'let salt = "none";',
          'try { salt = system::command("openssl", ["rand", "4"]); key = system::command("openssl", ["rand", "8"]); } catch {}',
          'variable::set("key", key);',
          'variable::set("salt", salt);',
          '',
        ].join('\n'),
      ),
      'a.txt': '{{key}} {{salt}}',
    },
    answers: { salt: 'abc' },
    gives: { 'a.txt': 'none abc' },
  },
  {
    name: 'a script that only checks, with what a command prints, is left out',
    documented: 'templates/scripting.system-commands.html',
    files: {
      ...hook('pre', 'let found = system::command("which", ["cargo"]);\nif found == "" { abort("cargo is missing"); }\n'),
      'a.txt': 'a',
    },
    gives: { 'a.txt': 'a' },
  },
  {
    name: 'a template in a directory of a repository that is none itself',
    documented: 'usage/index.html, Templates in subfolders',
    files: {
      'template/cargo-generate.toml': '[placeholders]\na = { prompt = "?", default = "x" }\n',
      'template/a.txt': '{{a}}',
      'README.md': 'of the repository',
    },
    gives: { 'a.txt': 'x' },
  },
  {
    name: 'sub-templates: the first is taken with the defaults',
    documented: 'templates/authoring.html, sub-templates',
    files: {
      'cargo-generate.toml': '[template]\nsub_templates = ["app", "lib"]\n',
      'app/cargo-generate.toml': '',
      'app/a.txt': '{{crate_name}}',
      'lib/cargo-generate.toml': '',
      'lib/b.txt': 'b',
    },
    gives: { 'a.txt': 'my_result' },
  },
  {
    name: 'properties by a chip, as templates for embedded Rust have them',
    documented: 'rhai.rs/book/language/object-maps.html',
    files: {
      'cargo-generate.toml': '[hooks]\npre = ["s.rhai"]\n[placeholders]\nchip = { prompt = "?", default = "f401ce" }\n',
      's.rhai': [
        'const PREFIX = "has-";',
        'let chips = #{ f401ce: #{ ram: "64K", "probe": "F401" }, other: #{ ram: "8K" }, };',
        'let chip = variable::get("chip");',
        'let found = chips.get(chip);',
        'for key in found.keys() { variable::set(key, found.get(key)); }',
        'let size = switch chip[5].to_upper() { \'C\' => 256, \'E\' => switch chip { "f401ce" | "f402ce" => 512, }, _ => throw "unknown", };',
        'let blocks;',
        'if chip in ["f401ce", "x"] { blocks = `ram ${size}K` } else { throw "none"; };',
        'blocks += "\\n"; blocks += `end { ${found.len()} }`;',
        'variable::set("blocks", blocks);',
        'if !variable::is_set(PREFIX + "swd") { variable::set(PREFIX + "swd", `{ version = "${size}" }`) }',
        'let title = "";',
        'let parts = variable::get("project-name").split("-");',
        'for (part, at) in parts { part[0] = part[0].to_upper(); title += part; if at + 1 < parts.len { title += " "; } }',
        'variable::set("title", title)',
        '',
      ].join('\n'),
      'a.txt': '{{ram}} {{probe}} {{blocks}} {{has-swd}} {{title}}',
    },
    gives: { 'a.txt': '64K F401 ram 512K\nend { 2 } { version = "512" } My Result' },
  },
  {
    name: 'a question whose text a variable holds, in a branch that the defaults do not take',
    documented: 'templates/scripting.rhai-extensions.html, Prompt',
    files: {
      ...hook(
        'pre',
        'const TEXT = "Which core?";\nif variable::prompt("More?", false) { variable::set("core", variable::prompt(TEXT, "m0", ["m0", "m4"])); }\n',
      ),
      'a.txt': '{{core}}',
    },
    answers: { more: 'true', core: 'm4' },
    gives: { 'a.txt': 'm4' },
  },
  {
    name: 'a question is called what its answer is set as',
    documented: 'templates/scripting.rhai-extensions.html, Prompt',
    files: {
      ...hook(
        'pre',
        'if !variable::is_set("base-image") {\n  let base_image = variable::prompt("Which image?", "a");\n  variable::set("base-image", base_image);\n}\n',
      ),
      'a.txt': '{{base-image}}',
    },
    answers: { 'base-image': 'b' },
    gives: { 'a.txt': 'b' },
  },
  {
    name: 'conditions that are more than comparisons',
    documented: 'templates/conditional.html',
    files: {
      'cargo-generate.toml': [
        '[placeholders]',
        'board = { prompt = "?", default = "esp32-c3" }',
        '[conditional.\'board.starts_with("esp") && board.len() > 5\']',
        'ignore = ["1"]',
        '[conditional.\'board.to_upper() in ["ESP32-C3", "X"]\'.placeholders]',
        'flash = { prompt = "?", default = "4MB" }',
        '[conditional.\'if board == "esp32-c3" { variable::is_set("flash") } else { true }\']',
        'ignore = ["2"]',
        "[conditional.'missing(board)']",
        'ignore = ["3"]',
        "[conditional.'nobody.len() > 1']",
        'ignore = ["3"]',
        '[conditional.\'system::command("true") == ()\']',
        'ignore = ["3"]',
        "[conditional.'board.len()']",
        'ignore = ["3"]',
        '',
      ].join('\n'),
      1: '',
      2: '',
      3: '{{flash}}',
    },
    gives: { 3: '4MB' },
  },
  {
    name: 'a script in a folder is no file of the project, nor is what is ignored',
    documented: 'templates/scripting.html',
    files: {
      'cargo-generate.toml': '[hooks]\npost = ["./hooks/s.rhai", "fmt"]\n',
      'hooks/s.rhai': 'file::write("seen.txt", file::exists("hooks/other.txt").to_string());\n',
      'hooks/other.txt': 'other',
      'a.txt.liquid': '{{crate_name}}',
    },
    gives: { 'seen.txt': 'true', 'hooks/other.txt': 'other', 'a.txt': 'my_result' },
  },
];
