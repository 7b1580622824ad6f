import type { MergeInput } from '../../core/compose/merges/merge-driver.ts';

/** What is known of a file that the user changed. */
export interface MergeSides {
  /** Absent where the last generation is not stored, or never was. */
  readonly base: Uint8Array | undefined;
  readonly ours: Uint8Array;
  readonly labels: MergeInput['labels'];
  /** What the packs want, in the form of the project's formatter; as they give it when absent. */
  readonly theirs?: Uint8Array;
  /** Whether the base has the form of the project's formatter. */
  readonly isFormatted?: boolean;
}
