import type { DesiredFile } from '../compose/desired-tree.ts';
import type { LockedFile } from '../lockfile/lockfile.ts';
import type { Placement } from '../reconcile/place-files.ts';
import type { Situation } from '../reconcile/situations.ts';
import { decodeText } from '../text/utf8.ts';
import type { DiskEntry } from '../tree/disk-entry.ts';
import { type FileMode, isExecutable } from '../tree/file-tree.ts';
import type { PlannedPath } from './generation-plan.ts';

export interface SituationFacts {
  readonly planned: PlannedPath;
  readonly placement: Placement;
  readonly entry: DiskEntry | undefined;
  readonly file: DesiredFile | undefined;
  readonly like: 'wanted' | 'generated' | undefined;
  /** The user's bytes, where they were read: those of files that differ from what was generated. */
  readonly ours: Uint8Array | undefined;
}

/** What else is true of a path, in code-unit order. */
export function situationsOf({ planned, placement, entry, file, like, ours }: SituationFacts): Situation[] {
  const found: Situation[] = [...(planned.situations ?? []), ...waysOf(placement), ...modesOf(placement.locked, entry, file)];
  if (entry !== undefined && entry.kind !== 'file') found.push(entry.kind === 'other' ? 'other-kind' : entry.kind);
  if (like !== undefined) found.push('formatted-by-you');
  if (isMet(planned) && [ours, file?.content].some((bytes) => bytes !== undefined && decodeText(bytes) === undefined))
    found.push('not-text');
  return found.sort();
}

function waysOf({ how, by }: Placement): Situation[] {
  const isMoved = how === 'moved' || (how === 'in-place' && by !== undefined);
  return [...(by !== undefined && how !== 'moved' ? ([`renamed-${by}`] as const) : []), ...(isMoved ? (['moved-by-you'] as const) : [])];
}

function modesOf(locked: LockedFile | undefined, entry: DiskEntry | undefined, file: DesiredFile | undefined): Situation[] {
  if (locked === undefined) return [];
  const isChanged = (mode: FileMode | undefined): boolean => mode !== undefined && isExecutable(mode) !== isExecutable(locked.mode);
  return [
    ...(isChanged(entry?.kind === 'file' ? entry.mode : undefined) ? (['mode-by-you'] as const) : []),
    ...(isChanged(file?.mode) ? (['mode-by-pack'] as const) : []),
  ];
}

/** Whether the user's version and the pack's meet at the path. */
function isMet({ class: pathClass }: PlannedPath): boolean {
  return pathClass === 'both-changed' || pathClass === 'in-the-way';
}
