import { applyGeneration } from '../../ops/apply-generation.ts';
import { diffPlan } from '../../ops/diff-plan.ts';
import type { RunCommand } from '../command.ts';
import { consentToHooks } from '../hook-consent.ts';
import { prepareGeneration } from '../prepare-generation.ts';
import type { generateSpec } from '../specs/generate.ts';
import { toGenerationResult } from '../views/generation-result.ts';
import { toPlanResult } from '../views/plan-result.ts';

export const runGenerate: RunCommand<typeof generateSpec> = async ({ flags, positionals }, context) => {
  const { ports, project, directory, preview, commandLine } = await prepareGeneration({ flags, positionals }, context);
  const { plan } = preview;
  if (flags.diff) return toPlanResult({ preview, diff: await diffPlan({ plan }, { project }), next: commandLine });
  if (flags['dry-run']) return toPlanResult({ preview, diff: undefined, next: commandLine });
  const consentedHooks = await consentToHooks(
    { hooks: plan.hooks, isTrusted: flags.trust, trustedPacks: ports.config.trustedPacks, prompter: ports.prompter },
    context,
  );
  const applied = await applyGeneration({ plan, consentedHooks, signal: context.signal }, { ...ports, project });
  return toGenerationResult({ preview, applied, directory, root: project.root });
};
