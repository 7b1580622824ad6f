import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyPath } from './key-path.ts';
import { locateKeys } from './locate-keys.ts';

function locate(text: string, path: KeyPath, at: 'key' | 'value' = 'key'): string {
  const { line, column } = locateKeys(text).find(path, at);
  return `${line}:${column}`;
}

const CASES: readonly (readonly [string, string, KeyPath, string, string])[] = [
  ['a plain key', 'a = 1', ['a'], '1:1', '1:5'],
  ['a key after a comment', '# x = 1\na = 1', ['a'], '2:1', '2:5'],
  ['a dotted key', 'a.b . c = 1', ['a', 'b', 'c'], '1:7', '1:11'],
  ['a part of a dotted key', 'a.b.c = 1', ['a', 'b'], '1:3', '1:3'],
  ['a basic quoted key', '"a b" = 1', ['a b'], '1:1', '1:9'],
  ['a literal quoted key', "'a.b' = 1", ['a.b'], '1:1', '1:9'],
  ['a key with escapes', '"\\u0061\\tb" = 1', ['a\tb'], '1:1', '1:15'],
  ['a table', '[a]\nb = 1', ['a', 'b'], '2:1', '2:5'],
  ['a table of a table', '[ a . "b" ]\nc = 1', ['a', 'b'], '1:7', '1:7'],
  ['an inline table', 'a = { b = 1, c = { d = 2 } }', ['a', 'c', 'd'], '1:20', '1:24'],
  ['a dotted key in an inline table', 'a = { b.c = 1 }', ['a', 'b', 'c'], '1:9', '1:13'],
  ['an array entry', 'a = [1, 2, 3]', ['a', 2], '1:12', '1:12'],
  ['an array over lines with comments', 'a = [ # ], x\n  "]", # y\n  2,\n]', ['a', 1], '3:3', '3:3'],
  ['tables in an array', 'a = [{ b = 1 }, { b = 2 }]', ['a', 1, 'b'], '1:19', '1:23'],
  ['an array of tables', '[[a]]\nb = 1\n[[a]]\nb = 2', ['a', 1, 'b'], '4:1', '4:5'],
  ['a table below an array of tables', '[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2', ['a', 1, 'b', 'c'], '6:1', '6:5'],
  ['nested arrays of tables', '[[a]]\n[[a.b]]\n[[a.b]]\nc = 1', ['a', 0, 'b', 1, 'c'], '4:1', '4:5'],
  ['what follows a string with brackets', 'a = "[[x]]\\""\nb = 1', ['b'], '2:1', '2:5'],
  ['what follows a long string', 'a = """\nb = 2\n\\""" ""\n"""\nb = 1', ['b'], '5:1', '5:5'],
  ['what follows a long string that ends in quotes', 'a = """x"""""\nb = 1', ['b'], '2:1', '2:5'],
  ['what follows a long literal', "a = '''\nb = 2\n\\'''\nb = 1", ['b'], '4:1', '4:5'],
  ['what follows a date', 'a = 1979-05-27 07:32:00 # x\nb = 1', ['b'], '2:1', '2:5'],
  ['CRLF', 'a = 1\r\nb = 2\r\n', ['b'], '2:1', '2:5'],
  ['a key that is absent, at its table', '[a]\nb = 1', ['a', 'x', 'y'], '1:2', '1:2'],
  ['a key that is nowhere, at the beginning', 'b = 1', ['x'], '1:1', '1:1'],
  ['an empty key', '"" = 1', [''], '1:1', '1:6'],
];

describe('locateKeys', () => {
  it.each(CASES)('finds %s', (_name, text, path, key, value) => {
    expect([locate(text, path, 'key'), locate(text, path, 'value')]).toEqual([key, value]);
  });

  it('never throws and stays within the text, whatever it is', () => {
    const fragment = fc.constantFrom(
      '[',
      ']',
      '[[',
      '{',
      '}',
      '"',
      "'",
      '"""',
      "'''",
      '\\',
      '=',
      '.',
      ',',
      '#',
      '\n',
      ' ',
      'a',
      'b',
      '1',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { line, column } = locateKeys(text).find(['a', 'b', 0], 'value');
        const lines = text.split('\n');
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
      }),
    );
  });

  it.each([
    ['dotted keys', `a${'.a'.repeat(200_000)} = 1`],
    ['brackets', '['.repeat(300_000)],
    ['braces', `a = ${'{a='.repeat(100_000)}`],
    ['openings in a row', 'a = ["'.repeat(50_000)],
  ])('ends on endless %s', (_name, text) => {
    expect(locate(text, ['zzz'])).toBe('1:1');
  });
});
