import type { PathAction, PathClass } from '../plan/generation-plan.ts';

/** How what is wanted now relates to what was generated last. */
export type Wanted =
  | 'added' // wanted now, not generated last time
  | 'same' // wanted as it was generated
  | 'changed' // wanted differently
  | 'removed' // generated last time, no longer wanted
  | 'released'; // no longer wanted, and there before any pack wanted it

/** How what is on disk relates to the other two. `as-wanted` wins where both hold. */
export type OnDisk =
  | 'absent'
  | 'as-generated'
  | 'reformatted' // as generated but for its form: line ends, byte order mark, final newline, blanks at line ends, white space of JSON
  | 'as-wanted'
  | 'other'
  | 'no-file'; // a link, a directory or a device; or the path leads through one

export interface Decision {
  readonly class: PathClass;
  /** `merge` asks for a three-way merge of contents; whatever cannot be merged becomes a conflict. */
  readonly action: PathAction | 'merge';
  readonly reason: string;
}

const IN_THE_WAY: Decision = { class: 'in-the-way', action: 'conflict', reason: 'a file of yours is in the way' };
const OBSTACLE: Decision = { class: 'in-the-way', action: 'conflict', reason: 'something of yours that is no file is in the way' };
const AS_WANTED: Decision = { class: 'unchanged', action: 'keep', reason: 'already as wanted' };
const AS_GENERATED: Decision = { class: 'unchanged', action: 'keep', reason: 'as generated' };
const OBSOLETE: Decision = { class: 'obsolete', action: 'delete', reason: 'no longer generated' };
const OBSOLETE_EDITED: Decision = { class: 'obsolete-edited', action: 'keep', reason: 'no longer generated, but edited by you' };
const GONE: Decision = { class: 'gone', action: 'keep', reason: 'no longer generated, and not there' };
const RELEASED: Decision = { class: 'released', action: 'keep', reason: 'no longer generated, and yours before it was' };
const REPLACED: Decision = { class: 'replaced', action: 'keep', reason: 'no longer generated, and replaced by you' };

/** Every case there is. docs/explanation/update.md shows and explains them; each has a case in test/cases/update. */
export const DECISION_TABLE: { readonly [W in Wanted]: { readonly [D in OnDisk]: Decision } } = {
  added: {
    absent: { class: 'new', action: 'create', reason: 'new' },
    // What was not generated is neither as generated nor like it.
    'as-generated': IN_THE_WAY,
    reformatted: IN_THE_WAY,
    'as-wanted': AS_WANTED,
    other: IN_THE_WAY,
    'no-file': OBSTACLE,
  },
  same: {
    absent: { class: 'missing', action: 'keep', reason: 'deleted by you' },
    'as-generated': AS_GENERATED,
    reformatted: { class: 'reformatted', action: 'keep', reason: 'formatted by you' },
    'as-wanted': AS_GENERATED,
    other: { class: 'edited', action: 'keep', reason: 'edited by you' },
    'no-file': { class: 'replaced', action: 'keep', reason: 'replaced by you' },
  },
  changed: {
    absent: { class: 'deleted-changed', action: 'keep', reason: 'deleted by you, changed by the pack' },
    'as-generated': { class: 'refreshed', action: 'update', reason: 'changed by the pack' },
    reformatted: { class: 'refreshed', action: 'merge', reason: 'formatted by you and changed by the pack' },
    'as-wanted': AS_WANTED,
    other: { class: 'both-changed', action: 'merge', reason: 'edited by you and changed by the pack' },
    'no-file': OBSTACLE,
  },
  removed: {
    absent: GONE,
    'as-generated': OBSOLETE,
    reformatted: OBSOLETE,
    'as-wanted': OBSOLETE,
    other: OBSOLETE_EDITED,
    'no-file': REPLACED,
  },
  released: {
    absent: GONE,
    'as-generated': RELEASED,
    reformatted: RELEASED,
    'as-wanted': RELEASED,
    other: OBSOLETE_EDITED,
    'no-file': REPLACED,
  },
};

/** What is known of one file in the three trees: a text for its bytes and mode, absent where the tree has no file there. */
export interface ThreeWay {
  readonly wanted: string | undefined;
  readonly generated: string | undefined;
  readonly onDisk: string | undefined;
  /** Something that is no file stands there, or in the way there. */
  readonly isObstacle?: boolean;
  /** On disk as one of the other two but for its form. */
  readonly isLike?: 'wanted' | 'generated' | undefined;
  /** The user had it before any pack wanted it. */
  readonly wasThere?: boolean;
}

/** Looks a path up in the table. At least one of `wanted` and `generated` is present. */
export function decide(trees: ThreeWay): Decision {
  return DECISION_TABLE[relateWanted(trees)][relateDisk(trees)];
}

function relateWanted({ wanted, generated, wasThere = false }: ThreeWay): Wanted {
  if (wanted === undefined) return wasThere ? 'released' : 'removed';
  if (generated === undefined) return 'added';
  return wanted === generated ? 'same' : 'changed';
}

function relateDisk({ wanted, generated, onDisk, isObstacle = false, isLike }: ThreeWay): OnDisk {
  if (isObstacle) return 'no-file';
  if (onDisk === undefined) return 'absent';
  if (onDisk === wanted) return 'as-wanted';
  if (onDisk === generated) return 'as-generated';
  if (isLike === undefined) return 'other';
  return isLike === 'generated' || wanted === generated ? 'reformatted' : 'as-wanted';
}
