import { describe, expect, it } from 'vitest';
import { hashMerges, MERGE_KINDS } from '../../../testing/merge-cases.ts';
import { mergeText } from './merge-text.ts';

const LABELS = { ours: 'ours', base: 'base', theirs: 'theirs' };

// Git itself is asked by `test/merge-oracle.test.ts`, which takes longer.
describe('the text merge gives what git merge-file was recorded to give', () => {
  it.each(MERGE_KINDS)('$name', ({ cases, recorded }) => {
    const merges = (['merge', 'diff3', 'zdiff3'] as const).flatMap((style) =>
      cases.map((texts) => {
        const merge = mergeText({ ...texts, labels: LABELS, style });
        return merge.kind === 'merged' ? merge.text : merge.marked;
      }),
    );
    expect(hashMerges(merges)).toBe(recorded);
  });
});
