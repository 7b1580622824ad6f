import { describe, expect, it } from 'vitest';
import { compilePattern } from '../text/pattern.ts';
import { checkPatterns } from './check-patterns.ts';
import { parsePackManifest } from './parse-pack-manifest.ts';

const HEAD = 'format = 1\n[pack]\nid = "p"\nversion = "1.0.0"\ndescription = "d"\n[variables.x]\ntype = "string"\n';

function check(body: string): string[] {
  const text = HEAD + body;
  const { manifest, diagnostics } = parsePackManifest(text);
  expect(diagnostics).toEqual([]);
  return checkPatterns(manifest!, { text, file: 'pack.toml' }).map(
    ({ code, where, message }) => `${code.replace('MANIFEST_', '')} ${where?.line}:${where?.column} ${message}`,
  );
}

describe('checkPatterns', () => {
  it.each<[string, string, string[]]>([
    ['a pattern that all fits', 'pattern = "^[a-z]+$"\ndefault = "abc"\nexample = "x"', []],
    ['a variable without a pattern', 'default = "abc"', []],
    ['a default that is a template', 'pattern = "^[a-z]+$"\ndefault = "{{ a }}"', []],
    [
      'a default that does not match',
      'pattern = "^[a-z]+$"\ndefault = "A"',
      ['INVALID_VALUE 9:11 variables.x.default: "A" does not match the pattern "^[a-z]+$"'],
    ],
    [
      'an example with a hint',
      'pattern = "^a"\npattern_hint = "it begins with a"\nexample = "b"',
      ['INVALID_VALUE 10:11 variables.x.example: "b" does not match the pattern "^a": it begins with a'],
    ],
    [
      'a set of values that does not match',
      'pattern = "^a"\n[[examples]]\ntitle = "t"\nvariables = { x = "b" }',
      ['INVALID_VALUE 11:19 examples[0].variables.x: "b" does not match the pattern "^a"'],
    ],
  ])('%s', (_name, body, found) => expect(check(body)).toEqual(found));

  it.each(['(', '[a', 'a{2,1}', '(?=a)', '(?<!a)b', '(a)\\1', '*a', '(?P<1>a', '\\p{Nope}'])('refuses %s with its place', (pattern) => {
    expect(check(`pattern = '${pattern}'`)).toEqual([expect.stringMatching(/^INVALID_PATTERN 8:11 variables\.x\.pattern: ./)]);
  });
});

describe('compilePattern', () => {
  it.each(['^(a+)+$', '(a|a)*b', '(.*)*x', '^(([a-z])+.)+[A-Z]([a-z])+$'])('%s ends on text that makes others explode', (pattern) => {
    const compiled = compilePattern(pattern);
    expect(compiled.kind === 'pattern' && compiled.pattern.matches(`${'a'.repeat(5_000)}!`)).toBe(false);
  });

  it.each(['(a{1000}){1000}', '((a{100}){100}){100}', `${'('.repeat(1_000)}a${')'.repeat(1_000)}`, '['.repeat(500)])(
    'answers for %.30s',
    (pattern) => {
      expect(['invalid', 'pattern']).toContain(compilePattern(pattern).kind);
    },
  );
});
