import { describe, expect, it } from 'vitest';
import type { Value } from '../../pack/values.ts';
import { findEmailProblem, findPathAnswerProblem, findTextProblem, findUrlProblem, normalisePath } from './check-format.ts';
import { formatAnswer } from './format-answer.ts';
import { formatJsonValue, parseJsonValue } from './json-value.ts';
import { findNestingProblem } from './nesting-guard.ts';
import { splitList, splitPair, splitUnescaped } from './split-list.ts';
import { parseYamlValue } from './yaml-value.ts';

/** Maps as objects, for comparison. */
function plain(value: Value): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

describe('parseJsonValue', () => {
  const read = (text: string, maximum?: number) => {
    const outcome = parseJsonValue(text, maximum);
    return outcome.kind === 'problem' ? `${outcome.problem} at ${outcome.offset}` : plain(outcome.value);
  };
  it.each<readonly [string, unknown]>([
    ['{"a": [1, -2.5, "x", true, null, {"b": {}}]}', { a: [1, -2.5, 'x', true, null, { b: {} }] }],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-9007199254740993', -9007199254740993n],
    ['9007199254740993.5', 9007199254740994],
    ['1e3', 1000],
    ['1e400', 'the number 1e400 is too large at 0'],
    ['{"a": 1, "a": 2}', 'the key "a" is repeated at 9'],
    ['{"a": {"b": 1, "b": 2}, "c": 1e400}', 'the key "b" is repeated at 15'],
    ['', 'value expected at 0'],
    ['[1,]', 'value expected at 3'],
    ['// x\n1', 'invalid comment token at 0'],
    ['[1', 'close bracket expected at 2'],
    ['{"a" 1}', 'colon expected at 5'],
    ['1 2', 'end of file expected at 2'],
  ])('of %j', (text, value) => expect(read(text)).toEqual(value));

  it('says where the keys of the outermost object are', () => {
    const outcome = parseJsonValue('{"a": {"b": 1}, "c": 2}');
    expect(outcome.kind === 'value' && [...outcome.offsets]).toEqual([
      ['a', 1],
      ['c', 16],
    ]);
  });

  it('refuses what is too long or too deep before it is read', () => {
    expect(read('[1, 2]', 5)).toBe('it has 6 characters; at most 5 are allowed at 5');
    expect(read('['.repeat(65))).toBe('it has more than 64 levels of nesting at 64');
  });
});

describe('findNestingProblem', () => {
  it.each([
    ['[{'.repeat(32), undefined],
    [`${'[{'.repeat(32)}{`, 64],
    ['[]{}'.repeat(100), undefined],
    [`${']'.repeat(10)}${'['.repeat(64)}`, undefined],
    [`${']}'.repeat(10)}${'['.repeat(65)}`, 84],
    ['a'.repeat(1_000_000), undefined],
    ['a'.repeat(1_000_001), 1_000_000],
  ])('of text %#', (text, offset) => expect(findNestingProblem(text)?.offset).toBe(offset));
});

describe('formatJsonValue and formatAnswer', () => {
  it.each<readonly [Value, json: string, answer: string]>([
    ['a"b', '"a\\"b"', 'a"b'],
    [1.5, '1.5', '1.5'],
    [12345678901234567890n, '12345678901234567890', '12345678901234567890'],
    [true, 'true', 'true'],
    [null, 'null', ''],
    [[], '[]', ''],
    [['a', 'b c'], '["a", "b c"]', 'a, b c'],
    [['a,b'], '["a,b"]', '["a,b"]'],
    [['a\\b'], '["a\\\\b"]', '["a\\\\b"]'],
    [['[a'], '["[a"]', '["[a"]'],
    [['a['], '["a["]', 'a['],
    [[' a'], '[" a"]', '[" a"]'],
    [['a', ''], '["a", ""]', '["a", ""]'],
    [[1], '[1]', '[1]'],
    [new Map(), '{}', ''],
    [
      new Map<string, Value>([
        ['a', 1],
        ['b', [null]],
      ]),
      '{"a": 1, "b": [null]}',
      '{"a": 1, "b": [null]}',
    ],
  ])('of value %#', (value, json, answer) => {
    expect(formatJsonValue(value)).toBe(json);
    expect(formatAnswer(value)).toBe(answer);
  });
});

describe('lists and pairs', () => {
  it.each<readonly [string, readonly string[]]>([
    ['', []],
    ['  ', []],
    ['a', ['a']],
    [' a , b ', ['a', 'b']],
    ['a,,b', ['a', '', 'b']],
    ['a\\,b,c', ['a,b', 'c']],
    ['a\\\\,b', ['a\\', 'b']],
    ['a\\\nb', ['a\nb']],
    ['a\\', ['a\\']],
  ])('%j is %j', (text, items) => expect(splitList(text)).toEqual(items));

  it.each<readonly [string, readonly [string, string] | undefined]>([
    ['a=b', ['a', 'b']],
    [' a = b=c ', ['a', 'b=c']],
    ['a\\=b=c', ['a=b', 'c']],
    ['a=', ['a', '']],
    ['=b', undefined],
    ['a', undefined],
  ])('%j is the pair %j', (text, pair) => expect(splitPair(text)).toEqual(pair));

  it('keeps backslashes where it only splits', () => expect(splitUnescaped('a\\,b,c\\', ',')).toEqual(['a\\,b', 'c\\']));
});

