import { createHash } from 'node:crypto';

export interface MergeCase {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** A small deterministic generator (mulberry32), so that every run tries the same cases. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

type Draw = (limit: number) => number;
type NewLine = (draw: Draw, index: number) => string;

interface Vocabulary {
  readonly name: string;
  readonly line: NewLine;
  readonly length: number;
  readonly edits: number;
  readonly rounds: number;
}

const VOCABULARIES: readonly Vocabulary[] = [
  { name: 'unique lines', line: (draw, index) => `line ${index} ${draw(1e9)}`, length: 40, edits: 5, rounds: 80 },
  { name: 'few words', line: (draw) => 'abcdefgh'[draw(8)] ?? '', length: 25, edits: 4, rounds: 80 },
  { name: 'two words', line: (draw) => 'ab'[draw(2)] ?? '', length: 12, edits: 4, rounds: 80 },
  {
    name: 'code',
    line: (draw) => ['{', '}', '', `  call(${draw(12)});`, '  return;', `function f${draw(9)}() {`][draw(6)] ?? '',
    length: 80,
    edits: 10,
    rounds: 80,
  },
  {
    name: 'punctuation between',
    line: (draw) => ['}', '', '{', '--', `word ${draw(30)}`][draw(5)] ?? '',
    length: 50,
    edits: 8,
    rounds: 80,
  },
  { name: 'long', line: (draw, index) => (draw(4) === 0 ? '' : `entry ${index % 97}`), length: 900, edits: 60, rounds: 80 },
  { name: 'rewritten', line: (draw) => `${draw(60)}`, length: 1500, edits: 900, rounds: 12 },
];

function edit(lines: readonly string[], vocabulary: { line: NewLine; edits: number }, draw: Draw): string[] {
  const result = [...lines];
  for (let count = draw(vocabulary.edits + 1); count > 0; count--) {
    const at = draw(result.length + 1);
    const removed = draw(3);
    const added = Array.from({ length: draw(3) }, () => vocabulary.line(draw, 1000 + draw(1000)));
    result.splice(at, removed, ...added);
  }
  return result;
}

const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** What git made of each kind of texts in all three styles, as a hash; `test/merge-oracle.test.ts` asks git itself. */
const RECORDED: Readonly<Record<string, string>> = {
  'unique lines': '93aff90f79a66687',
  'few words': 'd0fb5fef0c67da23',
  'two words': 'c7bb0af58710f8b9',
  code: 'dc4a496f991fbd5a',
  'punctuation between': '7a5d4456111b793e',
  long: 'ecfabce4a5a5149b',
  rewritten: 'a40902a9ad42c467',
};

export interface MergeKind {
  readonly name: string;
  readonly cases: readonly MergeCase[];
  /** The hash of what git makes of all cases. */
  readonly recorded: string | undefined;
}

/** Texts of many kinds to be merged, the same in every run. */
export const MERGE_KINDS: readonly MergeKind[] = VOCABULARIES.map((vocabulary) => {
  const { name, line, length, rounds } = vocabulary;
  const draw = seeded(name.length * 7919);
  const cases = Array.from({ length: rounds }, (): MergeCase => {
    const base = Array.from({ length: draw(length) }, (_, index) => line(draw, index));
    return { base: joined(base), ours: joined(edit(base, vocabulary, draw)), theirs: joined(edit(base, vocabulary, draw)) };
  });
  return { name, cases, recorded: RECORDED[name] };
});

export function hashMerges(merges: readonly string[]): string {
  return createHash('sha256').update(merges.join('\u0000')).digest('hex').slice(0, 16);
}
