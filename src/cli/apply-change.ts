import type { PlannedHook } from '../core/plan/generation-plan.ts';
import type { NodePorts } from '../node-ports.ts';
import { type ApplyRequest, applyGeneration } from '../ops/project/apply-generation.ts';
import { diffPlan } from '../ops/project/diff-plan.ts';
import { installMissing } from '../ops/project/install-missing.ts';
import { installPackages } from '../ops/project/install-packages.ts';
import type { GenerationPreview } from '../ops/project/plan-wanted.ts';
import type { ProjectDir } from '../ports/project-dir.ts';
import type { CommandContext, CommandResult } from './command.ts';
import { consentToHooks } from './hook-consent.ts';
import { toGenerationResult } from './views/generation-result.ts';
import { toPlanResult } from './views/plan-result.ts';

export interface ChangeSettings {
  readonly preview: GenerationPreview;
  readonly ports: NodePorts;
  readonly project: ProjectDir;
  /** As the user would write it. */
  readonly directory: string;
  /** The line that does what was planned. */
  readonly commandLine: string;
  /** Plans anew once hooks before have run, with what was answered so far. */
  readonly replan?: (before: GenerationPreview) => Promise<GenerationPreview>;
  readonly flags: { readonly diff: boolean; readonly 'dry-run': boolean; readonly trust: boolean; readonly install: boolean };
}

/** Shows a plan, or asks for consent to its hooks and applies it: the second half of every command that changes a project. */
export async function applyChange(settings: ChangeSettings, context: CommandContext): Promise<CommandResult> {
  const { preview, ports, project, directory, commandLine, replan, flags } = settings;
  const { plan } = preview;
  if (flags.diff) return toPlanResult({ preview, diff: await diffPlan({ plan }, { project }), next: commandLine });
  if (flags['dry-run']) return toPlanResult({ preview, diff: undefined, next: commandLine });
  const consent = (hooks: readonly PlannedHook[]): Promise<readonly PlannedHook[]> =>
    consentToHooks({ hooks, isTrusted: flags.trust, trustedPacks: ports.config.trustedPacks, prompter: ports.prompter }, context);
  const consentedHooks = await consent(plan.hooks);
  let last = preview;
  const own = { ...ports, project };
  const notes = await installMissing({ packs: preview.packs, offline: context.globals.offline, signal: context.signal }, own);
  const again = async (): Promise<Pick<ApplyRequest, 'plan' | 'consentedHooks'>> => {
    last = (await replan?.(preview)) ?? preview;
    const others = last.plan.hooks.filter(({ stage }) => stage.startsWith('post_'));
    const isKnown = (hook: PlannedHook): boolean => plan.hooks.some((known) => JSON.stringify(known) === JSON.stringify(hook));
    return { plan: last.plan, consentedHooks: [...consentedHooks, ...(await consent(others.filter((hook) => !isKnown(hook))))] };
  };
  const request = { plan, consentedHooks, signal: context.signal, ...(replan && { replan: again }) };
  const applied = await applyGeneration(request, own);
  const { transaction } = applied;
  const change = { plan: last.plan, signal: context.signal, ...(transaction && { transaction: transaction.id }) };
  const installed = flags.install ? await installPackages(change, own) : [];
  const result = toGenerationResult({
    preview: last,
    applied: { ...applied, hooks: [...applied.hooks, ...installed] },
    directory,
    root: project.root,
  });
  return { ...result, warnings: [...(result.warnings ?? []), ...notes] };
}
