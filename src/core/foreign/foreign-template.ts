import type { Diagnostic, SourcePosition } from '../diagnostics/diagnostic.ts';
import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import type { RenderOptions } from '../jinja/render-template.ts';
import type { OnExists, PackManifest, VariableDefinition } from '../pack/pack-manifest.ts';
import type { PackName } from '../pack/pack-name.ts';
import type { Value, ValueMap } from '../pack/values.ts';
import type { PlannedHook } from '../plan/generation-plan.ts';
import type { RefinedVariable } from '../template/answers/answer-types.ts';
import type { TemplateSource } from '../template/template-source.ts';
import type { Hash } from '../tree/digest.ts';
import type { FileEntry, FileTree } from '../tree/file-tree.ts';
import type { ForeignKind } from './foreign-kind.ts';

/** What a decoder is told of a template: its files, and what it is called. */
export interface ForeignSource {
  readonly files: FileTree;
  readonly id: PackManifest['id'];
  readonly version: string;
  /** What it was asked for by, without a revision and credentials. */
  readonly reference: string;
  readonly integrity: string;
  /** The commit that it is of, where it comes from git. */
  readonly commit?: string | undefined;
  /** What its repository calls that commit: a tag, or as many commits after one. */
  readonly revision?: string | undefined;
}

/** The project that a template is rendered into, as far as templates of other tools can see it. */
export interface ForeignScope {
  /** ISO 8601 in UTC: the recorded instant, which also stands in for chance. */
  readonly now: string;
  /** The directory that the project stands in, absolute; empty where there is no project yet. */
  readonly parentDirectory: string;
  /** The last segment of the project's directory. */
  readonly directory: string;
  /** What stands in files of the project that `externalData` names, by their paths. */
  readonly external: ValueMap;
  readonly hash: Hash;
}

/**
 * How a template of another tool differs from a pack: what it renders, how, and what its templates see. A decoder makes it; it is pure, and
 * everything else treats the pack as any other.
 */
export interface ForeignTemplate {
  /** `pack` where a pack's own manifest says that its templates are of another language. */
  readonly kind: ForeignKind | 'pack';
  /** What it renders, in the place of `templates/` and `[[templates]]`. */
  readonly templates: readonly TemplateSource[];
  /** The name under which the tool's own records hold answers; a variables file may have them below it. */
  readonly answersKey: string | undefined;
  /** What stands in the tool's own record beside the answers, and is none; a variables file may be such a record. */
  readonly recordKeys?: readonly string[];
  /** What is not quite as the tool does it: warnings. */
  readonly remarks: readonly Diagnostic[];
  /** What only a check of the template looks for, because it takes time. */
  readonly check?: () => readonly Diagnostic[];
  /** The template language as the tool sets it. */
  readonly makeEnvironment: (scope: ForeignScope) => JinjaEnvironment;
  /** The names that templates see when these answers are given. Variables that are not answered yet are left out. */
  readonly makeContext: (answers: ValueMap, scope: ForeignScope, environment: JinjaEnvironment, budget: Budget) => ValueMap;
  /** Paths of data in the project that templates see besides the answers, by name; a path may be a template. */
  readonly externalData?: ReadonlyMap<string, string>;
  /** Where a variable is declared; in pack.toml where nothing is said. */
  readonly whereIs?: (variable: string) => SourcePosition;
  /** A variable as it is once those before it are answered; `undefined` where it is as it stands. */
  readonly refine?: (definition: VariableDefinition, request: ForeignQuestion) => RefinedVariable | undefined;
  /** Whether its tool asks every question that has no answer yet, and not only those without a default. */
  readonly asksAll?: boolean;
  /** Whether an answer that is given to a question which is not asked counts all the same. */
  readonly takesUnasked?: boolean;
  /** The texts that say what a variable depends on. */
  readonly textsOf?: (variable: string) => readonly string[];
  /** The variables that a template uses, where it does not have them as words of their own. */
  readonly wordsIn?: (source: string) => Iterable<string>;
  /** What is wrong with a value of a variable, by the template's own rule. */
  readonly validate?: (variable: string, value: Value, request: ForeignQuestion) => string | undefined;
  /** An answer from the tool's own records, as a variable keeps it. */
  readonly adoptAnswer?: (variable: string, value: Value) => Value;
  /** What a file becomes, where that is more than one file, or decided by the answers. */
  readonly expand?: (source: TemplateSource, run: ForeignRun) => readonly ExpandedFile[];
  /** What is rendered with the answers at hand, where that is not what `templates` lists. */
  readonly list?: (run: ForeignRun) => readonly TemplateSource[];
  /** What becomes of the files once all are rendered. @throws PacksmithError */
  readonly finish?: (files: FileTree, run: ForeignRun) => ReadonlyMap<string, FinishedFile>;
  /** Renders the content of a file, where that is not done by the environment alone. */
  readonly renderText?: (text: string, options: RenderOptions) => string;
  /** Renders the path of a file, where that is more than rendering it as one template. */
  readonly renderPath?: (template: string, options: RenderOptions) => string;
  /** What the template says to people, rendered; empty where it says nothing. */
  readonly messages?: (moment: 'before_copy' | 'after_copy' | 'before_update' | 'after_update', run: ForeignRun) => string;
  /** The name of the directory that the tool would make; absent where that is given. @throws PacksmithError */
  readonly directoryName?: (run: ForeignRun) => string;
  /** The template as a pack of its own, under an id; absent for what is one already. */
  readonly translate?: (id: PackName) => Translation;
  /** Hooks that run before anything is asked, in a copy of the template; they stand in `planHooks` too. */
  readonly earlyHooks?: () => readonly PlannedHook[];
  /** Its hooks, rendered, in the order in which they run. */
  readonly planHooks: (run: ForeignRun) => readonly PlannedHook[];
}

/** What a variable is refined and checked with. */
export interface ForeignQuestion {
  readonly answers: ValueMap;
  readonly scope: ForeignScope;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}

/** That a pack was made of one of another tool: its manifest and files are those of a pack. */
export interface TranslatedPack extends Required<Pick<ForeignTemplate, 'remarks' | 'translate'>> {
  readonly kind: ForeignKind;
}

/** One file that a template of another tool gives. */
export interface ExpandedFile {
  readonly path: string;
  /** What its content is rendered with. */
  readonly context: ValueMap;
  readonly onExists?: OnExists | undefined;
  /** Whether the content is rendered, where it is not as for the template. */
  readonly isRendered?: boolean;
  /** Whose version stays whole where both changed. */
  readonly wholeOf?: 'ours' | 'theirs' | undefined;
}

/** A file as a script of the template leaves it. */
export interface FinishedFile {
  readonly entry: FileEntry;
  /** Where it was rendered to; absent for one that a script makes. */
  readonly from: string | undefined;
  /** The script that wrote its content, if one did. */
  readonly by: string | undefined;
}

/** A pack that renders what a template of another tool does, and what became of each part of that. */
export interface Translation {
  readonly files: FileTree;
  readonly report: readonly TranslatedPart[];
}

export interface TranslatedPart {
  readonly outcome: 'translated' | 'approximated' | 'left out';
  /** What it is, as a noun with its name. */
  readonly what: string;
  /** Where it stands now, or why it is not quite the same. */
  readonly note: string;
  readonly where: SourcePosition;
}

/** What hooks are rendered with. */
export interface ForeignRun {
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
  /** The version that the project has, where it has one. */
  readonly previousVersion?: string | undefined;
  /** What the template's repository calls the commit that the project has. */
  readonly previousRevision?: string | undefined;
}
