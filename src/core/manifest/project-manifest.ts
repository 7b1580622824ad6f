import type { PackName } from '../pack/pack-name.ts';
import type { Value } from '../pack/values.ts';

/** What a project asks for (`packsmith.toml`), or what a composition file describes; format 1. Lists keep the order of the file. */
export interface ProjectManifest {
  readonly format: 1;
  readonly name: string | undefined;
  readonly packs: readonly ProjectPack[];
  /** The answers; a key is the name of a variable, or `pack.variable` for one pack's. Never a secret. */
  readonly variables: ReadonlyMap<string, Value>;
  readonly merge: ProjectMerge;
  /** Globs of paths that update and regenerate never touch. */
  readonly preserve: readonly string[];
  /** The project's own formatters; the first that a path matches counts. Never from a composition file, nor from a pack. */
  readonly formatters?: readonly ProjectFormatter[];
  /** Ranges (an exact version pins) that take the place of what packs ask of one another. */
  readonly overrides: ReadonlyMap<PackName, string>;
}

/** A command that formats a text: it reads one from its input and prints the other. */
export interface ProjectFormatter {
  /** Globs of paths. */
  readonly files: readonly string[];
  /** The program and its arguments; `{path}` in them stands for the path of the file. */
  readonly run: readonly string[];
}

export interface ProjectPack {
  readonly id: PackName;
  /** A range in npm's grammar; absent means any version. */
  readonly version: string | undefined;
  /** A reference (not an id) to where the pack is; absent means the repositories in order. */
  readonly source: string | undefined;
  /** Answers for this pack alone. */
  readonly variables: ReadonlyMap<string, Value>;
}

export type MergeMode = 'merge' | 'layer' | 'overwrite' | 'keep' | 'ask' | 'fail';

export interface ProjectMerge {
  readonly mode: MergeMode;
  /** The most specific glob decides. */
  readonly rules: readonly ProjectMergeRule[];
}

export interface ProjectMergeRule {
  readonly path: string;
  readonly action: MergeMode;
  readonly prefer: PackName | undefined;
}
