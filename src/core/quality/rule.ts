import type { Severity, SourcePosition } from '../diagnostics/diagnostic.ts';
import type { LintFacts } from './lint-facts.ts';

/** One thing that is wrong with packs, how to see it, and what it costs. Adding a rule is adding a file to `rules/`. */
export interface Rule {
  /** Lower-case words joined by `-`; never renamed. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, as one clause. */
  readonly summary: string;
  /** Why that matters. */
  readonly reason: string;
  /** What to do about it. */
  readonly cure: string;
  /** Whether `--fix` can mend it. */
  readonly isFixable?: boolean;
  /** Whether it goes by what packsmith's own template language means: packs with a `[language]` are not judged by it. */
  readonly isOfOwnLanguage?: boolean;
  readonly check: (facts: LintFacts) => readonly RuleFinding[];
}

export interface RuleFinding {
  readonly message: string;
  readonly where: SourcePosition;
  readonly suggestion?: string;
  /** The key of `pack.toml` that it is about, such as `variables.port`; suppressions can name it. */
  readonly subject?: string;
  readonly fix?: Fix;
}

/** A change that keeps what the pack generates, and what it asks. */
export type Fix =
  | { readonly kind: 'remove-key'; readonly path: readonly string[] }
  | { readonly kind: 'remove-comment'; readonly file: string; readonly line: number; readonly text: string }
  | { readonly kind: 'remove-allowance'; readonly index: number };

export interface LintFinding extends RuleFinding {
  readonly rule: string;
  readonly severity: Severity;
}
