import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { escapePattern } from './escape-pattern.ts';
import { lowerFirst } from './lower-first.ts';
import { positionAt } from './position-at.ts';
import { decodeMarkedText, decodeText, decodeUtf8, encodeUtf8 } from './utf8.ts';

describe('base64', () => {
  it('is that of Node, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('passes over white space and missing padding', () => {
    expect([...decodeBase64(' Z m\n9v\tYg')]).toEqual([...encodeUtf8('foob')]);
    expect([...decodeBase64('Zg')]).toEqual([102]);
    expect([...decodeBase64('')]).toEqual([]);
  });

  it.each([
    ['Zg=a', '"=" is not a base64 digit'],
    ['Zg===', '"=" is not a base64 digit'],
    ['Z-9v', '"-" is not a base64 digit'],
    ['ü', '"ü" is not a base64 digit'],
    ['A', 'base64 text has a length that no bytes give'],
    ['AAAAA', 'base64 text has a length that no bytes give'],
  ])('refuses %j: %s', (text, message) =>
    expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ code: 'BASE64_INVALID', message })),
  );
});

describe('UTF-8', () => {
  it('is the same after encoding and decoding, whatever was encoded before', () => {
    const texts = ['', 'a', 'ü', '世界', '\ufeffmark', 'x'.repeat(4096), 'y'.repeat(4097), '€'.repeat(4096), '€'.repeat(5000)];
    const all = Array.from({ length: 12 }, () => texts).flat();
    const encoded = all.map((text) => encodeUtf8(text));
    expect(encoded.map((bytes) => decodeUtf8(bytes))).toEqual(all);
    expect(encoded.map((bytes) => bytes.length)).toEqual(all.map((text) => Buffer.byteLength(text)));
  });

  it('is no text with bytes that are not UTF-8, and none that people edit with NUL', () => {
    expect(decodeUtf8(Uint8Array.of(0x61, 0xff))).toBeUndefined();
    expect(decodeText(Uint8Array.of(0x61, 0xff))).toBeUndefined();
    expect(decodeUtf8(Uint8Array.of(0x61, 0))).toBe('a\0');
    expect(decodeText(Uint8Array.of(0x61, 0))).toBeUndefined();
    expect(decodeMarkedText(Uint8Array.of(0xfe, 0xff, 0, 0x61))).toBe('a');
    expect(decodeMarkedText(Uint8Array.of(0xff, 0xfe, 0x61, 0))).toBe('a');
    expect(decodeMarkedText(Uint8Array.of(0x61))).toBe('a');
    expect(decodeText(Uint8Array.of(0x61))).toBe('a');
  });
});

describe('positionAt', () => {
  it.each([
    ['abc', 0, 1, 1],
    ['abc', 2, 1, 3],
    ['abc', 9, 1, 4],
    ['a\nbc', 2, 2, 1],
    ['a\r\nbc', 3, 2, 1],
    ['a\rbc', 4, 2, 3],
    ['a\n\n', 3, 3, 1],
  ])('of %j at %i is %i:%i', (text, offset, line, column) => expect(positionAt(text, offset)).toEqual({ line, column }));
});

describe('lowerFirst', () => {
  it.each([
    ['A file is missing', 'a file is missing'],
    ['The end', 'the end'],
    ['JSON is wrong', 'JSON is wrong'],
    ['X', 'X'],
    ['already', 'already'],
    ['It Is', 'it Is'],
    ['', ''],
    ['é And', 'é And'],
  ])('makes of %j: %j', (text, lowered) => expect(lowerFirst(text)).toBe(lowered));
});

it('finds any text by its pattern', () => {
  fc.assert(fc.property(fc.string(), (text) => new RegExp(`^(?:${escapePattern(text)})$`).test(text)));
  expect(new RegExp(`^${escapePattern('[a-c].*')}$`).test('b.x')).toBe(false);
});
