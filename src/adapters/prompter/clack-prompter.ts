import type { Key } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import { styleText } from 'node:util';
import type { CommonOptions } from '@clack/prompts';
import type { Prompt, Prompter, PromptReply, PromptValue } from '../../ports/prompter.ts';

type Clack = typeof import('@clack/prompts');

/** The streams of the process; whether somebody sits there is asked of them. */
export interface PromptStreams {
  readonly input: ReadStream;
  /** Where prompts are drawn: stderr, so that stdout carries data only. */
  readonly output: WriteStream;
}

/**
 * The prompter of the terminal, or `undefined` when input or output is no terminal. The prompts library is loaded here, and only then.
 * Esc goes back, Ctrl+C gives up.
 */
export async function createClackPrompter(streams: PromptStreams): Promise<Prompter | undefined> {
  if (streams.input.isTTY !== true || streams.output.isTTY !== true) return undefined;
  return new ClackPrompter(await import('@clack/prompts'), streams);
}

class ClackPrompter implements Prompter {
  readonly backHint = 'Esc goes back';
  private readonly clack: Clack;
  private readonly streams: PromptStreams;

  constructor(clack: Clack, streams: PromptStreams) {
    this.clack = clack;
    this.streams = streams;
  }

  get columns(): number {
    return this.streams.output.columns || 80;
  }

  start(title: string): void {
    this.clack.intro(styleText('bold', title), this.streams);
  }

  heading(text: string): void {
    this.clack.log.step(styleText('bold', text), this.streams);
  }

  note(title: string, text: string): void {
    this.clack.note(text, title, { ...this.streams, format: (line) => line });
  }

  finish(text: string): void {
    this.clack.outro(text, this.streams);
  }

  /** The library reports Esc and Ctrl+C alike; the key that was pressed last tells them apart. */
  async ask(prompt: Prompt, signal?: AbortSignal): Promise<PromptReply> {
    const { input } = this.streams;
    const pressed: Pressed = { key: undefined, isAccepted: false };
    const remember = (_text: string | undefined, key: Key): void => {
      pressed.key = key.name;
      pressed.isAccepted = false;
    };
    input.prependListener('keypress', remember);
    try {
      const value = await this.show(prompt, pressed, signal === undefined ? this.streams : { ...this.streams, signal });
      if (typeof value !== 'symbol') return { kind: 'answer', value };
      return pressed.key === 'escape' && signal?.aborted !== true ? { kind: 'back' } : { kind: 'cancel' };
    } finally {
      input.off('keypress', remember);
    }
  }

  private async show(prompt: Prompt, pressed: Pressed, streams: CommonOptions): Promise<PromptValue | PromptValue[] | symbol> {
    const { clack } = this;
    const ask = <Options extends object>(options: Options) => this.withMessage({ ...streams, ...options }, prompt, pressed);
    switch (prompt.kind) {
      case 'text':
        return textOf(await clack.text(ask({ ...initialText(prompt), validate: this.onText(prompt.validate, pressed) })));
      case 'multiline':
        return textOf(
          await clack.multiline(ask({ ...initialText(prompt), showSubmit: true, validate: this.onText(prompt.validate, pressed) })),
        );
      case 'password':
        return textOf(await clack.password(ask({ validate: this.onText(prompt.validate, pressed) })));
      case 'confirm':
        return clack.confirm(ask(prompt.initial === undefined ? {} : { initialValue: prompt.initial }));
      case 'select': {
        const options = prompt.options.map((option) => ({ ...option }));
        return clack.select<PromptValue>(ask({ options, ...(prompt.initial === undefined ? {} : { initialValue: prompt.initial }) }));
      }
      case 'multiselect':
        return this.showMultiselect(prompt, pressed, streams);
      default:
        return prompt satisfies never;
    }
  }

