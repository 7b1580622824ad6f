import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { Digest } from '../tree/digest.ts';
import { formatBaseline, parseBaseline } from './baseline.ts';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as [Digest, Digest];

describe('a baseline', () => {
  it('lists its contents before it has them, by digest', () => {
    const block = formatBaseline(
      new Map([
        [b, encodeUtf8('second\n\n')],
        [a, encodeUtf8('first')],
      ]),
    );
    expect(new TextDecoder().decode(block)).toBe(`packsmith baseline 1\n${a} 5\n${b} 8\n\nfirstsecond\n\n`);
    expect([...parseBaseline(block)].map(([digest, bytes]) => [digest, new TextDecoder().decode(bytes)])).toEqual([
      [a, 'first'],
      [b, 'second\n\n'],
    ]);
  });

  it.each([
    ['', 'its header is missing'],
    [`packsmith baseline 1\n${a} 5\n`, 'its header is missing'],
    [`packsmith baseline 2\n${a} 5\n\nfirst`, 'its header is missing'],
    [`\n\npacksmith baseline 1\n${a} 5\n\nfirst`, 'its header is missing'],
    [`packsmith baseline 1\nx 5\n\nfirst`, 'its list of contents is damaged'],
    [`packsmith baseline 1\n${a}\n\nfirst`, 'its list of contents is damaged'],
    [`packsmith baseline 1\n${a} x5\n\nfirst`, 'its list of contents is damaged'],
    [`packsmith baseline 1\n${a} 5x\n\nfirst`, 'its list of contents is damaged'],
    [`packsmith baseline 1\n${a} 1234567890123\n\nfirst`, 'its list of contents is damaged'],
    [`packsmith baseline 1\n${a} 4\n\nfirst`, 'its length is not what its list says'],
    [`packsmith baseline 1\n${a} 6\n\nfirst`, 'its length is not what its list says'],
    [`packsmith baseline 1\n\nfirst`, 'its length is not what its list says'],
  ])('is refused as %j: %s', (text, what) => {
    expect(() => parseBaseline(Uint8Array.from(encodeUtf8(text)))).toThrow(
      expect.objectContaining({
        code: 'BASELINE_INVALID',
        message: `.packsmith/baseline.bin cannot be used: ${what}`,
        where: { file: '.packsmith/baseline.bin' },
        hint: 'restore it from version control',
      }),
    );
  });

  it('is refused where its header is no text', () =>
    expect(() => parseBaseline(Uint8Array.from([...encodeUtf8('packsmith baseline 1\n'), 255, 10, 10]))).toThrow('its header is missing'));
});
