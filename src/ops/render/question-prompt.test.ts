import { describe, expect, it } from 'vitest';
import type { Value } from '../../core/pack/values.ts';
import type { Question } from '../../core/template/answers/interview.ts';
import { makePack } from '../../testing/pack-fixture.ts';
import { promptFor, toGivenValue } from './question-prompt.ts';

/** A question about the one variable of a manifest. */
function questionOf(text: string, more: Partial<Question> = {}): Question {
  const { manifest } = makePack({ manifest: `[variables.it]\n${text}\n` });
  const [definition] = manifest.variables;
  if (definition === undefined) throw new Error('the manifest has no variable');
  return {
    key: 'it',
    kind: 'text',
    pack: manifest.id,
    definition,
    opensGroup: undefined,
    initial: undefined,
    keepsValueWhenEmpty: false,
    number: 1,
    isEdit: false,
    ...more,
  };
}

const CHOICES = 'choices = [{ value = "pg", label = "Postgres" }, { value = "sqlite", label = "sqlite" }]';
const ask = (text: string, more: Partial<Question> = {}, backHint?: string) =>
  promptFor(questionOf(text, more), { findProblem: () => undefined, backHint });

describe('the prompt for a question', () => {
  it.each<[what: string, text: string, more: Partial<Question>, expected: object]>([
    [
      'text that is entered already',
      'type = "string"\ndefault = "a"',
      { initial: 'a' },
      { kind: 'text', message: 'it', initial: 'a', hint: '' },
    ],
    ['text without anything', 'type = "string"', {}, { kind: 'text', hint: '' }],
    ['an example of text', 'type = "string"\nexample = "a"', {}, { kind: 'text', placeholder: 'a' }],
    ['an example beside what is entered', 'type = "string"\nexample = "a"', { initial: 'b' }, { initial: 'b' }],
    ['lines', 'type = "text"\nrequired = false', { kind: 'multiline' }, { kind: 'multiline', hint: 'optional' }],
    [
      'a secret that is set',
      'type = "secret"',
      { kind: 'password', keepsValueWhenEmpty: true },
      { hint: expect.stringMatching(/empty keeps what is set$/) },
    ],
    ['a flag', 'type = "boolean"\ndefault = true', { kind: 'confirm', initial: true }, { kind: 'confirm', initial: true }],
    ['a number with limits', 'type = "integer"\nmin = 1\nmax = 9', {}, { hint: 'an integer from 1 to 9' }],
    ['text of a length', 'type = "string"\nmax_length = 3', {}, { hint: expect.stringContaining('3') }],
    [
      'an optional choice',
      `type = "choice"\nrequired = false\n${CHOICES}`,
      { kind: 'select' },
      {
        options: [
          { value: 'pg', label: 'Postgres', hint: 'pg' },
          { value: 'sqlite', label: 'sqlite' },
          { value: '\u0000none', label: '(none)' },
        ],
      },
    ],
    [
      'a choice that has to be made',
      `type = "choice"\n${CHOICES}\ndefault = "pg"`,
      { kind: 'select', initial: 'pg' },
      {
        initial: 'pg',
        options: [expect.objectContaining({ value: 'pg' }), { value: 'sqlite', label: 'sqlite' }],
      },
    ],
    ['choices', `type = "choices"\n${CHOICES}\ndefault = ["pg"]`, { kind: 'multiselect', initial: ['pg'] }, { initial: ['pg'] }],
    ['choices that begin with none', `type = "choices"\n${CHOICES}`, { kind: 'multiselect' }, { initial: [] }],
  ])('about %s', (_, text, more, expected) => {
    expect(ask(text, more)).toMatchObject(expected);
  });

  it.each<[kind: Question['kind'], initial: Value | undefined]>([
    ['confirm', undefined],
    ['confirm', 'yes'],
    ['select', ['pg']],
    ['text', undefined],
  ])('of kind %s begins with nothing where %j is not of its kind', (kind, initial) => {
    expect(ask(`type = "choice"\n${CHOICES}`, { kind, initial })).not.toHaveProperty('initial');
  });

  it('says how to go back, and what leaves an answer as it is', () => {
    expect(ask('type = "string"\ndescription = "What it is"', {}, 'Esc goes back').hint).toBe('What it is\nEsc goes back');
    expect(ask('type = "string"', { isEdit: true }, 'Esc goes back').hint).toBe('Esc goes back without a change');
    expect(ask('type = "string"', { isEdit: true }).hint).toBe('');
  });

  it('is free of control sequences, whatever the pack says', () => {
    const { message, hint } = ask('type = "string"\nprompt = "\\u001b[2JName"\ndescription = "\\u001b]0;x\\u0007a"');
    expect(`${message} ${hint}`).not.toContain('\u001b');
  });

  it.each([
    ['the rule', 'it is too short', 'This is too short; expected text on one line'],
    ['the hint of the pack alone', 'use small letters', 'Use small letters'],
    ['nothing', undefined, undefined],
  ])('refuses an entry with %s', (_, problem, expected) => {
    const text =
      problem === 'use small letters' ? 'type = "string"\npattern = "[a-z]+"\npattern_hint = "use small letters"' : 'type = "string"';
    const prompt = promptFor(questionOf(text), { findProblem: () => problem, backHint: undefined });
    if (prompt.kind !== 'text') throw new Error('it is a question for text');
    expect(prompt.validate?.('x')).toBe(expected);
  });
});

describe('what a person entered', () => {
  it.each([
    ['\u0000none', { kind: 'value', value: null }],
    ['text', { kind: 'text', text: 'text' }],
    [true, { kind: 'value', value: true }],
    [['a'], { kind: 'value', value: ['a'] }],
  ])('%j is a value', (entered, expected) => {
    expect(toGivenValue(entered)).toEqual(expected);
  });
});
