import { PacksmithError } from '../../core/diagnostics/packsmith-error.ts';
import type { GivenAnswers } from '../../core/template/answers/answer-types.ts';
import { applyGeneration } from '../../ops/project/apply-generation.ts';
import { planContinue } from '../../ops/project/finish-update.ts';
import { planAbort } from '../../ops/project/plan-abort.ts';
import type { GenerationPreview } from '../../ops/project/plan-wanted.ts';
import { changedAnswers, readRecordedAnswers } from '../../ops/project/recorded-answers.ts';
import { planUpdate } from '../../ops/project/update-project.ts';
import { applyChange } from '../apply-change.ts';
import type { CommandContext, CommandResult, RunCommand } from '../command.ts';
import type { CommandInput } from '../command-spec.ts';
import { definedOnly } from '../defined-only.ts';
import { openFormatter } from '../formatter-consent.ts';
import type { ChangeData } from '../output-data.ts';
import { projectOptions } from '../prepare-generation.ts';
import { repeatCommand } from '../repeat-command.ts';
import { updateSpec } from '../specs/compose.ts';
import { viewAppliedPlan, viewPlan } from '../views/plan.ts';
import { changesSomething } from '../views/plan-result.ts';

export const runUpdate: RunCommand<typeof updateSpec> = async ({ flags, positionals }, context) => {
  if (flags.continue || flags.abort) return finish(flags, context);
  const { ports, project, directory } = await context.openProject({ mayAsk: true });
  const request = {
    ...(await projectOptions(flags, context, ports)),
    ...(flags.format ? { formatter: await openFormatter({ ports, project, isTrusted: flags.trust }, context) } : {}),
    ids: positionals,
    onConflict: flags.conflict ?? 'markers',
    ...definedOnly({ to: flags.to, source: flags.source }),
  } as const;
  const own = { ...ports, project };
  const preview = await planUpdate(request, own);
  const commandLine = repeatCommand({ spec: updateSpec, positionals, flags, preview });
  const hasEarly = preview.plan.hooks.some(({ stage }) => stage === 'pre_update');
  const recorded = hasEarly ? await readRecordedAnswers(own) : undefined;
  const replan = async ({ answers }: GenerationPreview): Promise<GenerationPreview> => {
    const migrated = changedAnswers(recorded ?? new Map(), await readRecordedAnswers(own));
    return planUpdate({ ...request, given: [typedAnswers(answers), ...request.given, ...migrated] }, own);
  };
  const result = await applyChange({ preview, ports, project, directory, commandLine, replan, flags }, context);
  return changesSomething(preview.plan) ? result : { ...result, next: ['packs status --outdated'] };
};

/** What was answered when the update was planned at first is not asked again. */
function typedAnswers(answers: GenerationPreview['answers']): GivenAnswers {
  const typed = answers.filter(({ source, value }) => (source === 'interactive' || source === 'edited') && value !== undefined);
  return { source: 'edited', values: new Map(typed.map(({ key, value }) => [key, { kind: 'value', value: value ?? null }])) };
}

async function finish(flags: CommandInput<typeof updateSpec>['flags'], context: CommandContext): Promise<CommandResult> {
  if (flags.continue && flags.abort)
    throw new PacksmithError('INVALID_ARGUMENTS', '`--continue` records the update and `--abort` takes it back: give one of them');
  const option = flags.continue ? '--continue' : '--abort';
  if (flags.diff)
    throw new PacksmithError('INVALID_ARGUMENTS', `\`--diff\` does not go with \`${option}\``, {
      hint: `\`packs update ${option} --dry-run\` shows which files it would change`,
    });
  const { ports, project, directory } = await context.openProject();
  const own = { ...ports, project };
  const plan = flags.continue ? await planContinue({}, own) : await planAbort({}, own);
  const { warnings } = plan;
  const shown = { ...plan, contents: {} };
  if (flags['dry-run'])
    return {
      data: { plan: shown } satisfies ChangeData,
      view: (terminal) => viewPlan(plan, terminal),
      warnings,
      next: [`packs update ${option}`],
    };
  const { transaction } = await applyGeneration({ plan, consentedHooks: [], signal: context.signal }, own);
  return {
    data: { plan: shown, transaction: transaction ?? null } satisfies ChangeData,
    view: (terminal) => viewAppliedPlan(plan, { directory, terminal }),
    warnings,
    next: ['packs status'],
  };
}
