import type { ProjectFormatter } from '../core/manifest/project-manifest.ts';

export interface FormatRequest {
  readonly formatter: ProjectFormatter;
  /** Where the text would stand, below the project. */
  readonly path: string;
  readonly text: string;
  /** The project. */
  readonly directory: string;
  readonly signal?: AbortSignal;
}

export type FormatOutcome = { readonly kind: 'formatted'; readonly text: string } | { readonly kind: 'failed'; readonly reason: string };

/** Gives texts the form that the project's own formatter gives them: no shell, a scrubbed environment, a time limit. Changes no file. */
export interface Formatter {
  format(request: FormatRequest): Promise<FormatOutcome>;
}
