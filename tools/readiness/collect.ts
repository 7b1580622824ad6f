// Runs everything that the score is made of. Nothing is read that an earlier run left, but for the recorded mutation score, which is only shown.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { prepareCoverage } from '../coverage/complete-coverage.ts';
import { countBranches, countLines, ofLayer } from '../coverage/summarize.ts';
import { hashAll, loadScores, summarize } from '../mutation/register.ts';
import type { CommandFact, CoverageFact, Evidence, TestFact, WorkflowFact } from './evidence.ts';
import { findWarnings, readTestResults } from './read-results.ts';
import { loadRegisters, proveRegisters } from './registers.ts';
import { WORKFLOWS, type Workflow } from './workflows.ts';

/** The layers that the coverage is measured of. */
const COVERED_LAYERS = ['core', 'ops'];
/** Lines from which on a repetition counts. */
const REPEATED_LINES = 8;

interface Outcome {
  readonly exitCode: number;
  readonly output: string;
  readonly seconds: number;
}

export interface CollectOptions {
  readonly repository: string;
  /** Told what is run now. */
  readonly onStep: (step: string) => void;
}

export async function collectEvidence({ repository, onStep }: CollectOptions): Promise<Evidence> {
  const work = mkdtempSync(join(tmpdir(), 'packsmith-readiness-'));
  const startedAt = new Date().toISOString();
  const check = async (name: string, command: string): Promise<CommandFact> => {
    onStep(command);
    const { exitCode, output, seconds } = await run(command.split(' '), repository);
    return { name, command, exitCode, warnings: exitCode === 0 ? findWarnings(output) : [], seconds };
  };
  try {
    rmSync(join(repository, 'dist'), { recursive: true, force: true });
    const build = [
      await check('type check', 'npm run --silent typecheck'),
      await check('build', 'npm run --silent build'),
      await check('published package', 'npm run --silent package:check'),
    ];
    const lint = await check('lint', 'npm run --silent lint');
    const layers = await check('layers and cycles', 'npm run --silent layers');
    const unused = await check('dead code', 'npm run --silent unused');
    const duplicatedPercent = await measureDuplication(repository, work, onStep);
    const schemas = await check('schemas', 'npm run --silent docs:check');
    const licences = await check('licences', 'npm run --silent licences');
    const { tests, brokenRuns, coverage } = await runTests(repository, work, onStep);
    return {
      ...(await describeCommit(repository)),
      machine: describeMachine(),
      startedAt,
      build,
      tests,
      brokenRuns,
      workflows: await runWorkflows(repository, tests, onStep),
      quality: { lint, layers, unused, coverage, duplicatedPercent, mutation: summarize(loadScores(repository), hashAll(repository)) },
      documentation: { commands: [schemas], tests: tests.filter(({ file }) => file.startsWith('test/docs/')) },
      security: { commands: [licences], register: proveRegisters(loadRegisters(repository), tests) },
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * All tests of all projects. Of the first, it is measured what they and the programs that they start execute: these are not minified for that.
 * The others run the program as it is published.
 */
async function runTests(repository: string, work: string, onStep: CollectOptions['onStep']) {
  const tests: TestFact[] = [];
  const brokenRuns: string[] = [];
  const measured = prepareCoverage(join(work, 'coverage'));
  const runs = [
    { projects: ['unit', 'integration', 'thorough'], ...measured },
    { projects: ['workflows', 'kills'], args: [], env: {} },
  ];
  for (const { projects, args, env } of runs) {
    onStep(`vitest run (${projects.join(', ')})`);
    const results = join(work, `${projects[0]}.json`);
    const names = projects.flatMap((project) => ['--project', project]);
    const command = ['npx', 'vitest', 'run', ...names, '--reporter=json', `--outputFile=${results}`, ...args];
    await run(command, repository, { ...process.env, ...env });
    if (existsSync(results)) tests.push(...readTestResults(readFileSync(results, 'utf8'), repository));
    else brokenRuns.push(`the test runner gave no results for ${projects.join(', ')}`);
  }
  return { tests, brokenRuns, coverage: await readCoverage(measured) };
}

async function readCoverage({ read }: ReturnType<typeof prepareCoverage>): Promise<CoverageFact[]> {
  const coverage = await read();
  if (coverage === undefined) return [];
  const { files, inProcess, unmatched } = coverage;
  return COVERED_LAYERS.map((layer) => ({
    layer,
    branches: countBranches(files, layer),
    inProcess: countBranches(inProcess, layer),
    lines: countLines(files, layer),
    unmatched: ofLayer(unmatched, layer).reduce((sum, count) => sum + count, 0),
  }));
}

async function runWorkflows(repository: string, tests: readonly TestFact[], onStep: CollectOptions['onStep']): Promise<WorkflowFact[]> {
  const facts: WorkflowFact[] = [];
  // One after the other: they are timed.
  for (const workflow of WORKFLOWS) {
    onStep(`workflow ${workflow.number}`);
    const own = tests.filter(({ name }) => name.startsWith(workflow.tests));
    const { number, title, secondsAtMost } = workflow;
    facts.push({ number, title, tests: own, seconds: await timeWorkflow(workflow, repository), secondsAtMost });
  }
  return facts;
}

/** In an empty home, as the first thing a user does. */
async function timeWorkflow({ commands }: Workflow, repository: string): Promise<number | undefined> {
  const home = mkdtempSync(join(tmpdir(), 'packsmith workflöw '));
  try {
    const environment = { PATH: process.env['PATH'], HOME: home, PACKSMITH_HOME: join(home, 'packsmith'), CI: 'true' };
    const work = join(home, 'work');
    mkdirSync(work);
    let seconds = 0;
    for (const command of commands) {
      const outcome = await run([process.execPath, join(repository, 'bin', 'packsmith.cjs'), ...command], work, environment);
      if (outcome.exitCode !== 0) return undefined;
      seconds += outcome.seconds;
    }
    return seconds;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function measureDuplication(repository: string, work: string, onStep: CollectOptions['onStep']): Promise<number | undefined> {
  onStep('jscpd src');
  const output = join(work, 'duplication');
  const options = ['--min-lines', String(REPEATED_LINES), '--ignore', '**/*.test.ts', '--reporters', 'json', '--output', output];
  await run(['npx', 'jscpd', 'src', ...options], repository);
  const report = join(output, 'jscpd-report.json');
  if (!existsSync(report)) return undefined;
  const { statistics } = JSON.parse(readFileSync(report, 'utf8')) as { statistics: { total: { percentage: number; sources: number } } };
  return statistics.total.sources > 0 ? statistics.total.percentage : undefined;
}

async function describeCommit(repository: string): Promise<Pick<Evidence, 'commit' | 'isDirty'>> {
  const commit = await run(['git', 'rev-parse', 'HEAD'], repository);
  const status = await run(['git', 'status', '--porcelain', '--', '.', ':!docs/production-readiness.*'], repository);
  return { commit: commit.exitCode === 0 ? commit.output.trim() : 'unknown', isDirty: status.output.trim() !== '' };
}

function describeMachine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${process.platform} ${process.arch}, ${cpus().length} processors, ${gigabytes} GB, Node ${process.versions.node}`;
}

function run([program = '', ...args]: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = process.env): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const end = (exitCode: number) => resolve({ exitCode, output, seconds: (performance.now() - started) / 1000 });
    child.on('error', () => end(127));
    child.on('close', (code) => end(code ?? 1));
  });
}
