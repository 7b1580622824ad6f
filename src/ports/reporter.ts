/** The parts of planning, in their order; `load` begins with the plan itself. */
export type PlanPhase = 'answers' | 'data' | 'render' | 'compose' | 'plan';

/** What happened, for whoever watches: a terminal, a log, or nobody. Never text for people. */
export type ProgressEvent =
  /** A phase of planning begins, and with it the one before ends. */
  | { readonly kind: 'phase'; readonly phase: PlanPhase }
  | { readonly kind: 'pack-loaded'; readonly pack: string; readonly version: string }
  | { readonly kind: 'pack-rendered'; readonly pack: string; readonly files: number }
  /** `deletes`: whether files are deleted, besides those that are written. */
  | { readonly kind: 'applying'; readonly done: number; readonly total: number; readonly deletes: boolean }
  | { readonly kind: 'resolving'; readonly pack: string }
  | {
      readonly kind: 'pack-fetching';
      readonly pack: string;
      readonly version: string;
      readonly bytes: number;
      readonly total: number | undefined;
    }
  | { readonly kind: 'pack-stored'; readonly pack: string; readonly version: string; readonly done: number; readonly total: number }
  | { readonly kind: 'signature-doubtful'; readonly warning: string }
  /** A command of a test case begins, which may take long. */
  | { readonly kind: 'case-command'; readonly name: string; readonly command: string }
  /** A test case has ended; `done` counts it. */
  | { readonly kind: 'case-ended'; readonly name: string; readonly done: number; readonly total: number }
  | { readonly kind: 'hook-started'; readonly pack: string; readonly name: string }
  | {
      readonly kind: 'recovered';
      readonly operation: string;
      readonly outcome: 'finished' | 'taken-back';
      readonly kept: readonly string[];
    };

export interface Reporter {
  report(event: ProgressEvent): void;
}
