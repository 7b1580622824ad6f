import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { type ForeignKind, foreignKindOf, foreignParts, isGgenManifest, withoutMarker } from './foreign-kind.ts';

const kindOf = (files: Readonly<Record<string, string>>): ForeignKind | undefined =>
  foreignKindOf(new Map(Object.entries(files).map(([path, text]) => [path as ProjectPath, { content: encodeUtf8(text), mode: 0o644 }])));

describe('the tool of a template is told by the files at its top', () => {
  it.each<readonly [files: Readonly<Record<string, string>>, kind: ForeignKind | undefined]>([
    [{ 'cookiecutter.json': '{}' }, 'cookiecutter'],
    [{ 'copier.yml': '' }, 'copier'],
    [{ 'copier.yaml': '' }, 'copier'],
    [{ 'cargo-generate.toml': '' }, 'cargo-generate'],
    [{ '.genignore': '' }, 'cargo-generate'],
    [{ 'gpack.toml': '' }, 'ggen'],
    [{ 'package.toml': '' }, 'ggen'],
    [{ 'ggen.toml': '' }, 'ggen'],
    [{ 'pack.toml': '[pack]\nname = "x"\n' }, 'ggen'],
    [{ 'pack.toml': 'format = 1\n[pack]\nid = "x"\n' }, undefined],
    [{ 'pack.toml': 'format = 1\n', 'cookiecutter.json': '{}' }, undefined],
    [{ 'copier.yml': '', '.genignore': '', 'package.toml': '' }, 'copier'],
    [{ 'sub/cookiecutter.json': '{}', 'README.md': '' }, undefined],
    [{ 'Cargo.toml': '[package]\nname = "{{ project-name }}"\n' }, 'cargo-generate'],
    [{ 'Cargo.toml': 'authors = ["{{authors}}"]\n', 'copier.yml': '' }, 'copier'],
    [{ 'Cargo.toml': '[package]\nname = "x"\n# {{ name }}\n' }, undefined],
    [{ 'Cargo.toml': 'name = "{{crate_name}}"\n', 'pack.toml': 'format = 1\n' }, undefined],
    [{}, undefined],
  ])('%o: %s', (files, kind) => expect(kindOf(files)).toBe(kind));

  it.each<readonly [files: readonly string[], listed: readonly string[]]>([
    [
      ['copier.yml', 'cookiecutter.json'],
      ['cookiecutter.json', 'copier.yml'],
    ],
    [
      ['cargo-generate.toml', 'copier.yaml', 'ggen.toml'],
      ['copier.yaml', 'cargo-generate.toml'],
    ],
  ])('where %o are there it must be named, out of %o', (files, listed) => {
    const tree = Object.fromEntries(files.map((path) => [path, '']));
    expect(() => kindOf(tree)).toThrow(expect.objectContaining({ code: 'TEMPLATE_NOT_CHOSEN', suggestions: listed }));
  });

  it.each([
    ['gh:owner/repo/copier.yml', 'gh:owner/repo'],
    ['./x/cookiecutter.json', './x'],
    ['C:\\x\\copier.yaml', 'C:\\x'],
    ['gh:owner/copier.yml-template', 'gh:owner/copier.yml-template'],
    ['copier.yml', ''],
  ])('%s names a file in %s', (reference, place) => expect(withoutMarker(reference)).toBe(place));

  it.each([
    ['[pack]\nname = "x"\n', true],
    ['  [pack]\n\tname="x"\nversion = "1"\n', true],
    ['name = "x"\n', false],
    ['[pack]\nid = "x"\n', false],
    ['[pack]\nname = "x"\ntitle = "X"\n', false],
    ['format = 1\n[pack]\nname = "x"\n', false],
    ['[package]\nname = "x"\n', false],
    ['# [pack]\nname = "x"\n', false],
    ['[pack]\nmy_name = "x"\n', false],
    ['[pack]\nname = "x"\nsubtitle = "y"\n', true],
  ])('%j is a manifest of ggen: %s', (text, is) => expect(isGgenManifest(text)).toBe(is));
});

describe('what belongs to a template', () => {
  it.each<readonly [kind: ForeignKind, path: string, is: boolean]>([
    ['cookiecutter', 'cookiecutter.json', true],
    ['cookiecutter', 'hooks/post_gen_project.py', true],
    ['cookiecutter', 'templates/a.txt', true],
    ['cookiecutter', '{{cookiecutter.slug}}/src/a.py', true],
    ['cookiecutter', 'docs/{{cookiecutter.slug}}/a.py', false],
    ['cookiecutter', 'src/hooks/a.py', false],
    ['cookiecutter', 'README.md', false],
    ['cookiecutter', 'sub/cookiecutter.json', false],
    ['copier', 'README.md', true],
    ['copier', '.git/config', false],
    ['copier', 'sub/.git/config', true],
    ['cargo-generate', 'src/main.rs', true],
    ['cargo-generate', '.git/config', false],
    ['ggen', 'templates/a.tmpl', true],
    ['ggen', '.git/config', false],
    ['ggen', '.gitignore', true],
  ])('%s: %s: %s', (kind, path, is) => expect(foreignParts(kind, () => '{}')(path)).toBe(is));

  it.each([
    ['local_ext.py', true],
    ['local_ext/sub/data.yaml', true],
    ['helper.py', true],
    ['local_ext/__pycache__/a.pyc', false],
    ['words.md', true],
    ['.github/a.yml', false],
    ['.gitignore', false],
    ['tests/test_it.py', false],
    ['docs/local_ext/a.py', false],
    ['jinja2_time/a.py', false],
  ])('cookiecutter with extensions of its own: %s: %s', (path, is) => {
    const text = '{"_extensions": ["jinja2_time.TimeExtension",\n "local_ext.Own"]}';
    expect(foreignParts('cookiecutter', () => text)(path)).toBe(is);
  });
});
