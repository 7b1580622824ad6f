import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasConflictMarkers } from './markers.ts';
import { markDifferences, mergeText, type TextMergeInput } from './merge-text.ts';

const LABELS = { ours: 'ours', base: 'base', theirs: 'web-api 1.1.0' };
const merge = (input: Partial<TextMergeInput>) => mergeText({ base: '', ours: '', theirs: '', labels: LABELS, ...input });
const merged = (base: string, ours: string, theirs: string): string | undefined => {
  const result = merge({ base, ours, theirs });
  return result.kind === 'merged' ? result.text : undefined;
};

interface Case {
  readonly name: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly expected: string;
}

const CLEAN: readonly Case[] = [
  { name: 'nothing anywhere', base: '', ours: '', theirs: '', expected: '' },
  { name: 'changes far apart', base: 'a\nb\nc\nd\n', ours: 'A\nb\nc\nd\n', theirs: 'a\nb\nc\nD\n', expected: 'A\nb\nc\nD\n' },
  { name: 'the same change twice', base: 'a\n', ours: 'b\n', theirs: 'b\n', expected: 'b\n' },
  {
    name: 'windows line ends of ours stay',
    base: 'a\nb\nc\n',
    ours: 'A\r\nb\r\nc\r\n',
    theirs: 'a\nb\nC\nd\n',
    expected: 'A\r\nb\r\nC\r\nd\r\n',
  },
  { name: 'only line ends differ', base: 'a\nb\n', ours: 'a\r\nb\r\n', theirs: 'a\nc\n', expected: 'a\r\nc\r\n' },
  {
    name: 'mixed line ends stay where they are',
    base: 'a\nb\nc\n',
    ours: 'a\r\nb\nc\r\n',
    theirs: 'a\nb\nc\nd\n',
    expected: 'a\r\nb\nc\r\nd\r\n',
  },
  { name: 'no final newline stays without', base: 'a\nb\nc\n', ours: 'a\nb\nc', theirs: 'A\nb\nc\n', expected: 'A\nb\nc' },
  { name: 'a line after the last one without newline', base: 'a\nb', ours: 'a\nb', theirs: 'a\nb\nc\n', expected: 'a\nb\nc\n' },
  { name: 'byte order mark of ours stays', base: 'a\nb\nc\n', ours: '\uFEFFa\nb\nC\n', theirs: 'A\nb\nc\n', expected: '\uFEFFA\nb\nC\n' },
  { name: 'theirs untouched gives ours byte for byte', base: 'a\n', ours: 'x\r\ny', theirs: 'a\n', expected: 'x\r\ny' },
];

describe('mergeText', () => {
  for (const { name, base, ours, theirs, expected } of CLEAN) it(name, () => expect(merged(base, ours, theirs)).toBe(expected));

  it('marks a conflict in each style', () => {
    const texts = { base: '1\n2\n3\n', ours: '1\nsame\nours\n3\n', theirs: '1\nsame\ntheirs\n3\n' };
    expect(merge({ ...texts, style: 'merge' })).toEqual({
      kind: 'conflict',
      regions: 1,
      marked: '1\nsame\n<<<<<<< ours\nours\n=======\ntheirs\n>>>>>>> web-api 1.1.0\n3\n',
    });
    expect(merge({ ...texts, style: 'diff3' })).toMatchObject({
      marked: '1\n<<<<<<< ours\nsame\nours\n||||||| base\n2\n=======\nsame\ntheirs\n>>>>>>> web-api 1.1.0\n3\n',
    });
    expect(merge({ ...texts })).toMatchObject({
      marked: '1\nsame\n<<<<<<< ours\nours\n||||||| base\n2\n=======\ntheirs\n>>>>>>> web-api 1.1.0\n3\n',
    });
  });

  it('counts the conflicts, and uses the line ends of ours in markers', () => {
    const result = merge({ base: '1\r\n2\n3\n4\n5\n', ours: 'a\r\n2\r\n3\r\n4\r\nb\r\n', theirs: 'x\n2\n3\n4\ny\n', style: 'zdiff3' });
    expect(result).toMatchObject({ kind: 'conflict', regions: 2 });
    expect(result.kind === 'conflict' && result.marked.split('\r\n')).toHaveLength(18);
  });

  it('grows markers past those in the text', () => {
    const text = 'title\n=======\n<<<<<<<< eight\n';
    const result = merge({ base: '', ours: `${text}ours\n`, theirs: 'theirs\n' });
    expect(result.kind === 'conflict' && result.marked).toContain('\n=========\n');
    expect(result.kind === 'conflict' && hasConflictMarkers(result.marked)).toBe(true);
    expect(hasConflictMarkers(text)).toBe(false);
  });

  it('marks two texts without a base only where they differ', () => {
    expect(markDifferences({ ours: 'a\nb\nc\n', theirs: 'a\nx\nc\n', labels: LABELS })).toEqual({
      regions: 1,
      marked: 'a\n<<<<<<< ours\nb\n=======\nx\n>>>>>>> web-api 1.1.0\nc\n',
    });
    expect(markDifferences({ ours: 'a\n', theirs: 'a\n', labels: LABELS })).toEqual({ regions: 0, marked: 'a\n' });
  });
});

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '  x', '}'), { maxLength: 12 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));
const anyText = fc.oneof(text, fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '\uFEFF', '=======\n', '>>>>>>> ') }));

describe('laws of mergeText', () => {
  it('who did not change has no say', () =>
    fc.assert(
      fc.property(anyText, anyText, (base, other) => {
        expect(merged(base, other, base)).toBe(other);
        expect(merged(base, base, other)).toBe(other);
        expect(merged(base, other, other)).toBe(other);
      }),
    ));

  it('is symmetric when it merges, and conflicts from both sides alike', () =>
    fc.assert(fc.property(text, text, text, (base, ours, theirs) => merged(base, ours, theirs) === merged(base, theirs, ours))));

  it('keeps every line that only one side added', () =>
    fc.assert(
      fc.property(text, text, fc.nat(), (base, theirs, seed) => {
        const lines = base.split('\n').slice(0, -1);
        lines.splice(seed % (lines.length + 1), 0, 'only mine');
        const result = merge({ base, ours: lines.map((line) => `${line}\n`).join(''), theirs });
        expect(result.kind === 'merged' ? result.text : result.marked).toContain('only mine\n');
      }),
    ));

  it('never crashes, whatever the texts', () =>
    fc.assert(
      fc.property(anyText, anyText, anyText, fc.constantFrom('merge', 'diff3', 'zdiff3'), (base, ours, theirs, style) => {
        const result = merge({ base, ours, theirs, style });
        expect(result.kind === 'merged' || result.regions > 0).toBe(true);
      }),
    ));
});
