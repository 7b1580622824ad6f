import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../ports/prompter.ts';
import { createClackPrompter, type PromptStreams } from './clack-prompter.ts';

/** Streams that say they are a terminal of the given width; `drawn` is all that was written. */
function terminal(columns = 80) {
  const drawn: string[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const output = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        drawn.push(String(chunk));
        done();
      },
    }),
    { isTTY: true, columns, rows: 40 },
  );
  return {
    streams: { input, output } as unknown as PromptStreams,
    press: (keys: string) => input.write(keys),
    drawn: () => drawn.join(''),
  };
}

async function reply(prompt: Prompt, keys: readonly string[], signal?: AbortSignal) {
  const { streams, press, drawn } = terminal();
  const prompter = await createClackPrompter(streams);
  const answer = prompter!.ask(prompt, signal);
  for (const key of keys) {
    await sleep(1);
    press(key);
  }
  return { reply: await answer, drawn: drawn(), listeners: streams.input.listenerCount('keypress') };
}

const ENTER = '\r';
const ESCAPE = '\u001b';
const DOWN = '\u001b[B';
const OPTIONS = [
  { value: 'a', label: 'A' },
  { value: 2, label: 'Two' },
];

it.each<[prompt: Prompt, keys: readonly string[]]>([
  [{ kind: 'text', message: 'Name' }, ['a', ENTER]],
  [{ kind: 'password', message: 'Name' }, ['a', ENTER]],
  [{ kind: 'multiline', message: 'Name' }, ['a', '\t', ENTER]],
  [{ kind: 'confirm', message: 'Name' }, ['y']],
  [{ kind: 'select', message: 'Name', options: OPTIONS }, [DOWN, ENTER]],
  [{ kind: 'multiselect', message: 'Name', options: OPTIONS }, [ENTER]],
  [{ kind: 'select', message: 'Name', options: OPTIONS }, [ESCAPE]],
])('takes the hint away once a question is answered: %j', async (prompt, keys) => {
  const { streams, press, drawn } = terminal();
  const answer = (await createClackPrompter(streams))!.ask({ ...prompt, hint: 'Esc goes back' });
  let open = '';
  for (const key of keys) {
    await sleep(1);
    open = drawn();
    press(key);
  }
  await answer;
  expect(open).toContain('Esc goes back');
  // All below the first line that changed is erased and drawn again.
  const last = drawn().slice(open.length);
  expect([last.includes('\u001b[J'), last.includes('Name'), last.includes('Esc goes back')]).toEqual([true, true, false]);
});

describe('createClackPrompter', () => {
  it.each<[what: string, prompt: Prompt, keys: string[], expected: object]>([
    ['text', { kind: 'text', message: 'Name' }, ['ada', ENTER], { kind: 'answer', value: 'ada' }],
    ['text as it is', { kind: 'text', message: 'Name', initial: 'shop' }, [ENTER], { kind: 'answer', value: 'shop' }],
    ['empty text', { kind: 'text', message: 'Name' }, [ENTER], { kind: 'answer', value: '' }],
    ['password', { kind: 'password', message: 'Key' }, ['hunter2', ENTER], { kind: 'answer', value: 'hunter2' }],
    ['empty password', { kind: 'password', message: 'Key' }, [ENTER], { kind: 'answer', value: '' }],
    ['lines', { kind: 'multiline', message: 'Text' }, ['a', ENTER, 'b', '\t', ENTER], { kind: 'answer', value: 'a\nb' }],
    ['yes', { kind: 'confirm', message: 'Sure?' }, [ENTER], { kind: 'answer', value: true }],
    ['no', { kind: 'confirm', message: 'Sure?', initial: false }, [ENTER], { kind: 'answer', value: false }],
    ['a choice', { kind: 'select', message: 'Which?', options: OPTIONS }, [DOWN, ENTER], { kind: 'answer', value: 2 }],
    ['the initial choice', { kind: 'select', message: 'Which?', options: OPTIONS, initial: 2 }, [ENTER], { kind: 'answer', value: 2 }],
    [
      'several',
      { kind: 'multiselect', message: 'Which?', options: OPTIONS, initial: ['a'] },
      [DOWN, ' ', ENTER],
      { kind: 'answer', value: ['a', 2] },
    ],
    ['none', { kind: 'multiselect', message: 'Which?', options: OPTIONS }, [ENTER], { kind: 'answer', value: [] }],
    ['back', { kind: 'text', message: 'Name' }, ['ad', ESCAPE], { kind: 'back' }],
    ['back from a choice', { kind: 'select', message: 'Which?', options: OPTIONS }, [ESCAPE], { kind: 'back' }],
    ['cancel', { kind: 'text', message: 'Name' }, ['ad', '\u0003'], { kind: 'cancel' }],
    ['cancel after an escape sequence', { kind: 'select', message: 'Which?', options: OPTIONS }, [DOWN, '\u0003'], { kind: 'cancel' }],
  ])('%s', async (_what, prompt, keys, expected) => {
    const result = await reply(prompt, keys);
    expect(result.reply).toEqual(expected);
    expect(result.listeners).toBe(0);
    if (prompt.kind === 'password') expect(result.drawn).not.toContain('hunter2');
  });

  it('explains a refusal and asks on', async () => {
    const validate = (text: string): string | undefined => (text === 'ada' ? undefined : 'This is not Ada');
    const { reply: answer, drawn } = await reply({ kind: 'text', message: 'Name', validate }, ['ad', ENTER, 'a', ENTER]);
    expect(answer).toEqual({ kind: 'answer', value: 'ada' });
    expect(drawn).toContain('This is not Ada');
  });

  it('asks again for several that are refused', async () => {
    const validate = (values: readonly unknown[]): string | undefined => (values.length === 1 ? undefined : 'Choose one');
    const { reply: answer, drawn } = await reply({ kind: 'multiselect', message: 'Which?', options: OPTIONS, validate }, [
      ENTER,
      ' ',
      ENTER,
    ]);
    expect(answer).toEqual({ kind: 'answer', value: ['a'] });
    expect(drawn).toContain('Choose one');
  });

  it('is cancelled by a signal', async () =>
    expect((await reply({ kind: 'text', message: 'Name' }, [], AbortSignal.abort())).reply).toEqual({ kind: 'cancel' }));

  it('does not exist without a terminal', async () => {
    const { streams } = terminal();
    const pipe = new PassThrough() as unknown as PromptStreams['input'];
    expect(await createClackPrompter({ ...streams, input: pipe })).toBeUndefined();
    expect(await createClackPrompter({ ...streams, output: pipe as unknown as PromptStreams['output'] })).toBeUndefined();
  });

  it('fits messages to a narrow terminal', async () => {
    const { streams, press, drawn } = terminal(24);
    const prompter = await createClackPrompter(streams);
    const answer = prompter!.ask({ kind: 'text', message: 'A question that is longer than the line' });
    await sleep(1);
    press(ENTER);
    await answer;
    const lines = stripVTControlCharacters(drawn()).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(24);
  });
});
