// The score of production readiness: a pure function of what was executed. It starts at the full points of each dimension and takes away for what failed;
// every point that is taken is a deduction with its reason.
import type { CommandFact, Evidence, TestFact, WorkflowFact } from './evidence.ts';

export interface Deduction {
  readonly points: number;
  readonly reason: string;
}

export interface Dimension {
  readonly name: string;
  readonly outOf: number;
  readonly points: number;
  readonly deductions: readonly Deduction[];
}

export interface Readiness {
  readonly score: number;
  readonly verdict: 'go' | 'no-go';
  readonly dimensions: readonly Dimension[];
}

/** The least score that is ready for production. A dimension of which nothing is left is not, whatever the others have. */
export const GO_FROM = 95;

/** What branch coverage of a layer must be at least, in percent. */
const COVERAGE_AT_LEAST = 90;
/** Percent of lines that may stand twice. */
const DUPLICATION_AT_MOST = 1;
/** One failing test is not a rounding error: whatever fails, the verdict is no-go. */
const FAILING_TEST_COSTS = 10;

export function scoreReadiness(evidence: Evidence): Readiness {
  const dimensions = [
    dimension('Build without errors or warnings', 30, judgeBuild(evidence)),
    dimension('All tests pass', 25, judgeTests(evidence)),
    dimension('Six user workflows', 25, judgeWorkflows(evidence)),
    dimension('Code quality', 10, judgeQuality(evidence)),
    dimension('Documentation checks', 5, judgeDocumentation(evidence)),
    dimension('Security audit', 5, judgeSecurity(evidence)),
  ];
  const score = round(dimensions.reduce((sum, { points }) => sum + points, 0));
  const isWhole = dimensions.every(({ points }) => points > 0);
  return { score, verdict: score >= GO_FROM && isWhole ? 'go' : 'no-go', dimensions };
}

function dimension(name: string, outOf: number, deductions: readonly Deduction[]): Dimension {
  const lost = deductions.reduce((sum, { points }) => sum + points, 0);
  return { name, outOf, points: round(Math.max(0, outOf - lost)), deductions };
}

function judgeBuild({ build }: Evidence): Deduction[] {
  if (build.length === 0) return [{ points: 30, reason: 'nothing was built' }];
  return [...build.flatMap((fact) => failure(fact, 30)), ...build.flatMap((fact) => warnings(fact, 6))];
}

function judgeTests({ tests, brokenRuns }: Evidence): Deduction[] {
  const failed = tests.filter(({ status }) => status === 'failed');
  const skipped = tests.filter(({ status }) => status === 'skipped');
  if (tests.length === 0) return [{ points: 25, reason: 'no test was run' }];
  return [
    ...brokenRuns.map((reason) => ({ points: 25, reason })),
    ...failed.map((test) => ({ points: FAILING_TEST_COSTS, reason: `failed: ${label(test)}` })),
    ...skipped.map((test) => ({ points: 0.5, reason: `not run: ${label(test)}` })),
  ];
}

function judgeWorkflows({ workflows }: Evidence): Deduction[] {
  const share = 25 / 6;
  const missing = [1, 2, 3, 4, 5, 6].filter((number) => !workflows.some((workflow) => workflow.number === number));
  return [
    ...missing.map((number) => ({ points: share, reason: `workflow ${number} was not run` })),
    ...workflows.flatMap((workflow) => judgeWorkflow(workflow, share)),
  ];
}

function judgeWorkflow({ number, title, tests, seconds, secondsAtMost }: WorkflowFact, share: number): Deduction[] {
  const name = `workflow ${number} (${title})`;
  if (tests.length === 0) return [{ points: share, reason: `${name} has no test that was run` }];
  const open = tests.filter(({ status }) => status !== 'passed');
  if (open.length > 0) return open.map((test) => ({ points: Math.max(share, 5.1), reason: `${name}: ${test.status}: ${label(test)}` }));
  if (seconds === undefined) return [{ points: Math.max(share, 5.1), reason: `${name}: its commands failed when they were timed` }];
  if (seconds > secondsAtMost) return [{ points: 3, reason: `${name} took ${seconds.toFixed(2)} s, at most ${secondsAtMost} s` }];
  return [];
}

function judgeQuality({ quality }: Evidence): Deduction[] {
  const { lint, layers, unused, coverage, duplicatedPercent } = quality;
  return [
    ...failure(lint, 2),
    ...warnings(lint, 2),
    ...failure(layers, 2),
    ...failure(unused, 2),
    ...(coverage.length === 0 ? [{ points: 2, reason: 'coverage was not measured' }] : coverage.flatMap(judgeCoverage)),
    ...judgeDuplication(duplicatedPercent),
  ];
}

function judgeCoverage({ layer, branches }: Evidence['quality']['coverage'][number]): Deduction[] {
  const percent = branches.total === 0 ? 0 : (100 * branches.covered) / branches.total;
  if (percent >= COVERAGE_AT_LEAST) return [];
  return [
    {
      points: round(Math.min(1, (COVERAGE_AT_LEAST - percent) / 10 + 0.25)),
      reason: `tests reach ${percent.toFixed(1)} % of the branches of ${layer}, at least ${COVERAGE_AT_LEAST} %`,
    },
  ];
}

function judgeDuplication(percent: number | undefined): Deduction[] {
  if (percent === undefined) return [{ points: 2, reason: 'duplication was not measured' }];
  if (percent <= DUPLICATION_AT_MOST) return [];
  return [{ points: 2, reason: `${percent.toFixed(2)} % of the lines stand twice, at most ${DUPLICATION_AT_MOST} %` }];
}

function judgeDocumentation({ documentation: { commands, tests } }: Evidence): Deduction[] {
  const open = tests.filter(({ status }) => status !== 'passed');
  return [
    ...(tests.length === 0 ? [{ points: 5, reason: 'no page of the documentation was executed' }] : []),
    ...open.map((test) => ({ points: 2, reason: `documentation: ${test.status}: ${label(test)}` })),
    ...commands.flatMap((fact) => failure(fact, 2)),
  ];
}

function judgeSecurity({ security: { commands, register } }: Evidence): Deduction[] {
  const unproven = register.flatMap(({ id, register: kind, tests }) => {
    if (tests.length === 0) return [{ points: 1, reason: `${kind}: ${id} has no test` }];
    return tests
      .filter(({ found }) => found.length === 0 || found.some(({ status }) => status !== 'passed'))
      .map(({ file, name, found }) => ({
        points: 1,
        reason: `${kind}: ${id}: ${found.length === 0 ? 'no such test was run' : 'not passed'}: ${file}: ${name}`,
      }));
  });
  const kinds = ['threats', 'failure modes'] as const;
  const empty = kinds.filter((kind) => !register.some((entry) => entry.register === kind));
  return [
    ...empty.map((kind) => ({ points: 5, reason: `the register of ${kind} is empty` })),
    ...unproven,
    ...commands.flatMap((fact) => failure(fact, 2)),
  ];
}

function failure({ name, command, exitCode }: CommandFact, points: number): Deduction[] {
  return exitCode === 0 ? [] : [{ points, reason: `${name} failed: \`${command}\` ended with ${exitCode}` }];
}

function warnings({ name, warnings: lines }: CommandFact, points: number): Deduction[] {
  return lines.map((line) => ({ points, reason: `${name} warns: ${line}` }));
}

const label = ({ file, name }: TestFact) => `${file}: ${name}`;

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
