import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { applyEdits } from './apply-edits.ts';
import { checkResult } from './check-result.ts';
import type { CaseEdit } from './pack-case.ts';
import { parsePackCase } from './parse-pack-case.ts';

function treeOf(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path as ProjectPath,
      { content: typeof content === 'string' ? encodeUtf8(content) : content, mode: path.endsWith('.sh') ? 0o755 : 0o644 },
    ]),
  );
}

const FILES = {
  'README.md': '# tea shop\n\nSells tea.\n',
  'package.json': `{"name": "tea-shop", "scripts": {"test": "vitest"}, "files": ["a", "b"], "n": null, "empty": {}, "long": "${'x'.repeat(100)}"}`,
  'many.json': JSON.stringify(Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`k${String(index).padStart(2, '0')}`, index]))),
  'list.json': '[1, 2]',
  'five.json': '5',
  'bare.json': '{}',
  'x.toml': 'big = 9223372036854775807\nday = 2026-03-05\n',
  'y.yaml': 'a: 1\n---\nb: 2\n',
  'bad.yaml': 'a: [1\n',
  'bad.json': '{"a": ',
  'bad.toml': 'a =',
  'run.sh': '#!/bin/sh\n',
  'plain.txt': 'no\n',
  'binary.bin': new Uint8Array([0xff]),
};

