import { describe, expect, it } from 'vitest';
import { compileGlob } from './glob.ts';

const CASES: readonly [pattern: string, path: string, matches: boolean][] = [
  ['a.txt', 'a.txt', true],
  ['a.txt', 'b/a.txt', false],
  ['*.txt', 'a.txt', true],
  ['*.txt', 'b/a.txt', false],
  ['**/*.txt', 'a.txt', true],
  ['**/*.txt', 'b/c/a.txt', true],
  ['**/foo', 'afoo', false],
  ['**/foo', 'a/foo', true],
  ['docs/**', 'docs/a/b.md', true],
  ['docs/**', 'docs2/a', false],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/xb', false],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['{a,b}.{js,ts}', 'b.ts', true],
  ['{a,b}.{js,ts}', 'c.ts', false],
  ['\\*', '*', true],
  ['**', 'a/b/c', true],
  ['*', '', true],
];

describe('compileGlob', () => {
  it.each(CASES)('%s on %s: %s', (pattern, path, matches) => expect(compileGlob(pattern).matches(path)).toBe(matches));

  it('stays linear on a pattern made to explode', () => {
    expect(compileGlob(`${'*a'.repeat(200)}b`).matches('a'.repeat(1000))).toBe(false);
  });

  it('refuses brace bombs', () => {
    expect(() => compileGlob('{a,b}'.repeat(12))).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });
});
