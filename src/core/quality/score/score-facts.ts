import type { LintFacts } from '../lint-facts.ts';
import type { LintOutcome } from '../lint-pack.ts';

/** A share that was measured: so many of so many. */
export interface Counted {
  readonly done: number;
  readonly of: number;
}

/** What was measured by running the pack. */
export interface TrialFacts {
  /** Test cases that passed; commands of cases were not run. */
  readonly cases: Counted;
  /** The names of the templates that some passing case rendered. */
  readonly rendered: ReadonlySet<string>;
  /** `[[examples]]` that gave a project. */
  readonly examples: Counted;
  /** Queries that an engine compiled; absent where there was none. */
  readonly queries?: Counted;
}

/** All that a score is made from. Nothing of it is what the pack says of its own quality. */
export interface ScoreFacts {
  readonly lint: LintFacts;
  readonly outcome: LintOutcome;
  /** The values that test cases and examples give, as text, by variable; those that are only defaults are left out. */
  readonly tried: ReadonlyMap<string, ReadonlySet<string>>;
  readonly caseFiles: number;
  /** Absent: the score is of what can be known without running anything. */
  readonly trial: TrialFacts | undefined;
}

/** One fact and what it earns. */
export interface ScoreCheck {
  /** What is measured, as a clause. */
  readonly name: string;
  /** Of the hundred, if everything of the dimension applies. */
  readonly points: number;
  readonly measured: Counted;
  /** How to gain what is missing; absent where nothing is. */
  readonly advice?: string;
}

export interface ScoreDimension {
  readonly name: string;
  readonly checks: (facts: ScoreFacts) => readonly ScoreCheck[];
}

/** A check of something that may not be there: it counts only where there is something to count. */
export function countedCheck(name: string, points: number, measured: Counted, advice: string): ScoreCheck[] {
  if (measured.of === 0) return [];
  return [{ name, points, measured, ...(measured.done < measured.of ? { advice } : {}) }];
}

/** Counts the entries that pass. */
export function countOf<T>(entries: readonly T[], passes: (entry: T) => boolean): Counted {
  return { done: entries.filter(passes).length, of: entries.length };
}

/** A thing that is there or not. */
export function present(isPresent: boolean): Counted {
  return { done: isPresent ? 1 : 0, of: 1 };
}

/** How far an amount reaches what is enough. */
export function upTo(amount: number, enough: number): Counted {
  return { done: Math.min(amount, enough), of: enough };
}

/** The texts of findings of some rules, suppressed ones included: allowing a finding does not earn its points. */
export function findingsOf({ outcome }: ScoreFacts, ...rules: readonly string[]) {
  return [...outcome.findings, ...outcome.suppressed].filter(({ rule }) => rules.includes(rule));
}
