import type { Pack } from '../../core/pack/pack.ts';

/** A pack of a project, and how it came to be part of it. */
export interface LoadedPack {
  readonly pack: Pack;
  /** As the lockfile records it. */
  readonly source: string;
  /** The configured registry that has it. */
  readonly registry?: string;
  /** The git reference that was resolved to `source`. */
  readonly requested?: string;
  /** The range of `[overrides]` that took the place of what packs ask of it. */
  readonly override?: string;
  readonly because: string;
  /** Whether it was found by its id, and not at a place that was named. */
  readonly isFoundById: boolean;
}

/** The packs that were asked for, in the order in which they are rendered. */
export function rootPacks(packs: readonly LoadedPack[]): Pack[] {
  return packs.filter(({ because }) => because === 'asked for').map(({ pack }) => pack);
}
