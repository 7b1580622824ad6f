import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runWithShipped } from '../../support/run-in-process.ts';
import { makeWorkshops } from '../../support/run-program.ts';

const makeWorkshop = makeWorkshops(runWithShipped);

/** Everything that a template can say besides its files. */
const CONFIGURATION = `_subdirectory: template
_templates_suffix: .tmpl
_envops: {block_start_string: "[%", block_end_string: "%]", variable_start_string: "[[", variable_end_string: "]]"}
_exclude: ["[% if not docs %]docs[% endif %]"]
_skip_if_exists: [NOTES.md]
_preserve_symlinks: true
_message_after_copy: "Made [[ name ]]"
_tasks:
  - echo $STAGE $COPIER_OPERATION [[ _stage ]] >> ran.txt
  - {command: [touch, "[[ slug ]].first"], when: "[[ _copier_operation == 'copy' ]]", working_directory: sub}
_migrations:
  - version: v2.0.0
    before: ["echo $STAGE $VERSION_CURRENT >> migrated.txt"]
  - {version: v2.0.0, command: "echo [[ _stage ]] [[ _copier_phase ]] >> migrated.txt", when: "[[ _stage == 'after' ]]"}
  - {version: v9.0.0, command: "echo never >> migrated.txt"}
  - {version: soon, command: "echo never >> migrated.txt"}
name: {type: str, help: "What is it called?", default: My Thing}
slug: {type: str, default: "[[ name | lower | replace(' ', '-') ]]", validator: "[% if ' ' in slug %]no blanks[% endif %]"}
docs: false
License: {type: str, choices: {MIT: mit, Public domain: null}, default: mit}
parts: {type: yaml, default: [{n: a}, {n: b, x: null}]}
loud: {type: str, default: "[[ name | upper ]]", when: false}
size: {type: int, default: "[[ parts | length ]]", when: false}
token: {type: str, secret: true, default: one, choices: [one, two]}
`;

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function makeTemplate(root: string): void {
  write(root, 'copier.yml', CONFIGURATION);
  write(root, 'parts/m.txt', '[% macro hi(x) %]hi [[ x ]][% endmacro %]');
  write(root, 'template/README.md.tmpl', '[% from "parts/m.txt" import hi %][[ hi(loud) ]] [[ size + 1 ]] [[ License ]]\n');
  write(root, 'template/README.md', 'never generated\n');
  write(root, 'template/docs/index.md', 'docs\n');
  write(root, 'template/NOTES.md', 'notes\n');
  write(root, 'template/sub/[% yield p from parts %][[ p.n ]][% endyield %].txt.tmpl', '[[ p.n ]]\n');
}

