import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEnv } from './env.ts';
import { mergeIni } from './ini.ts';
import { jsonFormat, mergeJson } from './json.ts';
import { mergeLines } from './lines.ts';
import type { MergeDriver, MergeOutcome } from './merge-driver.ts';
import { mergePackages } from './packages.ts';
import { mergeSections } from './sections.ts';
import { mergePlainText } from './text.ts';
import { parseToml } from './toml/parse-toml.ts';
import { mergeToml } from './toml.ts';
import { createIntern, type Intern, type TreeNode } from './tree/tree-node.ts';
import { parseYaml } from './yaml/parse-yaml.ts';
import { mergeYaml } from './yaml.ts';

type Data = string | number | boolean | Data[] | { [key: string]: Data };

const word = fc.constantFrom('a', 'b', 'name', 'id', 'x y', 'été', '__proto__', 'constructor', 'services');
const scalar: fc.Arbitrary<Data> = fc.oneof(
  fc.constantFrom('one', 'two', '', '# no comment', 'a: b', '"q"', "it's", '- x', 'TWO=2'),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
);
const named: fc.Arbitrary<Data> = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('one', 'two', 'three'), value: scalar }, { noNullPrototype: true }),
  {
    maxLength: 3,
    selector: (item) => item.name,
  },
);
const { map } = fc.letrec<{ value: Data; map: { [key: string]: Data } }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.uniqueArray(scalar, { maxLength: 3, selector: JSON.stringify }),
    named,
    tie('map'),
  ),
  map: fc.dictionary(word, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

const toJson = (value: Data): string => `${JSON.stringify(value, null, 2)}\n`;

function toYaml(value: Data, indent = ''): string {
  if (typeof value !== 'object') return ` ${JSON.stringify(value)}\n`;
  if (Array.isArray(value))
    return value.length === 0 ? ' []\n' : `\n${value.map((item) => `${indent}-${toYaml(item, `${indent}  `)}`).join('')}`;
  const entries = Object.entries(value);
  if (entries.length === 0) return ' {}\n';
  return `\n${entries.map(([key, item]) => `${indent}# about ${key}\n${indent}${JSON.stringify(key)}:${toYaml(item, `${indent}  `)}`).join('')}`;
}

/** Tables as `[headers]`, lists of tables as `[[headers]]`, the rest on lines. */
function toToml(value: { [key: string]: Data }, path: readonly string[] = []): string {
  const lines: string[] = [];
  const tables: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    const header = [...path, JSON.stringify(key)];
    const items = Array.isArray(item) ? item.filter((entry) => isTable(entry)) : [];
    if (items.length > 0) tables.push(...items.map((entry) => `\n[[${header.join('.')}]]\n${toToml(entry, header)}`));
    else if (isTable(item)) tables.push(`\n# table\n[${header.join('.')}]\n${toToml(item, header)}`);
    else lines.push(`${JSON.stringify(key)} = ${JSON.stringify(item)} # ${path.length}\n`);
  }
  return [...lines, ...tables].join('');
}

const isTable = (item: Data): item is { [key: string]: Data } => typeof item === 'object' && !Array.isArray(item);

const line = fc.constantFrom('dist/', '*.log', '!keep', '# Node', '# Env', '', 'a b');
const lines = fc.array(line, { maxLength: 8 }).map((list) => list.map((text) => `${text}\n`).join(''));
const assignment = fc
  .tuple(fc.constantFrom('A', 'B', 'C', 'D'), fc.constantFrom('1', '"two words"', ''))
  .map(([key, value]) => ({ key, value }));
const env = fc
  .uniqueArray(assignment, { selector: ({ key }) => key, maxLength: 4 })
  .map((list) => list.map(({ key, value }) => `# about ${key}\n${key}=${value}\n`).join('\n'));
const section = fc.tuple(
  fc.constantFrom('## Usage', '## License', '### Docker'),
  fc.uniqueArray(fc.constantFrom('Run it.', 'Text.', '```\n# x\n\ny\n```'), { maxLength: 3 }),
);
const markdown = fc
  .uniqueArray(section, { selector: ([heading]) => heading, maxLength: 3 })
  .map((list) => ['# App\n', ...list.map(([heading, texts]) => [heading, ...texts].join('\n\n').concat('\n'))].join('\n'));

interface Subject {
  readonly name: string;
  readonly merge: MergeDriver;
  readonly texts: fc.Arbitrary<string>;
  readonly path: string;
  /** Whether two texts have the same content, whatever the order. */
  readonly isSame: (a: string, b: string) => boolean;
}

/** Compares content: order of keys never counts, order of items is set aside. */
function sameTree(parse: (text: string, intern: Intern) => TreeNode | string) {
  return (a: string, b: string): boolean => {
    const intern = createIntern();
    const left = parse(a, intern);
    const right = parse(b, intern);
    if (typeof left === 'string' || typeof right === 'string') return left === right;
    return unordered(left) === unordered(right);
  };
}

