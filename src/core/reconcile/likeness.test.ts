import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8.ts';
import type { ProjectPath } from '../tree/project-path.ts';
import { captureValues } from './capture-values.ts';
import { measureLikeness } from './likeness.ts';
import { textSimilarity } from './similarity.ts';

describe('textSimilarity', () => {
  it.each([
    ['', '', 0],
    ['a', '', 0],
    ['', 'a', 0],
    [' \n\t\n', 'a', 0],
    ['a', 'a', 1],
    ['  a\n\nb  ', 'b\na', 1],
    ['a\nb', 'a\nc', 0.5],
    ['a\na\na', 'a', 0.5],
    ['a', 'a\na\na', 0.5],
    ['a\nb\nc', 'a', 0.5],
    ['a', 'b', 0],
  ])('of %j and %j is %d', (a, b, similarity) => expect(textSimilarity(a, b)).toBe(similarity));
});

describe('measureLikeness', () => {
  type Files = Readonly<Record<string, string | Uint8Array>>;
  const bytes = (content: string | Uint8Array) => (typeof content === 'string' ? encodeUtf8(content) : content);
  const measure = (wanted: Files, there: Files) =>
    measureLikeness(new Map(Object.entries(wanted).map(([path, content]) => [path as ProjectPath, { content: bytes(content) }])), (path) =>
      there[path] === undefined ? undefined : bytes(there[path]),
    );

  it.each<readonly [string, Files, Files, object]>([
    ['no files', {}, {}, { score: 0, files: 0, identical: 0, alike: 0, missing: 0 }],
    ['the same', { a: 'x\n' }, { a: 'x\n' }, { score: 1, files: 1, identical: 1, alike: 0, missing: 0 }],
    ['the same but for line ends', { a: 'x\ny\n' }, { a: 'x\r\ny' }, { score: 1, files: 1, identical: 1, alike: 0, missing: 0 }],
    ['lines in another order', { a: 'x\ny' }, { a: 'y\nx' }, { score: 0.99, files: 1, identical: 0, alike: 1, missing: 0 }],
    ['an empty line more', { a: 'x' }, { a: 'x\n\n' }, { score: 0.99, files: 1, identical: 0, alike: 1, missing: 0 }],
    ['half', { a: 'x\ny' }, { a: 'x\nz' }, { score: 0.5, files: 1, identical: 0, alike: 1, missing: 0 }],
    ['less', { a: 'x\ny\nz' }, { a: 'x\nu\nv' }, { score: 0.333, files: 1, identical: 0, alike: 0, missing: 0 }],
    ['missing files', { a: 'x', b: 'y', c: 'z' }, { a: 'x' }, { score: 0.333, files: 3, identical: 1, alike: 0, missing: 2 }],
    ['bytes', { a: Uint8Array.of(0, 1) }, { a: Uint8Array.of(0, 1) }, { score: 1, files: 1, identical: 1, alike: 0, missing: 0 }],
    ['other bytes', { a: Uint8Array.of(0, 1) }, { a: Uint8Array.of(0, 2) }, { score: 0, files: 1, identical: 0, alike: 0, missing: 0 }],
    ['fewer bytes', { a: Uint8Array.of(0, 1) }, { a: Uint8Array.of(0, 1, 2) }, { score: 0, files: 1, identical: 0, alike: 0, missing: 0 }],
    ['bytes for text', { a: 'x' }, { a: Uint8Array.of(0) }, { score: 0, files: 1, identical: 0, alike: 0, missing: 0 }],
    ['text for bytes', { a: Uint8Array.of(0) }, { a: 'x' }, { score: 0, files: 1, identical: 0, alike: 0, missing: 0 }],
  ])('of %s', (_, wanted, there, likeness) => expect(measure(wanted, there)).toEqual(likeness));
});

describe('captureValues', () => {
  const long = 'v'.repeat(200);
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['name: @', ['name: shop', 'other: x'], ['shop']],
    ['  name: @  ', ['\tname: shop '], ['shop']],
    ['name: @-@', ['name: shop-shop', 'name: shop-ship'], ['shop']],
    ['from @ import', ['from shop import', 'xfrom shop import', 'from shop importx'], ['shop']],
    // Most often first, then by code unit; a line that is there twice is one.
    ['aa = @\nbb = @\ncc = @', ['bb = y', 'aa = y', 'cc = x', 'cc = x'], ['y', 'x']],
    ['aa = @\nbb = @', ['aa = y', 'bb = x'], ['x', 'y']],
    ['name: @\nname: @', ['name: shop', 'name: x', 'name: x'], ['shop', 'x']],
    // Nothing else than the marker, or nearly.
    ['@', ['shop'], []],
    ['- @', ['- shop'], []],
    ['-: @', ['-: shop'], []],
    ['--: @', ['--: shop'], ['shop']],
    ['name: x', ['name: x'], []],
    ['name: @', ['name:', 'name: '], []],
    ['name: @', [`name: ${long}`], [long]],
    ['name: @', [`name: ${long}v`], []],
    ['name: @-@-@-@-@', [`name: ${Array.from({ length: 5 }, () => long).join('-')}`], []],
    ['name: @-@-@-@', [`name: ${Array.from({ length: 4 }, () => long).join('-')}`], [long]],
  ])('finds by %j in %j', (rendered, lines, values) => expect(captureValues(rendered, '@', lines)).toEqual(values));
});
