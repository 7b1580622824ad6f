import { diffPlan } from '../../ops/diff-plan.ts';
import type { RunCommand } from '../command.ts';
import { prepareGeneration } from '../prepare-generation.ts';
import type { planSpec } from '../specs/plan.ts';
import { toPlanResult } from '../views/plan-result.ts';

export const runPlan: RunCommand<typeof planSpec> = async ({ flags, positionals }, context) => {
  const { preview, project, commandLine } = await prepareGeneration({ flags, positionals }, context);
  const diff = flags.diff ? await diffPlan({ plan: preview.plan }, { project }) : undefined;
  return toPlanResult({ preview, diff, next: commandLine });
};