function unordered(node: TreeNode): string {
  if (node.kind === 'scalar') return `${node.id}`;
  return `${node.kind}(${node.children
    .map((child) => JSON.stringify(child.key) + unordered(child.node))
    .sort()
    .join()})`;
}

const sortedLines = (text: string): string =>
  text
    .split('\n')
    .filter((content) => content.trim() !== '')
    .sort()
    .join('\n');
const sameLines = (a: string, b: string): boolean => sortedLines(a) === sortedLines(b);
const withoutComments = (text: string): string => text.replace(/^#.*\n/gm, '');

const ini: fc.Arbitrary<string> = fc
  .tuple(iniKeys(), fc.dictionary(fc.constantFrom('*', '*.md', '*.{js,ts}', '__proto__'), iniKeys(), { maxKeys: 3, noNullPrototype: true }))
  .map(([top, sections]) =>
    [top, ...Object.entries(sections).map(([name, keys]) => `[${name}]\n${keys}`)].filter((part) => part !== '').join('\n'),
  );

function iniKeys(): fc.Arbitrary<string> {
  const keys = fc.dictionary(fc.constantFrom('root', 'charset', 'indent_size'), fc.constantFrom('1', '2', 'true'), {
    noNullPrototype: true,
  });
  return keys.map((entries) =>
    Object.entries(entries)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join(''),
  );
}

const SUBJECTS: readonly Subject[] = [
  { name: 'json', merge: mergeJson, texts: map.map(toJson), path: 'x.json', isSame: sameTree(jsonFormat.parse) },
  {
    name: 'yaml',
    merge: mergeYaml,
    texts: map.map((value) => toYaml(value).replace(/^\s+/, '')),
    path: 'x.yaml',
    isSame: sameTree(parseYaml),
  },
  { name: 'toml', merge: mergeToml, texts: map.map((value) => toToml(value)), path: 'x.toml', isSame: sameTree(parseToml) },
  { name: 'packages', merge: mergePackages, texts: map.map(toJson), path: 'package.json', isSame: sameTree(jsonFormat.parse) },
  {
    name: 'lines',
    merge: mergeLines,
    texts: lines,
    path: '.gitignore',
    isSame: (a, b) => sameLines(withoutComments(a), withoutComments(b)),
  },
  { name: 'env', merge: mergeEnv, texts: env, path: '.env', isSame: sameLines },
  { name: 'ini', merge: mergeIni, texts: ini, path: '.editorconfig', isSame: sameLines },
  { name: 'sections', merge: mergeSections, texts: markdown, path: 'README.md', isSame: sameLines },
  { name: 'text', merge: mergePlainText, texts: lines, path: 'x.txt', isSame: (a, b) => a === b },
];

const labels = { ours: 'ours', theirs: 'theirs' };
const textOf = (outcome: MergeOutcome): string | undefined => (outcome.kind === 'merged' ? outcome.text : undefined);

for (const { name, merge, texts, path, isSame } of SUBJECTS) {
  const run = (sides: { base?: string; ours: string; theirs: string }): MergeOutcome => merge({ ...sides, labels, path });
  describe(`laws of ${name}`, () => {
    it('who did not change has no say', () =>
      fc.assert(
        fc.property(texts, texts, (base, other) => {
          expect(textOf(run({ base, ours: other, theirs: base }))).toBe(other);
          expect(textOf(run({ base, ours: base, theirs: other }))).toBe(other);
          expect(textOf(run({ base, ours: other, theirs: other }))).toBe(other);
        }),
      ));

    it('merging with itself and with nothing changes nothing', () =>
      fc.assert(
        fc.property(texts, (text) => {
          expect(textOf(run({ ours: text, theirs: text }))).toBe(text);
          expect(textOf(run({ ours: text, theirs: '' }))).toBe(text);
          expect(textOf(run({ ours: '', theirs: text }))).toBe(text);
        }),
      ));

    it('gives the same content in both orders', () =>
      fc.assert(
        fc.property(texts, texts, (ours, theirs) => {
          const one = run({ ours, theirs });
          const other = run({ ours: theirs, theirs: ours });
          expect(one.kind).toBe(other.kind);
          if (one.kind === 'merged' && other.kind === 'merged')
            expect(isSame(one.text, other.text), `${one.text}\n---\n${other.text}`).toBe(true);
        }),
      ));

    it('merging again changes nothing', () =>
      fc.assert(
        fc.property(texts, texts, (ours, theirs) => {
          const merged = textOf(run({ ours, theirs }));
          if (merged !== undefined) expect(textOf(run({ ours: merged, theirs }))).toBe(merged);
        }),
      ));

    it('reads what it can read: never unparsable, never without a marked conflict', () =>
      fc.assert(
        fc.property(texts, texts, texts, (base, ours, theirs) => {
          const outcome = run({ base, ours, theirs });
          expect(outcome.kind, JSON.stringify(outcome)).not.toBe('unparsable');
          if (outcome.kind === 'conflict') {
            expect(outcome.conflicts.length).toBeGreaterThan(0);
            expect(outcome.marked).toMatch(/^<{7,} ours$/m);
          }
        }),
      ));
  });
}