/** What a case with these expectations says of the files. */
function problems(expectation: string, files: Readonly<Record<string, string | Uint8Array>> = FILES): string[] {
  const { case: read, diagnostics } = parsePackCase(`name = "x"\n\n[expect]\n${expectation}\n`, 'tests/x.toml');
  if (read === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return checkResult(treeOf(files), read.expect).map(({ at, message }) => `${at.slice(1).join('.')}: ${message}`);
}

describe('what differs from what a case expects', () => {
  it.each<readonly [expectation: string, ...found: string[]]>([
    ['files = ["README.md", "*.toml"]\nabsent = ["docs/**"]\nexecutable = ["*.sh"]'],
    ['files = ["REDME.md", "docs/*"]', 'files.0: there is no REDME.md; there is README.md', 'files.1: there is no docs/*'],
    [
      'absent = ["*.sh", "plain.txt"]',
      'absent.0: there is run.sh, which should not be there',
      'absent.1: there is plain.txt, which should not be there',
    ],
    [
      'executable = ["*.md", "run.ps1"]',
      'executable.0: README.md cannot be run: it has no execute bit',
      'executable.1: there is no run.ps1; there is run.sh',
    ],
    [
      'contains = {"README.md" = ["tea", "Sels tea"]}',
      'contains.README.md.1: README.md does not contain "Sels tea"; the nearest is line 3: "Sells tea."',
    ],
    [
      'contains = {"README.md" = ["xy", "zzzzzzzz"]}',
      'contains.README.md.0: README.md does not contain "xy"',
      'contains.README.md.1: README.md does not contain "zzzzzzzz"',
    ],
    [
      'contains = {"nothing.md" = ["x"], "binary.bin" = ["x"]}',
      'contains.nothing.md: there is no nothing.md',
      'contains.binary.bin: binary.bin is no text in UTF-8',
    ],
    ['lacks = {"README.md" = ["coffee", "Sells"]}', 'lacks.README.md.1: README.md contains "Sells" in line 3'],
    ['matches = {"README.md" = ["^# tea", "cof+ee"]}', 'matches.README.md.1: README.md does not match "cof+ee"'],
    [
      'text = {"plain.txt" = "yes\\n", "run.sh" = "#!/bin/sh\\n", "nothing" = ""}',
      'text.plain.txt: plain.txt is not as expected',
      'text.nothing: there is no nothing',
    ],
    ['values = {"package.json" = {"/name" = "tea-shop", "/scripts" = {test = "vitest"}, "/files" = ["a", "b"]}}'],
    ['values = {"package.json" = {"/name" = "x"}}', 'values.package.json./name: package.json at /name is "tea-shop", not "x"'],
    ['values = {"package.json" = {"/long" = "x"}}', `values.package.json./long: package.json at /long is "${'x'.repeat(79)}…, not "x"`],
    [
      'values = {"package.json" = {"/files" = ["a"], "/scripts" = {}}}',
      'values.package.json./files: package.json at /files is not as expected',
      'values.package.json./scripts: package.json at /scripts is not as expected',
    ],
    [
      'values = {"package.json" = {"/files" = {a = 1}, "/n" = {a = 1}}}',
      'values.package.json./files: package.json at /files is not as expected',
      'values.package.json./n: package.json at /n is not as expected',
    ],
    [
      'values = {"package.json" = {"/scripts/build" = 1}}',
      'values.package.json./scripts/build: package.json has nothing at /scripts/build: /scripts has test',
    ],
    [
      'values = {"package.json" = {"/files/2" = 1, "/files/-" = 1}}',
      'values.package.json./files/2: package.json has nothing at /files/2: /files is a list of 2',
      'values.package.json./files/-: package.json has nothing at /files/-: /files is a list of 2',
    ],
    [
      'values = {"package.json" = {"/name/x" = 1, "/empty/x" = 1, "/n/x" = 1}}',
      'values.package.json./name/x: package.json has nothing at /name/x: /name is "tea-shop"',
      'values.package.json./empty/x: package.json has nothing at /empty/x',
      'values.package.json./n/x: package.json has nothing at /n/x: /n is null',
    ],
    [
      'values = {"many.json" = {"/x" = 1}}',
      'values.many.json./x: many.json has nothing at /x: the document has k00, k01, k02, k03, k04, k05, k06, k07, k08, k09, k10, k11 …',
    ],
    [
      'values = {"list.json" = {"/5" = 1}, "five.json" = {"/a" = 1}, "bare.json" = {"/a" = 1}}',
      'values.list.json./5: list.json has nothing at /5: the document is a list of 2',
      'values.five.json./a: five.json has nothing at /a',
      'values.bare.json./a: bare.json has nothing at /a',
    ],
    ['values = {"x.toml" = {"/big" = "9223372036854775807"}}'],
    ['values = {"x.toml" = {"/big" = 5}}', 'values.x.toml./big: x.toml at /big is "9223372036854775807", not 5'],
    ['values = {"y.yaml" = {"/1/b" = 2}}'],
    ['values = {"bad.json" = {"/a" = 1}}', 'values.bad.json: bad.json cannot be parsed: line 1: ValueExpected'],
    [
      'no_values = {"package.json" = ["/scripts/test", "/nothing"]}',
      'no_values.package.json.0: package.json has "vitest" at /scripts/test',
    ],
    ['no_values = {"gone.json" = ["/a"]}', 'no_values.gone.json: there is no gone.json; there is bare.json'],
  ])('%s', (expectation, ...found) => expect(problems(expectation)).toEqual(found));

  it.each(['bad.yaml', 'bad.toml'])('%s is said to be none, in one line', (path) => {
    const [found = '', ...more] = problems(`values = {"${path}" = {"/a" = 1}}`);
    expect(found).toMatch(new RegExp(`^values\\.${path}: ${path} cannot be parsed: .+$`));
    expect([found.includes('\n'), more]).toEqual([false, []]);
  });

  it('names each file that a complete list does not have', () => {
    expect(problems('files = ["a"]\ncomplete = true', { a: '', b: '', 'c/d': '' })).toEqual([
      'complete: there is b, which `files` does not list',
      'complete: there is c/d, which `files` does not list',
    ]);
  });

  it('finds keys with slashes and tildes by their pointer', () => {
    expect(problems('values = {"a.json" = {"/a~1b/~0" = 1}}', { 'a.json': '{"a/b": {"~": 1}} // a comment' })).toEqual([]);
  });
});

describe('the edits of a case', () => {
  const edit = (path: string, action: CaseEdit['action']): CaseEdit => ({ path, action });
  const FILE = 'a.txt';

  it.each<readonly [name: string, action: CaseEdit['action'], before: string | Uint8Array | undefined, after: string | undefined]>([
    ['write', { kind: 'write', text: 'x' }, undefined, 'x'],
    ['write over', { kind: 'write', text: 'x' }, 'y', 'x'],
    ['delete', { kind: 'delete' }, 'y', undefined],
    ['append with the line ends of the file', { kind: 'append', text: 'b\nc\r\n' }, 'a\r\n', 'a\r\nb\r\nc\r\n'],
    ['prepend', { kind: 'prepend', text: 'b\n' }, 'a\n', 'b\na\n'],
    ['replace, whatever stands in the text', { kind: 'replace', old: 'a\nb', text: '$& $1' }, 'a\r\nb', '$& $1'],
  ])('%s', (_name, action, before, after) => {
    const made = applyEdits(treeOf(before === undefined ? {} : { [FILE]: before }), [edit(FILE, action)]);
    const content = made.kind === 'edited' ? made.tree.get(FILE as ProjectPath)?.content : undefined;
    expect(made.kind).toBe('edited');
    expect(content === undefined ? undefined : new TextDecoder().decode(content)).toBe(after);
  });

  it('move a file with its mode', () => {
    const made = applyEdits(treeOf({ 'a.sh': 'x' }), [edit('a.sh', { kind: 'move', to: 'b/c' })]);
    expect(made).toEqual({ kind: 'edited', tree: new Map([['b/c', { content: encodeUtf8('x'), mode: 0o755 }]]) });
  });

  it.each<readonly [action: CaseEdit['action'], path: string, problem: string]>([
    [{ kind: 'delete' }, 'gone', 'there is no gone'],
    [{ kind: 'move', to: 'b.txt' }, FILE, 'there is b.txt already'],
    [{ kind: 'append', text: 'x' }, 'binary', 'binary is no text in UTF-8'],
    [{ kind: 'replace', old: 'zz', text: '' }, FILE, 'a.txt has no "zz"'],
    [{ kind: 'replace', old: 'a', text: '' }, FILE, 'a.txt has 2 times "a"'],
  ])('%j of %s: %s', (action, path, problem) => {
    const tree = treeOf({ [FILE]: 'a a', 'b.txt': '', binary: new Uint8Array([255]) });
    expect(applyEdits(tree, [edit('b.txt', { kind: 'append', text: '' }), edit(path, action)])).toEqual({
      kind: 'problem',
      index: 1,
      problem,
    });
  });
});
