import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConflictStyle } from '../src/core/reconcile/text/merge-regions.ts';
import { mergeText } from '../src/core/reconcile/text/merge-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'merge oracle ä '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LABELS = { ours: 'ours', base: 'base', theirs: 'theirs' };

/** What git makes of three texts. */
function gitMerge(texts: { base: string; ours: string; theirs: string }, style: ConflictStyle): string {
  for (const side of ['ours', 'base', 'theirs'] as const) writeFileSync(join(folder, side), texts[side]);
  const flags = style === 'merge' ? [] : [`--${style}`];
  const args = ['merge-file', '-p', '-q', ...flags, '-L', 'ours', '-L', 'base', '-L', 'theirs', 'ours', 'base', 'theirs'];
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    if (status > 0 && status < 128) return stdout;
    throw error;
  }
}

function ourMerge(texts: { base: string; ours: string; theirs: string }, style: ConflictStyle): string {
  const merge = mergeText({ ...texts, labels: LABELS, style });
  return merge.kind === 'merged' ? merge.text : merge.marked;
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

const VOCABULARIES: readonly { name: string; line: NewLine; length: number; edits: number }[] = [
  { name: 'unique lines', line: (draw, index) => `line ${index} ${draw(1e9)}`, length: 40, edits: 5 },
  { name: 'few words', line: (draw) => 'abcdefgh'[draw(8)] ?? '', length: 25, edits: 4 },
  { name: 'two words', line: (draw) => 'ab'[draw(2)] ?? '', length: 12, edits: 4 },
  {
    name: 'code',
    line: (draw) => ['{', '}', '', `  call(${draw(12)});`, '  return;', `function f${draw(9)}() {`][draw(6)] ?? '',
    length: 80,
    edits: 10,
  },
  { name: 'punctuation between', line: (draw) => ['}', '', '{', '--', `word ${draw(30)}`][draw(5)] ?? '', length: 50, edits: 8 },
  { name: 'long', line: (draw, index) => (draw(4) === 0 ? '' : `entry ${index % 97}`), length: 900, edits: 60 },
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

describe('the text merge gives what git merge-file gives', () => {
  for (const vocabulary of VOCABULARIES) {
    for (const style of ['merge', 'diff3', 'zdiff3'] as const) {
      it(`${vocabulary.name}, ${style}`, () => {
        const draw = seeded(vocabulary.name.length * 7919);
        for (let round = 0; round < 80; round++) {
          const base = Array.from({ length: draw(vocabulary.length) }, (_, index) => vocabulary.line(draw, index));
          const texts = { base: joined(base), ours: joined(edit(base, vocabulary, draw)), theirs: joined(edit(base, vocabulary, draw)) };
          expect(ourMerge(texts, style), `round ${round}: ${JSON.stringify(texts)}`).toBe(gitMerge(texts, style));
        }
      });
    }
  }
});
