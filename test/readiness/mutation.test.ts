// Mutation testing on a small repository of its own, where it is known what the tests see, and the register of what was recorded.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { formatScores, formatScoreTable } from '../../tools/mutation/format-scores.ts';
import { instrument, type Mutant } from '../../tools/mutation/instrument.ts';
import { listTests } from '../../tools/mutation/list-tests.ts';
import { type FolderScore, hashAll, listFolders, loadScores, seal, summarize } from '../../tools/mutation/register.ts';
import { runMutants } from '../../tools/mutation/run-mutants.ts';
import { REPOSITORY } from '../docs/list-pages.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const SOURCES = {
  'src/core/a/count.ts': [
    'const WORDS = /^[a-z]+$/;',
    'const known = new Map<string, number>();',
    'export function count(text: string): number {',
    '  let found = 0;',
    '  for (let at = 0; at < text.length; at += 1) found += 1;',
    '  return found;',
    '}',
    'export function isWord(text: string): boolean {',
    '  return WORDS.test(text);',
    '}',
    'export function cached(text: string): number {',
    '  const old = known.get(text);',
    '  if (old !== undefined) return old;',
    '  known.set(text, text.length + 1);',
    '  return text.length + 1;',
    '}',
    'let isBroken = false;',
    'export function fragile(value: number): number {',
    '  if (value === 0) isBroken = true;',
    '  return isBroken === true ? 0 : value;',
    '}',
    'export function shown(value: number): string {',
    '  return value + " is";',
    '}',
    'export function never(value: number): number {',
    '  return value > 4 ? 1 : 2;',
    '}',
    'export function unseen(value: number): number {',
    '  return value > 4 ? 1 : 2;',
    '}',
  ].join('\n'),
  'src/core/a/count.test.ts': [
    "import { describe, expect, it } from 'vitest';",
    "import { cached, count, fragile, isWord, shown, unseen } from './count.ts';",
    "describe('counting', () => {",
    "  it.each([['abc', 3], ['', 0]])('counts %s', (text, found) => expect(count(text)).toBe(found));",
    "  it('knows words', () => expect(['abc', 'a1', '1a', 'a', ''].map(isWord)).toEqual([true, false, false, true, false]));",
    "  it('keeps what it knows', () => expect([cached('a'), cached('a')]).toEqual([2, 2]));",
    "  it('does not break', () => expect([fragile(1), fragile(2)]).toEqual([1, 2]));",
    "  it('sees nothing', () => expect([unseen(9), unseen(1)]).toHaveLength(2));",
    '  it(\'knows a snapshot\', () => expect(shown(1)).toMatchInlineSnapshot(`"1 is"`));',
    "  it('knows several', () => {",
    '    expect(shown(2)).toMatchInlineSnapshot(`"2 is"`);',
    '    expect(shown(3)).toMatchInlineSnapshot(`"3 is"`);',
    '  });',
    '});',
  ].join('\n'),
};

describe('npm run mutation', () => {
  it('tells what tests see from what they do not, in whatever way a mutant goes wrong', { timeout: 300_000 }, async () => {
    const repository = write(SOURCES);
    const instrumented = await instrument(repository, ['src/core/a/count.ts'], 1);
    const verdicts = await runMutants({
      tool: join(REPOSITORY, 'tools', 'mutation'),
      repository,
      instrumented,
      tests: [join(repository, 'src/core/a/count.test.ts')],
      onVerdict: () => {},
      onUnused: (failing) => expect(failing).toEqual([]),
    });
    const statusOf = (original: string, replacement: string, line?: number) =>
      instrumented.sample
        .filter((mutant) => mutant.original === original && mutant.replacement === replacement && mutant.line === (line ?? mutant.line))
        .map(({ id }) => verdicts.get(id)?.status);
    expect(verdicts.size).toBe(instrumented.sample.length);
    expect(statusOf('found += 1', 'found -= 1')).toEqual(['killed']);
    // A loop without an end is ended.
    expect(statusOf('at += 1', 'at -= 1')).toEqual(['timed-out']);
    // What is evaluated when the module is loaded is loaded anew.
    expect(statusOf('/^[a-z]+$/', '/[a-z]+$/')).toEqual(['killed']);
    expect(statusOf('/^[a-z]+$/', '/^[a-z]$/')).toEqual(['killed']);
    // So is what only the first call reaches.
    expect(statusOf('text.length + 1', 'text.length - 1', 14)).toEqual(['killed']);
    // What a mutant breaks for good is no reason to think that tests see the next ones.
    expect(statusOf('value === 0', 'true')).toEqual(['killed']);
    expect(statusOf('isBroken === true', 'false')).toEqual(['survived']);
    expect(statusOf('isBroken === true', 'true')).toEqual(['killed']);
    expect(statusOf('" is"', '""')).toEqual(['killed']);
    expect(statusOf('value > 4', 'true', 26)).toEqual(['no-coverage']);
    expect(statusOf('value > 4', 'true', 29)).toEqual(['survived']);
  });

  it('says which tests do not pass twice, since mutants could not meet them', { timeout: 300_000 }, async () => {
    const repository = write({
      'src/core/a/one.ts': 'export const one = (flag: boolean) => !flag;\n',
      'src/core/a/one.test.ts': [
        "import { expect, it } from 'vitest';",
        "import { one } from './one.ts';",
        'let isFirst = true;',
        "it('passes once', () => {",
        '  expect(one(false)).toBe(isFirst);',
        '  isFirst = false;',
        '});',
      ].join('\n'),
    });
    const run = runMutants({
      tool: join(REPOSITORY, 'tools', 'mutation'),
      repository,
      instrumented: await instrument(repository, ['src/core/a/one.ts'], 1),
      tests: [join(repository, 'src/core/a/one.test.ts')],
      onVerdict: () => {},
      onUnused: () => {},
    });
    await expect(run).rejects.toThrow(/1 tests do not pass twice without a mutant:.*one\.test\.ts: passes once: the second time/s);
  });

  it('draws the same sample every time, of every file', async () => {
    const repository = write({ ...SOURCES, 'src/core/b/one.ts': 'export const one = (flag: boolean) => !flag;\n' });
    const files = ['src/core/a/count.ts', 'src/core/b/one.ts'];
    const draw = async () => (await instrument(repository, files, 5)).sample;
    const [first, second] = [await draw(), await draw()];
    const all = (await instrument(repository, files, 1)).sample;
    expect(second).toEqual(first);
    expect(new Set(first.map(({ file }) => file))).toEqual(new Set(files));
    const own = (mutants: readonly Mutant[]) => mutants.filter(({ file }) => file === files[0]).length;
    expect(own(first)).toBe(Math.ceil(own(all) / 5));
  });
});

