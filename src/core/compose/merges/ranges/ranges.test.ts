import fc from 'fast-check';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { intersectCargoRanges } from './cargo-ranges.ts';
import { intersectNpmRanges } from './npm-ranges.ts';
import { joinRequirements, requirementKey } from './python-requirements.ts';
import { joinPythonSpecifiers } from './python-specifiers.ts';
import { comparePythonVersions, parsePythonVersion } from './python-versions.ts';

describe('intersectNpmRanges', () => {
  it.each<readonly [string, string, string | undefined]>([
    ['^1.0.0', '^1.0.0', '^1.0.0'],
    ['^1.0.0', '*', '^1.0.0'],
    ['^1.0.0', ' latest ', '^1.0.0'],
    ['x', '^1.0.0', '^1.0.0'],
    ['', '1', '1'],
    ['^1.0.0', '^1.2.0', '^1.2.0'],
    ['^1.2.0', '^1.0.0', '^1.2.0'],
    ['^1.0.0', '^2.0.0', undefined],
    ['^1.0.0', 'workspace:*', undefined],
    ['next', '^1.0.0', undefined],
    ['>=1.2.0', '1.x', '^1.2.0'],
    ['>=1.2.0', '<2.0.0', '>=1.2.0 <2.0.0'],
    ['>=1.2.3', '1.2.x', '~1.2.3'],
    ['>=1.2.0', '<=1.5.0', '>=1.2.0 <=1.5.0'],
    ['>1.2.0', '<=1.5.0', '>1.2.0 <=1.5.0'],
    ['>=1.2.0', '<=1.2.0', '1.2.0'],
    ['>=1.2.0', '<1.2.0', undefined],
    ['>1.2.0', '>=1.2.0', '>1.2.0'],
    ['>=1.2.0 <3.0.0', '>=2.0.0 <4.0.0', '>=2.0.0 <3.0.0'],
    ['^1.0.0 || ^3.0.0', '>=1.5.0 <3.5.0', '^1.5.0 || >=3.0.0 <3.5.0'],
    ['1.5.0 || 2.0.0', '>=1.0.0 <2.0.0', '1.5.0'],
    [`>=1.0.0${' '.repeat(250)}`, '^1.0.0', undefined],
    [`>=1.0.0${' '.repeat(249)}`, '^1.0.0', '^1.0.0'],
  ])('of %j and %j is %j', (ours, theirs, shared) => expect(intersectNpmRanges(ours, theirs)).toBe(shared));

  it('is satisfied by exactly what satisfies both', () => {
    const version = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(2)).map((parts) => parts.join('.'));
    const one = fc.tuple(fc.constantFrom('^', '~', '>=', '>', '<', '<=', ''), version).map((parts) => parts.join(''));
    const range = fc.oneof(
      one,
      fc.tuple(one, one).map((both) => both.join(' || ')),
      fc.tuple(one, one).map((both) => both.join(' ')),
    );
    const all = [0, 1, 2, 3, 4].flatMap((a) => [0, 1, 2, 3, 4].flatMap((b) => [0, 1, 2, 3].map((c) => `${a}.${b}.${c}`)));
    fc.assert(
      fc.property(range, range, (ours, theirs) => {
        const shared = intersectNpmRanges(ours, theirs);
        const both = all.filter((text) => satisfies(text, ours) && satisfies(text, theirs));
        expect(shared === undefined ? [] : all.filter((text) => satisfies(text, shared))).toEqual(both);
      }),
    );
  });
});

describe('intersectCargoRanges', () => {
  it.each<readonly [string, string, string | undefined]>([
    ['1', '1.2', '1.2'],
    ['1.2', '1', '1.2'],
    ['^1.2', '1', '^1.2'],
    ['1', '2', undefined],
    ['>=1.2, <2', '1', '>=1.2, <2'],
    ['>= 1.2', '< 1.5', '>=1.2.0, <1.5.0'],
    ['>=1.2', '<2', '1.2.0'],
    ['1.*', '1.2', '1.2'],
    ['*', '1.2', '1.2'],
    ['=1.2.3', '1', '=1.2.3'],
  ])('of %j and %j is %j', (ours, theirs, shared) => expect(intersectCargoRanges(ours, theirs)).toBe(shared));
});

