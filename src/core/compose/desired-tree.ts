import type { OnExists } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { FileMode } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** Which packs gave which part of a merged file: JSON pointers, section titles, variables or lines. */
export type Attribution = ReadonlyMap<string, readonly PackName[]>;

/** One file that the project should contain, whoever contributed to it. */
export interface DesiredFile {
  readonly content: Uint8Array;
  readonly mode: FileMode;
  /** In order of composition. */
  readonly packs: readonly PackName[];
  /** The template of the first pack. */
  readonly template: string;
  readonly onExists: OnExists | undefined;
  /** The merge driver that is used when the user edited the file, where a pack chose one. */
  readonly merge: string | undefined;
  /** Whose version stays whole where both changed: of files of other tools' templates that these never merge. */
  readonly wholeOf?: 'ours' | 'theirs' | undefined;
  /** Empty where one pack gave the whole file. */
  readonly parts: Attribution;
  /** How it was settled, where several packs write it. */
  readonly decision?: PathDecision;
}

/** What the project should contain, sorted by path. */
export type DesiredTree = ReadonlyMap<ProjectPath, DesiredFile>;

/** How a path that several packs write was settled. */
export interface PathDecision {
  readonly path: ProjectPath;
  readonly packs: readonly PackName[];
  /** `same` where all packs wrote the same bytes. */
  readonly how: 'same' | 'merged' | 'layered' | 'kept' | 'preferred' | 'injected';
  /** The merge driver, where one was used. */
  readonly driver: string | undefined;
  /** The glob that decided, or `default`. */
  readonly by: string;
}

/** A path that could not be settled. */
export interface PathConflict {
  readonly path: ProjectPath;
  readonly ours: PackName;
  readonly theirs: PackName;
  /** Each place within the file, and why. */
  readonly places: readonly { readonly at: string; readonly ours?: string; readonly theirs?: string; readonly reason: string }[];
  /** Whether the rules say that a person should be asked. */
  readonly isAsked: boolean;
}
