import type { GenerationPlan, PlannedHook } from '../core/plan/generation-plan.ts';
import type { AdoptedPack } from '../ops/adopt/adopt-project.ts';
import type { InferredAnswer } from '../ops/adopt/match-request.ts';
import type { CheckedAnswers } from '../ops/project/check-answers.ts';
import type { ProjectStatus } from '../ops/project/check-project.ts';
import type { TwoWayDiff } from '../ops/project/diff-project.ts';
import type { MarkedPack } from '../ops/project/find-marked-packs.ts';
import type { ChangedPack, NewerPack, PackBeyondRange } from '../ops/project/find-newer-packs.ts';
import type { ListedChange } from '../ops/project/undo-change.ts';
import type { HookOutcome } from '../ports/hook-runner.ts';
import type { TransactionRecord } from '../ports/project-dir.ts';

/**
 * The `data` of the commands that change a project, or compare with it; schemas/output.schema.json is made from these types.
 * @public read by tools/output-schema.mjs
 */
export interface OutputData {
  readonly plan: PlanData;
  readonly generate: ChangeData;
  readonly compose: ChangeData;
  readonly add: ChangeData;
  readonly remove: ChangeData;
  readonly update: ChangeData;
  readonly regenerate: ChangeData;
  readonly merge: ChangeData;
  readonly undo: UndoData;
  readonly adopt: AdoptData;
  readonly status: StatusData;
}

/** A plan that was not applied. */
export interface PlanData {
  readonly plan: GenerationPlan;
  /** A unified diff, with `--diff`. */
  readonly diff?: string;
}

/** A plan as it was applied; or, with `--dry-run` or `--diff`, as it would be. */
export interface ChangeData {
  readonly plan: ShownPlan;
  readonly diff?: string;
  /** Of the project, absolute. */
  readonly directory?: string;
  /** The change as `packs undo --list` has it; null where nothing had to be written; absent where nothing was applied. */
  readonly transaction?: TransactionRecord | null;
  readonly hooks?: readonly HookOutcome[];
  readonly skippedHooks?: readonly PlannedHook[];
}

/** A plan, in which the contents are left out once it is applied. */
export interface ShownPlan extends Omit<GenerationPlan, 'contents'> {
  readonly contents?: GenerationPlan['contents'];
}

export interface UndoData {
  /** With `--list`, newest first. */
  readonly changes?: readonly ListedChange[];
  readonly plan?: ShownPlan;
  readonly transaction?: TransactionRecord | null;
}

export interface AdoptData {
  readonly packs: readonly AdoptedPack[];
  /** What the files say of variables that nobody answered. */
  readonly inferred: readonly InferredAnswer[];
  readonly plan: ShownPlan;
  readonly transaction?: TransactionRecord | null;
}

export interface StatusData extends ProjectStatus {
  /** What packsmith.toml asks for that the project was not generated with. */
  readonly answers: CheckedAnswers;
  /** With `--outdated`. */
  readonly newer?: readonly NewerPack[];
  /** With `--outdated`, packs of folders and the like with other content than the project has, though no newer version. */
  readonly changed?: readonly ChangedPack[];
  /** With `--outdated`, what the ranges in packsmith.toml keep out. */
  readonly beyond?: readonly PackBeyondRange[];
  /** With `--outdated`, the packs whose locked version is deprecated or yanked. */
  readonly marked?: readonly MarkedPack[];
  /** With `--diff`. */
  readonly diff?: string;
  /** With `--diff`, the files whose last generation is not to be had. */
  readonly twoWay?: readonly TwoWayDiff[];
}
