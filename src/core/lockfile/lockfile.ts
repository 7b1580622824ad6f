import type { Digest } from '../tree/digest.ts';
import type { FileMode } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** `packsmith.lock`: what a project got, written only by the tool. */
export interface Lockfile {
  readonly format: 1;
  /** The instant that templates see as `now`, fixed when the project was first generated. */
  readonly now: string;
  /** SHA-256 of the canonical answers, secrets left out. */
  readonly answers: Digest;
  /** SHA-256 of the stored baseline before compression. */
  readonly baseline: Digest;
  /** In order of composition. */
  readonly packs: readonly LockedPack[];
  /** By path in code-unit order. */
  readonly files: readonly LockedFile[];
  /** Injections into files that no pack generates, done once. */
  readonly injections: readonly LockedInjection[];
  /** The data that was read; absent where there was none. */
  readonly data?: readonly LockedData[];
}

export interface LockedPack {
  readonly id: string;
  readonly version: string;
  /** `builtin`, or a reference that finds the same pack again, without credentials. */
  readonly source: string;
  readonly integrity: string;
  /** The configured registry that it came from: an update asks there again, and nowhere else. */
  readonly registry?: string;
  /** The git reference that `source` was found by, where it is another one: `source` names the commit. */
  readonly requested?: string;
  /** What the repository called that commit when it was found, where the template writes it into the project. */
  readonly revision?: string;
  /** The range of `[overrides]` that took the place of what packs ask of it. */
  readonly override?: string;
  /** Ranges by id, in code-unit order of the ids. */
  readonly dependencies: Readonly<Record<string, string>>;
}

/** One generated file: its bytes as generated, not as the user has edited them. */
export interface LockedFile {
  readonly path: ProjectPath;
  readonly sha256: Digest;
  readonly mode: FileMode;
  readonly packs: readonly string[];
  readonly template: string;
  /** SHA-256 of the stored base, where a secret is masked in it: the lockfile has it as `sha256` as well, and never that of the file itself. */
  readonly masked?: Digest;
  /** Where the packs put it, when the user moved it to `path`. */
  readonly output?: ProjectPath;
  /** Present where the user had a file there before any pack wanted one: it stays when no pack wants it any more. */
  readonly wasThere?: true;
  /** Which packs gave which part, where several gave the file: packs by JSON pointer, section title, variable or line. */
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  /** How it was settled, where several packs write it. */
  readonly decision?: LockedDecision;
}

/** How a path that several packs write was settled. */
export interface LockedDecision {
  /** `same`, `merged`, `layered`, `kept`, `preferred` or `injected`. */
  readonly how: string;
  /** The merge driver, where one was used. */
  readonly driver?: string;
  /** The glob of the rule that decided, or `default`. */
  readonly by: string;
  /** All packs that write the path, in order of composition. */
  readonly among: readonly string[];
}

export interface LockedInjection {
  readonly path: ProjectPath;
  readonly pack: string;
  readonly template: string;
  readonly sha256: Digest;
}

/** One file of data, as it was when the project was generated last. */
export interface LockedData {
  readonly pack: string;
  /** Its name in `[data]`. */
  readonly name: string;
  /** The path as the answers gave it; empty for the pack's default. */
  readonly from: string;
  readonly place: DataPlace;
  /** Below the pack or the project; relative to the project's root for a file outside. */
  readonly path: string;
  readonly sha256: Digest;
}

export const DATA_PLACES = ['pack', 'project', 'outside'] as const;

/** Whose file it is: one of the pack, one inside the project, or one outside that the user named. */
export type DataPlace = (typeof DATA_PLACES)[number];

export const LOCKFILE_PATH = 'packsmith.lock' as ProjectPath;
export const MANIFEST_PATH = 'packsmith.toml' as ProjectPath;
export const BASELINE_PATH = '.packsmith/baseline.bin' as ProjectPath;
