import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { Value } from '../../core/pack/values.ts';
import { describeDisagreement } from '../../core/plan/describe-disagreement.ts';
import type { GenerationPlan } from '../../core/plan/generation-plan.ts';
import { collectSecrets, maskText, type Secrets } from '../../core/template/mask-secrets.ts';
import type { GenerationPreview } from '../../ops/project/plan-wanted.ts';
import type { CommandResult } from '../command.ts';
import type { PlanData } from '../output-data.ts';
import { viewDiff } from './diff.ts';
import { formatCount } from './format-value.ts';
import { countConflicts, viewPlan } from './plan.ts';

export interface PlanResultSettings {
  readonly preview: GenerationPreview;
  /** The unified diff, where that was asked for. */
  readonly diff: string | undefined;
  /** The command line that applies the plan, where there is one. */
  readonly next: string | undefined;
}

/** A plan as the result of a command that applies nothing. */
export function toPlanResult({ preview, diff: wholeDiff, next }: PlanResultSettings): CommandResult {
  const { diagnostics } = preview;
  const plan = shownPlan(preview);
  const diff = wholeDiff && maskText(wholeDiff, secretsOf(preview));
  const conflicts = countConflicts(plan);
  const failure = plan.conflicts.length > 0 ? disagreement(plan) : obstacle(conflicts);
  return {
    data: (diff === undefined ? { plan } : { plan, diff }) satisfies PlanData,
    view: (terminal) => (diff === undefined ? viewPlan(plan, terminal) : viewDiff(diff, terminal)),
    warnings: [...plan.warnings, ...diagnostics.map(({ message }) => message)],
    next: next === undefined || !changesSomething(plan) ? [] : [next],
    ...(conflicts > 0 ? { failure } : {}),
  };
}

/** Whether applying the plan would do anything. */
export function changesSomething({ paths, hooks }: GenerationPlan): boolean {
  return hooks.length > 0 || paths.some(({ action }) => action !== 'keep');
}

/** A plan as it may be shown: files that hold a secret are masked, so that such a plan cannot be applied from what was printed. */
export function shownPlan(preview: GenerationPreview): GenerationPlan {
  const { plan } = preview;
  const secrets = secretsOf(preview);
  if (secrets.size === 0) return plan;
  const contents = Object.entries(plan.contents).map(([digest, content]) => [
    digest,
    'text' in content ? { text: maskText(content.text, secrets) } : content,
  ]);
  return { ...plan, contents: Object.fromEntries(contents) };
}

function secretsOf({ answers }: GenerationPreview): Secrets {
  const secret = answers.filter(({ isSecret, value }) => isSecret && value !== undefined);
  return collectSecrets(new Map(secret.map(({ key, value }) => [key, value as Value])), () => true);
}

function disagreement(plan: GenerationPlan): PacksmithError {
  const paths = formatCount(plan.conflicts.length, 'path');
  return new PacksmithError('COMPOSE_CONFLICT', `the packs want different things at ${paths}`, {
    hint: describeDisagreement(plan).hint,
  });
}

function obstacle(conflicts: number): PacksmithError {
  return new PacksmithError('PROJECT_IN_THE_WAY', `${formatCount(conflicts, 'path')} cannot be written without losing something of yours`, {
    hint: '`--overwrite` takes the version of the pack, with `--backup` keeping a copy of yours',
  });
}
