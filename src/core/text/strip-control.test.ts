import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeControl, hasControl, stripControl, stripControlLine } from './strip-control.ts';

const CASES: readonly [what: string, text: string, stripped: string][] = [
  ['plain text', 'héllo – 世界 👩‍🚀', 'héllo – 世界 👩‍🚀'],
  ['newline and tab stay', 'a\tb\nc', 'a\tb\nc'],
  ['CRLF', 'a\r\nb', 'a\nb'],
  ['a carriage return that overwrites', 'good\rbad', 'goodbad'],
  ['colour', '\u001b[1;31mred\u001b[0m', 'red'],
  ['cursor and screen', 'a\u001b[2J\u001b[H\u001b[?25lb', 'ab'],
  ['CSI with intermediates', 'a\u001b[0 qb', 'ab'],
  ['8-bit CSI', 'a\u009b31mb', 'ab'],
  ['OSC title, BEL', 'a\u001b]0;owned\u0007b', 'ab'],
  ['OSC link, ST', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
  ['OSC 8-bit', 'a\u009d0;x\u009cb', 'ab'],
  ['OSC clipboard without end', 'a\u001b]52;c;AAAA\nb', 'a\nb'],
  ['DCS', 'a\u001bPq#0;2;0\u001b\\b', 'ab'],
  ['APC, PM, SOS', 'a\u001b_x\u001b\\\u001b^y\u001b\\\u001bXz\u001b\\b', 'ab'],
  ['charset', 'a\u001b(0b', 'ab'],
  ['reset', 'a\u001bcb', 'ab'],
  ['lone ESC at the end', 'a\u001b', 'a'],
  ['unfinished CSI', 'a\u001b[31', 'a'],
  ['bell, backspace, NUL, DEL', 'a\u0007\b\u0000\u007fb', 'ab'],
  ['bidi', 'a\u202eb\u2066c\u2069\u200fd', 'abcd'],
  ['sequence made by removal', '\u001b\u001b[31m[31mx', '[31mx'],
];

describe('stripControl', () => {
  it.each(CASES)('%s', (_what, text, stripped) => expect(stripControl(text)).toBe(stripped));

  it('leaves nothing that a terminal acts on, and is idempotent', () => {
    const piece = fc.oneof(
      fc.constantFrom('\u001b', '[', ']', '\u0007', '\u009b', '\\', 'm', '\u202e', '\r', 'P'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const once = stripControl(pieces.join(''));
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must be gone
        expect(once).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(stripControl(once)).toBe(once);
      }),
    );
  });

  it('is linear in hostile text', () => expect(stripControl('\u001b]'.repeat(200_000))).toBe(''));
});

it('stripControlLine joins lines', () => expect(stripControlLine('a \n\n  b\u2028c\u001b[1m')).toBe('a b c'));

describe('escapeControl', () => {
  it.each([
    ['plain text \u2013 \u4e16\u754c', 'plain text \u2013 \u4e16\u754c'],
    ['a\u001b]0;rm -rf x;\u0007b', 'a\\x1b]0;rm -rf x;\\x07b'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u009b2J\u202e\u2066\u2028', '\\u009b2J\\u202e\\u2066\\u2028'],
  ])('leaves nothing out: %j', (text, shown) => {
    expect(escapeControl(text)).toBe(shown);
    expect(hasControl(text)).toBe(text !== shown);
    expect(stripControl(escapeControl(text))).toBe(escapeControl(text));
  });
});
