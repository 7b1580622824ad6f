/** A pack that is asked for from outside the graph. */
export interface Demand {
  readonly pack: string;
  /** A range in the grammar of npm; `*` for any release. */
  readonly range: string;
  /** Who asks: `project`, or a name that explanations show, such as a composition file. */
  readonly requestedBy: string;
  /** Doesn't pull the pack in, but only versions in the range may be present. */
  readonly optional?: boolean;
}

/** Everything that steers one resolution. Orders don't matter; maps are from pack to version or range. */
export interface ResolveRequest {
  readonly demands: readonly Demand[];
  /** Exact versions to keep wherever they still fit; also lifts the ban on a yanked version. */
  readonly locked?: ReadonlyMap<string, string>;
  /** Ranges that a pack must be in as well, if it is present at all. */
  readonly pins?: ReadonlyMap<string, string>;
  /** Ranges that replace whatever anybody asks of a pack, the project included. */
  readonly overrides?: ReadonlyMap<string, string>;
  /** Packs of which pre-releases count as any other version. Elsewhere a pre-release fits only a range that names one of the same release. */
  readonly prereleases?: ReadonlySet<string>;
  readonly limits?: ResolveLimits;
  /** Asked before every decision; `true` ends the search with LIMIT_EXCEEDED. */
  readonly isExpired?: () => boolean;
}

export interface ResolveLimits {
  /** Most packs in one resolution; 100 unless told. */
  readonly packs?: number;
  /** Most terms examined, a measure of work that doesn't depend on the machine; the default is worth about a second. */
  readonly steps?: number;
}
