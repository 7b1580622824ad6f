import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../text/utf8.ts';
import { isBinary } from './is-binary.ts';

const bytes = (...parts: readonly (string | number | readonly [byte: number, times: number])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...encodeUtf8(part)] : typeof part === 'number' ? [part] : Array(part[1]).fill(part[0]),
    ),
  );

/** As binaryornot 0.4 took them. */
describe('what cookiecutter takes for binary', () => {
  it.each<readonly [name: string, content: Uint8Array, is: boolean]>([
    ['nothing', bytes(), false],
    ['text', bytes('hello\n'), false],
    ['blanks', bytes([32, 100]), false],
    ['tildes', bytes([126, 100]), false],
    ['ends of lines', bytes([13, 100]), false],
    ['tabs', bytes([9, 100]), false],
    ['other control characters', bytes([14, 100]), true],
    ['four fifths of control characters', bytes([1, 81], ['a'.charCodeAt(0), 19]), true],
    ['a third of control characters', bytes([1, 31], [97, 69]), false],
    ['half backspaces', bytes([8, 50], [97, 50]), false],
    ['half bells', bytes([7, 50], [97, 50]), false],
    ['half feeds of forms', bytes([12, 50], [97, 50]), false],
    ['NUL', bytes('a', 0, 'b'), true],
    ['NUL at the end of the first kilobyte', bytes([97, 1023], 0), true],
    ['NUL behind the first kilobyte', bytes([97, 1024], 0), false],
    ['a byte that UTF-8 never has', bytes('a', 0xff, 'b'), true],
    ['letters in Latin-1', bytes('gr', 0xfc, 0xdf, 'e'), false],
    ['letters in UTF-8', bytes('日本語テキスト'), false],
    ['three letters beyond ASCII, and NUL', bytes('ééé', 0), true],
    ['four letters beyond ASCII, and NUL', bytes('éééé', 0), false],
    ['letters in UTF-8 that end in the middle, and NUL', bytes(...[...encodeUtf8('日本語')].slice(0, -1), 0), true],
    ['a picture', bytes(0x89, 'PNG\r\n', 0x1a, '\n', 0, 0, 0, '\rIHDR'), true],
    ['what gzip made', bytes(0x1f, 0x8b, 8, [0, 5]), true],
  ])('%s', (_name, content, is) => expect(isBinary(content)).toBe(is));
});
