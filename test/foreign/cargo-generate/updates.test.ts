import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../../support/run-in-process.ts';
import { makeWorkshops } from '../../support/run-program.ts';
import { makeTagged } from '../tagged-template.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

const CONFIG =
  '[template]\nexclude = ["logo.txt"]\n\n[placeholders]\nport = { prompt = "Port?", default = "80" }\nci = { type = "bool", prompt = "CI?", default = false }\n\n[conditional.\'!ci\']\nignore = [".ci.yml"]\n';

const FIRST = {
  'cargo-generate.toml': CONFIG,
  'Cargo.toml': '[package]\nname = "{{project-name}}"\nversion = "0.1.0"\n',
  'src/main.rs': 'fn main() {\n    println!("one");\n\n    println!("two");\n\n    println!("{{port}}");\n}\n',
  'logo.txt': '{{ kept }}\n',
  '.ci.yml': 'on: push\n',
  'old.txt': 'to go\n',
};

const SECOND = {
  'cargo-generate.toml': CONFIG.replace('[conditional', 'host = { prompt = "Host?", default = "localhost" }\n\n[conditional'),
  'src/main.rs': 'fn main() {\n    println!("one");\n\n    println!("two");\n\n    println!("{{host}}:{{port}}");\n}\n',
  'src/{{crate_name}}.rs': '// {{crate_name | pascal_case}}\n',
};

const SCRIPTED = {
  'cargo-generate.toml': '[hooks]\npre = ["pre.rhai"]\npost = ["post.rhai"]\n',
  'pre.rhai':
    'variable::set("title", to_title_case(variable::get("project-name")));\nif variable::prompt("Docs?", true) { file::rename("guide.md", "docs/guide.md"); } else { file::delete("guide.md"); }\n',
  'post.rhai': 'file::write("made.txt", ["one", "two", "three", "four", variable::get("title")]);\nsystem::command("exit 7");\n',
  'README.md': '# {{title}}\n\nfirst\n\nsecond\n',
  'guide.md': 'guide of {{title}}\n',
};

describe('a template of cargo-generate with scripts', () => {
  it('is updated as any other: scripts make the base too, commands do not run for it', async () => {
    const { root, home } = makeWorkshop();
    const second = {
      ...SCRIPTED,
      'pre.rhai': `${SCRIPTED['pre.rhai']}variable::set("place", variable::prompt("Where?", "here"));\n`,
      'post.rhai': 'file::write("made.txt", ["one", "two", "three", "four", variable::get("place")]);\n',
      'README.md': '# {{title}}\n\nfirst, {{place}}\n\nsecond\n',
    };
    const address = makeTagged(root, 'scripted.git', { 'v1.0.0': SCRIPTED, 'v1.1.0': second }, []);
    const app = join(root, 'my-shop');
    const packs = async (args: readonly string[], cwd: string): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    const made = await packs(['generate', `${address}#v1.0.0`, app, '--defaults'], root);
    expect(made).toContain("did not run: sh -c 'exit 7'");
    expect(read('docs/guide.md')).toBe('guide of My Shop\n');
    expect(read('made.txt')).toBe('one\ntwo\nthree\nfour\nMy Shop\n');
    writeFileSync(join(app, 'README.md'), read('README.md').replace('second', 'second, mine'));
    writeFileSync(join(app, 'made.txt'), read('made.txt').replace('one', 'ONE'));
    await packs(['update', '--defaults', '--var', 'place=there'], app);
    expect(read('README.md')).toBe('# My Shop\n\nfirst, there\n\nsecond, mine\n');
    expect(read('made.txt')).toBe('ONE\ntwo\nthree\nfour\nthere\n');
    expect(await packs(['status'], app)).toContain('scripted 1.1.0');
  });
});

describe('a template of cargo-generate in git', () => {
  it('is updated from tag to tag, with edits kept and what is new asked', async () => {
    const { root, home } = makeWorkshop();
    const address = makeTagged(root, 'rust-template.git', { 'v1.0.0': FIRST, 'v1.1.0': SECOND }, ['old.txt']);
    const app = join(root, 'my-shop');
    const packs = async (args: readonly string[], cwd: string): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    const planned = await packs(['plan', `${address}#v1.0.0`, app, '--defaults', '--var', 'port=8080'], root);
    expect(planned).toContain('src/main.rs');
    expect(planned).not.toContain('.ci.yml');
    await packs(['generate', `${address}#v1.0.0`, app, '--defaults', '--var', 'port=8080'], root);
    expect(read('Cargo.toml')).toContain('name = "my-shop"');
    expect(read('logo.txt')).toBe('{{ kept }}\n');
    expect(() => read('.ci.yml')).toThrow();
    writeFileSync(join(app, 'src/main.rs'), read('src/main.rs').replace('one', 'ONE, mine'));

    await packs(['update', '--defaults'], app);
    expect(read('src/main.rs')).toBe(
      'fn main() {\n    println!("ONE, mine");\n\n    println!("two");\n\n    println!("localhost:8080");\n}\n',
    );
    expect(read('src/my_shop.rs')).toBe('// MyShop\n');
    expect(() => read('old.txt')).toThrow();
    expect(await packs(['status'], app)).toContain('rust-template 1.1.0');
    await packs(['undo'], app);
    expect(read('old.txt')).toBe('to go\n');
  });
});