describe('Python versions', () => {
  // As PEP 440 orders them.
  const ORDERED = [
    '1.dev0',
    '1.0.dev456',
    '1.0a1',
    '1.0a2.dev456',
    '1.0a12.dev456',
    '1.0a12',
    '1.0b1.dev456',
    '1.0b2',
    '1.0b2.post345.dev456',
    '1.0b2.post345',
    '1.0rc1.dev456',
    '1.0rc1',
    '1.0',
    '1.0.post456.dev34',
    '1.0.post456',
    '1.0.15',
    '1.1.dev1',
    '1!0.5',
  ];
  it('are in the order of PEP 440', () => {
    const versions = ORDERED.map((text) => parsePythonVersion(text) ?? []);
    for (const [left, a] of versions.entries())
      for (const [right, b] of versions.entries())
        expect(comparePythonVersions(a, b), `${ORDERED[left]} ${ORDERED[right]}`).toBe(Math.sign(left - right));
  });

  it.each([
    ['1.0', '1'],
    ['1.0', ' V1.0.0 '],
    ['1.0a1', '1.0.ALPHA-1'],
    ['1.0a0', '1.0a'],
    ['1.0b1', '1.0_beta_1'],
    ['1.0rc1', '1.0c1'],
    ['1.0rc1', '1.0.pre.1'],
    ['1.0rc1', '1.0-preview1'],
    ['1.0.post1', '1.0-1'],
    ['1.0.post1', '1.0r1'],
    ['1.0.post1', '1.0.rev1'],
    ['1.0.post0', '1.0post'],
    ['1.0.dev0', '1.0-dev'],
    ['1.0', '1.0+local.7'],
    ['0!1.0', '1.0'],
  ])('%s and %s are one', (a, b) => expect(parsePythonVersion(a)).toEqual(parsePythonVersion(b)));

  it.each(['', 'x', '1.', '.1', '1.0x', '1.0.post1x', 'x1', '1.2.3.4.5.6.7.8.9', '1.0+', '1!'])('%j is none', (text) =>
    expect(parsePythonVersion(text)).toBeUndefined(),
  );

  it('has up to eight numbers', () => expect(parsePythonVersion('1.2.3.4.5.6.7.8')?.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]));
});

