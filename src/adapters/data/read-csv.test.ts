import { describe, expect, it } from 'vitest';
import { readCsv } from './read-csv.ts';

const rows = (...entries: Record<string, string>[]) => ({ kind: 'value', value: entries.map((entry) => new Map(Object.entries(entry))) });

describe('readCsv', () => {
  it.each([
    ['a table', 'a,b\n1,2\n', rows({ a: '1', b: '2' })],
    ['quotes, delimiters and line breaks in them', 'a,b\r\n"1,""x""","2\r\n3"\r\n', rows({ a: '1,"x"', b: '2\r\n3' })],
    ['a byte order mark, and empty lines', '\ufeffa\n\n1\n\n', rows({ a: '1' })],
    ['a name that objects have', '__proto__\n1\n', { kind: 'value', value: [new Map([['__proto__', '1']])] }],
    ['nothing', '', rows()],
    ['too few fields', 'a,b\n1,2\n3\n', { kind: 'problem', problem: expect.stringContaining('expect 2, got 1'), line: 3, column: 1 }],
    ['a quote that is not closed', 'a,b\n1,"2\n3', { kind: 'problem', problem: 'a quoted field is not closed', line: 2, column: 3 }],
    [
      'text behind a quote, after other letters',
      'ä,b\né,"x"y\n',
      { kind: 'problem', problem: expect.stringContaining('quoted wrongly'), line: 2, column: 3 },
    ],
    ['a column twice', 'a,a\n1,2\n', { kind: 'problem', problem: 'the column "a" is there twice', line: 1 }],
    ['a column without a name', 'a,\n1,2\n', { kind: 'problem', problem: 'the column 2 has no name', line: 1 }],
  ])('reads %s', (_what, text, outcome) => {
    expect(readCsv(text, ',')).toEqual(outcome);
  });

  it('reads tabs', () => {
    expect(readCsv('a\tb\n1\t2,3\n', '\t')).toEqual(rows({ a: '1', b: '2,3' }));
  });

  it('stops at the most rows', () => {
    expect(readCsv(`a\n${'1\n'.repeat(100_000)}`, ',').kind).toBe('value');
    expect(readCsv(`a\n${'1\n'.repeat(500_000)}`, ',')).toMatchObject({ kind: 'problem', problem: expect.stringContaining('(dataRows)') });
  });
});
