import type { DocumentedCase } from '../documented-case.ts';

/** What templates of Copier come to where several of its settings meet. Sections are those of https://copier.readthedocs.io/en/stable/. */
export const BEHAVIOURS: readonly DocumentedCase[] = [
  {
    name: 'blanks beside yield go where it says so',
    documented: 'creating/#generating-a-directory-structure',
    files: {
      'copier.yml': 'ids: {type: yaml, default: [1, 2]}\n_exclude: [copier.yml]\n',
      'x {%- yield id from ids -%} n{{ id }} {%- endyield -%} .txt.jinja': '{{ id }}\n',
    },
    gives: { 'xn1.txt': '1\n', 'xn2.txt': '2\n' },
  },
  {
    name: 'the name of the directory, however a template asks for it',
    documented: 'creating/#dst_path',
    files: {
      'copier.yml':
        '_exclude: [copier.yml]\nname:\n  type: str\n  default: "{{ _copier_conf.dst_path | realpath | basename }}"\n  when: false\n_message_after_copy: "cd {{ _copier_conf.dst_path | realpath }}"\n',
      'a.txt.jinja':
        '{{ name }} {{ _copier_conf.dst_path.resolve().name }} {{ _copier_conf.dst_path.absolute().stem }} {{ (_copier_conf.dst_path / "b.c").with_suffix(".d").name }}\n',
    },
    gives: { 'a.txt': 'result result result b.d\n' },
  },
  {
    name: 'the last pattern that matches counts, below what another leaves out, too',
    documented: 'configuring/#exclude',
    files: {
      'copier.yml': '_exclude: ["*", "!docs", "docs/old", "!README.*", "build/"]\nname: x\n',
      'README.md': 'r',
      'docs/a/b.md': 'b',
      'docs/old/c.md': 'c',
      'docs/build': 'a file',
      'docs/build.d/build/d': 'd',
      other: '',
    },
    gives: { 'README.md': 'r', 'docs/a/b.md': 'b', 'docs/build': 'a file' },
  },
  {
    name: "a task that cannot be rendered is in nobody's way who leaves tasks out",
    documented: 'configuring/#tasks',
    files: {
      'copier.yml': '_exclude: [copier.yml]\nname: x\n_tasks: [{command: git init, when: "{{ \'*\' | fileglob }}"}]\n',
      'a.txt': 'a',
    },
    gives: { 'a.txt': 'a' },
  },
];
