import type { Injection, OnExists } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { FileMode } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** One file that a pack wants in the project. */
export interface RenderedFile {
  readonly path: ProjectPath;
  readonly content: Uint8Array;
  readonly mode: FileMode;
  readonly pack: PackName;
  /** The template's path below the pack; `pack.toml [[templates]] 3` for inline text. */
  readonly template: string;
  readonly onExists: OnExists | undefined;
  /** The name of a merge driver, where the pack chooses one. */
  readonly merge: string | undefined;
  /** Whose version stays whole where both changed: of files of other tools' templates that these never merge. */
  readonly wholeOf?: 'ours' | 'theirs' | undefined;
}

/** Text that a pack wants inside a file which something else writes. */
export interface RenderedInjection {
  readonly into: ProjectPath;
  readonly text: string;
  readonly position: Injection['position'];
  readonly once: boolean;
  readonly pack: PackName;
  readonly template: string;
}

/** All that one pack contributes, files sorted by path. */
export interface RenderedPack {
  readonly pack: PackName;
  readonly files: readonly RenderedFile[];
  readonly injections: readonly RenderedInjection[];
}