describe('joinPythonSpecifiers', () => {
  it.each<readonly [string, string, string | undefined]>([
    ['', '', ''],
    ['>=1', '', '>=1'],
    ['', '>=1', '>=1'],
    ['>=1', '>=2', '>=2'],
    ['>=2', '>=1', '>=2'],
    ['>=1', '<2', '>=1,<2'],
    ['>= 1 , <2', '>=1', '>= 1 , <2'],
    ['>=1', '>1', '>1'],
    ['>1', '>=1', '>1'],
    ['<=2', '<2', '<2'],
    ['<2', '<=2', '<2'],
    ['>=1', '>=1.0', '>=1'],
    ['>=2', '<2', undefined],
    ['>2', '<=2', undefined],
    ['>=2', '<=2', '>=2,<=2'],
    ['==2', '>=1', '==2'],
    ['==2', '>2', undefined],
    ['==2', '==2.0', '==2'],
    ['==1.4.*', '>=1.4.2', '==1.4.*,>=1.4.2'],
    ['==1.4.*', '>=1.5', undefined],
    ['==1.4.*', '>=1.4', '==1.4.*'],
    ['==1!2.*', '<1!3', '==1!2.*'],
    ['~=1.4', '<2', '~=1.4'],
    ['~=1.4', '>=2', undefined],
    ['~=1.4.2', '>=1.5', undefined],
    ['~=1.4.2', '>=1.4', '~=1.4.2'],
    ['~=1.4rc1', '>=2', undefined],
    ['~=v1.4', '>=2', undefined],
    ['~=v1.4', '>=1.5', '~=v1.4,>=1.5'],
    ['==v1.4.*', '>=1.4.1', '==v1.4.*,>=1.4.1'],
    ['~=1!1.4', '>=1!1.5', '~=1!1.4,>=1!1.5'],
    ['~=1!1.4', '>=2', '~=1!1.4'],
    ['~=1!1.4', '>=1!2', undefined],
    ['~=1', '>=1', undefined],
    ['!=1.5', '>=1', '!=1.5,>=1'],
    ['!=1.5', '!=1.6', '!=1.5,!=1.6'],
    ['!=1.5.*', '>=1', '!=1.5.*,>=1'],
    ['===abc', '>=1', '===abc,>=1'],
    ['==abc', '>=1', undefined],
    ['>=abc', '>=1', undefined],
    ['1.0', '>=1', undefined],
    ['^1.0', '>=1', undefined],
    ['>=1,,<2', '>=1', '>=1,,<2'],
    [`>=${'1'.repeat(101)}`, '', undefined],
  ])('of %j and %j is %j', (ours, theirs, joined) => expect(joinPythonSpecifiers(ours, theirs)).toBe(joined));
});

describe('joinRequirements', () => {
  it.each<readonly [string, string, string | undefined]>([
    ['uvicorn', 'uvicorn', 'uvicorn'],
    ['uvicorn>=0.30', 'uvicorn', 'uvicorn>=0.30'],
    ['uvicorn', 'uvicorn>=0.30', 'uvicorn>=0.30'],
    ['My_Pkg>=1', 'my.pkg<2', 'My_Pkg>=1,<2'],
    ['a-_.b', 'A.B>=1', 'A.B>=1'],
    ['uvicorn >=0.30', 'uvicorn<1', 'uvicorn >=0.30,<1'],
    ['uvicorn[standard]', 'uvicorn[extra]>=1', 'uvicorn[standard,extra]>=1'],
    ['uvicorn[standard] >=1', 'uvicorn[extra]', 'uvicorn[standard,extra] >=1'],
    ['uvicorn[a]', 'uvicorn[b,a]', 'uvicorn[b,a]'],
    ['uvicorn[a,b]', 'uvicorn[b]', 'uvicorn[a,b]'],
    ['uvicorn[ a , ,b ]', 'uvicorn', 'uvicorn[ a , ,b ]'],
    ['uvicorn (>=1)', 'uvicorn(<2)', 'uvicorn >=1,<2'],
    ['a>=1; python_version < "3.13"', 'a<2;python_version<"3.13"', 'a>=1,<2; python_version < "3.13"'],
    ['a; x', 'a[e]; x', 'a[e]; x'],
    ['a>=1; x', 'a>=2; y', undefined],
    ['a>=1', 'b>=1', undefined],
    ['a>=2', 'a<1', undefined],
    ['a @ https://example.org/a.whl', 'a>=1', undefined],
    ['a>=1', 'a @ https://example.org/a.whl', undefined],
    [`a${' '.repeat(1000)}`, 'a', undefined],
  ])('of %j and %j is %j', (ours, theirs, joined) => expect(joinRequirements(ours, theirs)).toBe(joined));

  it.each<readonly [string, string | undefined]>([
    ['My_Pkg[x]>=1', 'my-pkg;'],
    ['a ; python_version < "3"', 'a;python_version<"3"'],
    ['a @ https://example.org/a.whl', 'a;'],
    ['-x', undefined],
    ['', undefined],
  ])('knows %j as %j', (text, key) => expect(requirementKey(text)).toBe(key));
});
