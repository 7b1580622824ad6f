import type { PathAction, PathClass } from '../plan/generation-plan.ts';

/** How what is wanted now relates to what was generated last. */
export type Wanted =
  | 'added' // wanted now, not generated last time
  | 'same' // wanted as it was generated
  | 'changed' // wanted differently
  | 'removed'; // generated last time, no longer wanted

/** How what is on disk relates to the other two. `as-wanted` wins where both hold. */
export type OnDisk = 'absent' | 'as-generated' | 'as-wanted' | 'other';

export interface Decision {
  readonly class: PathClass;
  /** `merge` asks for a three-way merge of contents; whatever cannot be merged becomes a conflict. */
  readonly action: PathAction | 'merge';
  readonly reason: string;
}

/** Every case there is. docs/explanation/update.md shows and explains them; each has a test. */
export const DECISION_TABLE: { readonly [W in Wanted]: { readonly [D in OnDisk]: Decision } } = {
  added: {
    absent: { class: 'new', action: 'create', reason: 'new' },
    'as-generated': { class: 'in-the-way', action: 'conflict', reason: 'a file of yours is in the way' },
    'as-wanted': { class: 'unchanged', action: 'keep', reason: 'already as wanted' },
    other: { class: 'in-the-way', action: 'conflict', reason: 'a file of yours is in the way' },
  },
  same: {
    absent: { class: 'missing', action: 'keep', reason: 'deleted by you' },
    'as-generated': { class: 'unchanged', action: 'keep', reason: 'as generated' },
    'as-wanted': { class: 'unchanged', action: 'keep', reason: 'as generated' },
    other: { class: 'edited', action: 'keep', reason: 'edited by you' },
  },
  changed: {
    absent: { class: 'deleted-changed', action: 'keep', reason: 'deleted by you, changed by the pack' },
    'as-generated': { class: 'refreshed', action: 'update', reason: 'changed by the pack' },
    'as-wanted': { class: 'unchanged', action: 'keep', reason: 'already as wanted' },
    other: { class: 'both-changed', action: 'merge', reason: 'edited by you and changed by the pack' },
  },
  removed: {
    absent: { class: 'gone', action: 'keep', reason: 'no longer generated, and not there' },
    'as-generated': { class: 'obsolete', action: 'delete', reason: 'no longer generated' },
    'as-wanted': { class: 'obsolete', action: 'delete', reason: 'no longer generated' },
    other: { class: 'obsolete-edited', action: 'keep', reason: 'no longer generated, but edited by you' },
  },
};

/** Digests of one path in the three trees, each absent where the tree has no file there. */
export interface ThreeWay {
  readonly wanted: string | undefined;
  readonly generated: string | undefined;
  readonly onDisk: string | undefined;
}

/** Looks a path up in the table. At least one of `wanted` and `generated` is present. */
export function decide({ wanted, generated, onDisk }: ThreeWay): Decision {
  return DECISION_TABLE[relateWanted(wanted, generated)][relateDisk({ wanted, generated, onDisk })];
}

function relateWanted(wanted: string | undefined, generated: string | undefined): Wanted {
  if (wanted === undefined) return 'removed';
  if (generated === undefined) return 'added';
  return wanted === generated ? 'same' : 'changed';
}

function relateDisk({ wanted, generated, onDisk }: ThreeWay): OnDisk {
  if (onDisk === undefined) return 'absent';
  if (onDisk === wanted) return 'as-wanted';
  return onDisk === generated ? 'as-generated' : 'other';
}
