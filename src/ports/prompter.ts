/** What can stand for a choice: plain values only. */
export type PromptValue = string | number | boolean;

interface PromptBase {
  /** One line of plain text, safe to show. */
  readonly message: string;
  /** More lines, shown with the message. */
  readonly hint?: string;
}

/** One question to a person. `validate` says why an entry is refused; the question then stays open. */
export type Prompt =
  | (PromptBase & {
      readonly kind: 'text' | 'multiline';
      readonly initial?: string;
      /** Stands in the empty field; it is no answer. */
      readonly placeholder?: string;
      readonly validate?: (text: string) => string | undefined;
    })
  | (PromptBase & { readonly kind: 'password'; readonly validate?: (text: string) => string | undefined })
  | (PromptBase & { readonly kind: 'confirm'; readonly initial?: boolean })
  | (PromptBase & { readonly kind: 'select'; readonly options: readonly PromptOption[]; readonly initial?: PromptValue })
  | (PromptBase & {
      readonly kind: 'multiselect';
      readonly options: readonly PromptOption[];
      readonly initial?: readonly PromptValue[];
      readonly validate?: (values: readonly PromptValue[]) => string | undefined;
    });

export interface PromptOption {
  readonly value: PromptValue;
  readonly label: string;
  readonly hint?: string;
}

/** What a person does with a question: answers it, wants the one before, or gives up. */
export type PromptReply =
  | { readonly kind: 'answer'; readonly value: PromptValue | readonly PromptValue[] }
  | { readonly kind: 'back' }
  | { readonly kind: 'cancel' };

/**
 * Asks a person, one question at a time. Exists only where there is a terminal to ask on. Nothing is written to stdout. Text that it is given
 * must be free of control sequences.
 */
export interface Prompter {
  /** Characters in a line of the terminal now. */
  readonly columns: number;
  /** How a person goes back, for hints: `Esc goes back`. */
  readonly backHint: string;
  /** Opens the conversation. */
  start(title: string): void;
  /** A heading between questions. */
  heading(text: string): void;
  /** A block of lines under a title. */
  note(title: string, text: string): void;
  /**
   * Asks until there is a valid answer. The answer's type is that of the kind: text for `text`, `multiline` and `password`, a boolean for `confirm`,
   * a value of an option for `select`, several for `multiselect`. An aborted signal counts as `cancel`.
   */
  ask(prompt: Prompt, signal?: AbortSignal): Promise<PromptReply>;
  /** Closes the conversation. */
  finish(text: string): void;
}
