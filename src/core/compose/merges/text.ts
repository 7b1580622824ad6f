import { markDifferences, mergeText } from '../../reconcile/text/merge-text.ts';
import type { MergeDriver, MergePart } from './merge-driver.ts';

/** Merges line by line, for files of no known format. Without a base, texts that differ are a conflict. */
export const mergePlainText: MergeDriver = (input) => {
  const { base, ours, theirs, labels } = input;
  if (base === undefined) {
    const { marked, regions } = markDifferences({ ours, theirs, labels });
    if (regions === 0 || theirs === '') return { kind: 'merged', text: ours, parts: [{ at: '', from: theirs === '' ? 'ours' : 'both' }] };
    if (ours === '') return { kind: 'merged', text: theirs, parts: [{ at: '', from: 'theirs' }] };
    return { kind: 'conflict', marked, conflicts: [{ at: '', reason: 'two different texts' }] };
  }
  const merged = mergeText({ base, ours, theirs, labels });
  if (merged.kind === 'conflict') {
    return {
      kind: 'conflict',
      marked: merged.marked,
      conflicts: [{ at: '', reason: `${merged.regions} places changed differently on both sides` }],
    };
  }
  const parts = merged.regions.map(({ kind, ours: own, theirs: other }): MergePart => {
    const span = kind === 'theirs' ? other : own;
    return { at: `lines ${span.start + 1}-${Math.max(span.end, span.start + 1)}`, from: kind === 'conflict' ? 'both' : kind };
  });
  return { kind: 'merged', text: merged.text, parts };
};
