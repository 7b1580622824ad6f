import { describe, expect, it } from 'vitest';
import { compilePattern, type Pattern, replaceMatches } from './pattern.ts';

function compile(source: string): Pattern {
  const compiled = compilePattern(source);
  if (compiled.kind === 'invalid') throw new Error(compiled.reason);
  return compiled.pattern;
}

const reasonOf = (source: string) => {
  const compiled = compilePattern(source);
  return compiled.kind === 'invalid' ? compiled.reason : undefined;
};

describe('compilePattern', () => {
  it('matches the whole text', () => {
    expect(['ab', 'aab', 'xab', 'abx', 'ab\n', ''].map(compile('a+b').matches)).toEqual([true, true, false, false, false, false]);
  });

  it('finds somewhere, with the ends of lines', () => {
    expect(['ab', 'xab', 'x\nab', 'ab\nx', 'x'].map(compile('^ab$').finds)).toEqual([true, false, true, true, false]);
  });

  it.each([
    ['(?=a)', '(look-around does not exist in linear time)'],
    ['(?!a)', '(look-around does not exist in linear time)'],
    ['(?<=a)b', '(look-around does not exist in linear time)'],
    ['(a)\\1', '(back-references do not exist in linear time)'],
  ])('says of %s why it is none: %s', (source, reason) =>
    expect(reasonOf(source)).toMatch(new RegExp(`. ${reason.replace(/[()]/g, '\\$&')}$`)),
  );

  it('says of others what is wrong, and nothing else', () => {
    expect(reasonOf('(')).toContain('missing');
    expect(reasonOf('(')).not.toContain('linear time');
    expect(reasonOf('\\q')).not.toContain('linear time');
  });

  it('takes a thousand characters and no more', () => {
    expect(reasonOf('a'.repeat(1000))).toBeUndefined();
    expect(reasonOf('a'.repeat(1001))).toBe('it has 1001 characters; at most 1000 are allowed');
  });
});

describe('replaceMatches', () => {
  it.each([
    ['a-b-c', '-', '+', 'a+b+c'],
    ['abc', 'x', '+', 'abc'],
    ['a1b22', '\\d+', '$1$', 'a$1$b$1$'],
    ['abc', '(', '+', undefined],
    ['abc', 'b'.repeat(1001), '+', undefined],
    ['b'.repeat(1000), 'b'.repeat(1000), '+', '+'],
  ])('in %j of %j by %j gives %j', (text, source, replacement, result) => expect(replaceMatches(text, source, replacement)).toBe(result));
});