describe('packs import of a Copier template', () => {
  it('says of every part what became of it, and where it stands', async () => {
    const { root, home } = makeWorkshop();
    makeTemplate(join(root, 'template'));
    const end = await runWithShipped(['import', './template', '--as', 'made', '--json'], { cwd: root, home });
    expect(end.exitCode, end.stderr).toBe(0);
    const { report } = JSON.parse(end.stdout).data as {
      report: { outcome: string; what: string; note: string; where: { file: string; line?: number } }[];
    };
    const lines = report.map(({ outcome, what, note, where }) => `${outcome}: ${what} (${where.file}:${where.line ?? ''}): ${note}`);
    for (const line of [
      'translated: the file template/NOTES.md (template/NOTES.md:): templates/NOTES.md',
      'left out: the file template/README.md (template/README.md:): it is never generated: template/README.md.tmpl takes its place',
      'translated: the included template parts/m.txt (parts/m.txt:): partials/parts/m.txt',
      'translated: the setting _skip_if_exists (copier.yml:5): language.keep',
      'translated: the setting _subdirectory (copier.yml:1): it is decided: only the files that it leaves are in the pack',
      'translated: the question slug (copier.yml:18): variables.slug, language.answers.slug',
      'translated: the computed value size (copier.yml:23): variables.size',
      'approximated: the question License (copier.yml:20): its variable is called license, as variables are made of a-z, 0-9 and _; templates see License',
      'translated: the task 1 of 2 (copier.yml:8): hooks.post_generate',
      'translated: the migration 1 (before) (copier.yml:11): hooks.pre_update',
      'left out: the migration 4 (after) (copier.yml:11): "soon" is no version that an update can go through',
    ])
      expect(lines).toContain(line);
    expect(lines.join('\n')).toContain('approximated: a setting (copier.yml:6): _preserve_symlinks is on');
    const manifest = readFileSync(join(root, 'made/pack.toml'), 'utf8');
    expect(manifest).toContain('[variables.license]\ntype = "choice"\nchoices = [{ value = "mit", label = "MIT" }, "Public domain"]\n');
    // The path of the author's machine is nobody else's business.
    expect(manifest).not.toContain(root);
    expect(manifest).not.toContain('_src_path');
    expect(manifest).toContain('[variables.token]\ntype = "secret"\n');
  });

  it('takes the files along that tasks run by the folder of the template, and says what they cannot find there', async () => {
    const { root, home } = makeWorkshop();
    const at = join(root, 'template');
    write(
      at,
      'copier.yml',
      `_subdirectory: template
name: Ada
_tasks:
  - ["{{ _copier_python }}", "{{ _copier_conf.src_path }}{{ _copier_conf.sep }}tools/make.py", "--name={{ name }}"]
  - cat '{{ _copier_conf.src_path }}/tools/b.txt' > b.txt
  - [invoke, "--search-root={{ _copier_conf.src_path }}", after-copy]
_migrations:
  - {version: v2.0.0, command: "sh {{ _copier_conf.src_path }}/migrate.sh"}
`,
    );
    write(at, 'tools/make.py', 'import sys\nopen("made.txt", "w").write(sys.argv[1])\n');
    write(at, 'tools/b.txt', 'of the template\n');
    write(at, 'tools/other.txt', 'nobody asks for it\n');
    write(at, 'migrate.sh', 'echo moved > moved.txt\n');
    write(at, 'template/a.txt', 'a\n');
    const packs = async (args: readonly string[], cwd = root): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(0);
      return end.stdout + end.stderr;
    };
    const said = await packs(['import', './template', '--as', 'made']);
    expect(said).toContain('left out: what task 3 of 3 finds in the folder of the template (copier.yml:3)');
    for (const path of ['tools/make.py', 'tools/b.txt', 'migrate.sh'])
      expect(existsSync(join(root, 'made/scripts', path)), path).toBe(true);
    expect(existsSync(join(root, 'made/scripts/tools/other.txt'))).toBe(false);
    const manifest = join(root, 'made/pack.toml');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replaceAll(/\[\[hooks\.\w+\]\]\nname = "task 3 of 3"\n(?:[^[\n][^\n]*\n)+/g, ''),
    );
    await packs(['validate', './made']);
    await packs(['generate', './made', 'app', '--defaults', '--trust']);
    const read = (path: string): string => readFileSync(join(root, 'app', path), 'utf8');
    expect(read('made.txt')).toBe('--name=Ada');
    expect(read('b.txt')).toBe('of the template\n');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('version = "0.1.0"', 'version = "2.0.0"'));
    await packs(['update', '--defaults', '--trust'], join(root, 'app'));
    expect(read('moved.txt')).toBe('moved\n');
  });

  it('makes a pack that asks, checks, keeps, runs and migrates as the template does', async () => {
    const { root, home } = makeWorkshop();
    makeTemplate(join(root, 'template'));
    const packs = async (args: readonly string[], cwd = root, exitCode = 0): Promise<string> => {
      const end = await runWithShipped(args, { cwd, home });
      expect(end.exitCode, end.stdout + end.stderr).toBe(exitCode);
      return end.stdout + end.stderr;
    };
    await packs(['import', './template', '--as', 'made']);
    await packs(['validate', './made']);
    expect(await packs(['generate', './made', 'x', '--var', 'slug=a b', '--defaults'], root, 2)).toContain('no blanks');
    expect(await packs(['generate', './made', 'x', '--var', 'token=three', '--defaults'], root, 2)).toContain('not one of the choices');
    const app = join(root, 'app');
    const read = (path: string): string => readFileSync(join(app, path), 'utf8');
    expect(await packs(['generate', './made', 'app', '--var', 'token=two', '--defaults', '--trust'])).toContain('Made My Thing');
    expect(read('README.md')).toBe('hi MY THING 3 mit\n');
    expect(read('sub/b.txt')).toBe('b\n');
    expect(read('ran.txt')).toBe('task copy task\n');
    expect(existsSync(join(app, 'sub/my-thing.first'))).toBe(true);
    expect(existsSync(join(app, 'docs'))).toBe(false);
    expect(read('packsmith.toml')).not.toContain('two');

    const manifest = join(root, 'made/pack.toml');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('version = "0.1.0"', 'version = "2.0.0"'));
    write(root, 'made/templates/NOTES.md', 'notes, said better\n');
    writeFileSync(join(app, 'NOTES.md'), 'mine\n');
    await packs(['update', '--defaults', '--trust'], app);
    expect(read('NOTES.md')).toBe('mine\n');
    expect(read('ran.txt')).toBe('task copy task\ntask update task\n');
    expect(read('migrated.txt')).toBe('before v2.0.0\nafter migrate\n');
  });
});
