import { describe, expect, it } from 'vitest';
import { parsePlainData, toRows } from './parse-plain-data.ts';

describe('plain data', () => {
  it.each([
    ['json', '\ufeff{"a": [1, "x", null, true]}'],
    ['yaml', 'a: [1, x, null, true]\n'],
    ['yaml', 'a:\n- 1\n- x\n- ~\n- true\n'],
  ] as const)('is a value, read from %s', (format, text) => {
    expect(parsePlainData(text, format)).toEqual({ kind: 'value', value: new Map([['a', [1, 'x', null, true]]]) });
  });

  it('is a value, read from TOML', () => {
    expect(parsePlainData('[a]\nb = 1\n', 'toml')).toEqual({ kind: 'value', value: new Map([['a', new Map([['b', 1]])]]) });
  });

  it.each([
    ['json', '{\n  "a": }', 2],
    ['yaml', 'a: 1\nb: *c\n', 2],
    ['yaml', 'a: 1\nb: !x 1\n', 2],
    ['toml', 'a = 1\nb = \n', 2],
    ['yaml', `a: ${'['.repeat(300)}`, 1],
    ['toml', `a = ${'['.repeat(300)}`, 1],
  ] as const)('names the line of what is wrong in %s', (format, text, line) => {
    const outcome = parsePlainData(text, format);
    expect(outcome).toMatchObject({ kind: 'problem', line, column: expect.any(Number), problem: expect.stringMatching(/\w/) });
  });
});

describe('a table', () => {
  it('is a map for each row, all of it text; what a row lacks is empty', () => {
    expect(toRows([['id', 'name'], ['007', 'Ada'], ['008']])).toEqual({
      kind: 'value',
      value: [
        new Map([
          ['id', '007'],
          ['name', 'Ada'],
        ]),
        new Map([
          ['id', '008'],
          ['name', ''],
        ]),
      ],
    });
  });

  it.each([
    [[], []],
    [[['a', 'b']], []],
  ])('without rows is empty: %j', (records, value) => expect(toRows(records)).toEqual({ kind: 'value', value }));

  it.each([
    [['a', '', 'b'], 'the column 2 has no name'],
    [['a', 'b', 'a'], 'the column "a" is there twice'],
  ])('is refused with the columns %j', (header, problem) => {
    expect(toRows([header, ['1', '2', '3']])).toEqual({ kind: 'problem', problem, line: 1 });
  });
});
