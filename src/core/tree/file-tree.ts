import { compareText } from '../text/compare-text.ts';
import type { ProjectPath } from './project-path.ts';

/** The permission bits of a file, at most 0o777; only the owner's execute bit is compared between trees, as git does. */
export type FileMode = number;

/** One file of a tree: its bytes and permission bits. */
export interface FileEntry {
  readonly content: Uint8Array;
  readonly mode: FileMode;
}

/** Files by path. Directories exist only through the files in them. */
export type FileTree = ReadonlyMap<ProjectPath, FileEntry>;

export const DEFAULT_MODE: FileMode = 0o644;
export const EXECUTABLE_MODE: FileMode = 0o755;

/** The paths of a tree in code-unit order. */
export function sortedPaths<Entry>(tree: ReadonlyMap<ProjectPath, Entry>): ProjectPath[] {
  return [...tree.keys()].sort(compareText);
}

/** Tells whether the owner may execute a file of this mode. */
export function isExecutable(mode: FileMode): boolean {
  return (mode & 0o100) !== 0;
}
