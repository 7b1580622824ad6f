import type { DataOutcome } from '../core/data/parse-plain-data.ts';

/** Files of data outside packs and projects, and what the user said of them. All paths are absolute. */
export interface DataFiles {
  /**
   * The bytes of a plain file that the user named, links followed, or `undefined` when nothing is there.
   * @throws PacksmithError `FILE_UNREADABLE`, `LIMIT_EXCEEDED`, `PERMISSION_DENIED`, `DISK_FAILED`.
   */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Whether the user of this machine once named the file for the project, so that it may be read again. */
  wasNamed(file: NamedFile): boolean;
  /** Records that the user named files for projects. @throws PacksmithError `PERMISSION_DENIED`, `DISK_FULL`, `DISK_FAILED`. */
  rememberNamed(files: readonly NamedFile[]): void;
  /** Reads a table whose first record names the columns. */
  readTable(text: string, delimiter: ',' | '\t'): Promise<DataOutcome>;
}

export interface NamedFile {
  /** The root of the project. */
  readonly project: string;
  readonly path: string;
}
