import type { Diagnostic, SourcePosition } from '../../diagnostics/diagnostic.ts';
import type { VariableDefinition } from '../../pack/pack-manifest.ts';
import type { PackName } from '../../pack/pack-name.ts';
import type { Value, ValueMap } from '../../pack/values.ts';
import type { Evaluator } from './evaluator.ts';

/** A value as it was given: text that is coerced by the variable's type, or a typed value that is only checked. */
export type GivenValue =
  | { readonly kind: 'text'; readonly text: string; readonly detail?: string }
  | { readonly kind: 'value'; readonly value: Value; readonly detail?: string; readonly where?: SourcePosition };

/**
 * Where values come from, strongest first; `edited` is a value that somebody changed in the review of an interview, `inferred` one that the files
 * of a project gave which is adopted.
 */
export const GIVEN_SOURCES = ['edited', 'flag', 'file', 'environment', 'project', 'interactive', 'inferred', 'settings'] as const;

export type GivenSource = (typeof GIVEN_SOURCES)[number];

/** Where the value of an answer came from; `none` is an optional variable that has neither a value nor a default. */
export type AnswerSource = GivenSource | 'default' | 'computed' | 'none';

/**
 * Values of one source. A key is a variable's name, or `pack.name` for the variable of one pack. In the environment names match without
 * regard to case. A map under the name of a pack, as `[web-api]` in a variables file, holds values for that pack.
 */
export interface GivenAnswers {
  readonly source: GivenSource;
  /** What people call it: the name of a file; a value's own `detail` is stronger. */
  readonly detail?: string;
  readonly values: ReadonlyMap<string, GivenValue>;
}

/** The variables of one pack, in the order of its manifest. */
export interface PackVariables {
  readonly pack: PackName;
  readonly variables: readonly VariableDefinition[];
  /** What the project file gives to this pack only. */
  readonly overrides?: ReadonlyMap<string, GivenValue>;
  /** What its definitions are evaluated with and in, where that is not what all packs share. */
  readonly own?: OwnEvaluation;
}

/** How one pack's definitions are evaluated, where that is not what all packs share. */
export interface OwnEvaluation {
  readonly evaluator: Evaluator;
  readonly context: ValueMap;
  /** A definition as it is with the answers before it; `blocked` where it depends on one of those that have none. @throws PacksmithError */
  readonly refine?: (
    definition: VariableDefinition,
    answers: ValueMap,
    unresolved: ReadonlySet<string>,
  ) => RefinedVariable | 'blocked' | undefined;
  /** Whether what is given now to a variable that does not apply is its value all the same, and nothing that is recorded. */
  readonly takesUnasked?: boolean;
  /** Whether the tool that it was written for asks every question. */
  readonly asksAll?: boolean;
  /** What is wrong with a value that its definition allows. @throws PacksmithError */
  readonly validate?: (definition: VariableDefinition, value: Value, answers: ValueMap) => string | undefined;
  /** Where a variable is declared, where that is not in pack.toml. */
  readonly whereIs?: (variable: string) => SourcePosition;
}

/** A variable whose texts are rendered and whose default is a value, and whether it applies. */
export interface RefinedVariable {
  readonly definition: VariableDefinition;
  readonly applies: boolean;
}

export interface AnswerRequest {
  /** In the order in which they are rendered; of packs that share a variable the first to which it applies gives the default. */
  readonly packs: readonly PackVariables[];
  /** Sources are ranked by kind; among those of one kind the first is the strongest. */
  readonly given: readonly GivenAnswers[];
  /** Names besides the variables that defaults and conditions may use: `project`, `now` … */
  readonly context: ValueMap;
  readonly evaluator: Evaluator;
}

/**
 * `settled` has a value; `missing` is required and has none; `invalid` has a value or a rule that does not hold; `blocked` depends on one
 * of those and was not evaluated; `skipped` does not apply.
 */
export type AnswerStatus = 'settled' | 'missing' | 'invalid' | 'blocked' | 'skipped';

/** One variable, or one that several packs share, and what became of it. */
export interface AnswerEntry {
  /** Under which key an interactive answer is given: the name, or `pack.name` where the variable is not shared. */
  readonly key: string;
  /** The pack whose definition was used. */
  readonly pack: PackName;
  /** All packs that share the value. */
  readonly packs: readonly PackName[];
  readonly name: string;
  readonly definition: VariableDefinition;
  readonly status: AnswerStatus;
  /** Present when settled or skipped. */
  readonly value: Value | undefined;
  /** Where the value came from; where it is invalid, where that came from. */
  readonly source: AnswerSource | undefined;
  readonly detail: string | undefined;
  readonly isSecret: boolean;
  readonly group: string | undefined;
  /** The condition that does not hold. */
  readonly skippedBecause: string | undefined;
}

export interface AnswerOutcome {
  /**
   * For each pack the value of every variable that could be settled, in declared order. A variable that does not apply has its default,
   * or else the empty value of its type, so that strict templates can name it.
   */
  readonly answers: ReadonlyMap<PackName, ValueMap>;
  readonly entries: readonly AnswerEntry[];
  /** All findings, in declared order; names that no pack knows come last. */
  readonly diagnostics: readonly Diagnostic[];
  /** The required variables without a value. */
  readonly missing: readonly AnswerEntry[];
}