describe('the tests that mutants meet', () => {
  const of = (which: 'own' | 'all') =>
    listTests(REPOSITORY, ['src/core/tree/digest.ts'], which).map((file) => file.slice(REPOSITORY.length));
  it('are those beside them, or all that load them, of adapters only those of signatures', () => {
    const own = of('own');
    expect(own).toContain('src/core/tree/digest.test.ts');
    expect(own.filter((file) => !file.startsWith('src/core/tree/'))).toEqual([]);
    const all = of('all');
    expect(all).toEqual(expect.arrayContaining([...own, 'src/core/lockfile/lockfile.test.ts']));
    expect(all.filter((file) => file.startsWith('src/adapters/'))).toEqual(['src/adapters/signing/signing.test.ts']);
    // It loads nothing of the core.
    expect(all).not.toContain('src/cli/text-width.test.ts');
  });
});

const score = (folder: string, facts: Partial<FolderScore> = {}): FolderScore =>
  seal({
    folder,
    date: '2026-01-02',
    oneOf: 1,
    tests: 'all',
    mutants: 100,
    killed: 80,
    timedOut: 5,
    survived: 10,
    noCoverage: 5,
    sources: 'x',
    ...facts,
  });

describe('the register of mutation scores', () => {
  const scores = loadScores(REPOSITORY);

  it('has every folder of the core once', () => {
    expect(scores.map(({ folder }) => folder)).toEqual([...new Set(scores.map(({ folder }) => folder))].sort());
    expect(listFolders(REPOSITORY)).toEqual(expect.arrayContaining(scores.map(({ folder }) => folder)));
  });

  it.each(scores.map((entry) => [entry.folder, entry] as const))('%s is as the run wrote it, and nobody else', (_, entry) => {
    const { seal: written, ...facts } = entry;
    expect(seal(facts).seal).toBe(written);
    expect(entry.killed + entry.timedOut + entry.survived + entry.noCoverage).toBeGreaterThanOrEqual(
      Math.floor(entry.mutants / entry.oneOf),
    );
  });

  it('notices a number that was edited', () => {
    const { seal: written, ...facts } = score('a');
    expect(seal({ ...facts, killed: 99 }).seal).not.toBe(written);
  });

  it('says which folders changed since, or were never run', () => {
    const repository = write({ 'src/core/a/a.ts': 'export const a = 1;', 'src/core/b/b.ts': 'export const b = 1;', 'src/core/c/c.ts': '' });
    const hashes = hashAll(repository);
    const recorded = [score('a', { sources: hashes.get('a') ?? '' }), score('b', { sources: hashes.get('b') ?? '' })];
    expect(summarize(recorded, hashes).stale).toEqual(['c']);
    writeFileSync(join(repository, 'src/core/b/b.ts'), 'export const b = 2;');
    writeFileSync(join(repository, 'src/core/a/a.test.ts'), 'a test is no source');
    const now = hashAll(repository);
    expect(summarize(recorded, now).stale).toEqual(['b', 'c']);
    expect(formatScores(recorded, now)).toMatch(/^a .*2026-01-02\nb .*changed since\n.*stale, since changed or never run: b, c$/);
  });

  it('weighs folders by their mutants, and counts what is not reached as not seen', () => {
    const all = [score('a', { mutants: 300, oneOf: 3 }), score('b', { killed: 20, timedOut: 0, survived: 60, noCoverage: 20 })];
    const { score: percent, margin, mutants, run } = summarize(all, new Map());
    expect([percent, mutants, run]).toEqual([(85 * 300 + 20 * 100) / 400, 400, 200]);
    // Only of `a` a part was run: 1.96 × ¾ × √(0.85 × 0.15 / 100 × ⅔).
    expect(margin).toBeCloseTo(4.286, 2);
    expect(formatScoreTable(all)).toContain('| **all**');
  });

  it('says that nothing was recorded', () => {
    expect(loadScores(write({}))).toEqual([]);
    expect(formatScores([], new Map())).toBe('no mutants of `src/core` were ever run');
  });
});

function write(files: Readonly<Record<string, string>>): string {
  const repository = mkdtempSync(join(tmpdir(), 'packsmith-mutation-'));
  made.push(repository);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(repository, 'node_modules'));
  return repository;
}
