import type { Composition } from '../../core/compose/compose-packs.ts';
import type { DesiredTree } from '../../core/compose/desired-tree.ts';
import type { MergeInput } from '../../core/compose/merges/merge-driver.ts';
import type { Baseline } from '../../core/lockfile/baseline.ts';
import type { ProjectFormatter } from '../../core/manifest/project-manifest.ts';
import type { Operation, PlannedData, PlannedHook } from '../../core/plan/generation-plan.ts';
import type { ConflictPolicy } from '../../core/plan/settle-conflict.ts';
import type { AnswerOutcome } from '../../core/template/answers/answer-types.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { Formatter } from '../../ports/formatter.ts';
import type { Ports } from '../../ports/ports.ts';
import type { ReplayedGeneration } from '../render/replay-generation.ts';
import type { ProjectState } from './load-project.ts';
import type { LoadedPack } from './loaded-pack.ts';

export type PlanningPorts = Pick<Ports, 'project' | 'hash' | 'codec'>;

/** A file that the user asked to leave alone. */
export interface ExcludedFile {
  readonly path: ProjectPath;
  readonly packs: readonly string[];
  readonly template: string;
  readonly situation: 'preserved' | 'not-asked';
  /** Where the pack has it now, if that is what is left alone. */
  readonly renamedTo?: ProjectPath;
}

export interface Formatting {
  readonly formatters: readonly ProjectFormatter[];
  readonly formatter: Formatter;
  readonly signal?: AbortSignal;
}

export interface PlanProjectRequest {
  readonly operation: Operation;
  readonly state: ProjectState;
  readonly packs: readonly LoadedPack[];
  readonly composition: Composition;
  readonly answers: AnswerOutcome;
  /** The composition with masks in the place of secrets; empty where there is no secret. */
  readonly masked: DesiredTree;
  /** The files of data that the packs read. */
  readonly data: readonly PlannedData[];
  readonly hooks: readonly PlannedHook[];
  readonly now: string;
  /** The text of packsmith.toml as it should be. */
  readonly manifest: string;
  readonly policy: ConflictPolicy;
  /** Whether files that the user deleted come back. */
  readonly restores: boolean;
  readonly backup: boolean;
  /** Take the wanted tree for what was generated: whatever the user has is kept, and differs from then on. */
  readonly adopts: boolean;
  /** The bytes of the last generation, where they are at hand and not in the project. */
  readonly stored?: Baseline;
  /** Who the sides of a merge are, where packs do not say it. */
  readonly labels?: MergeInput['labels'];
  /** Which files of the last generation this plan is about; the others, and their records, stay as they are. */
  readonly isConcerned: (path: ProjectPath) => boolean;
  /** What is left alone, whatever stands there. */
  readonly isPreserved?: (path: ProjectPath) => boolean;
  /** New files that are not created, since `preserve` matches them. */
  readonly preserved?: DesiredTree;
  /** Files that this plan leaves alone although packs want them, or gave them. */
  readonly excluded?: readonly ExcludedFile[];
  /** Whether packsmith's own files are written. A single template outside a project leaves none. */
  readonly keepsRecords: boolean;
  /** Renders the last generation again, where its stored bytes are needed and not to be had. */
  readonly replay: () => Promise<ReplayedGeneration>;
  readonly warnings: readonly string[];
  /** The project's own formatters, and what runs them; absent where nobody asked for it. */
  readonly formatting?: Formatting;
}
