import { describe, expect, it } from 'vitest';
import type { CommandFact, CoverageFact, Evidence, TestFact } from '../../tools/readiness/evidence.ts';
import { GO_FROM, scoreReadiness } from '../../tools/readiness/score.ts';

const passing = (file: string, name: string): TestFact => ({ file, name, status: 'passed' });
const done = (name: string): CommandFact => ({ name, command: `npm run ${name}`, exitCode: 0, warnings: [], seconds: 1 });

/** All branches count, wherever they were executed. */
const reached = (layer: string, covered: number, total = 100): CoverageFact => ({
  layer,
  branches: { covered, total },
  inProcess: { covered: Math.floor(covered / 2), total },
  unmatched: 1,
  lines: { covered, total },
});

const GOOD: Evidence = {
  commit: 'abc',
  isDirty: false,
  machine: 'a machine',
  startedAt: '2026-01-01T00:00:00.000Z',
  build: [done('types'), done('build')],
  tests: [passing('a.test.ts', 'one'), passing('test/docs/a.test.ts', 'a page'), passing('safety.test.ts', 'a threat')],
  brokenRuns: [],
  workflows: [1, 2, 3, 4, 5, 6].map((number) => ({
    number,
    title: `workflow ${number}`,
    tests: [passing('test/workflows/a.test.ts', `workflow ${number}: works`)],
    seconds: 1,
    secondsAtMost: 2,
  })),
  quality: {
    lint: done('lint'),
    layers: done('layers'),
    unused: done('unused'),
    coverage: ['core', 'ops'].map((layer) => reached(layer, 95)),
    duplicatedPercent: 0.1,
    mutation: { score: 85, margin: 1, mutants: 100, run: 50, dates: ['2026-01-01', '2026-01-01'], stale: [] },
  },
  documentation: { commands: [done('schemas')], tests: [passing('test/docs/a.test.ts', 'a page')] },
  security: {
    commands: [done('licences')],
    register: (['threats', 'failure modes'] as const).map((register) => ({
      id: `${register}-1`,
      register,
      tests: [{ file: 'safety.test.ts', name: 'a threat', found: [passing('safety.test.ts', 'a threat')] }],
    })),
  },
};

const failed = (test: TestFact): TestFact => ({ ...test, status: 'failed' });
const skipped = (test: TestFact): TestFact => ({ ...test, status: 'skipped' });
const ended = (fact: CommandFact, exitCode = 1): CommandFact => ({ ...fact, exitCode });
const warning = (fact: CommandFact): CommandFact => ({ ...fact, warnings: ['warning: something'] });
const withQuality = (quality: Partial<Evidence['quality']>): Evidence => ({ ...GOOD, quality: { ...GOOD.quality, ...quality } });
const withSecurity = (security: Partial<Evidence['security']>): Evidence => ({ ...GOOD, security: { ...GOOD.security, ...security } });
const withWorkflow = (change: (workflow: Evidence['workflows'][number]) => Evidence['workflows'][number]): Evidence => ({
  ...GOOD,
  workflows: GOOD.workflows.map((workflow) => (workflow.number === 4 ? change(workflow) : workflow)),
});

