import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Budget } from '../jinja/budget.ts';
import type { JinjaEnvironment } from '../jinja/environment.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import type { ValueMap } from '../pack/values.ts';
import type { PlannedHook } from '../plan/generation-plan.ts';
import type { TemplateSource } from '../template/template-source.ts';
import type { Hash } from '../tree/digest.ts';
import type { FileTree } from '../tree/file-tree.ts';
import type { ForeignKind } from './foreign-kind.ts';

/** What a decoder is told of a template: its files, and what it is called. */
export interface ForeignSource {
  readonly files: FileTree;
  readonly id: PackManifest['id'];
  readonly version: string;
  /** What it was asked for by, without a revision and credentials. */
  readonly reference: string;
  readonly integrity: string;
}

/** The project that a template is rendered into, as far as templates of other tools can see it. */
export interface ForeignScope {
  /** ISO 8601 in UTC: the recorded instant, which also stands in for chance. */
  readonly now: string;
  /** The directory that the project stands in, absolute; empty where there is no project yet. */
  readonly parentDirectory: string;
  readonly hash: Hash;
}

/**
 * How a template of another tool differs from a pack: what it renders, how, and what its templates see. A decoder makes it; it is pure, and
 * everything else treats the pack as any other.
 */
export interface ForeignTemplate {
  readonly kind: ForeignKind;
  /** What it renders, in the place of `templates/` and `[[templates]]`. */
  readonly templates: readonly TemplateSource[];
  /** The name under which the tool's own records hold answers; a variables file may have them below it. */
  readonly answersKey: string | undefined;
  /** What is not quite as the tool does it: warnings. */
  readonly remarks: readonly Diagnostic[];
  /** The template language as the tool sets it. */
  readonly makeEnvironment: (scope: ForeignScope) => JinjaEnvironment;
  /** The names that templates see when these answers are given. Variables that are not answered yet are left out. */
  readonly makeContext: (answers: ValueMap, scope: ForeignScope, environment: JinjaEnvironment, budget: Budget) => ValueMap;
  /** Its hooks, rendered, in the order in which they run. */
  readonly planHooks: (run: ForeignRun) => readonly PlannedHook[];
}

/** What hooks are rendered with. */
export interface ForeignRun {
  readonly context: ValueMap;
  readonly environment: JinjaEnvironment;
  readonly budget: Budget;
}
