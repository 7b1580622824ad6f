import { describe, expect, it } from 'vitest';
import { PacksmithError } from '../core/diagnostics/packsmith-error.ts';
import { formatJson, toEnvelopeError } from './envelope.ts';

describe('formatJson', () => {
  it.each<[string, unknown, unknown]>([
    ['maps', new Map([['__proto__', 1]]), JSON.parse('{"__proto__":1}')],
    ['big integers', { n: 12345678901234567890n }, { n: '12345678901234567890' }],
    ['bytes', { content: new Uint8Array(3) }, { content: { bytes: 3 } }],
    ['nested maps', [new Map([['a', new Map([['b', null]])]])], [{ a: { b: null } }]],
  ])('writes %s as plain JSON', (_, data, expected) => expect(JSON.parse(formatJson(data))).toEqual(expected));

  it('escapes what a terminal would obey, and means the same', () => {
    const text = 'a\u001b[2J\u009b31m\u202e\u2066\u007f\u2028b';
    const json = formatJson({ text });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
    expect(JSON.parse(json)).toEqual({ text });
  });
});

describe('toEnvelopeError', () => {
  it('fills every field', () => {
    expect(toEnvelopeError(new PacksmithError('PACK_NOT_FOUND', 'no', { hint: 'look', suggestions: ['a'] }))).toEqual({
      code: 'PACK_NOT_FOUND',
      message: 'no',
      where: null,
      suggestions: ['a'],
      hint: 'look',
      diagnostics: [],
    });
  });

  it.each([new TypeError('bug'), 'bug'])('calls %s unexpected', (thrown) => {
    expect(toEnvelopeError(thrown)).toMatchObject({ code: 'UNEXPECTED', message: 'bug' });
  });
});
