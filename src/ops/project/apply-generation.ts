import { resolve } from 'node:path';
import { describeHookOutput } from '../../core/diagnostics/hook-output.ts';
import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { describeDisagreement } from '../../core/plan/describe-disagreement.ts';
import type { GenerationPlan, PlannedHook, PlannedPath } from '../../core/plan/generation-plan.ts';
import type { HookOutcome } from '../../ports/hook-runner.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TransactionRecord } from '../../ports/project-dir.ts';
import { describeByHand, toRanCommand } from './describe-commands.ts';
import { runHook } from './run-hook.ts';

export interface ApplyRequest {
  readonly plan: GenerationPlan;
  /** The hooks of the plan that the user agreed to; no other runs. */
  readonly consentedHooks: readonly PlannedHook[];
  /** Plans anew once hooks before have run, from what these left; where it is not given, the plan has to fit what they left. */
  readonly replan?: () => Promise<Pick<ApplyRequest, 'plan' | 'consentedHooks'>>;
  readonly signal?: AbortSignal;
}

export interface ApplyResult {
  /** `undefined` when the plan changes nothing. */
  readonly transaction: TransactionRecord | undefined;
  readonly hooks: readonly HookOutcome[];
  /** Hooks of the plan that nobody agreed to. */
  readonly skippedHooks: readonly PlannedHook[];
}

type ApplyPorts = Pick<Ports, 'project' | 'hooks' | 'reporter' | 'dataFiles'>;

/**
 * Performs a plan: hooks before, all files as one transaction, hooks after.
 * @throws PacksmithError `COMPOSE_CONFLICT`, `PROJECT_IN_THE_WAY` or `MERGE_CONFLICT` when the plan has conflicts, `HOOK_FAILED`, `INTERRUPTED`, and what `ProjectDir.apply` throws.
 */
export async function applyGeneration(request: ApplyRequest, ports: ApplyPorts): Promise<ApplyResult> {
  const { signal, replan } = request;
  refuseConflicts(request.plan);
  const options = signal === undefined ? {} : { signal };
  const first = agreedHooks(request);
  refuseMissing(first, ports.hooks);
  const before = await runHooks(first.filter(comesBefore), options, ports);
  const settled = before.length > 0 && replan !== undefined ? await replan() : request;
  const { plan } = settled;
  refuseConflicts(plan);
  const changes = plan.paths.some(({ action }) => action === 'create' || action === 'update' || action === 'delete');
  const deletes = plan.paths.some(({ action }) => action === 'delete');
  const onProgress = (progress: { done: number; total: number }): void => ports.reporter.report({ kind: 'applying', ...progress, deletes });
  const transaction = changes ? await ports.project.apply(plan, { ...options, onProgress }) : undefined;
  rememberData(plan, ports);
  const note = async (hook: PlannedHook): Promise<void> => {
    if (transaction !== undefined) await ports.project.noteCommand(transaction.id, toRanCommand(hook));
  };
  for (const { hook } of before) await note(hook);
  const agreed = agreedHooks(settled);
  const after = await runHooks(
    agreed.filter((hook) => !comesBefore(hook)),
    { ...options, onStart: note },
    ports,
  );
  const skipped = [
    ...request.plan.hooks.filter((hook) => comesBefore(hook) && !first.includes(hook)),
    ...plan.hooks.filter((hook) => !comesBefore(hook) && !agreed.includes(hook)),
  ];
  return { transaction, hooks: [...before, ...after], skippedHooks: skipped };
}

function agreedHooks({ plan, consentedHooks }: Pick<ApplyRequest, 'plan' | 'consentedHooks'>): PlannedHook[] {
  return plan.hooks.filter((hook) => consentedHooks.some((agreed) => JSON.stringify(agreed) === JSON.stringify(hook)));
}

function comesBefore({ stage }: PlannedHook): boolean {
  return stage.startsWith('pre_');
}

