import type { CaseProblem } from '../../core/cases/case-problem.ts';
import { checkChanges } from '../../core/cases/check-changes.ts';
import { checkResult } from '../../core/cases/check-result.ts';
import type { CaseCommand } from '../../core/cases/pack-case.ts';
import { compareSnapshots, type SnapshotReport } from '../../core/cases/snapshots.ts';
import { startTree } from '../../core/cases/start.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Pack } from '../../core/pack/pack.ts';
import type { GenerationPlan, PlannedHook } from '../../core/plan/generation-plan.ts';
import { readPlannedContent } from '../../core/plan/planned-contents.ts';
import type { FileEntry, FileTree } from '../../core/tree/file-tree.ts';
import type { ProjectPath } from '../../core/tree/project-path.ts';
import type { ScratchProject } from '../../ports/scratch.ts';
import { applyGeneration, refuseConflicts } from '../project/apply-generation.ts';
import { planGeneration } from '../project/plan-generation.ts';
import { type CasePorts, type CaseResult, type CaseWorld, optionsOf, portsOf, type RunCaseRequest, referencesOf } from './case-world.ts';
import { checkRefusal } from './check-refusal.ts';
import { readCaseProject } from './read-case-project.ts';
import { runUpdateCase } from './run-update-case.ts';

/** What came of one case: it passes when there is no problem. */
export interface CaseOutcome {
  readonly problems: readonly CaseProblem[];
  readonly snapshots: Pick<SnapshotReport, 'written' | 'removed'>;
  /** Those of the problems that storing the snapshots settles. */
  readonly snapshotProblems: readonly CaseProblem[];
  readonly commands: number;
}

/** Runs a case and compares. What goes wrong on the way is a problem of the case, unless it is an interruption or a bug. */
export async function runCase(request: RunCaseRequest, ports: CasePorts): Promise<CaseOutcome> {
  const scratch = await ports.scratch.open(request.case.directory);
  try {
    return await runIn(scratch, request, ports);
  } finally {
    await scratch.dispose();
  }
}

async function runIn(scratch: ScratchProject, request: RunCaseRequest, ports: CasePorts): Promise<CaseOutcome> {
  const { expect } = request.case;
  try {
    const result = await generate(scratch, request, ports);
    if (expect.refusal !== undefined)
      return outcomeOf([{ at: ['expect', 'refusal'], message: `it is not refused: a project of ${result.tree.size} files is generated` }]);
    return await judge(scratch, result, { request, ports });
  } catch (error) {
    if (!(error instanceof PacksmithError) || error.code === 'INTERRUPTED') throw error;
    return outcomeOf(checkRefusal(error, expect.refusal));
  }
}

function outcomeOf(problems: readonly CaseProblem[]): CaseOutcome {
  return { problems, snapshots: { written: new Map(), removed: [] }, snapshotProblems: [], commands: 0 };
}

async function generate(scratch: ScratchProject, request: RunCaseRequest, ports: CasePorts): Promise<CaseResult> {
  const { start } = request.case;
  const before = start && startTree(start, request.pack.files);
  if (before !== undefined) await scratch.write(before);
  if (request.case.update !== undefined) return runUpdateCase(scratch, request, ports);
  const own = portsOf(request.pack, { scratch, request, ports });
  const { plan } = await planGeneration({ ...optionsOf(request), references: referencesOf(request, request.pack) }, own);
  refuseConflicts(plan);
  const hasCommands = request.case.commands.length > 0 && !request.skipCommands;
  if (hasCommands || start !== undefined) await applyGeneration({ plan, consentedHooks: [] }, own);
  if (before === undefined) return { tree: treeOf(plan), hooks: plan.hooks, problems: [] };
  const tree = await readCaseProject(scratch);
  return { tree, hooks: plan.hooks, problems: checkChanges({ by: 'the generation', before, after: tree }, request.case.expect) };
}

/** The files of the project, packsmith's own records left out. */
export function treeOf(plan: GenerationPlan): FileTree {
  const files = plan.paths.flatMap(({ path, class: kind, after }): [ProjectPath, FileEntry][] =>
    kind === 'record' || after === undefined ? [] : [[path, { content: readPlannedContent(plan, after.digest), mode: after.mode }]],
  );
  return new Map(files);
}

async function judge(scratch: ScratchProject, result: CaseResult, { request, ports }: Omit<CaseWorld, 'scratch'>): Promise<CaseOutcome> {
  const { expect, commands } = request.case;
  const snapshots = compareSnapshots(request.case, result.tree, request.pack.files);
  const problems = [...result.problems, ...checkResult(result.tree, expect), ...checkHooks(result.hooks, expect.hooks)];
  const isRun = problems.length === 0 && !request.skipCommands;
  const failed = isRun ? await runCommands(scratch, { request, ports }) : [];
  return {
    problems: [...problems, ...snapshots.problems, ...failed],
    snapshots,
    snapshotProblems: snapshots.storable,
    commands: isRun ? commands.length : 0,
  };
}

function checkHooks(hooks: readonly PlannedHook[], expected: readonly string[] | undefined): CaseProblem[] {
  if (expected === undefined) return [];
  const names = hooks.map(({ name }) => name);
  const missing = expected.filter((name) => !names.includes(name));
  const others = names.filter((name) => !expected.includes(name));
  const at = ['expect', 'hooks'];
  return [
    ...missing.map((name) => ({ at, message: `the hook ${JSON.stringify(name)} would not run` })),
    ...others.map((name) => ({ at, message: `the hook ${JSON.stringify(name)} would run` })),
  ];
}

/** One after the other, as each may rest on the one before; the first that fails is the last that runs. */
async function runCommands(scratch: ScratchProject, { request, ports }: Omit<CaseWorld, 'scratch'>): Promise<CaseProblem[]> {
  const { case: wanted, pack, signal } = request;
  for (const [index, command] of wanted.commands.entries()) {
    ports.reporter.report({ kind: 'case-command', name: wanted.name, command: command.name });
    const { result, exitCode, output } = await ports.hooks.run(toHook(command, pack), {
      directory: scratch.project.root,
      ...(signal && { signal }),
    });
    signal?.throwIfAborted();
    const at = ['commands', index];
    if (result === 'timed-out') return [{ at, message: `\`${command.name}\` was ended after ${command.timeout} s`, diff: output }];
    if (exitCode !== command.exit) {
      const ended = exitCode === undefined ? 'could not be run' : `ended with exit code ${exitCode}, not ${command.exit}`;
      return [{ at, message: `\`${command.name}\` ${ended}`, diff: output }];
    }
    const missing = command.output.findIndex((text) => !output.includes(text));
    if (missing >= 0) {
      const message = `the output of \`${command.name}\` does not have ${JSON.stringify(command.output[missing])}`;
      return [{ at: [...at, 'output', missing], message, diff: output }];
    }
  }
  return [];
}

function toHook({ name, run, timeout }: CaseCommand, { manifest, integrity }: Pack): PlannedHook {
  return { pack: manifest.id, integrity, stage: 'post_generate', name, run, timeout, continueOnError: true };
}
