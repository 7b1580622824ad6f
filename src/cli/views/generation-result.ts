import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import { LOCKFILE_PATH } from '../../core/lockfile/lockfile.ts';
import type { GenerationPlan, PlannedHook } from '../../core/plan/generation-plan.ts';
import { hookArguments } from '../../core/plan/hook-arguments.ts';
import { formatArguments } from '../../core/text/format-arguments.ts';
import type { ApplyResult } from '../../ops/project/apply-generation.ts';
import type { GenerationPreview } from '../../ops/project/plan-wanted.ts';
import type { HookOutcome } from '../../ports/hook-runner.ts';
import type { CommandResult } from '../command.ts';
import type { ChangeData } from '../output-data.ts';
import type { Terminal } from '../terminal.ts';
import { formatCount } from './format-value.ts';
import { viewAppliedPlan } from './plan.ts';

export interface GenerationResultSettings {
  readonly preview: GenerationPreview;
  readonly applied: ApplyResult;
  /** As the user wrote it. */
  readonly directory: string;
  /** Absolute. */
  readonly root: string;
}

/** What `packs generate` did: the totals, the hooks that ran and those that did not, and where to go from here. */
export function toGenerationResult({ preview, applied, directory, root }: GenerationResultSettings): CommandResult {
  const { plan, diagnostics } = preview;
  const { contents: _contents, ...shown } = plan;
  return {
    data: {
      directory: root,
      plan: shown,
      transaction: applied.transaction ?? null,
      hooks: applied.hooks,
      skippedHooks: applied.skippedHooks,
    } satisfies ChangeData,
    view: (terminal) => viewAppliedPlan(plan, { directory, terminal }) + viewOutcomes(applied.hooks, terminal),
    ...unsettledFailure(plan),
    warnings: [...plan.warnings, ...diagnostics.map(({ message }) => message), ...describeSkipped(applied.skippedHooks)],
    next: nextSteps(directory, applied.skippedHooks, plan),
  };
}

/** Conflicts that are left for a person are the outcome of the command, not an accident: the change is written and waits. */
function unsettledFailure({ paths }: GenerationPlan): { failure?: PacksmithError } {
  const open = paths.filter(({ unsettled }) => unsettled === true);
  if (open.length === 0) return {};
  const failure = new PacksmithError(
    'CONFLICTS_OPEN',
    `${formatCount(open.length, 'file')} cannot be merged and ${open.length === 1 ? 'waits' : 'wait'} for you`,
    {
      diagnostics: open.map(({ path, reason }) => ({ code: 'CONFLICT_OPEN', severity: 'error', message: reason, where: { file: path } })),
      hint: 'settle them, then `packs update --continue`; or take the change back with `packs update --abort`',
    },
  );
  return { failure };
}

function viewOutcomes(outcomes: readonly HookOutcome[], { style }: Terminal): string {
  return outcomes
    .map(({ hook, result, milliseconds, output }) => {
      const word = result === 'done' ? style.green('ran') : style.yellow(result);
      return `${word}: ${formatCommand(hook)} (${(milliseconds / 1000).toFixed(1)} s)\n${lastLines(output)}`;
    })
    .join('');
}

const SHOWN_LINES = 20;

/** What a hook said last: often what to do next. */
function lastLines(output: string): string {
  const lines = output.trimEnd().split('\n').slice(-SHOWN_LINES);
  return output.trim() === '' ? '' : lines.map((line) => `${`  ${line}`.trimEnd()}\n`).join('');
}

function describeSkipped(hooks: readonly PlannedHook[]): string[] {
  if (hooks.length === 0) return [];
  const each = hooks.map((hook) => `the hook "${hook.name}" of ${hook.pack} did not run: ${formatCommand(hook)}`);
  return [
    ...each,
    `to run ${hooks.length === 1 ? 'it' : 'them'}, take this back with \`packs undo\` and give the command again with --trust`,
  ];
}

function formatCommand(hook: PlannedHook): string {
  return formatArguments(hookArguments(hook));
}

function nextSteps(directory: string, skipped: readonly PlannedHook[], { paths }: GenerationPlan): string[] {
  const hasReadme = paths.some(({ path, action }) => path === 'README.md' && action !== 'keep');
  // A single template leaves no project behind, only a change that can be taken back.
  const isProject = paths.some(({ path }) => path === LOCKFILE_PATH);
  const isHere = directory === '.' || directory === './';
  return [
    ...(isHere ? [] : [formatArguments(['cd', directory])]),
    ...skipped.filter(({ stage, script }) => stage.startsWith('post_') && script === undefined).map(({ run }) => formatArguments(run)),
    ...(hasReadme ? ['cat README.md'] : []),
    isProject ? 'packs status' : 'packs undo',
  ];
}