/** A script that nothing can run would be found out too late: after the project is written. */
function refuseMissing(hooks: readonly PlannedHook[], runner: Ports['hooks']): void {
  const missing = runner.findMissing(hooks);
  if (missing.length === 0) return;
  const needing = hooks.filter(({ run: [program = ''] }) => missing.includes(program)).map(({ name }) => name);
  throw new PacksmithError(
    'HOOK_FAILED',
    `${missing.join(', ')} is not installed, and ${needing.join(', ')} needs it: nothing was written`,
    {
      hint: 'install it, or leave the hooks out with `--skip-hooks`',
    },
  );
}

/** What was read outside the project was named by the user in this run, or before: from now on packsmith.toml may name it too. */
function rememberData({ data = [] }: GenerationPlan, { project, dataFiles }: ApplyPorts): void {
  const outside = data.filter(({ place }) => place === 'outside');
  if (outside.length > 0)
    dataFiles.rememberNamed(outside.map(({ path }) => ({ project: project.root, path: resolve(project.root, path) })));
}

/** @throws PacksmithError `COMPOSE_CONFLICT`, `PROJECT_IN_THE_WAY` or `MERGE_CONFLICT` when a plan has conflicts. */
export function refuseConflicts(plan: GenerationPlan): void {
  const { paths } = plan;
  if (plan.conflicts.length > 0) {
    const message = 'the packs want different things at the same paths: nothing was written';
    throw new PacksmithError('COMPOSE_CONFLICT', message, describeDisagreement(plan));
  }
  const conflicts = paths.filter(({ action }) => action === 'conflict');
  if (conflicts.length === 0) return;
  const isMerge = conflicts.some((path) => path.class === 'both-changed');
  const diagnostics = conflicts.map((path: PlannedPath) => ({
    code: 'PATH_IN_THE_WAY' as const,
    severity: 'error' as const,
    message: `${path.path}: ${path.reason}`,
    where: { file: path.path },
  }));
  const count = conflicts.length === 1 ? 'one path' : `${conflicts.length} paths`;
  throw new PacksmithError(
    isMerge ? 'MERGE_CONFLICT' : 'PROJECT_IN_THE_WAY',
    `${count} cannot be written without losing something of yours: nothing was written`,
    {
      diagnostics,
      hint: '`--overwrite` takes the version of the pack, with `--backup` keeping a copy of yours',
    },
  );
}

/** One after the other, in the order of the plan: each may rest on what the one before did. */
async function runHooks(
  hooks: readonly PlannedHook[],
  { signal, onStart }: { readonly signal?: AbortSignal; readonly onStart?: (hook: PlannedHook) => Promise<void> },
  { project, hooks: runner, reporter }: Pick<Ports, 'project' | 'hooks' | 'reporter'>,
): Promise<HookOutcome[]> {
  const outcomes: HookOutcome[] = [];
  for (const [index, hook] of hooks.entries()) {
    reporter.report({ kind: 'hook-started', pack: hook.pack, name: hook.name });
    const hint = comesBefore(hook) ? 'nothing was written' : describeByHand(hooks.slice(index));
    if (signal?.aborted !== true) await onStart?.(hook);
    const outcome = await runHook(hook, { directory: project.root, hint, ...(signal && { signal }) }, runner);
    outcomes.push(outcome);
    if (outcome.result === 'done' || hook.continueOnError) continue;
    throw new PacksmithError('HOOK_FAILED', `the hook "${hook.name}" of ${hook.pack} ${describeOutcome(outcome)}`, {
      hint,
      diagnostics: describeHookOutput(outcome.output),
    });
  }
  return outcomes;
}

function describeOutcome({ result, exitCode, hook }: HookOutcome): string {
  if (result === 'timed-out') return `was ended after ${hook.timeout} s`;
  return exitCode === undefined ? 'could not be run' : `failed with exit code ${exitCode}`;
}
