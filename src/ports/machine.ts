/** One directory that packsmith needs. */
export interface MachineDirectory {
  /** As people call it: `settings`, `installed packs`, `cache`, `state`, `keys`, `temporary files`. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export interface DirectoryFacts {
  readonly exists: boolean;
  /** Whether it can be written to, or made where it is not there. */
  readonly isWritable: boolean;
  /** Whether it belongs to somebody else. */
  readonly isForeign: boolean;
  /** Whether others on this machine can change what is in it. */
  readonly isOpen: boolean;
  /** Bytes that are free there, where the system tells. */
  readonly free: number | undefined;
}

export interface LockFacts {
  /** What it protects, as the subject of a sentence. */
  readonly what: string;
  readonly path: string;
  readonly owner: string;
  readonly state: 'alive' | 'dead' | 'unknown';
}

/** The machine that packsmith runs on, as `packs doctor` looks at it. */
export interface MachinePort {
  /** Of Node.js, without the `v`. */
  readonly node: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directories: readonly MachineDirectory[];
  inspectDirectory(path: string): DirectoryFacts;
  /** Takes the right to write from others. @throws PacksmithError as a failing disk does. */
  closeDirectory(path: string): void;
  /** Private keys that others can read. */
  findOpenKeys(): readonly string[];
  /** @throws PacksmithError as a failing disk does. */
  closeKey(path: string): void;
  /** What the program prints for `--version`, or `undefined` when it cannot be run. */
  versionOf(program: string): string | undefined;
  /** Now by the process, and by the file system of the temporary files: milliseconds since 1970. */
  readClocks(): { readonly process: number; readonly files: number | undefined };
  /** The locks that stand, of the installed packs and of a project. */
  findLocks(project: string): readonly LockFacts[];
  /** Takes a lock over from a dead owner and gives it back. @throws PacksmithError when its owner lives after all. */
  freeLock(path: string): Promise<void>;
  /** Changes of a project that were interrupted: their ids. */
  findUnfinished(project: string): readonly string[];
}