  /** The library reads the message each time it draws. The hint helps to answer, and goes once that is done. */
  private withMessage<Options extends object>(options: Options, prompt: Prompt, pressed: Pressed): Options & { message: string } {
    const get = (): string => this.messageOf(prompt, !isDone(prompt, pressed));
    return Object.defineProperty(options, 'message', { get, enumerable: true }) as Options & { message: string };
  }

  /** What the frame leaves of a line. */
  private get room(): number {
    return Math.max(16, this.columns - FRAME_WIDTH);
  }

  private onText(
    validate: ((text: string) => string | undefined) | undefined,
    pressed: Pressed,
  ): (text: string | undefined) => string | undefined {
    return (text) => {
      const problem = validate?.(text ?? '');
      pressed.isAccepted = problem === undefined;
      return problem === undefined ? undefined : wrapWords(problem, this.room).join('\n   ');
    };
  }

  /** The library has no check for several choices: a refused selection is explained and asked for again. */
  private async showMultiselect(
    prompt: Extract<Prompt, { kind: 'multiselect' }>,
    pressed: Pressed,
    streams: CommonOptions,
  ): Promise<PromptValue[] | symbol> {
    const { clack } = this;
    let initialValues = [...(prompt.initial ?? [])];
    for (;;) {
      const options = prompt.options.map((option) => ({ ...option }));
      pressed.key = undefined;
      const chosen = await clack.multiselect<PromptValue>(
        this.withMessage({ ...streams, options, initialValues, required: false }, prompt, pressed),
      );
      if (typeof chosen === 'symbol') return chosen;
      const problem = prompt.validate?.(chosen);
      if (problem === undefined) return chosen;
      clack.log.warn(wrapWords(problem, this.room).join('\n'), this.streams);
      initialValues = chosen;
    }
  }

  /** The hint stands in dim lines below the message, fitted to the terminal. The library frames the lines of a choice; those of a text it takes as they are. */
  private messageOf({ kind, message, hint }: Pick<Prompt, 'kind' | 'message' | 'hint'>, isOpen: boolean): string {
    const { room } = this;
    const keys = kind === 'multiline' && isOpen ? ['Enter begins a new line · Tab, then Enter, finishes'] : [];
    const hints = [...(isOpen ? (hint ?? '') : '').split('\n'), ...keys].flatMap((line) => (line === '' ? [] : wrapWords(line, room)));
    const lines = [...wrapWords(message, room), ...hints.map((line) => styleText('dim', line))];
    const isFramed = kind === 'confirm' || kind === 'select' || kind === 'multiselect';
    return lines.join(isFramed ? '\n' : `\n${styleText('gray', this.clack.S_BAR)}  `);
  }
}

/** The last key, and whether it gave a text that is no longer asked for. */
interface Pressed {
  key: string | undefined;
  isAccepted: boolean;
}

/** Whether the last key ended the question: the library checks texts then, and takes choices as they are. */
function isDone({ kind }: Prompt, { key, isAccepted }: Pressed): boolean {
  if (key === 'escape' || isAccepted) return true;
  const isChoice = kind === 'confirm' || kind === 'select' || kind === 'multiselect';
  return isChoice && (key === 'return' || (kind === 'confirm' && (key === 'y' || key === 'n')));
}

/** What the library draws before each line. */
const FRAME_WIDTH = 4;

function initialText({ initial, placeholder }: Extract<Prompt, { kind: 'text' | 'multiline' }>): {
  initialValue?: string;
  placeholder?: string;
} {
  return { ...(initial !== undefined && { initialValue: initial }), ...(placeholder !== undefined && { placeholder }) };
}

function textOf(value: string | symbol | undefined): string | symbol {
  return value ?? '';
}

/** Breaks a line at spaces; a word longer than the room is broken inside. Counts characters, which is enough for a hint. */
function wrapWords(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => chunks(each, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function chunks(word: string, room: number): string[] {
  const characters = [...word];
  const count = Math.max(1, Math.ceil(characters.length / room));
  return Array.from({ length: count }, (_, index) => characters.slice(index * room, (index + 1) * room).join(''));
}
