// The report for programs: the score, and what was executed with counts in the place of the tests.
import type { Evidence, RegisterFact, TestFact } from './evidence.ts';
import type { Readiness } from './score.ts';

type Counts = Readonly<Record<TestFact['status'], number>>;

export function formatData(readiness: Readiness, evidence: Evidence): string {
  const { tests, workflows, documentation, security } = evidence;
  const counted = {
    ...evidence,
    tests: countTests(tests),
    workflows: workflows.map((workflow) => ({ ...workflow, tests: countTests(workflow.tests) })),
    documentation: { ...documentation, tests: countTests(documentation.tests) },
    security: { ...security, register: security.register.map(countProofs) },
  };
  return `${JSON.stringify({ ...readiness, evidence: counted }, undefined, 2)}\n`;
}

function countTests(tests: readonly TestFact[]): Counts {
  const count = (status: TestFact['status']) => tests.filter((test) => test.status === status).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
}

/** The names of the tests stand in the registers. */
function countProofs({ id, register, tests }: RegisterFact) {
  return { id, register, references: tests.length, tests: countTests(tests.flatMap(({ found }) => found)) };
}
