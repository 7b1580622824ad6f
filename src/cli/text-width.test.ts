import { describe, expect, it } from 'vitest';
import { fitText, textWidth, wrapText } from './text-width.ts';

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
});
