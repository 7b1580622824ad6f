import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPackPathProblem, findPathProblem, foldPath, parseProjectPath } from './project-path.ts';

const REFUSED: readonly string[] = [
  '',
  '/etc/passwd',
  '../up',
  'a/../b',
  'a/..',
  './a',
  'a//b',
  'a/',
  'C:/windows',
  'C:x',
  '\\\\server\\share',
  'a\\b',
  'a\0b',
  'a\nb',
  'a\u001b[31m',
  'a\u202egnp.exe',
  'CON',
  'con.txt',
  'a/NUL',
  'LPT1.log',
  'COM\u00b9',
  'trailing.',
  'trailing ',
  ' leading',
  'a?b',
  'a*b',
  'a<b',
  'a|b',
  'e\u0301',
  'lone\ud800',
  'x'.repeat(256),
  `${'x/'.repeat(600)}x`,
  'é'.repeat(128),
];

const ACCEPTED: readonly string[] = [
  'a',
  'a/b.txt',
  '.gitignore',
  '.github/workflows/ci.yml',
  'é/ü',
  '日本語.md',
  'a b/c d',
  'console.ts',
  'nullable',
  '...x',
  'é'.repeat(127),
];

describe('parseProjectPath', () => {
  it.each(REFUSED)('refuses %j', (text) => {
    expect(() => parseProjectPath(text)).toThrow(expect.objectContaining({ code: 'PATH_ESCAPES_PROJECT' }));
  });

  it.each(ACCEPTED)('accepts %j', (text) => expect(parseProjectPath(text)).toBe(text));

  it('never accepts what leaves the project or changes when it is normalised', () => {
    const part = fc.oneof(
      fc.constantFrom('..', '.', '', 'a', 'C:', '\\', '/', '~', '\0', ' ', '\u2025'),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom('/', '\\', ''), (parts, separator) => {
        const text = parts.join(separator);
        if (findPathProblem(text) !== undefined) return;
        const resolved = posix.resolve('/project', text);
        expect(resolved.startsWith('/project/')).toBe(true);
        expect(posix.normalize(text)).toBe(text);
        expect(text.normalize('NFC')).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('foldPath', () => {
  it.each([
    ['README.md', 'readme.MD'],
    ['é', 'e\u0301'],
    ['ﬁle', 'file'],
  ])('%j and %j are one path where case or form is ignored', (a, b) => expect(foldPath(a)).toBe(foldPath(b)));
});

describe('findPackPathProblem', () => {
  it.each([
    'templates/{% if a < b %}x{% endif %}.jinja',
    'templates/{{ name | kebab_case }}.ts',
    'templates/{% if ci == "github" %}.github{% endif %}/x',
  ])('accepts %j', (text) => expect(findPackPathProblem(text)).toBeUndefined());

  it.each(['../x', '/x', 'a\0', 'templates/a\\b', 'C:/x'])('refuses %j', (text) => expect(findPackPathProblem(text)).toBeDefined());
});
