import { describe, expect, it } from 'vitest';
import { fitText, foldText, textWidth, wrapText } from './text-width.ts';

describe('the width of text', () => {
  it.each<[string, number]>([
    ['', 0],
    ['abc', 3],
    ['größe', 5],
    ['e\u0301', 1],
    ['日本', 4],
    ['🚀', 2],
  ])('%j takes %i columns', (text, width) => expect(textWidth(text)).toBe(width));

  it.each<[string, number, string]>([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['ab cd', 4, 'ab…'],
    ['日本語', 5, '日本…'],
    ['日本語', 4, '日…'],
  ])('%j fits into %i columns as %j', (text, columns, fitted) => expect(fitText(text, columns)).toBe(fitted));

  it.each<[string, number, string[]]>([
    ['', 10, []],
    ['one two three', 7, ['one two', 'three']],
    ['  one\n two ', 20, ['one two']],
    ['extraordinary a b', 4, ['extraordinary', 'a b']],
  ])('%j wraps at %i', (text, columns, lines) => expect(wrapText(text, columns)).toEqual(lines));

  it.each<[string, number | undefined, string]>([
    ['one two three', undefined, 'one two three'],
    ['one two three', 13, 'one two three'],
    ['one two three', 9, 'one two\n  three'],
    ['  one two three\nfour\n', 9, '  one two\n    three\nfour\n'],
    ['see `packs list --all`, then go', 14, 'see\n  `packs list --all`,\n  then go'],
    ['an odd ` is no command', 11, 'an odd ` is\n  no\n  command'],
    ['/a/path/that/is/long', 5, '/a/path/that/is/long'],
    ['\u001b[31mred\u001b[39m and blue', 12, '\u001b[31mred\u001b[39m and blue'],
    ['\u001b[31mred\u001b[39m and blue', 11, '\u001b[31mred\u001b[39m and\n  blue'],
    ['日本 日本', 6, '日本\n  日本'],
  ])('%j folds at %s', (text, columns, folded) => expect(foldText(text, columns)).toBe(folded));
});
