import { describe, expect, it } from 'vitest';
import { chooseDriver, isMergeDriverName, type MergeDriverName } from './choose-driver.ts';
import { mergeEnv } from './env.ts';
import { mergeIni } from './ini.ts';
import { mergeJson } from './json.ts';
import { mergeLines } from './lines.ts';
import type { MergeDriver } from './merge-driver.ts';
import { mergePackages } from './packages.ts';
import { mergeSections } from './sections.ts';
import { mergePlainText } from './text.ts';
import { mergeToml } from './toml.ts';
import { mergeYaml } from './yaml.ts';

const DRIVERS: Record<MergeDriverName, MergeDriver> = {
  json: mergeJson,
  yaml: mergeYaml,
  toml: mergeToml,
  ini: mergeIni,
  env: mergeEnv,
  lines: mergeLines,
  sections: mergeSections,
  packages: mergePackages,
  text: mergePlainText,
};
const labels = { ours: 'A', theirs: 'B' };

const bomb = [
  'a: &a ["x","x","x","x","x","x","x","x","x"]',
  ...'bcdefghij'.split('').map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`),
];

const HOSTILE: Readonly<Record<string, string>> = {
  'brackets without end': '['.repeat(100_000),
  'braces without end': '{"a":'.repeat(50_000),
  'brackets of 50 000 levels': `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  dashes: '- '.repeat(50_000),
  'question marks': `${'? '.repeat(50_000)}\n`,
  indentation: Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
  'a billion laughs': `${bomb.join('\n')}\n`,
  'deep dotted keys': `${'a.'.repeat(50_000)}a = 1\n`,
  'deep header': `[${'a.'.repeat(50_000)}a]\n`,
  'prototype keys in JSON': '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
  'prototype keys in YAML': '__proto__:\n  polluted: 1\nconstructor:\n  prototype:\n    polluted: 1\n',
  'prototype keys in TOML': '[__proto__]\npolluted = 1\n[constructor.prototype]\npolluted = 1\n',
  'keys twice in JSON': '{"a": 1, "a": 2}',
  'keys twice in YAML': 'a: 1\na: 2\n',
  'keys twice in TOML': 'a = 1\na = 2\n',
  'anchors and merge keys': 'x: &x\n  a: 1\ny:\n  <<: *x\n  b: *x\nz: *unknown\n',
  'several documents': 'a: 1\n---\nb: 2\n...\n---\nc: 3\n',
  'complex keys': '? [a, b]\n: 1\n? {c: 1}\n: 2\n',
  tabs: 'a:\n\t- b\n\tc: d\n',
  'byte order mark and windows line ends': '\uFEFF{"a": 1,\r\n"b": 2}\r\n',
  'control characters': 'a\u0000b: \u0007\n\u2028= 1\n',
  'lone surrogates': '{"\ud800": "\udc00"}',
  'quotes without end': '"'.repeat(9999),
  'escaped quotes': `"${'\\"'.repeat(100_000)}`,
  'fences without end': '```\n# a\n~~~~\n# b\n'.repeat(500),
  'headings of all levels': Array.from({ length: 3000 }, (_, index) => `${'#'.repeat(1 + (index % 8))} t${index % 7}\n`).join(''),
  'blank lines': '\n'.repeat(20_000),
  spaces: ' '.repeat(100_000),
  'an open value over many lines': 'A="x\n'.concat("B='\n".repeat(5000)),
  'many keys': Array.from({ length: 5000 }, (_, index) => `k${(index * 7919) % 20_011} = ${index}\n`).join(''),
  'many YAML keys': Array.from({ length: 5000 }, (_, index) => `k${(index * 7919) % 20_011}: ${index}\n`).join(''),
  'long ranges in JSON': `{"dependencies":{"a":"${'>=1 '.repeat(5000)}"}}`,
  'long requirement': `[project]\ndependencies = ["a${' '.repeat(50_000)}b"]\n`,
  'too large': `a: ${'x'.repeat(1024 * 1024)}\n`,
};

/** A harmless text of each driver's kind. */
const SIMPLE: Record<MergeDriverName, string> = {
  json: '{"z": 1}\n',
  yaml: 'z: 1\nx: {y: [1]}\n',
  toml: 'z = 1\n',
  ini: '[z]\nz = 1\n',
  env: 'Z=1\n',
  lines: 'z\n',
  sections: '# Z\n\nText.\n',
  packages: '[project]\ndependencies = ["a>=1"]\n',
  text: 'z\n',
};

describe('hostile texts neither crash, nor hang, nor reach a prototype', () => {
  for (const [driver, merge] of Object.entries(DRIVERS)) {
    for (const [name, text] of Object.entries(HOSTILE)) {
      it(`${driver}: ${name}`, () => {
        const other = SIMPLE[driver as MergeDriverName];
        const path = driver === 'packages' ? (name.includes('JSON') ? 'package.json' : 'pyproject.toml') : 'x';
        const outcomes = [
          merge({ ours: text, theirs: other, labels, path }),
          merge({ ours: other, theirs: text, labels, path }),
          merge({ base: other, ours: `${other}\n`, theirs: text, labels, path }),
          merge({ base: text, ours: `${text}x`, theirs: other, labels, path }),
        ];
        for (const outcome of outcomes) expect(['merged', 'conflict', 'unparsable']).toContain(outcome.kind);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      });
    }
  }
});

describe('chooseDriver', () => {
  const cases: Readonly<Record<string, MergeDriverName>> = {
    'package.json': 'packages',
    'apps/web/package.json': 'packages',
    'pyproject.toml': 'packages',
    'Cargo.toml': 'packages',
    'package-lock.json': 'text',
    'pnpm-lock.yaml': 'text',
    'tsconfig.build.json': 'json',
    '.vscode/settings.json': 'json',
    'x.jsonc': 'json',
    '.editorconfig': 'ini',
    'docker-compose.yml': 'yaml',
    '.github/workflows/ci.yaml': 'yaml',
    'rustfmt.toml': 'toml',
    '.gitignore': 'lines',
    'web/.dockerignore': 'lines',
    '.gitattributes': 'lines',
    '.env': 'env',
    '.env.example': 'env',
    'prod.env': 'env',
    'README.md': 'sections',
    Dockerfile: 'text',
    'src/env.ts': 'text',
    json: 'text',
  };
  for (const [path, driver] of Object.entries(cases)) it(`${path} → ${driver}`, () => expect(chooseDriver(path)).toBe(driver));

  it('knows its names', () => {
    expect(isMergeDriverName('sections')).toBe(true);
    expect(isMergeDriverName('constructor')).toBe(false);
  });
});
