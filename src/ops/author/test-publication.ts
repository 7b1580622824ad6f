import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { Gate } from '../../core/publish/check-gates.ts';
import { isPrerelease } from '../../core/publish/version-policy.ts';
import type { PlannedPublication } from './publish-pack.ts';
import { readPackCases } from './read-pack-cases.ts';
import { type TestPackRequest, type TestPorts, type TestReport, testPack } from './test-pack.ts';

export interface PublicationTestRequest extends Pick<TestPackRequest, 'directory' | 'commands' | 'offline' | 'signal'> {
  /** The pack that is published, as it is read from its directory. */
  readonly pack: Pack;
}

/**
 * Runs the test cases of a pack that is to be published, and adds their gate to the plan. An earlier version that a case names is looked for in the
 * registry that is published to before any other.
 * @throws PacksmithError as `testPack` does for anything but what is wrong with the cases.
 */
export async function testPublication(
  planned: PlannedPublication,
  request: PublicationTestRequest,
  ports: TestPorts,
): Promise<PlannedPublication> {
  const { pack } = request;
  const { cases } = readPackCases(pack);
  const { previous } = planned.plan;
  const isFirst = previous === undefined || isPrerelease(previous);
  const leftOut = isFirst ? cases.filter(({ update }) => update?.from === 'previous') : [];
  const { findings, report } = await run({ ...request, leftOut: leftOut.map(({ file }) => file) }, planned, ports);
  const gate: Gate = { name: 'tests', passed: findings.length === 0, findings };
  const tests = { passed: report?.passed ?? 0, failed: report?.failed ?? 0, leftOut: leftOut.map(({ file }) => file) };
  const gates = [...planned.plan.gates, gate];
  return { ...planned, plan: { ...planned.plan, tests, gates, passes: planned.plan.passes && gate.passed } };
}

interface Tried {
  readonly findings: readonly Diagnostic[];
  readonly report: TestReport | undefined;
}

type Chosen = PublicationTestRequest & { readonly leftOut: readonly string[] };

async function run(request: Chosen, { publisher }: PlannedPublication, ports: TestPorts): Promise<Tried> {
  try {
    const asked = { ...request, filter: [], update: false, ...(publisher && { registry: publisher.source }) };
    const { report } = await testPack(asked, ports);
    return { findings: report.cases.flatMap(findProblems), report };
  } catch (error) {
    if (!(error instanceof PacksmithError)) throw error;
    // A pack without cases may be published: `lint` and `score` are what says that it should have some.
    if (error.code === 'CASES_MISSING') return { findings: [], report: undefined };
    if (error.code !== 'CASE_INVALID') throw error;
    return { findings: error.diagnostics, report: undefined };
  }
}

function findProblems({ name, problems }: TestReport['cases'][number]): Diagnostic[] {
  return problems.map(({ message, where }) => ({
    code: 'CASE_FAILED',
    severity: 'error',
    message: `${name}: ${message}`,
    where,
    suggestion: '`packs test` shows the difference',
  }));
}
