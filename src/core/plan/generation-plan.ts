import type { PathConflict, PathDecision } from '../compose/desired-tree.ts';
import type { DiagnosticCode } from '../diagnostics/diagnostic-codes.ts';
import type { DataPlace } from '../lockfile/lockfile.ts';
import type { Value } from '../pack/values.ts';
import type { Situation } from '../reconcile/situations.ts';
import type { Digest } from '../tree/digest.ts';
import type { FileMode } from '../tree/file-tree.ts';
import type { ProjectPath } from '../tree/project-path.ts';

/** How what is wanted, what was generated last and what is on disk relate at one path. */
export type PathClass =
  | 'new' // wanted, never generated, nothing there
  | 'unchanged' // wanted as it is on disk
  | 'reformatted' // wanted as last time; on disk the same in another form
  | 'refreshed' // wanted differently than last time; on disk as generated
  | 'edited' // wanted as last time; the user changed it
  | 'missing' // wanted as last time; the user deleted it
  | 'both-changed' // wanted differently than last time, and changed by the user
  | 'deleted-changed' // wanted differently than last time, and deleted by the user
  | 'in-the-way' // wanted, and something of the user's is there that no pack gave
  | 'replaced' // the user put something that is no file in its place; the packs did not change it
  | 'obsolete' // generated last time, no longer wanted; on disk as generated
  | 'obsolete-edited' // generated last time, no longer wanted; changed by the user
  | 'gone' // generated last time, no longer wanted, and not on disk
  | 'released' // no longer wanted, and there before any pack wanted it
  | 'excluded' // left alone, because the user says so
  | 'renamed' // the pack has it under another path now; the user's file goes there
  | 'moved' // the user has it under another path; it is kept up to date there
  | 'injected' // text of a pack goes into a file that no pack generates
  | 'beside' // a pack's version of a file that is in conflict
  | 'backup' // a copy of what another path's change overwrites
  | 'record'; // packsmith's own files: manifest, lock, baseline

/** What apply does at one path. `keep` and `conflict` leave the user's bytes alone. */
export type PathAction = 'create' | 'update' | 'delete' | 'keep' | 'conflict';

/** The state of a file that a change expects, or leaves. */
export interface PlannedFile {
  readonly digest: Digest;
  readonly mode: FileMode;
}

/** The decision for one path. `before` is what must be on disk for it to be applied (absent: nothing); `after` what will be. */
export interface PlannedPath {
  readonly path: ProjectPath;
  readonly class: PathClass;
  readonly action: PathAction;
  /** One clause for people, such as `edited by you since it was generated`. */
  readonly reason: string;
  readonly before?: PlannedFile;
  readonly after?: PlannedFile;
  /** What else is true of the path, in code-unit order; absent where there is nothing. */
  readonly situations?: readonly Situation[];
  /** The path it comes from, where the pack renamed it, or where the pack has it when the user moved it. */
  readonly from?: ProjectPath;
  /** Present where both sides' changes are left for a person to settle: between markers in the file, or with the pack's version beside it. */
  readonly unsettled?: true;
  /** The packs that contributed, in order of composition. */
  readonly packs: readonly string[];
  /** The template it came from, as a path below its pack. */
  readonly template?: string;
}

/** The bytes of a file inside a plan: text where they are valid UTF-8, else base64. */
export type PlannedContent = { readonly text: string } | { readonly base64: string };

export interface PlannedHook {
  readonly pack: string;
  readonly integrity: string;
  readonly stage: 'pre_generate' | 'post_generate' | 'pre_update' | 'post_update';
  readonly name: string;
  readonly run: readonly string[];
  /** A script as a file of its own: what hooks of other tools' templates are. It stands behind the arguments, or as the one at a place. */
  readonly script?: { readonly name: string; readonly text: string; readonly at?: number };
  /** Directories of the project that a script finds though no file is in them: made for it, and taken away where it leaves them empty. */
  readonly directories?: readonly ProjectPath[];
  /** Seconds. */
  readonly timeout: number;
  readonly continueOnError: boolean;
}

