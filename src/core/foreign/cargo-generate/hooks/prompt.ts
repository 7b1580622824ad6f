/** A question as a script puts it. */
export interface Prompt {
  readonly text: string;
  /** Absent where an answer is required. */
  readonly default?: string | boolean;
  readonly choices?: readonly string[];
  readonly regex?: string;
}
