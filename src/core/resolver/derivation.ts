import type { ResolveRequest } from './resolve-request.ts';
import type { VersionSet } from './version-set.ts';
import type { VersionUniverse } from './version-universe.ts';

/** The demands can't be met, with the proof. */
export interface NoSolution {
  readonly kind: 'no-solution';
  /** The statement without terms: nothing works. Its causes lead down to facts; the graph has no cycle and may share nodes. */
  readonly derivation: DerivationNode;
  /** Every pack that was looked at. */
  readonly universes: ReadonlyMap<string, VersionUniverse>;
  readonly request: ResolveRequest;
  readonly steps: number;
}

/** States that not all of `terms` can hold at once. */
export type DerivationNode = DerivedNode | FactNode;

/** The pack's state (a version, or absence) lies in the set. */
export interface DerivationTerm {
  readonly pack: string;
  readonly set: VersionSet;
}

/** Follows from two other nodes by resolution on the pack `pivot`. */
export interface DerivedNode {
  readonly kind: 'derived';
  readonly terms: readonly DerivationTerm[];
  readonly pivot: string;
  readonly left: DerivationNode;
  readonly right: DerivationNode;
}

/** Holds because of what was asked or what a repository says. */
export interface FactNode {
  readonly kind: 'fact';
  readonly terms: readonly DerivationTerm[];
  readonly reason: Reason;
}

export type Reason = DemandReason | PinReason | DependencyReason | YankedReason | UnusableReason;

/** `range` as asked; `override` when an override stands in its place. */
export interface DemandReason {
  readonly kind: 'demand';
  readonly pack: string;
  readonly range: string;
  readonly requestedBy: string;
  readonly optional: boolean;
  readonly override: string | undefined;
}

export interface PinReason {
  readonly kind: 'pin';
  readonly pack: string;
  readonly range: string;
}

/** All versions in `versions` of `dependent` ask the same of `pack`. */
export interface DependencyReason {
  readonly kind: 'dependency';
  readonly dependent: string;
  readonly versions: VersionSet;
  readonly pack: string;
  readonly range: string;
  readonly optional: boolean;
  readonly override: string | undefined;
}

export interface YankedReason {
  readonly kind: 'yanked';
  readonly pack: string;
}

export interface UnusableReason {
  readonly kind: 'unusable';
  readonly pack: string;
  readonly version: string;
  readonly reason: string;
}
