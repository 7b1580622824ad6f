import type { GenerationPlan, Operation } from '../core/plan/generation-plan.ts';
import type { Digest } from '../core/tree/digest.ts';
import type { DiskEntry } from '../core/tree/disk-entry.ts';
import type { FileMode } from '../core/tree/file-tree.ts';
import type { ProjectPath } from '../core/tree/project-path.ts';

/** One finished change to the project, kept so that it can be taken back. */
export interface TransactionRecord {
  /** Sorts by age: later ones are greater. */
  readonly id: string;
  readonly operation: Operation;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  readonly paths: readonly RecordedChange[];
  /** The commands that were started with it, in this order; absent where none was. What they did is not taken back with the change. */
  readonly commands?: readonly RanCommand[];
}

/** A hook, or a package manager. */
export interface RanCommand {
  readonly pack: string;
  readonly name: string;
  readonly run: readonly string[];
}

/** One path of a finished change: what was there and what was left, each absent where there was no file. */
export interface RecordedChange {
  readonly path: ProjectPath;
  readonly before?: { readonly digest: Digest; readonly mode: FileMode };
  readonly after?: { readonly digest: Digest; readonly mode: FileMode };
}

/** What was done about an interrupted change that the last command left behind. */
export interface Recovery {
  readonly id: string;
  readonly operation: Operation;
  readonly outcome: 'finished' | 'taken-back';
  /** Files that changed on disk after the interruption: the bytes packsmith would have replaced stand beside them under these paths. */
  readonly kept: readonly ProjectPath[];
}

/** Something in a project that is not among its files. */
export interface PassedOver {
  /** Not a `ProjectPath` where its name is not portable. */
  readonly path: string;
  /** An empty directory, git's own, a name that is not portable, or neither a file nor a directory nor a link. */
  readonly because: 'empty' | 'git' | 'name' | 'kind';
}

export interface ApplyProgress {
  readonly done: number;
  readonly total: number;
}

/** The directory of one project: read as it is, changed only by applying a plan as one transaction. */
export interface ProjectDir {
  /** Absolute. */
  readonly root: string;
  /** Whether the directory exists, and whether anything of the user's is in it (`.packsmith/local` does not count, nor does `.git`). */
  inspect(): Promise<{ readonly exists: boolean; readonly isEmpty: boolean }>;
  /** What stands at each of these paths now; a path with nothing there is absent from the answer. */
  survey(paths: Iterable<ProjectPath>): Promise<ReadonlyMap<ProjectPath, DiskEntry>>;
  /** The paths of all files, outside `.git`, `.packsmith/local` and what the ignore function refuses (directories end in `/`), sorted by code unit; links are listed, not followed. */
  listFiles(isIgnored?: (path: string) => boolean): Promise<ProjectPath[]>;
  /** What `listFiles` passes over below a directory, `''` for all of the project, sorted by path; nothing of `.packsmith/local`. */
  listPassedOver(directory: ProjectPath | ''): Promise<PassedOver[]>;
  /** The bytes of a file, or `undefined` when nothing is there. @throws PacksmithError `PATH_BLOCKED` when it is reached through a link or is no plain file. */
  readFile(path: ProjectPath): Promise<Uint8Array | undefined>;
  /**
   * Performs a plan as one transaction: all of it, or nothing. Does only what the plan lists. Bytes that stand in the project before the change
   * need not be in the plan. A plan that changes nothing leaves no transaction. The signal is heeded until the point of no return.
   * @throws PacksmithError `PROJECT_CHANGED` when a path is no longer as the plan expects, with one diagnostic for each; `PATH_BLOCKED` when links
   * and the like are all that is wrong; `PLAN_INVALID`, `DISK_FULL`, `DISK_FAILED`, `PATH_TOO_LONG`, `PERMISSION_DENIED`, `PROJECT_LOCKED`, `INTERRUPTED`.
   */
  apply(
    plan: GenerationPlan,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (progress: ApplyProgress) => void },
  ): Promise<TransactionRecord>;
  /** Finishes or takes back the change that an interrupted command left, if there is one. Every command that reads a project calls it first. @throws PacksmithError `JOURNAL_INVALID`, `PROJECT_LOCKED`, and those of a failing disk. */
  recover(): Promise<Recovery | undefined>;
  /** Finished changes that can be taken back, newest first. */
  listTransactions(): Promise<readonly TransactionRecord[]>;
  /** The `originals` of the plans that were applied in this copy of the project. What cannot be read is not known. */
  readOriginals(): Promise<ReadonlyMap<Digest, Digest>>;
  /** Notes that a command is started with a finished change. Where the change is not kept, or has many commands, nothing is noted. */
  noteCommand(id: string, command: RanCommand): Promise<void>;
  /** The bytes a finished change replaced, by digest. @throws PacksmithError `UNDO_IMPOSSIBLE` when they are no longer there. */
  readReplaced(id: string, digest: Digest): Promise<Uint8Array>;
}
