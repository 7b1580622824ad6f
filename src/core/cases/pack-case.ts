import type { ErrorCode } from '../diagnostics/error-codes.ts';
import type { ValueMap } from '../pack/values.ts';
import type { PlainValue } from '../plan/generation-plan.ts';
import type { CASE_CONFLICTS } from './case-schema.ts';

/** One case of a pack: answers, and what must then be true of the project. */
export interface PackCase {
  /** Below the pack: `tests/defaults.toml`. */
  readonly file: string;
  readonly name: string;
  readonly variables: ValueMap;
  /** References of packs that the project has as well. */
  readonly packs: readonly string[];
  /** The name of the project's directory. */
  readonly directory: string;
  /** What the directory has before anything is generated; absent: it is empty. */
  readonly start: CaseStart | undefined;
  readonly update: CaseUpdate | undefined;
  readonly expect: CaseExpectation;
  readonly commands: readonly CaseCommand[];
}

/** The project is generated into a directory that has files. */
export interface CaseStart {
  /** A directory of the pack. */
  readonly directory: string | undefined;
  /** Texts by path, in the place of those of the directory. */
  readonly files: ReadonlyMap<string, string>;
  /** Whether files in the way are replaced. */
  readonly overwrite: boolean;
}

/** The project is generated with an earlier pack, edited, and updated. */
export interface CaseUpdate {
  /** A version or range, `previous`, or a reference; absent: the pack under test itself. */
  readonly from: string | undefined;
  /** Edits to the files of that pack. */
  readonly earlier: readonly CaseEdit[];
  /** Edits to the generated project. */
  readonly edits: readonly CaseEdit[];
  /** Answers that are given to the update. */
  readonly variables: ValueMap;
  readonly conflict: (typeof CASE_CONFLICTS)[number];
}

export type EditAction =
  | { readonly kind: 'write'; readonly text: string }
  | { readonly kind: 'append'; readonly text: string }
  | { readonly kind: 'prepend'; readonly text: string }
  | { readonly kind: 'replace'; readonly old: string; readonly text: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'move'; readonly to: string };

/** One edit of one file, as a person would make it. */
export interface CaseEdit {
  readonly path: string;
  readonly action: EditAction;
}

/** Texts by path. */
type Texts = ReadonlyMap<string, readonly string[]>;

export interface CaseExpectation {
  /** Paths and globs. */
  readonly files: readonly string[];
  readonly complete: boolean;
  readonly absent: readonly string[];
  readonly executable: readonly string[];
  readonly contains: Texts;
  readonly lacks: Texts;
  /** RE2 expressions, each of which compiles. */
  readonly matches: Texts;
  readonly text: ReadonlyMap<string, string>;
  /** By path and JSON Pointer. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, PlainValue>>;
  readonly noValues: Texts;
  readonly snapshots: readonly string[];
  /** Absent: hooks are not looked at. */
  readonly hooks: readonly string[] | undefined;
  readonly refusal: CaseRefusal | undefined;
  readonly conflicts: readonly string[];
  /** What the update does, or else the generation; absent: not looked at. */
  readonly created: readonly string[] | undefined;
  readonly updated: readonly string[] | undefined;
  readonly deleted: readonly string[] | undefined;
}

export interface CaseRefusal {
  readonly code: ErrorCode;
  /** Absent: not looked at. */
  readonly variables: readonly string[] | undefined;
  readonly contains: readonly string[];
}

export interface CaseCommand {
  readonly name: string;
  readonly run: readonly string[];
  /** Seconds. */
  readonly timeout: number;
  readonly exit: number;
  readonly output: readonly string[];
}
