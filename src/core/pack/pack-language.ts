import type { Value, ValueMap } from './values.ts';

/** The template language of a pack that was made from another tool's template. */
export interface PackLanguage {
  /** `copier` is `jinja2` with what Copier adds to it; `liquid` is that of cargo-generate. */
  readonly dialect: 'jinja2' | 'copier' | 'liquid';
  readonly namespace: string | undefined;
  readonly extensions: readonly string[];
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly keepTrailingNewline: boolean;
  readonly newLines: string | undefined;
  /** By Jinja2's names without `_string`: `block_start` … */
  readonly delimiters: ReadonlyMap<string, string>;
  readonly constants: ReadonlyMap<string, Value>;
  readonly rendered: ReadonlyMap<string, Value>;
  /** What templates see an answer by, by the name of its variable. */
  readonly names: ReadonlyMap<string, string>;
  /** Names whose value is null unless it is answered. */
  readonly nulls: readonly string[];
  /** Templates that are rendered before all others, for what they change of the values. */
  readonly changes: readonly string[];
  readonly lineStatementPrefix: string | undefined;
  readonly lineCommentPrefix: string | undefined;
  readonly newlineSequence: string | undefined;
  readonly autoescape: boolean;
  /** Of the dialect `copier` only. */
  readonly copier: CopierLanguage;
}

/** What the dialect of Copier can say besides. Texts are templates, but for the suffix. */
export interface CopierLanguage {
  /** Whether a name that is not defined is an error; else it is nothing. */
  readonly strict: boolean;
  readonly suffix: string | undefined;
  /** The folder below `templates/` that is generated. */
  readonly subdirectory: string | undefined;
  readonly exclude: readonly string[];
  readonly keep: readonly string[];
  readonly answersFile: string | undefined;
  readonly externalData: ReadonlyMap<string, string>;
  readonly messages: ReadonlyMap<string, string>;
  /** For each variable what a pack cannot say of one otherwise. */
  readonly answers: ReadonlyMap<string, ValueMap>;
}
