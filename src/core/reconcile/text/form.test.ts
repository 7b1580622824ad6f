import { describe, expect, it } from 'vitest';
import { pickSide } from './markers.ts';
import { mergeText } from './merge-text.ts';
import { isSameButForForm } from './same-but-for-form.ts';
import { takeOnForm } from './take-on-form.ts';

const LABELS = { ours: 'yours', base: 'app 1', theirs: 'app 2' };

describe('isSameButForForm', () => {
  it.each<[string, string, string, string, boolean]>([
    ['line ends', 'a.txt', 'a\nb\n', 'a\r\nb\r\n', true],
    ['a byte order mark', 'a.txt', 'a\n', '\ufeffa\n', true],
    ['the final newline', 'a.txt', 'a\n', 'a', true],
    ['empty lines at the end', 'a.txt', 'a\n', 'a\n\n\n', true],
    ['blanks at line ends', 'a.txt', 'a\nb\n', 'a  \nb\t\n', true],
    ['indentation', 'a.py', 'a\n  b\n', 'a\n    b\n', false],
    ['blanks between words', 'a.txt', 'a b\n', 'a  b\n', false],
    ['an empty line between', 'a.txt', 'a\nb\n', 'a\n\nb\n', false],
    ['the white space of JSON', 'a.json', '{"a": [1, 2]}', '{\n\t"a": [\n1,2]\n}\n', true],
    ['white space in a text of JSON', 'a.json', '{"a": "x y"}', '{"a": "xy"}', false],
    ['an escaped quotation mark in JSON', 'a.json', '{"a": "\\" b"}', '{"a":"\\" b"}', true],
    ['JSON with comments, whose lines matter', 'a.jsonc', '// a\n{"b": 1}', '// a {"b": 1}', false],
    ['white space of JSON in another file', 'a.txt', '{"a": 1}', '{"a":1}', false],
    ['JSON with a block comment', 'a.json', '/* a */ {"b": 1}', '/* a */{"b": 1}', false],
    ['an address in JSON, which is no comment', 'a.json', '{"a": "http://x"}', '{ "a":"http://x" }', true],
    ['a slash in JSON, which is no comment', 'a.json', '{"a": 1} / 2', '{"a":1}/2', true],
    ['JSON by its other names', 'a.CODE-WORKSPACE', '[1]', '[ 1 ]', true],
    ['JSON of web manifests', 'a.webmanifest', '[1]', '[ 1 ]', true],
    ['a name that only ends like one', 'ajson', '[1]', '[ 1 ]', false],
  ])('%s', (_, path, a, b, expected) => expect(isSameButForForm(a, b, path)).toBe(expected));
});

describe('takeOnForm', () => {
  const merge = (base: string, ours: string, theirs: string) => {
    const merged = mergeText({ ...takeOnForm({ base, ours, theirs }), ours, labels: LABELS });
    return merged.kind === 'merged' ? merged.text : merged.marked;
  };

  it.each<[string, string, string, string, string]>([
    ['blanks at line ends', 'a  \nb  \nc\n', 'a\nb\nc\n', 'a  \nB  \nc\n', 'a\nB\nc\n'],
    ['tabs for blanks', 'f {\n  a\n  b\n}\n', 'f {\n\ta\n\tb\n}\n', 'f {\n  A\n  b\n}\n', 'f {\n\tA\n\tb\n}\n'],
    [
      'a depth that is new',
      'f {\n  a\n  b\n}\n',
      'f {\n\ta\n\tb\n}\n',
      'f {\n  a\n  if {\n    c\n  }\n  b\n}\n',
      'f {\n\ta\n\tif {\n\t\tc\n\t}\n\tb\n}\n',
    ],
    ['an edit as well', 'f {\n  a\n  b\n  c\n}\n', 'f {\n\ta\n\tb\n\tmine\n}\n', 'f {\n  A\n  b\n  c\n}\n', 'f {\n\tA\n\tb\n\tmine\n}\n'],
    ['CRLF and blanks', 'a\nb\n', 'a  \r\nb  \r\n', 'a\nB\n', 'a  \r\nB  \r\n'],
    ['the form of the majority', 'a\n  b\n  c\n  d\n', 'a\n\tb\n\tc\n    d\n', 'a\n  x\n  b\n  c\n  d\n', 'a\n\tx\n\tb\n\tc\n    d\n'],
    ['empty lines as the user has them', 'a\n\nb\n\nc\n', 'a\n  \nb\n  \nc\n', 'a\n\nb\n\nC\n\nd\n', 'a\n  \nb\n  \nC\n  \nd\n'],
    ['an indentation that is no multiple', 'f\n  a\n', 'f\n\ta\n', 'f\n  a\n   b\n', 'f\n\ta\n   b\n'],
    ['tabs that the pack brings', 'f\n  a\n', 'f\n    a\n', 'f\n  a\n\tb\n', 'f\n    a\n\tb\n'],
    ['three levels', 'f\n  a\n    b\n', 'f\n a\n  b\n', 'f\n  a\n    b\n      c\n', 'f\n a\n  b\n   c\n'],
    ['an indentation that only the pack changed', 'a\n  b\n  c\n', 'a\n\tb\n\tc\n', 'a\n  b\n    c\n', 'a\n\tb\n\t\tc\n'],
  ])('gives the pack’s changes the form of the user: %s', (_, base, ours, theirs, expected) => {
    expect(merge(base, ours, theirs)).toBe(expected);
  });

  it('leaves a line that was moved in to its user', () => {
    expect(merge('f:\n    a\nb\nc\n', 'f:\n    a\n    b\nc\n', 'f:\n    a\nb(1)\nc\n')).toContain('<<<<<<< yours\n    b\n');
  });

  it('changes nothing where only the text was edited', () => {
    const texts = { base: 'a\nb\n', ours: 'a\nmine\n', theirs: 'a\nb\nc\n' };
    expect(takeOnForm(texts)).toEqual({ base: texts.base, theirs: texts.theirs });
  });
});

describe('pickSide', () => {
  const texts = { base: '1\n2\n3\n4\n', ours: '1\nmine\n3\n4\n', theirs: '1\ntheirs\n3\nfour\n' };

  it('takes one side of each conflict and all that merged', () => {
    const merged = mergeText({ ...texts, labels: LABELS });
    const marked = merged.kind === 'conflict' ? merged.marked : '';
    expect(pickSide(marked, 'ours', LABELS)).toBe('1\nmine\n3\nfour\n');
    expect(pickSide(marked, 'theirs', LABELS)).toBe('1\ntheirs\n3\nfour\n');
  });

  it('does not take lines of the text for markers', () => {
    const own = '<<<<<<< yours\na\n=======\nb\n>>>>>>> app 2\n';
    const merged = mergeText({ base: `${own}x\n`, ours: `${own}mine\n`, theirs: `${own}theirs\n`, labels: LABELS });
    expect(pickSide(merged.kind === 'conflict' ? merged.marked : '', 'ours', LABELS)).toBe(`${own}mine\n`);
  });
});
