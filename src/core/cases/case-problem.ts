import type { KeyPath } from '../manifest/key-path.ts';

/** What a project has that a case does not expect, or lacks that it does. */
export interface CaseProblem {
  /** The place in the case that is not met. */
  readonly at: KeyPath;
  /** The file of the project that it is about. */
  readonly path?: string;
  readonly message: string;
  /** What was expected against what there is, as a unified diff. */
  readonly diff?: string;
}
