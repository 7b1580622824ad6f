import { describe, expect, it } from 'vitest';
import { compileGlob, compileIgnorePattern, compileRustIgnorePattern, isGlob } from './glob.ts';

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
  ['', '', true],
  ['', 'a', false],
  ['a', '', false],
  ['a*', 'a', true],
  ['*a*', 'bab', true],
  ['a*b', 'a/b', false],
  ['**a', 'x/ya', true],
  ['a**', 'a', true],
  ['**/', 'a', false],
  ['**/**/x', 'a/b/x', true],
  ['?', '', false],
  ['?', '/', false],
  ['[/]', '/', false],
  ['[!a]', '/', false],
  ['[!a]', 'b', true],
  ['[^a]', 'a', false],
  ['[^a]', '^', true],
  ['[a^]', '^', true],
  ['[a!]', '!', true],
  ['[-a]', '-', true],
  ['[a-]', '-', true],
  ['[a-]', 'b', false],
  ['[a-cx-z]', 'y', true],
  ['[a-cx-z]', 'm', false],
  ['[a-cx]', 'x', true],
  ['[b-d]', 'a', false],
  ['[b-d]', 'b', true],
  ['[b-d]', 'd', true],
  ['[b-d]', 'e', false],
  ['[]]', ']', true],
  ['[]', '[]', true],
  ['[a', '[a', true],
  ['a\\', 'a\\', true],
  ['\\[a]', '[a]', true],
  ['{a,b', '{a,b', true],
  ['a}b', 'a}b', true],
  ['a}{b,c}', 'a}b', true],
  ['a}{b,c}d}', 'a}cd}', true],
  ['}{', '}{', true],
  ['{a,}x', 'x', true],
  ['{a,{b,c}}x', 'cx', true],
  ['x{a}', 'xa', true],
];

describe('compileGlob', () => {
  it.each(CASES)('%s on %s: %s', (pattern, path, matches) => expect(compileGlob(pattern).matches(path)).toBe(matches));

  it('stays linear on a pattern made to explode', () => {
    expect(compileGlob(`${'*a'.repeat(200)}b`).matches('a'.repeat(1000))).toBe(false);
  });

  it('refuses brace bombs', () => {
    const message = 'a glob has more than 256 brace alternatives';
    expect(() => compileGlob('{a,b}'.repeat(12))).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED', message }));
    expect(() => compileGlob(`{${'a,'.repeat(256)}b}`)).toThrow(message);
    expect(compileGlob(`{${'a,'.repeat(255)}b}`).matches('b')).toBe(true);
    expect(compileGlob('{a,b}'.repeat(8)).matches('abababab')).toBe(true);
  });

  it('refuses what is longer than a path can be', () => {
    const message = 'a glob has 1025 characters; at most 1024 are allowed';
    expect(() => compileGlob('a'.repeat(1025))).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED', message }));
    expect(compileGlob('a'.repeat(1024)).matches('a'.repeat(1024))).toBe(true);
  });
});

describe('compileIgnorePattern', () => {
  it('takes braces for what they are', () => {
    expect(['{a,b}', 'a'].map(compileIgnorePattern('{a,b}').matches)).toEqual([true, false]);
    expect(['xa', 'xb'].map(compileIgnorePattern('*a').matches)).toEqual([true, false]);
  });

  it('takes two stars for one where they are not a whole segment', () => {
    expect(['a.x', 'b/a.x'].map(compileIgnorePattern('**.x').matches)).toEqual([true, false]);
    expect(['a', 'b/c/a'].map(compileIgnorePattern('**/a').matches)).toEqual([true, true]);
    expect(['*x', '*/x', 'ax'].map(compileIgnorePattern('\\***x').matches)).toEqual([true, false, false]);
  });
});

describe('compileRustIgnorePattern', () => {
  it('takes braces for alternatives, and two of them for what they are', () => {
    expect(['a.x', 'a.y', 'a.z', 'b/a.x'].map(compileRustIgnorePattern('a.{x,y}').matches)).toEqual([true, true, false, false]);
    expect(['{{a}}.x', 'a.x'].map(compileRustIgnorePattern('{{a}}.x').matches)).toEqual([true, false]);
    expect(['a.x', 'b/a.x'].map(compileRustIgnorePattern('**.{x,y}').matches)).toEqual([true, false]);
  });
});

describe('isGlob', () => {
  it('knows its wildcards', () => {
    expect(['a*', 'a?', '[a]', '{a}', 'a', 'a]', 'a}', 'a\\'].map(isGlob)).toEqual([true, true, true, true, false, false, false, false]);
  });
});
