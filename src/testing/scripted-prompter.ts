import type { Prompt, Prompter, PromptReply, PromptValue } from '../ports/prompter.ts';

/** What a scripted person does: enters a value, takes what is entered already, goes back, or gives up. */
export type ScriptedReply = { readonly enter: PromptValue | readonly PromptValue[] } | 'accept' | 'back' | 'cancel';

/** One thing that a person would have seen. */
export type SeenEvent =
  | { readonly kind: 'start' | 'heading' | 'finish'; readonly text: string }
  | { readonly kind: 'note'; readonly title: string; readonly text: string }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * A `Prompter` that is answered from a script and records what was shown. Entries that the question refuses are recorded as refused and the
 * next reply is tried, as at a terminal.
 */
export class ScriptedPrompter implements Prompter {
  readonly columns = 80;
  readonly backHint = 'Esc goes back';
  readonly seen: SeenEvent[] = [];
  private readonly replies: ScriptedReply[];

  constructor(replies: readonly ScriptedReply[]) {
    this.replies = [...replies];
  }

  /** How many replies have not been used. */
  get remaining(): number {
    return this.replies.length;
  }

  start(title: string): void {
    this.seen.push({ kind: 'start', text: title });
  }

  heading(text: string): void {
    this.seen.push({ kind: 'heading', text });
  }

  note(title: string, text: string): void {
    this.seen.push({ kind: 'note', title, text });
  }

  finish(text: string): void {
    this.seen.push({ kind: 'finish', text });
  }

  /** @throws Error when the script has no reply left, or replies with what the kind of question cannot give. */
  async ask(prompt: Prompt, signal?: AbortSignal): Promise<PromptReply> {
    this.seen.push({ kind: 'prompt', prompt });
    for (;;) {
      if (signal?.aborted === true) return { kind: 'cancel' };
      const reply = this.replies.shift();
      if (reply === undefined) throw new Error(`the script has no reply to "${prompt.message}"`);
      if (reply === 'back' || reply === 'cancel') return { kind: reply };
      const value = reply === 'accept' ? initialOf(prompt) : reply.enter;
      const problem = findProblem(prompt, value);
      if (problem === undefined) return { kind: 'answer', value };
      this.seen.push({ kind: 'refused', problem });
    }
  }
}

function initialOf(prompt: Prompt): PromptValue | readonly PromptValue[] {
  switch (prompt.kind) {
    case 'text':
    case 'multiline':
      return prompt.initial ?? '';
    case 'password':
      return '';
    case 'confirm':
      return prompt.initial ?? true;
    case 'select':
      return prompt.initial ?? prompt.options[0]?.value ?? '';
    case 'multiselect':
      return prompt.initial ?? [];
    default:
      return prompt satisfies never;
  }
}

function findProblem(prompt: Prompt, value: PromptValue | readonly PromptValue[]): string | undefined {
  const misfit = new Error(`the reply to "${prompt.message}" does not fit a question of kind ${prompt.kind}`);
  switch (prompt.kind) {
    case 'text':
    case 'multiline':
    case 'password':
      if (typeof value !== 'string') throw misfit;
      return prompt.validate?.(value);
    case 'confirm':
      if (typeof value !== 'boolean') throw misfit;
      return undefined;
    case 'select':
      if (!prompt.options.some((option) => option.value === value)) throw misfit;
      return undefined;
    case 'multiselect':
      if (typeof value !== 'object' || !value.every((item) => prompt.options.some((option) => option.value === item))) throw misfit;
      return prompt.validate?.(value);
    default:
      return prompt satisfies never;
  }
}
