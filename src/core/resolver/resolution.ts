import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** One version for every pack that is needed: everything demanded, closed under dependencies, nothing else. */
export interface Resolution {
  readonly kind: 'resolution';
  /** Sorted by name. */
  readonly packs: readonly ResolvedPack[];
  /** Packs that were asked for from outside the graph and are present; sorted. */
  readonly roots: readonly string[];
  /** Warnings, such as a graph deeper than recommended. */
  readonly diagnostics: readonly Diagnostic[];
  /** How much was examined to get here; equal for equal facts. */
  readonly steps: number;
}

export interface ResolvedPack {
  readonly pack: string;
  readonly version: string;
  /** Who asked for the pack from outside the graph; sorted, empty when only packs depend on it. */
  readonly requestedBy: readonly string[];
  /** Sorted by name. Optional ones are listed only when the pack is present. */
  readonly dependencies: readonly ResolvedDependency[];
  /** The range of the override that replaced what was asked of this pack. */
  readonly overriddenBy?: string;
  /** The locked version was kept. */
  readonly isLocked: boolean;
  /** The version was withdrawn; only possible when it is locked. */
  readonly isYanked: boolean;
}

export interface ResolvedDependency {
  readonly pack: string;
  readonly version: string;
  /** The range as the dependent wrote it, also where an override replaced it. */
  readonly range: string;
  readonly optional: boolean;
}
