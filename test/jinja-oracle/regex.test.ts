import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegexMeter } from '../../src/core/jinja/regex/match-regex.ts';
import { RegexError } from '../../src/core/jinja/regex/parse-regex.ts';
import { compilePythonRegex } from '../../src/core/jinja/regex/python-regex.ts';

interface Recorded {
  readonly pattern: string;
  readonly text: string;
  readonly flags?: string;
  readonly finds: 'invalid' | readonly [number, number, readonly (string | null)[]][];
}

const RECORDED = JSON.parse(readFileSync(join(import.meta.dirname, 'regex.json'), 'utf8')) as readonly Recorded[];

const UNMETERED: RegexMeter = { spendSteps: () => undefined, allocate: () => undefined };

function find(pattern: string, text: string, flags = '', meter = UNMETERED): Recorded['finds'] {
  try {
    const matches = compilePythonRegex(pattern, new Set(flags)).findAll([...text], meter);
    return matches.map(({ start, end, groups }) => [start, end, groups]);
  } catch (error) {
    if (error instanceof RegexError) return 'invalid';
    throw error;
  }
}

describe('regular expressions of Python', () => {
  it.each(
    RECORDED.map((entry) => [`${JSON.stringify(entry.pattern)} ${entry.flags ?? ''} in ${JSON.stringify(entry.text)}`, entry] as const),
  )('%s finds what Python finds', (_name, { pattern, text, flags, finds }) => {
    expect(find(pattern, text, flags)).toEqual(finds);
  });

  const character = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w');
  const atom = fc.oneof(character, fc.constantFrom('\\b', '^', '$'));
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
      tie('pattern').map((inner) => `(${inner})`),
      tie('pattern').map((inner) => `(?=${inner})`),
      tie('pattern').map((inner) => `(?!${inner})`),
      // The two languages differ in when a repeated item that took nothing is the last: each takes something here.
      fc
        .tuple(
          fc.oneof(
            character,
            tie('pattern').map((inner) => `(?:${inner}a)`),
          ),
          fc.constantFrom('*', '+', '?', '*?', '{1,2}'),
        )
        .map(([item, times]) => item + times),
    ),
  }));

  it('finds the first match where JavaScript finds it', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 8 }), (source, text) => {
        const theirs = new RegExp(source, 'u').exec(text);
        const [ours] = compilePythonRegex(source, new Set()).findAll([...text], UNMETERED, 1);
        expect(ours?.start).toBe(theirs?.index);
        expect(ours?.groups[0]).toBe(theirs?.[0]);
      }),
      { numRuns: 3000 },
    );
  });

  it('ends where the steps are used up', () => {
    let steps = 0;
    const spendSteps = (count: number): void => {
      steps += count;
      if (steps > 100_000) throw new Error('enough');
    };
    expect(() => find('(a|a)*b', 'a'.repeat(60), '', { ...UNMETERED, spendSteps })).toThrow('enough');
    steps = 0;
    const members = Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(0x4e00 + 2 * index)).join('');
    expect(() => find(`[${members}]+`, 'a'.repeat(100), '', { ...UNMETERED, spendSteps })).toThrow('enough');
  });

  it('refuses to go deeper than the calls it may use', () => {
    expect(() => find('(?:ab|c)*d', 'ab'.repeat(5000))).toThrow('too deep');
    expect(find('(?:ab)*', 'ab'.repeat(5000))).toHaveLength(2);
    expect(find('a'.repeat(5000), 'a'.repeat(5000))).toHaveLength(1);
  });

  it('counts the groups of each match, and has at most a hundred', () => {
    const allocated: number[] = [];
    find('(a)(b)?', 'ab a', '', { ...UNMETERED, allocate: (count) => allocated.push(count) });
    // The match, eight for each group, and what these and the whole have of the text.
    expect(allocated).toEqual([64 + 2 * 8 + 2 + 1 + 1, 64 + 2 * 8 + 1 + 1]);
    expect(find('(a)?'.repeat(101), 'a')).toBe('invalid');
  });
});
