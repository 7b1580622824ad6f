// The collector on a small repository of its own, with the real tools: first all right, then with everything broken that it looks at.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { collectEvidence } from '../../tools/readiness/collect.ts';
import { formatData } from '../../tools/readiness/format-data.ts';
import { formatReadiness } from '../../tools/readiness/format-report.ts';
import { scoreReadiness } from '../../tools/readiness/score.ts';
import { REPOSITORY } from '../docs/list-pages.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

const SCRIPTS = ['typecheck', 'build', 'package:check', 'lint', 'layers', 'unused', 'docs:check', 'licences'];

const testFile = (...names: string[]) =>
  `import { expect, it } from 'vitest';\n${names.map((name) => `it(${JSON.stringify(name)}, () => expect(1).toBe(1));`).join('\n')}\n`;

const longText = (name: string) =>
  Array.from({ length: 20 }, (_, index) => `export const ${name}${index} = [${index}, 'a', 'b', 'c', ${index} + 1];`).join('\n');

const GOOD: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ type: 'module', scripts: Object.fromEntries(SCRIPTS.map((name) => [name, 'node -e 0'])) }),
  'vitest.config.js': `export default { test: { coverage: { provider: 'v8', include: ['src/**'], exclude: ['**/*.test.ts'] }, projects: [
    { test: { name: 'unit', include: ['src/**/*.test.ts'] } },
    { test: { name: 'integration', include: ['test/docs/*.test.ts'] } },
    { test: { name: 'thorough', include: ['test/model/*.test.ts'] } },
    { test: { name: 'workflows', include: ['test/workflows/*.test.ts'] } },
    { test: { name: 'kills', include: ['test/kills/*.test.ts'] } },
  ] } };`,
  'src/core/pick.ts': 'export const pick = (flag: boolean) => (flag ? 1 : 2);\n',
  'src/core/pick.test.ts': `import { expect, it } from 'vitest';\nimport { pick } from './pick.ts';\nit('picks', () => expect([pick(true), pick(false)]).toEqual([1, 2]));\n`,
  'src/ops/choose.ts': 'export const choose = (flag: boolean) => (flag ? 3 : 4);\n',
  'src/ops/choose.test.ts': `import { expect, it } from 'vitest';\nimport { choose } from './choose.ts';\nit('chooses', () => expect([choose(true), choose(false)]).toEqual([3, 4]));\n`,
  'test/docs/page.test.ts': testFile('a page'),
  'test/workflows/all.test.ts': testFile(...[1, 2, 3, 4, 5, 6].map((number) => `workflow ${number}: works`)),
  // Long enough that the search for repetitions reads it.
  'src/core/long.ts': `${longText('once')}\n`,
  'bin/packsmith.cjs': '',
  'docs/registers/threats.json': JSON.stringify([{ id: 'T1', tests: [{ file: 'test/docs/page.test.ts', name: 'a page' }] }]),
  'docs/registers/failure-modes.json': JSON.stringify([{ id: 'F1', tests: [{ file: 'src/core/pick.test.ts', name: 'picks' }] }]),
};

const BROKEN: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    type: 'module',
    scripts: Object.fromEntries(SCRIPTS.map((name) => [name, 'node -e "process.exit(3)"'])),
  }),
  'src/core/pick.test.ts': `import { expect, it } from 'vitest';\nimport { pick } from './pick.ts';\nit('picks', () => expect(pick(true)).toBe(2));\n`,
  'src/ops/choose.test.ts': `import './not-there.ts';\n`,
  'src/core/twice.ts': `${longText('twice')}\n`,
  'src/core/again.ts': `${longText('twice')}\n`,
  'test/docs/page.test.ts': `import { it } from 'vitest';\nit.skip('a page', () => {});\n`,
  'test/workflows/all.test.ts': testFile(...[1, 2, 3, 4, 5].map((number) => `workflow ${number}: works`)),
  'bin/packsmith.cjs': 'process.exit(1);',
  'docs/registers/failure-modes.json': JSON.stringify([{ id: 'F1', tests: [] }]),
};

