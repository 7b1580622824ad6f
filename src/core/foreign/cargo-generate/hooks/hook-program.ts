import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { Budget } from '../../../jinja/budget.ts';
import type { VariableDefinition } from '../../../pack/pack-manifest.ts';
import type { ValueMap } from '../../../pack/values.ts';
import type { FileEntry, FileTree } from '../../../tree/file-tree.ts';
import type { ProjectPath } from '../../../tree/project-path.ts';
import type { FinishedFile, TranslatedPart } from '../../foreign-template.ts';
import type { ReadCondition } from '../program-condition.ts';
import type { CargoConfig, HookStage } from '../read-config.ts';

/** What scripts are run with. */
export interface HookRequest {
  /** What templates see; scripts see the same. */
  readonly variables: ValueMap;
  readonly answers: ValueMap;
  /** The recorded instant. */
  readonly now: string;
  readonly budget: Budget;
  /** The files that they find. */
  readonly files: FileTree;
}

/** What scripts leave. */
export interface HookResult {
  readonly variables: ValueMap;
  readonly files: ReadonlyMap<string, FinishedFile>;
  readonly printed: readonly string[];
  readonly commands: readonly HookCommand[];
}

/** The files that scripts leave, as the next ones find them. */
export function treeOf({ files }: Pick<HookResult, 'files'>): FileTree {
  return new Map([...files].map(([path, { entry }]): [ProjectPath, FileEntry] => [path as ProjectPath, entry]));
}

/** A command that a script asks for, and which script does. */
export interface HookCommand {
  readonly script: string;
  readonly line: string;
}

/**
 * The scripts of a template. They are part of rendering: pure, bounded, run for every version and every set of answers anew; nothing that they do
 * reaches the disk but through the plan.
 */
export interface HookProgram {
  readonly diagnostics: readonly Diagnostic[];
  /** The template as scripts find it. */
  readonly files: FileTree;
  /** What the scripts of a stage ask, with what is known of it: the rest is found when they run. */
  questionsOf(stage: HookStage): readonly VariableDefinition[];
  /** @throws PacksmithError `TEMPLATE_FAILED`, `LIMIT_EXCEEDED` */
  run(stage: HookStage, request: HookRequest): HookResult;
  /** The questions that the scripts of a stage get to with these answers, as they put them, by name. @throws PacksmithError `LIMIT_EXCEEDED` */
  findAsked(stage: HookStage, request: HookRequest): ReadonlyMap<string, VariableDefinition>;
  /** What becomes of them in a pack. */
  report(): TranslatedPart[];
}

/** What is loaded for templates that have programs. */
export interface RhaiReaders {
  readonly readHooks: ReadHooks;
  readonly readCondition: ReadCondition;
}

export type ReadHooks = (files: FileTree, config: CargoConfig) => HookProgram;
