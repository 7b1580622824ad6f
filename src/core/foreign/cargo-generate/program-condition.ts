import type { ForeignRun } from '../foreign-template.ts';

/** A condition that is a program, and the names in it; `undefined` for what is none. */
export type ReadCondition = (source: string) => ProgramCondition | undefined;

export interface ProgramCondition {
  readonly names: readonly string[];
  readonly holds: (run: ForeignRun) => boolean;
}