/** What is broken, the evidence then, and whether it alone must stop a release. */
const BROKEN: readonly (readonly [what: string, evidence: Evidence, stops: boolean])[] = [
  ['nothing was built', { ...GOOD, build: [] }, true],
  ['the types are wrong', { ...GOOD, build: [ended(done('types')), done('build')] }, true],
  ['the build fails', { ...GOOD, build: [done('types'), ended(done('build'))] }, true],
  ['the build warns', { ...GOOD, build: [done('types'), warning(done('build'))] }, true],
  ['no test was run', { ...GOOD, tests: [] }, true],
  ['one test fails', { ...GOOD, tests: [...GOOD.tests, failed(passing('b.test.ts', 'two'))] }, true],
  ['one test is skipped', { ...GOOD, tests: [...GOOD.tests, skipped(passing('b.test.ts', 'two'))] }, false],
  ['the runner breaks', { ...GOOD, brokenRuns: ['no results'] }, true],
  ['a workflow is not run', { ...GOOD, workflows: GOOD.workflows.slice(1) }, false],
  ['a workflow has no test', withWorkflow((workflow) => ({ ...workflow, tests: [] })), false],
  ['a workflow fails', withWorkflow((workflow) => ({ ...workflow, tests: workflow.tests.map(failed) })), true],
  ['a workflow is skipped', withWorkflow((workflow) => ({ ...workflow, tests: workflow.tests.map(skipped) })), true],
  ['a command of a workflow fails', withWorkflow((workflow) => ({ ...workflow, seconds: undefined })), true],
  ['a workflow is too slow', withWorkflow((workflow) => ({ ...workflow, seconds: 2.1 })), false],
  ['lint fails', withQuality({ lint: ended(done('lint')) }), false],
  ['lint warns', withQuality({ lint: warning(done('lint')) }), false],
  ['an import breaks the layers', withQuality({ layers: ended(done('layers')) }), false],
  ['there is dead code', withQuality({ unused: ended(done('unused')) }), false],
  ['coverage was not measured', withQuality({ coverage: [] }), false],
  ['tests reach too little', withQuality({ coverage: [reached('core', 89)] }), false],
  ['a layer has nothing to reach', withQuality({ coverage: [reached('core', 0, 0)] }), false],
  ['code stands twice', withQuality({ duplicatedPercent: 1.1 }), false],
  ['duplication was not measured', withQuality({ duplicatedPercent: undefined }), false],
  ['no page was executed', { ...GOOD, documentation: { ...GOOD.documentation, tests: [] } }, false],
  ['a page is wrong', { ...GOOD, documentation: { ...GOOD.documentation, tests: GOOD.documentation.tests.map(failed) } }, false],
  ['the schemas are stale', { ...GOOD, documentation: { ...GOOD.documentation, commands: [ended(done('schemas'))] } }, false],
  ['a licence is not allowed', withSecurity({ commands: [ended(done('licences'))] }), false],
  ['there is no register', withSecurity({ register: [] }), true],
  ['a threat has no test', withSecurity({ register: GOOD.security.register.map((entry) => ({ ...entry, tests: [] })) }), false],
  [
    'the test of a threat was not run',
    withSecurity({
      register: GOOD.security.register.map((entry) => ({ ...entry, tests: entry.tests.map((test) => ({ ...test, found: [] })) })),
    }),
    false,
  ],
  [
    'the test of a failure mode fails',
    withSecurity({
      register: GOOD.security.register.map((entry) => ({
        ...entry,
        tests: entry.tests.map((test) => ({ ...test, found: test.found.map(failed) })),
      })),
    }),
    false,
  ],
];

describe('the score of readiness', () => {
  it('is full when everything that was executed is right', () => {
    expect(scoreReadiness(GOOD)).toMatchObject({ score: 100, verdict: 'go' });
  });

  it.each(BROKEN)('falls when %s', (_, evidence, stops) => {
    const { score, verdict, dimensions } = scoreReadiness(evidence);
    expect(score).toBeLessThan(100);
    expect(dimensions.flatMap(({ deductions }) => deductions).length).toBeGreaterThan(0);
    if (stops) expect(verdict).toBe('no-go');
    if (score < GO_FROM) expect(verdict).toBe('no-go');
  });

  it('is never below nothing', () => {
    const tests = Array.from({ length: 50 }, (_, index) => failed(passing('a.test.ts', String(index))));
    expect(scoreReadiness({ ...GOOD, tests }).score).toBe(75);
  });

  it('gives each dimension what its deductions leave', () => {
    for (const [, evidence] of BROKEN) {
      for (const { outOf, points, deductions } of scoreReadiness(evidence).dimensions) {
        const lost = deductions.reduce((sum, deduction) => sum + deduction.points, 0);
        expect(points).toBeCloseTo(Math.max(0, outOf - lost), 1);
      }
    }
  });
});
