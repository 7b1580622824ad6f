import type { FileEntry } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';
import type { ProjectDir } from './project-dir.ts';

/** A project in a directory that is thrown away. Nothing of it is on the disk until something is written. */
export interface ScratchProject {
  readonly project: ProjectDir;
  /** Writes files as a person would; `undefined` deletes one. @throws PacksmithError as a failing disk does. */
  write(changes: ReadonlyMap<ProjectPath, FileEntry | undefined>): Promise<void>;
  /** Deletes all of it. Never fails. */
  dispose(): Promise<void>;
}

/** Makes projects to try something in. */
export interface Scratch {
  /** @param name The name of the project's directory. */
  open(name: string): Promise<ScratchProject>;
}

/** Looks at a directory from when it is opened until the signal says to end. */
export interface DirectoryWatch {
  /**
   * Settles with `true` once something has changed since the last time and nothing more has for a moment, and with `false` when the signal says to
   * end. @throws PacksmithError as a failing disk does.
   */
  next(): Promise<boolean>;
}

export type WatchDirectory = (directory: string, signal: AbortSignal) => DirectoryWatch;
