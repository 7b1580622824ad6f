import { expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { asCheckedOut } from './checked-out.ts';

/** What a file becomes, with attributes by directory. */
function checkedOut(path: string, text: string, attributes: Readonly<Record<string, string>>, prefix = ''): string | undefined {
  const tree = new Map([[path as ProjectPath, { content: encodeUtf8(text), mode: 0o755 as const }]]);
  const entry = asCheckedOut(tree, prefix, new Map(Object.entries(attributes))).get(path as ProjectPath);
  expect(entry?.mode).toBe(0o755);
  return decodeUtf8(entry?.content ?? new Uint8Array());
}

it.each<readonly [name: string, path: string, attributes: string, text: string, expected: string]>([
  ['an end of Windows', 'd/a.bat', '*.bat text eol=crlf', 'a\nb\r\nc', 'a\r\nb\r\nc'],
  ['the end alone', 'a.bat', '*.bat eol=crlf', 'a\n', 'a\r\n'],
  ['another name', 'a.sh', '*.bat text eol=crlf', 'a\n', 'a\n'],
  ['the last rule', 'a.bat', '* text eol=crlf\n*.bat eol=lf', 'a\n', 'a\n'],
  ['an end that is taken back', 'a.bat', '* text eol=crlf\n*.bat !eol', 'a\n', 'a\n'],
  ['no text', 'a.png', '* text=auto eol=crlf\n*.png binary', 'a\n', 'a\n'],
  ['a guess', 'a.txt', '* text=auto eol=crlf', 'a\nb\n', 'a\r\nb\r\n'],
  ['a guess about what has such ends', 'a.txt', '* text=auto eol=crlf', 'a\nb\r\n', 'a\nb\r\n'],
  ['a guess about what is binary', 'a.txt', '* text=auto eol=crlf', 'a\n\0', 'a\n\0'],
  ['the end of the system', 'a.txt', '* text=auto', 'a\n', 'a\n'],
  ['a comment, a macro and an empty line', 'a.txt', '# *.txt eol=crlf\n\n[attr]win eol=crlf\n', 'a\n', 'a\n'],
  ['an anchored pattern', 'd/a.txt', '/a.txt eol=crlf', 'a\n', 'a\n'],
  ['a path', 'd/e/a.txt', 'd/**/a.txt eol=crlf', 'a\n', 'a\r\n'],
])('%s', (_name, path, attributes, text, expected) => expect(checkedOut(path, text, { '': attributes })).toBe(expected));

it('holds no more rules against each path than it has time for', () => {
  const rules = '*.txt eol=lf\n'.repeat(400);
  expect(checkedOut('a.txt', 'a\n', { '': `${rules}*.txt eol=crlf` })).toBe('a\r\n');
  expect(checkedOut('a.txt', 'a\n', { '': `*.txt eol=crlf\n${'*.md eol=crlf\n'.repeat(400)}` })).toBe('a\n');
});

it('lets the nearest file decide, in a directory whose name is a template', () => {
  const folder = '{{cookiecutter.slug}}';
  const attributes = { '': '* text eol=crlf', [`sets/one/${folder}`]: '*.sh eol=lf' };
  expect(checkedOut(`${folder}/a.sh`, 'a\n', attributes, 'sets/one/')).toBe('a\n');
  expect(checkedOut(`${folder}/a.txt`, 'a\n', attributes, 'sets/one/')).toBe('a\r\n');
});