/** The program takes a way that the unit tests don't, and nobody takes the last one. */
const WITH_PROGRAM: Readonly<Record<string, string>> = {
  'src/ops/choose.ts': "export const choose = (first: boolean, second: boolean) => (first ? 'one' : second ? 'two' : 'three');\n",
  'src/ops/choose.test.ts': `import { expect, it } from 'vitest';\nimport { choose } from './choose.ts';\nit('chooses', () => expect(choose(true, true)).toBe('one'));\n`,
  'src/program.ts':
    "import { choose } from './ops/choose.ts';\nconsole.log(choose(process.argv[2] === 'one', process.argv[2] !== 'three'));\n",
  'setup.ts': `
    import { spawnSync } from 'node:child_process';
    import { mkdirSync, writeFileSync } from 'node:fs';
    import { makeReadable } from ${JSON.stringify(join(REPOSITORY, 'test/support/readable-program.ts'))};
    export function setup({ provide }) {
      const copy = process.cwd() + '/copy';
      mkdirSync(copy + '/bin', { recursive: true });
      writeFileSync(copy + '/bin/packsmith.cjs', "'use strict';\\nrequire('../dist/cli/program.cjs');\\n");
      const build = (directory) => {
        mkdirSync(directory + '/bin', { recursive: true });
        spawnSync('npx', ['rolldown', 'src/program.ts', '-d', directory + '/cli', '-f', 'cjs', '-s', 'hidden', '--entry-file-names', '[name].cjs']);
      };
      makeReadable(copy, { coverage: process.env['PACKSMITH_TEST_COVERAGE'], repository: ${JSON.stringify(REPOSITORY)}, build });
      provide('program', copy + '/bin/packsmith.cjs');
    }`,
  'vitest.config.js': (GOOD['vitest.config.js'] ?? '').replace("name: 'integration',", "name: 'integration', globalSetup: 'setup.ts',"),
  'test/docs/page.test.ts': `
    import { execFileSync, spawn } from 'node:child_process';
    import { expect, inject, it } from 'vitest';
    it('a page', () => expect(execFileSync('node', [inject('program'), 'two'], { encoding: 'utf8' })).toBe('two\\n'));`,
};

describe('npm run readiness', () => {
  it('gives all points to a repository where everything is executed and right', async () => {
    const evidence = await collect(GOOD);
    const readiness = scoreReadiness(evidence);
    expect(readiness.dimensions.flatMap(({ deductions }) => deductions)).toEqual([]);
    expect(readiness).toMatchObject({ score: 100, verdict: 'go' });
    expect(formatReadiness(readiness, evidence)).toContain('**100 of 100: go**');
    expect(JSON.parse(formatData(readiness, evidence))).toMatchObject({
      score: 100,
      evidence: {
        tests: { passed: 9, failed: 0, skipped: 0 },
        workflows: [1, 2, 3, 4, 5, 6].map((number) => ({ number, tests: { passed: 1, failed: 0, skipped: 0 } })),
        documentation: { tests: { passed: 1 } },
        security: { register: [{ id: 'T1', references: 1, tests: { passed: 1, failed: 0, skipped: 0 } }, { id: 'F1' }] },
      },
    });
  });

  it('counts the branches that only a program takes which tests start, and none that nobody takes', async () => {
    const { tests, quality } = await collect({ ...GOOD, ...WITH_PROGRAM });
    expect(tests.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(quality.coverage.find(({ layer }) => layer === 'ops')).toMatchObject({
      branches: { covered: 3, total: 4 },
      inProcess: { covered: 1, total: 4 },
      unmatched: 0,
    });
  });

  it('sees a warning of a build that succeeds', async () => {
    const scripts = {
      ...Object.fromEntries(SCRIPTS.map((name) => [name, 'node -e 0'])),
      build: `node -e "console.error('WARN: a cycle')"`,
    };
    const evidence = await collect({ ...GOOD, 'package.json': JSON.stringify({ type: 'module', scripts }) });
    expect(scoreReadiness(evidence)).toMatchObject({ score: 94, verdict: 'no-go' });
  });

  it('sees each thing that is broken', async () => {
    const evidence = await collect({ ...GOOD, ...BROKEN });
    const { verdict, dimensions } = scoreReadiness(evidence);
    const reasons = dimensions.flatMap(({ deductions }) => deductions.map(({ reason }) => reason)).join('\n');
    expect(verdict).toBe('no-go');
    for (const script of SCRIPTS) expect(reasons).toContain(`\`npm run --silent ${script}\` ended with 3`);
    for (const part of [
      'failed: src/core/pick.test.ts: picks',
      'failed: src/ops/choose.test.ts: ',
      'not run: test/docs/page.test.ts: a page',
      'workflow 6 (queries) has no test that was run',
      'workflow 1 (a web API from one pack): its commands failed',
      'of the branches of core, at least 90 %',
      'of the lines stand twice',
      'documentation: skipped: test/docs/page.test.ts: a page',
      'threats: T1: not passed: test/docs/page.test.ts: a page',
      'failure modes: F1 has no test',
    ])
      expect(reasons).toContain(part);
    expect(evidence.tests.find(({ name }) => name === 'picks')?.failure).toContain('expected 1 to be 2');
  });
});

function collect(files: Readonly<Record<string, string>>) {
  const repository = mkdtempSync(join(tmpdir(), 'packsmith readiness '));
  made.push(repository);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(repository, 'node_modules'));
  execFileSync('git', ['init', '--quiet'], { cwd: repository });
  return collectEvidence({ repository, onStep: () => {} });
}
