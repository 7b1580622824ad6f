import { describe, expect, it } from 'vitest';
import { ScriptedPrompter } from '../testing/scripted-prompter.ts';
import { askConsent } from './ask-consent.ts';

describe('consent to what would run', () => {
  const ask = (reply: ConstructorParameters<typeof ScriptedPrompter>[0][number]) =>
    askConsent('Run these hooks?', new ScriptedPrompter([reply]), new AbortController().signal);

  it.each([
    ['yes', { enter: true }, true],
    ['no', { enter: false }, false],
    ['what stands there already', 'accept', false],
  ] as const)('is what was answered: %s', async (_name, reply, expected) => {
    expect(await ask(reply)).toBe(expected);
  });

  it.each(['cancel', 'back'] as const)('is none where somebody does not answer (%s), and then nothing goes on', async (reply) => {
    await expect(ask(reply)).rejects.toMatchObject({ code: 'CANCELLED', message: 'cancelled: nothing was written' });
  });
});
