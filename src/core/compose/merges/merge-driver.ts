/** What every merge driver takes: two texts of one path and, when there is one, the text both come from. */
export interface MergeInput {
  /** The last common text; absent when two packs write the same path for the first time. */
  readonly base?: string;
  /** The first writer's text, whose comments, order and style are kept: the user's file, or the earlier pack's. */
  readonly ours: string;
  readonly theirs: string;
  /** Who the sides are, for markers and messages. */
  readonly labels: { readonly ours: string; readonly theirs: string; readonly base?: string };
  readonly path: string;
  /** The side whose version of a package counts where no version satisfies both; a conflict unless given. Only manifests of packages heed it. */
  readonly favour?: 'ours' | 'theirs';
}

/** Where a part of a merged file comes from. `at` is a JSON pointer, a section title, a variable or a line. */
export interface MergePart {
  readonly at: string;
  readonly from: 'ours' | 'theirs' | 'both';
}

/** One place that cannot be decided. `at` is a JSON pointer, a section title, a variable or a line; an absent side does not have the place. */
export interface MergeConflict {
  readonly at: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly base?: string;
  readonly reason: string;
}

export type MergeOutcome =
  | { readonly kind: 'merged'; readonly text: string; readonly parts: readonly MergePart[] }
  /** `marked` is the whole file with conflict markers around the smallest lines concerned. */
  | { readonly kind: 'conflict'; readonly marked: string; readonly conflicts: readonly MergeConflict[] }
  /** A side is not what the driver reads; the caller falls back to merging text. */
  | { readonly kind: 'unparsable'; readonly reason: string };

/** Merges without looking at anything but its input, never throws, and never takes one of two values silently. */
export type MergeDriver = (input: MergeInput) => MergeOutcome;
