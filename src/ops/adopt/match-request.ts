import type { ProjectManifest } from '../../core/manifest/project-manifest.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { GivenAnswers } from '../../core/template/answers/answer-types.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ProjectState } from '../project/load-project.ts';

export interface MatchRequest {
  /** The versions to compare, newest first. */
  readonly candidates: readonly Pack[];
  readonly state: ProjectState;
  readonly manifest: ProjectManifest;
  readonly given: readonly GivenAnswers[];
  readonly workingDirectory: string;
  /** Every file of the project that may be compared. */
  readonly files: readonly ProjectPath[];
}

/** An answer that the files of a project gave. */
export interface InferredAnswer {
  /** The project's name is none of a pack's variables. */
  readonly kind: 'variable' | 'project-name';
  readonly name: string;
  readonly value: string | number | boolean;
}

/** What a pack alone gives with some answers; `undefined` where it gives nothing. */
export type RenderTry = (
  pack: Pack,
  answers: readonly InferredAnswer[],
) => Promise<ReadonlyMap<ProjectPath, { readonly content: Uint8Array }> | undefined>;

export interface PresentFiles {
  /** Reads what was not read yet. */
  read(paths: Iterable<ProjectPath>): Promise<void>;
  get(path: ProjectPath): Uint8Array | undefined;
}
