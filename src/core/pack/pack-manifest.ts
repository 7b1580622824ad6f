import type { DataFormat } from '../data/data-format.ts';
import type { FileMode } from '../tree/file-tree.ts';
import type { PackLanguage } from './pack-language.ts';
import type { PackName } from './pack-name.ts';
import type { Value } from './values.ts';

/** What a `pack.toml` of format 1 says, parsed, with every default filled in. Lists keep the order of the file. */
export interface PackManifest {
  readonly format: 1;
  readonly id: PackName;
  /** SemVer 2.0.0. */
  readonly version: string;
  readonly title: string;
  readonly description: string;
  readonly category: string | undefined;
  /** An SPDX expression. */
  readonly license: string | undefined;
  readonly authors: readonly string[];
  readonly repository: string | undefined;
  readonly homepage: string | undefined;
  readonly keywords: readonly string[];
  /** The range of packsmith versions that can load the pack. */
  readonly requires: string | undefined;
  readonly dependencies: readonly PackDependency[];
  readonly packages: readonly EcosystemPackage[];
  readonly variables: readonly VariableDefinition[];
  readonly templates: readonly TemplateDeclaration[];
  readonly queries: readonly QueryDeclaration[];
  readonly data: readonly DataDeclaration[];
  readonly hooks: readonly HookDeclaration[];
  readonly merge: readonly MergeRule[];
  readonly examples: readonly PackExample[];
  readonly health: readonly HealthCheck[];
  readonly migrations: readonly MigrationDeclaration[];
  readonly lint: LintSettings;
  /** How its templates are read, where they were written for another tool. */
  readonly language?: PackLanguage;
}

/** Another pack that a pack needs. */
export interface PackDependency {
  readonly id: PackName;
  /** A range in npm's grammar. */
  readonly version: string;
  readonly optional: boolean;
  readonly reason: string | undefined;
}

export type Ecosystem = 'npm' | 'pypi' | 'cargo';

/** A package of an ecosystem that the generated project depends on. */
export interface EcosystemPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** A range in the ecosystem's own grammar. */
  readonly version: string;
  readonly dev: boolean;
  /** An expression over the answers; absent means always. */
  readonly when: string | undefined;
}

export type VariableType =
  | 'string'
  | 'text'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'path'
  | 'url'
  | 'email'
  | 'secret'
  | 'list'
  | 'map';

export interface VariableDefinition {
  readonly name: string;
  readonly type: VariableType;
  readonly prompt: string | undefined;
  readonly description: string | undefined;
  /** Strings in it are templates over the variables declared before. */
  readonly default: Value | undefined;
  readonly required: boolean;
  /** What the user's settings of the template's own tool have in the place of the default, where the template has to make one of it. */
  readonly toolDefault?: Value;
  /** Whether empty text is an answer where one is required, as other tools have it. */
  readonly takesEmpty?: boolean;
  /** Whether a line may be several, with any character: in other tools a text is what its default renders to. */
  readonly takesLines?: boolean;
  /** An expression; the variable is asked and valid only where it is true. */
  readonly when: string | undefined;
  /** An expression that gives the value; such a variable is never asked nor set. */
  readonly computed: string | undefined;
  readonly pattern: string | undefined;
  readonly patternHint: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly choices: readonly Choice[];
  readonly example: Value | undefined;
  readonly group: string | undefined;
  readonly shared: boolean;
}

export interface Choice {
  readonly value: string | number | boolean;
  readonly label: string;
}

export type OnExists = 'merge' | 'keep' | 'overwrite' | 'fail';

/** One `[[templates]]` entry: a file (or the files of a glob) below the pack, or inline content. */
export interface TemplateDeclaration {
  readonly content: TemplateContent;
  /** A path template; absent only for injections and for sources below `templates/`, whose own path it then is. */
  readonly output: string | undefined;
  readonly when: string | undefined;
  /** An expression that gives the rows: one file a row. */
  readonly forEach: string | undefined;
  /** The name a row has in the template; `item` when the manifest does not say. */
  readonly as: string;
  readonly mode: FileMode | undefined;
  readonly onExists: OnExists | undefined;
  readonly merge: string | undefined;
  readonly inject: Injection | undefined;
}

export type TemplateContent =
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly base64: string };