describe('parseYamlValue', () => {
  const read = (text: string) => {
    const outcome = parseYamlValue(text);
    return outcome.kind === 'problem' ? `${outcome.problem} at ${outcome.offset}` : plain(outcome.value);
  };
  it.each<readonly [string, unknown]>([
    ['', {}],
    ['# only a comment', {}],
    ['a: 1\nb: [x, true, null, 1.5, ~]\nc:\n  d: "1"\n', { a: 1, b: ['x', true, null, 1.5, null], c: { d: '1' } }],
    ['a: 9007199254740993\nb: 9007199254740991', { a: 9007199254740993n, b: 9007199254740991 }],
    ['1: a\ntrue: b\n~: c', { 1: 'a', true: 'b', '': 'c' }],
    ['- a\n- b', ['a', 'b']],
    ['text', 'text'],
    ['a: &x 1', 'anchors and aliases are not allowed at 6'],
    ['a: 1\nb: *x', expect.stringMatching(/^(?:Unresolved alias|anchors and aliases)/)],
    ['a: !t 1', expect.stringContaining('!t')],
    ['a: .inf', 'infinite numbers and nan are not allowed at 3'],
    ['a: .nan', 'infinite numbers and nan are not allowed at 3'],
    ['[a]: 1', 'a key must be a plain value at 0'],
    ['a: 1\na: 2', 'Map keys must be unique at 5'],
    ['a: [', expect.stringContaining(' at ')],
    [`${' '.repeat(256)}a: 1`, 'it is nested too deeply at 0'],
    [`a: 1\n${'- '.repeat(64)}x`, 'it is nested too deeply at 5'],
    [`${'- '.repeat(63)}x`, expect.any(Array)],
  ])('of %j', (text, value) => expect(read(text)).toEqual(value));

  it('says where the outermost keys are', () => {
    const outcome = parseYamlValue('a: 1\nb:\n  c: 2\n');
    expect(outcome.kind === 'value' && [...outcome.offsets]).toEqual([
      ['a', 0],
      ['b', 5],
    ]);
  });
});

describe('formats', () => {
  it.each<readonly [string, string | undefined]>([
    ['https://example.com', undefined],
    ['HTTP://user:pw@example.com:8080/a?b#c', undefined],
    ['http://[::1]:80/', undefined],
    ['http://localhost.', undefined],
    ['x+y.z-1://a', undefined],
    ['http://a:65535', undefined],
    [`http://a/${'x'.repeat(8183)}`, undefined],
    [`http://a/${'x'.repeat(8184)}`, 'it is longer than 8192 characters'],
    ['http://a b', 'it has a space or a line break'],
    ['http://a\n', 'it has a space or a line break'],
    ['example.com', 'it does not begin with a scheme such as https://'],
    ['1http://a', 'it does not begin with a scheme such as https://'],
    ['http:/a', 'it does not begin with a scheme such as https://'],
    ['http://a/ü', 'it has a character that must be percent-encoded'],
    ['http://a/%4', 'it has a character that must be percent-encoded'],
    ['http://a/%4f', undefined],
    ['http://', 'it has no host'],
    ['http:///a', 'it has no host'],
    ['http://user@', 'it has no host'],
    ['http://-a', 'its host "-a" is not valid'],
    ['http://a..b', 'its host "a..b" is not valid'],
    [`http://${'a'.repeat(64)}`, `its host "${'a'.repeat(64)}" is not valid`],
    ['http://[::1', 'its host is not valid'],
    ['http://a:b', 'its port "b" is not a number up to 65535'],
    ['http://a:65536', 'its port "65536" is not a number up to 65535'],
    ['http://a:123456', 'its port "123456" is not a number up to 65535'],
    ['http://a:', 'its port "" is not a number up to 65535'],
  ])('of the address %j: %s', (text, problem) => expect(findUrlProblem(text)).toBe(problem));

  it.each<readonly [string, string | undefined]>([
    ['ada@example.com', undefined],
    ["a.b+c'd@localhost", undefined],
    [`${'a'.repeat(64)}@b.c`, undefined],
    ['ada', 'it has no "@"'],
    ['@b', 'what stands before the "@" is not valid'],
    ['a..b@c', 'what stands before the "@" is not valid'],
    ['.a@c', 'what stands before the "@" is not valid'],
    ['a@b@c', 'what stands before the "@" is not valid'],
    [`${'a'.repeat(65)}@b.c`, 'what stands before the "@" is not valid'],
    ['a@', 'what stands after the "@" is not the name of a host'],
    ['a@b.', 'what stands after the "@" is not the name of a host'],
    ['a@b_c', 'what stands after the "@" is not the name of a host'],
    ['a@-b', 'what stands after the "@" is not the name of a host'],
    [`a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(60)}`, undefined],
    [`a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(61)}`, 'it is longer than 254 characters'],
  ])('of the e-mail address %j: %s', (text, problem) => expect(findEmailProblem(text)).toBe(problem));

  it.each([
    ['./a/b/', 'a/b'],
    ['././a', 'a'],
    ['a//', 'a//'],
    ['/', '/'],
    ['a', 'a'],
  ])('of the path %j: %j', (text, path) => expect(normalisePath(text)).toBe(path));

  it('of paths that leave', () => {
    expect(findPathAnswerProblem('./a/')).toBeUndefined();
    expect(findPathAnswerProblem('../a')).toBe('it has a ".." segment');
  });

  it.each<readonly [string, form: 'line' | 'lines' | 'any', string | undefined]>([
    ['a\tb', 'line', undefined],
    ['a\nb', 'lines', undefined],
    ['a\nb', 'line', 'it has a line break'],
    ['a\u2028b', 'line', 'it has a line break'],
    ['a\u0007b', 'lines', 'it has a control character'],
    ['a\u009bb', 'lines', 'it has a control character'],
    ['\u001b[1ma\r\nb', 'any', undefined],
    ['a\0', 'any', 'it has a control character'],
    ['\ud800', 'any', 'it has an unpaired surrogate'],
  ])('of the text %j, as %s: %s', (text, form, problem) => expect(findTextProblem(text, form)).toBe(problem));
});