export interface PlannedPack {
  readonly id: string;
  readonly version: string;
  readonly source: string;
  readonly integrity: string;
  /** Why it is part of the plan: `asked for`, or the packs that need it. */
  readonly because: string;
}

/** An answer as a plan shows it: a secret's value is never in it. */
export interface PlannedAnswer {
  /** The pack whose definition was used. */
  readonly pack: string;
  /** All packs that share the value. */
  readonly packs: readonly string[];
  readonly name: string;
  readonly value: PlainValue;
  readonly from: string;
}

/** A file of data that the packs' queries and templates read. */
export interface PlannedData {
  readonly pack: string;
  /** Its name in `[data]`. */
  readonly name: string;
  /** The path as the answers gave it; empty for the pack's default. */
  readonly from: string;
  readonly place: DataPlace;
  /** Below the pack or the project; relative to the project's root for a file outside. */
  readonly path: string;
  readonly format: string;
  readonly sha256: Digest;
  readonly bytes: number;
}

/** A package of an ecosystem that packs bring through `[packages]`. */
export interface PlannedPackage {
  readonly ecosystem: string;
  readonly name: string;
  /** Whether it is for development only. */
  readonly dev: boolean;
  /** Who asks for which versions, in order of composition. */
  readonly ranges: readonly { readonly pack: string; readonly range: string }[];
}

/** What was done about a stored baseline that is missing or damaged, where the plan needs it. */
export interface BaselineNotice {
  readonly code: Extract<DiagnosticCode, 'BASELINE_RENDERED' | 'BASELINE_ABSENT'>;
  /** `incomplete` where it lacks files, since it was written without their base. */
  readonly state: 'missing' | 'damaged' | 'incomplete';
  /** How many files of the last generation have a base again. */
  readonly found: number;
  /** Those that have none, by path. */
  readonly without: readonly ProjectPath[];
  readonly message: string;
}

/** A `Value` as JSON has it. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

export type Operation = 'generate' | 'compose' | 'add' | 'remove' | 'update' | 'regenerate' | 'adopt' | 'merge' | 'undo';

/**
 * What a command will do to a project, as plain data: the same object after a round trip through JSON, the same bytes for the same inputs.
 * Apply performs what it lists and decides nothing. `paths` is sorted by code unit, packsmith's own records last.
 */
export interface GenerationPlan {
  readonly format: 1;
  readonly operation: Operation;
  readonly packs: readonly PlannedPack[];
  readonly answers: readonly PlannedAnswer[];
  /** By ecosystem and name; absent where a plan renders no packs. */
  readonly packages?: readonly PlannedPackage[];
  /** In order of composition; absent where no data was read. */
  readonly data?: readonly PlannedData[];
  readonly paths: readonly PlannedPath[];
  /** How each path that several packs write was settled, by path. */
  readonly decisions: readonly PathDecision[];
  /** Paths on which packs disagree; nothing can be applied while there are any. */
  readonly conflicts: readonly PathConflict[];
  readonly contents: { readonly [digest: string]: PlannedContent };
  /** Of files that hold secrets, SHA-256 of the bytes and that of the masked bytes: what this copy of the project remembers of them. Absent where there are none. */
  readonly originals?: { readonly [digest: string]: Digest };
  readonly hooks: readonly PlannedHook[];
  /** Absent where the stored baseline is intact, or nothing needs it. */
  readonly baseline?: BaselineNotice;
  readonly warnings: readonly string[];
  /** What packs say to people about this change. */
  readonly notes?: readonly { readonly pack: string; readonly text: string }[];
}

/** A value as JSON: maps become objects, big integers become strings. */
export function toPlainValue(value: Value): PlainValue {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toPlainValue);
  const entries = [...(value as ReadonlyMap<string, Value>)].map(([key, item]) => [key, toPlainValue(item)] as const);
  return Object.fromEntries(entries);
}