/** Where text goes in a file that another template generates, or that stands in the project already. */
export interface Injection {
  /** A path template. */
  readonly into: string;
  readonly position: { readonly kind: 'before' | 'after'; readonly marker: string } | { readonly kind: 'start' | 'end' };
  /** Skip when the file has the text already. */
  readonly once: boolean;
}

export interface QueryDeclaration {
  readonly name: string;
  readonly content: { readonly kind: 'file'; readonly file: string } | { readonly kind: 'text'; readonly text: string };
  /** `data.<name>`; absent means the pack's own ontology plus its data. */
  readonly over: string | undefined;
  /** The variable by whose values the rows are grouped. */
  readonly groupBy: string | undefined;
  readonly parameters: readonly QueryParameter[];
}

/** A variable of a query that is bound before it runs: as a term, never as text in the query. */
export interface QueryParameter {
  /** Without its `?`. */
  readonly variable: string;
  /** An expression over the answers. */
  readonly value: string;
  readonly type: 'literal' | 'iri';
}

export interface DataDeclaration {
  readonly name: string;
  /** A path template. */
  readonly from: string | undefined;
  /** A path below the pack, read where `from` is absent, renders to the empty string, or leads to nothing and was not named by the user. */
  readonly default: string | undefined;
  /** By the ending of the path when absent. */
  readonly format: DataFormat | undefined;
}

export type HookStage = 'pre_generate' | 'post_generate' | 'pre_update' | 'post_update';

export interface HookDeclaration {
  readonly stage: HookStage;
  readonly name: string;
  /** An argument vector, each a template; never given to a shell. */
  readonly run: readonly string[];
  readonly when: string | undefined;
  /** It runs only in an update from below this version to it or above. */
  readonly version?: string | undefined;
  /** Seconds. */
  readonly timeout: number;
  readonly continueOnError: boolean;
}

export interface MergeRule {
  /** A path or glob below the project. */
  readonly path: string;
  readonly driver: string;
}

export interface PackExample {
  readonly title: string;
  readonly variables: ReadonlyMap<string, Value>;
}

export interface HealthCheck {
  readonly name: string;
  /** A template. */
  readonly url: string;
  readonly status: number;
}

/** What changes in a project when an update leads from a version in `from` to a version in `to`; several that apply do so in the order of the file. */
export interface MigrationDeclaration {
  /** A range in npm's grammar. */
  readonly from: string;
  /** A range in npm's grammar. */
  readonly to: string;
  /** Old path to new path; both end in `/` for a directory with all that is in it. */
  readonly rename: ReadonlyMap<string, string>;
  readonly renameVariables: ReadonlyMap<string, string>;
  /** Answers for variables (by their new names) that the project has no answer for. */
  readonly defaults: ReadonlyMap<string, Value>;
  /** By variable (its new name): the old value, as text, to the new one. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Variables (by their new names) of another type now, whose old answers are read as a flag's text is. */
  readonly retype: readonly string[];
  /** Packs that took over a part of this one, with the range that is added to the project. */
  readonly addPacks: ReadonlyMap<PackName, string>;
}

export type RuleLevel = 'off' | 'info' | 'warning' | 'error';

/** What the pack says of the rules of `packs lint`. That a rule exists is not checked here. */
export interface LintSettings {
  /** By the id of a rule. */
  readonly severity: ReadonlyMap<string, RuleLevel>;
  readonly allow: readonly LintAllowance[];
}

/** Findings that the author knows of and stands by. */
export interface LintAllowance {
  /** The id of a rule. */
  readonly rule: string;
  /** A file or glob below the pack, or a key of `pack.toml` such as `variables.port`; absent: the whole pack. */
  readonly in: string | undefined;
  readonly reason: string;
}

/** One exact pack, named by what is in it. */
export interface PackId {
  readonly name: PackName;
  readonly version: string;
}

/** Where the facts of a loaded pack came from, for people and for the lockfile. */
export interface PackProvenance {
  readonly kind: 'builtin' | 'project' | 'directory' | 'local' | 'installed' | 'archive' | 'git' | 'npm' | 'folder';
  /** What was asked for, without credentials: a directory, an address; empty for `builtin`. */
  readonly location: string;
  /** What its repository calls the commit that it is of, as `git describe --tags --always` does; only where the tool it is for records that. */
  readonly revision?: string;
  /** Whether it is a directory as it is now, of a repository with tags that the tool it is for would choose from. */
  readonly hasTags?: true;
}
