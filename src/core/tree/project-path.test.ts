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

describe('findPathProblem', () => {
  it.each([
    ['', 'it is empty'],
    ['/a', 'it is absolute'],
    [`${'x/'.repeat(512)}x`, 'it is longer than 1024 bytes'],
    ['e\u0301', 'it is not in Unicode normalisation form C'],
    ['a//b', 'it has an empty segment'],
    ['a/./b', 'it has a "." segment'],
    ['a/../b', 'it has a ".." segment'],
    ['a\tb', 'it has a control character'],
    ['a/b:c', '"b:c" has a character that is not portable (one of < > : " \\ | ? *)'],
    ['a/b.', '"b." begins with a space or ends in a dot or a space'],
    ['a/ b', '" b" begins with a space or ends in a dot or a space'],
    ['aux.c', '"aux.c" is a name that Windows reserves'],
    ['lone\ud800', 'it has an unpaired surrogate'],
    [`a/${'é'.repeat(128)}`, `"${'é'.repeat(40)}…" is longer than 255 bytes`],
  ])('says of %j: %s', (text, problem) => {
    expect(findPathProblem(text)).toBe(problem);
    expect(() => parseProjectPath(text)).toThrow(`${JSON.stringify(text)} is not a path inside the project: ${problem}`);
  });

  it.each([`${'x/'.repeat(511)}xx`, 'x'.repeat(255), 'é'.repeat(127), `a${'b'.repeat(81)}-`])('finds nothing at the limits', (text) =>
    expect(findPathProblem(text)).toBeUndefined(),
  );

  it.each(['con', 'prn.txt', 'aux', 'nul', 'com0', 'com9.x.y', 'COM³', 'lpt0', 'LPT²', 'conin$', 'conout$.txt'])(
    'knows %s as a name that Windows reserves, but not inside another name',
    (name) => {
      expect(findPathProblem(name)).toContain('is a name that Windows reserves');
      expect(findPathProblem(`x${name}`)).toBeUndefined();
      expect(findPathProblem(name.replace(/(\.|$)/, 'x$1'))).toBeUndefined();
    },
  );
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
    'templates/{{ name[:2] }}/{# a:b #}/x',
    'templates/{% if a == "\\\\" %}b',
    ' {{ name }} / {{ other }} ',
    'a  /  b',
  ])('accepts %j', (text) => expect(findPackPathProblem(text)).toBeUndefined());

  it.each([
    ['../x', 'it has a ".." segment'],
    ['/x', 'it is absolute'],
    ['a\0', 'it has a control character'],
    ['templates/a\\b', 'has a character that is not portable'],
    ['C:/x', 'has a character that is not portable'],
    ['a/b./{{ x }}', 'begins with a space or ends in a dot'],
    // Not the delimiters of templates, or not inside them.
    ['{a:b}', 'has a character that is not portable'],
    ['{{ a }}:', 'has a character that is not portable'],
    ['{{ a/b:c }}', 'has a character that is not portable'],
    ['{-a:b-}', 'has a character that is not portable'],
    ['{{ a:b -}', 'has a character that is not portable'],
  ])('refuses %j: %s', (text, problem) => expect(findPackPathProblem(text)).toContain(problem));
});
